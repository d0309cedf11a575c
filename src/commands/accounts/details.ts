import { z } from 'zod'
import {
  type AccountFacts,
  type AccountStore,
  type ContactFact,
  type DealFact,
  type HistoryFact,
  type InvoiceFact,
} from '../../domain/accounts/account.ts'
import type { Sight } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import { isOwed } from '../../domain/shared/money.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { type Command, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Button, type Line, parts, plain, say, show, type Text } from '../kit/view.ts'
import { factsOf } from './facts-of.ts'
import { contactLine, meetingLine, moneyText, stageText, strangerLine } from './phrases.ts'

/** What one screen holds; the rest stays behind, and the view says so. */
const LISTED = 20
/** So many of them open by a button. */
const OPENED = 6

type Detail = Readonly<{
  name: string
  summary: MessageKey
  title(name: Text): Text
  blocks(facts: AccountFacts, read: Read): Promise<readonly Block[]>
}>

type Read = Readonly<{ accounts: AccountStore; sight: Sight; today: Day }>

/** The pages behind a card: one account, one subject, and the way back. */
function detail({ name, summary, title, blocks }: Detail): Command {
  return defineCommand({
    name,
    aliases: [],
    summary,
    roles: EVERYONE,
    effect: 'read',
    listed: false,
    input: z.object({ id: z.string().min(1).max(64) }),

    async run(context, { id }) {
      const { actor, work, today } = context
      const facts = await factsOf(context, id)
      const back = {
        label: say('account.button.back', { name: plain(facts.name) }),
        command: 'account',
        args: { id },
      }
      return show([
        { kind: 'heading', text: title(plain(facts.name)) },
        ...(await blocks(facts, { accounts: work.accounts, sight: actor.sight, today })),
        { kind: 'buttons', buttons: [back] },
      ])
    },
  })
}

export const accountPeople = detail({
  name: 'account-people',
  summary: 'account.button.people',
  title: (name) => say('account.people.title', { name }),
  async blocks({ contacts, strangers }) {
    return listOr([...contacts.map(withAddress), ...strangers.map(strangerLine)], say('account.people.none'))
  },
})

function withAddress(contact: ContactFact): Line {
  const line = contactLine(contact)
  const address = [contact.phone, contact.email].filter((text) => text !== null).map(plain)
  return { ...line, text: parts(line.text, ...address) }
}

export const accountMeetings = detail({
  name: 'account-meetings',
  summary: 'account.button.meetings',
  title: (name) => say('account.meetings.title', { name }),
  async blocks({ id }, { accounts, sight }) {
    const meetings = await accounts.meetings(id, sight, LISTED)
    const buttons = meetings.slice(0, OPENED).map(opensMeeting)
    return [
      ...listOr(meetings.map(historyLine), say('account.meetings.none')),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ]
  },
})

/** What became of the record since is said here and not on the card. */
function historyLine(meeting: HistoryFact): Line {
  const { amendments, attachments, status } = meeting
  const line = meetingLine(meeting)
  const text = parts(
    line.text,
    status === 'PLANNED' ? say('account.meetings.planned') : null,
    amendments > 0 ? say('account.meetings.amended', { count: amendments }) : null,
    attachments > 0 ? say('account.meetings.attached', { count: attachments }) : null,
  )
  return { ...line, text }
}

const opensMeeting = ({ id, day, kind }: HistoryFact): Button => ({
  label: parts(say('when', { when: { day } }), { key: `meeting.kind.${kind}` }),
  command: 'meeting-show',
  args: { id },
})

export const accountDeals = detail({
  name: 'account-deals',
  summary: 'account.button.deals',
  title: (name) => say('account.deals.title', { name }),
  async blocks({ id }, { accounts, sight }) {
    const deals = await accounts.deals(id, sight, LISTED)
    if (deals.length === 0) return [{ kind: 'text', text: say('account.deals.none') }]
    const groups = (['OPEN', 'WON', 'LOST'] as const).flatMap((outcome): Block[] => {
      const items = deals.filter((deal) => deal.outcome === outcome).map(dealLine)
      return items.length > 0 ? [{ kind: 'list', title: { key: `account.deals.${outcome}` }, items }] : []
    })
    return [...groups, ...listedNote(deals.length)]
  },
})

/** The sum stands first: on a telephone it must not be the end of a long line. */
function dealLine({ title, product, stage, outcome, amount, owner, ...days }: DealFact): Line {
  const what =
    title && product && title.includes(product) ? [title] : [title, product].filter((text) => text !== null)
  return {
    text: parts(
      amount ? moneyText(amount) : say('account.amount.unknown'),
      outcome === 'OPEN' ? stageText(stage) : null,
      ...what.map(plain),
      dealDay(days),
      owner ? plain(owner) : null,
    ),
  }
}

function dealDay({
  closedOn,
  expectedOn,
  openedOn,
}: Pick<DealFact, 'closedOn' | 'expectedOn' | 'openedOn'>): Text | null {
  if (closedOn) return say('account.deals.closed', { day: { day: closedOn } })
  if (expectedOn) return say('account.deals.expected', { day: { day: expectedOn } })
  return openedOn ? say('account.deals.opened', { day: { day: openedOn } }) : null
}

export const accountInvoices = detail({
  name: 'account-invoices',
  summary: 'account.button.invoices',
  title: (name) => say('account.invoices.title', { name }),
  async blocks({ id }, { accounts, sight, today }) {
    const invoices = await accounts.invoices(id, sight, LISTED)
    return listOr(
      invoices.map((invoice) => invoiceLine(invoice, today)),
      say('account.invoices.none'),
    )
  },
})

function invoiceLine({ number, amount, unpaid, dueOn, paidOn }: InvoiceFact, today: Day): Line {
  if (!isOwed(unpaid)) {
    const paid = paidOn
      ? say('account.invoices.paid', { day: { day: paidOn } })
      : say('account.invoices.settled')
    return { text: parts(plain(number), moneyText(amount), paid) }
  }
  const late = dueOn < today
  const text = parts(
    plain(number),
    { key: late ? 'account.invoices.late' : 'account.invoices.open', params: { money: { money: unpaid } } },
    unpaid.amount === amount.amount ? null : say('account.invoices.whole', { money: { money: amount } }),
    say('account.invoices.due', { day: { day: dueOn } }),
  )
  return { text, ...(late ? { tone: 'bad' as const } : {}) }
}

function listOr(items: readonly Line[], none: Text): Block[] {
  if (items.length === 0) return [{ kind: 'text', text: none }]
  return [{ kind: 'list', items: items.slice(0, LISTED) }, ...listedNote(items.length)]
}

function listedNote(count: number): Block[] {
  return count >= LISTED ? [{ kind: 'note', text: say('account.listed', { count: LISTED }) }] : []
}
