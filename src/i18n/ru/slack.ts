import type { slack as english } from '../en/slack.ts'
import type { RussianOf } from '../keys.ts'

export const slack = {} as const satisfies RussianOf<typeof english>
