import type { AccountStore } from '../accounts/account.ts'
import type { DiscountStore } from '../discounts/discount-store.ts'
import type { OfferStore } from '../discounts/offer.ts'
import type { PolicyStore } from '../discounts/policy-store.ts'
import type { FollowUpStore } from '../follow-ups/follow-up.ts'
import type { AbsenceStore } from '../identity/absence.ts'
import type { LinkStore } from '../identity/linking.ts'
import type { PeopleStore } from '../identity/person.ts'
import type { MeetingStore } from '../meetings/meeting.ts'
import type { PlaceStore } from '../meetings/place.ts'
import type { NoticeStore } from '../notices/notice.ts'
import type { TeamStore } from '../notices/team.ts'
import type { AuditRecord } from './audit.ts'
import type { DraftStore } from './drafts.ts'

/** Everything a command may touch, bound to one transaction (or, for reads, to none). Nothing else is in scope. */
export type Work = Readonly<{
  accounts: AccountStore
  meetings: MeetingStore
  places: PlaceStore
  followUps: FollowUpStore
  notices: NoticeStore
  team: TeamStore
  discounts: DiscountStore
  offers: OfferStore
  policies: Pick<PolicyStore, 'current'>
  drafts: DraftStore
  people: PeopleStore
  absences: AbsenceStore
  links: LinkStore
  audit: Readonly<{ write(record: AuditRecord): Promise<void> }>
}>
