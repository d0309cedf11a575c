import { z } from 'zod'
import {
  type AccountFacts,
  type AccountStore,
  type ContactFact,
  type DealFact,
  type InvoiceFact,
} from '../../domain/accounts/account.ts'
import type { Sight } from '../../domain/shared/actor.ts'
import type { Day } from '../../domain/shared/day.ts'
import type { MessageKey } from '../../i18n/keys.ts'
import { type Command, defineCommand } from '../kit/command.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Block, type Line, parts, plain, say, show, type Text } from '../kit/view.ts'
import { factsOf } from './facts-of.ts'
import { contactLine, meetingLine, moneyText, strangerLine } from './phrases.ts'

/** What one screen holds; the rest stays behind, and the view says so. */
const LISTED = 20

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
    return listOr(meetings.map(meetingLine), say('account.meetings.none'))
  },
})

export const accountDeals = detail({
  name: 'account-deals',
  summary: 'account.button.deals',
  title: (name) => say('account.deals.title', { name }),
  async blocks({ id }, { accounts, sight }) {
    const deals = await accounts.deals(id, sight, LISTED)
    if (deals.length === 0) return [{ kind: 'text', text: say('account.deals.none') }]
    const columns = [
      { label: say('account.deals.stage') },
      { label: say('account.deals.what') },
      { label: say('account.deals.amount'), align: 'end' as const },
      { label: say('account.deals.when') },
      { label: say('account.deals.owner') },
    ]
    return [{ kind: 'table', columns, rows: deals.map(dealRow) }, ...listedNote(deals.length)]
  },
})

function dealRow(deal: DealFact): Text[] {
  const { title, product, stage, amount, owner } = deal
  const what = [title, product].filter((text) => text !== null).map(plain)
  return [
    plain(stage),
    parts(...what),
    amount ? moneyText(amount) : say('account.amount.unknown'),
    dealDay(deal),
    owner ? plain(owner) : say('account.nobody'),
  ]
}

function dealDay({ closedOn, expectedOn, openedOn }: DealFact): Text {
  if (closedOn) return say('account.deals.closed', { day: { day: closedOn } })
  if (expectedOn) return say('account.deals.expected', { day: { day: expectedOn } })
  return openedOn ? say('account.deals.opened', { day: { day: openedOn } }) : say('account.amount.unknown')
}

export const accountInvoices = detail({
  name: 'account-invoices',
  summary: 'account.button.invoices',
  title: (name) => say('account.invoices.title', { name }),
  async blocks({ id }, { accounts, sight, today }) {
    const invoices = await accounts.invoices(id, sight, LISTED)
    if (invoices.length === 0) return [{ kind: 'text', text: say('account.invoices.none') }]
    const columns = [
      { label: say('account.invoices.number') },
      { label: say('account.invoices.amount'), align: 'end' as const },
      { label: say('account.invoices.due') },
      { label: say('account.invoices.state') },
    ]
    const rows = invoices.map((invoice) => invoiceRow(invoice, today))
    return [{ kind: 'table', columns, rows }, ...listedNote(invoices.length)]
  },
})

function invoiceRow(invoice: InvoiceFact, today: Day): Text[] {
  const { number, amount, dueOn } = invoice
  return [
    plain(number),
    moneyText(amount),
    say('when', { when: { day: dueOn } }),
    invoiceState(invoice, today),
  ]
}

function invoiceState({ unpaid, paidOn, dueOn }: InvoiceFact, today: Day): Text {
  if (Number(unpaid.amount) <= 0)
    return paidOn ? say('account.invoices.paid', { day: { day: paidOn } }) : say('account.invoices.settled')
  const money = { money: unpaid }
  return dueOn < today ? say('account.invoices.late', { money }) : say('account.invoices.open', { money })
}

function listOr(items: readonly Line[], none: Text): Block[] {
  if (items.length === 0) return [{ kind: 'text', text: none }]
  return [{ kind: 'list', items: items.slice(0, LISTED) }, ...listedNote(items.length)]
}

function listedNote(count: number): Block[] {
  return count >= LISTED ? [{ kind: 'note', text: say('account.listed', { count: LISTED }) }] : []
}
