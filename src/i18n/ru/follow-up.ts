import type { RussianOf } from '../keys.ts'
import type { followUp as english } from '../en/follow-up.ts'

export const followUp = {} as const satisfies RussianOf<typeof english>
