import { account } from './account.ts'
import { common } from './common.ts'
import { console } from './console.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'

/** Every sentence of the product, by area; each area is one file. */
export const en = { ...common, ...account, ...slack, ...telegram, ...console } as const
