import { addDays, type Day } from '../domain/shared/day.ts'
import { STORIES } from './accounts/index.ts'
import { discountsOf, beginningOf } from './approvals.ts'
import { accountOf, contactsOf, namesOf, teamOf } from './clients.ts'
import { followUpsOf } from './follow-ups.ts'
import { diaryOf } from './meetings.ts'
import { contractsOf, dealsOf, invoicesOf, ownTargets, targetsOf } from './money.ts'
import { PRODUCT_KEYS, PRODUCTS, productId } from './products.ts'
import type { DemoAbsence, DemoData, DemoProduct } from './rows.ts'
import { demoAbsence, demoTeam, userId } from './team.ts'

/**
 * A sales team and its clients on that day. The same day gives the same rows; ids do not depend on it. What waits for a
 * decision came in shortly before `now`.
 */
export function buildDemo(today: Day, now: Date = beginningOf(today)): DemoData {
  const diaries = STORIES.map((story) => diaryOf(story, today))
  return {
    users: demoTeam,
    absences: [absence(today)],
    products: PRODUCT_KEYS.map(product),
    accounts: STORIES.map(accountOf),
    accountNames: STORIES.flatMap(namesOf),
    team: STORIES.flatMap(teamOf),
    contacts: STORIES.flatMap(contactsOf),
    deals: STORIES.flatMap((story) => dealsOf(story, today)),
    invoices: STORIES.flatMap((story) => invoicesOf(story, today)),
    contracts: STORIES.flatMap((story) => contractsOf(story, today)),
    targets: [...STORIES.flatMap((story) => targetsOf(story, today)), ...ownTargets(STORIES, today)],
    meetings: diaries.flatMap(({ meetings }) => meetings),
    attendees: diaries.flatMap(({ attendees }) => attendees),
    followUps: STORIES.flatMap((story) => followUpsOf(story, today)),
    discounts: discountsOf(STORIES, today, now),
  }
}

function absence(today: Day): DemoAbsence {
  const { person, substitute, startsIn, endsIn } = demoAbsence
  const [startsOn, endsOn] = [addDays(today, startsIn), addDays(today, endsIn)]
  const id = `demo-absence-${person}`
  return { id, userId: userId(person), substituteId: userId(substitute), startsOn, endsOn }
}

function product(key: (typeof PRODUCT_KEYS)[number]): DemoProduct {
  const { titles: _, ...fields } = PRODUCTS[key]
  const id = productId(key)
  return { id, externalId: id, ...fields }
}
