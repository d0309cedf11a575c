import { ENGLISH, MIXED } from './lines-en.ts'
import { RUSSIAN } from './lines-ru.ts'
import type { Spoken } from './table.ts'

/** Whole lines about meetings, in any order, as they are written on the road. */
export const LINES: readonly Spoken[] = [...RUSSIAN, ...ENGLISH, ...MIXED]
