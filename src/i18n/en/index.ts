import { account } from './account.ts'
import { away } from './away.ts'
import { common } from './common.ts'
import { console } from './console.ts'
import { discount } from './discount.ts'
import { followUp } from './follow-up.ts'
import { meeting } from './meeting.ts'
import { notice } from './notice.ts'
import { road } from './road.ts'
import { slack } from './slack.ts'
import { telegram } from './telegram.ts'

/** Every sentence of the product, by area; each area is one file. */
export const en = {
  ...common,
  ...account,
  ...meeting,
  ...followUp,
  ...discount,
  ...notice,
  ...road,
  ...away,
  ...slack,
  ...telegram,
  ...console,
} as const
