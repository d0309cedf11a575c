import type { Story } from '../story.ts'
import { ANNA } from './anna.ts'
import { JAMES } from './james.ts'
import { LENA } from './lena.ts'
import { MARAT } from './marat.ts'

/** All clients, parents before their subsidiaries. */
export const STORIES: readonly Story[] = [...ANNA, ...MARAT, ...LENA, ...JAMES]
