import type { console as english } from '../en/console.ts'
import type { RussianOf } from '../keys.ts'

export const console = {} as const satisfies RussianOf<typeof english>
