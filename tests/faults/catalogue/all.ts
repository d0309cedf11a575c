import { A } from './a.ts'
import { B } from './b.ts'
import { C } from './c.ts'
import type { Case } from './case.ts'
import { D } from './d.ts'
import { E } from './e.ts'
import { F } from './f.ts'
import { G } from './g.ts'
import { H } from './h.ts'

export const ALL_CASES: readonly Case[] = [...A, ...B, ...C, ...D, ...E, ...F, ...G, ...H]
