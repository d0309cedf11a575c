import { ENGLISH, MIXED } from './discount-lines-en.ts'
import { RUSSIAN } from './discount-lines-ru.ts'
import type { SaidDiscount } from './discount-table.ts'

/** Whole lines behind `/discount`, in any order. */
export const DISCOUNT_LINES: readonly SaidDiscount[] = [...RUSSIAN, ...ENGLISH, ...MIXED]
