import type { RussianOf } from '../keys.ts'
import type { meeting as english } from '../en/meeting.ts'

export const meeting = {} as const satisfies RussianOf<typeof english>
