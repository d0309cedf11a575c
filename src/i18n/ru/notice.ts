import type { RussianOf } from '../keys.ts'
import type { notice as english } from '../en/notice.ts'

export const notice = {} as const satisfies RussianOf<typeof english>
