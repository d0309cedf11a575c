import type { telegram as english } from '../en/telegram.ts'
import type { RussianOf } from '../keys.ts'

export const telegram = {} as const satisfies RussianOf<typeof english>
