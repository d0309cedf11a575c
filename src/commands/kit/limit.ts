import { type Allowance, type Spent, spentWith } from '../../domain/identity/allowance.ts'
import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { Reader } from '../../domain/shared/actor.ts'
import type { Dispatcher, Invocation, Journal, Reply } from './invocation.ts'
import { say, show } from './view.ts'

type Parts = Readonly<{
  allowance: Allowance
  now(): Date
  newId(): string
  journal: Journal
  defaults: Reader
  /** Told of each message that is not answered. */
  limited(channel: string): void
}>

/** What one person has spent lately, when they were last told to slow down, and how they are spoken to. */
type Account = Readonly<{ spent: Spent; toldAt: number; reader: Reader | null }>

const MOST_PEOPLE = 10_000
const TELL_EVERY_MS = 60_000

/**
 * Nobody's messages crowd out everybody else's: what one person sends beyond the allowance is met with a word, then with
 * silence, and costs nothing. Counted is what one types or sends; buttons and forms always work, so that nobody is kept
 * from a decision. Each process counts for itself and in memory: after a restart everybody begins anew.
 */
export function createLimit(parts: Parts): (inner: Dispatcher) => Dispatcher {
  const accounts = new Map<string, Account>()
  return (inner) => ({
    ...inner,
    async dispatch(invocation) {
      const { kind } = invocation.act
      if (kind === 'press' || kind === 'submit') return inner.dispatch(invocation)
      const { whose, account, spent } = spending(parts, accounts, invocation)
      if (!spent) return tooMany(parts, accounts, invocation)
      keep(accounts, whose, { ...account, spent })
      const reply = await inner.dispatch(invocation)
      const now = reply.known ? accounts.get(whose) : undefined
      if (now) accounts.set(whose, { ...now, reader: reply.reader })
      return reply
    },
  })
}

const keyOf = ({ platform, workspace, externalId }: ChatIdentity) => `${platform} ${workspace} ${externalId}`

const NEWCOMER: Account = { spent: [], toldAt: -Infinity, reader: null }

function spending({ allowance, now }: Parts, accounts: ReadonlyMap<string, Account>, invocation: Invocation) {
  const whose = keyOf(invocation.identity)
  const account = accounts.get(whose) ?? NEWCOMER
  return { whose, account, spent: spentWith(account.spent, saidAt(invocation, now()), allowance) }
}

/** A platform dates an edit as the message was first sent, which may be years ago. */
function saidAt({ act, saidAt: said }: Invocation, now: Date): number {
  const isEdit = act.kind === 'event' && act.event === 'edit'
  return said && !isEdit ? Math.min(said.getTime(), now.getTime()) : now.getTime()
}

function tooMany(parts: Parts, accounts: Map<string, Account>, invocation: Invocation): Reply {
  const { channel, identity, hint } = invocation
  parts.limited(channel)
  const updateId = parts.newId().slice(-8)
  const account = accounts.get(keyOf(identity)) ?? NEWCOMER
  const reader = account.reader ?? { ...parts.defaults, ...hint }
  const known = account.reader !== null
  const now = parts.now().getTime()
  if (now - account.toldAt < TELL_EVERY_MS) return { updateId, reader, known, answer: { kind: 'repeat' } }
  keep(accounts, keyOf(identity), { ...account, toldAt: now })
  parts.journal.warn({ updateId, channel }, 'somebody sends more than is answered')
  return { updateId, reader, known, answer: slowDown(parts.allowance) }
}

const slowDown = ({ most, withinMs }: Allowance) =>
  show([
    {
      kind: 'text',
      tone: 'warn',
      text: say('error.tooMany', { most, seconds: Math.round(withinMs / 1_000) }),
    },
  ])

/** As the newest; whoever was silent for longest is forgotten, so that nothing grows as long as the process lives. */
function keep(accounts: Map<string, Account>, whose: string, account: Account): void {
  accounts.delete(whose)
  accounts.set(whose, account)
  for (const oldest of accounts.keys()) {
    if (accounts.size <= MOST_PEOPLE) return
    accounts.delete(oldest)
  }
}
