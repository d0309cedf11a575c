import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { addClients, addTeam } from '../support/clients.ts'
import { emptyDatabase } from '../support/database.ts'
import { slackId } from '../support/doors.ts'
import { figure, rounds } from '../support/figures.ts'
import { type Doors, openDoors } from './doors.ts'

let doors: Doors
const SECRET = /olga|ken ono|second plant|700|initech|machinery|INV-|C-17/i
const ANNA = slackId('anna')

beforeAll(async () => {
  const database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  doors = await openDoors(database)
  // The first line of all compiles the grammar: not while a platform counts its seconds.
  await doors.doors[2]?.tries('anna', { command: 'discount', line: '/discount Acme 12% ?' })
})
afterAll(() => doors.close())

const KINDS = {
  'is shared': { is_ext_shared: true },
  'is about to be shared': { is_pending_ext_shared: true },
  'cannot be looked at': { is_private: true, is_member: false },
  'becomes shared between question and answer': {},
} as const
type Kind = keyof typeof KINDS

const LINES = [
  '/account Acme Corporation',
  '/discount Acme 12% ?',
  '/brief Acme Corporation',
  '/followups Acme',
] as const

/** Somebody asks in a channel; what came of it on any screen. */
async function asked(channel: string, kind: Kind, line: string, how: 'command' | 'mention'): Promise<string> {
  const { slack } = doors
  slack.directory.setChannel({ id: channel, name: channel.toLowerCase(), ...KINDS[kind] })
  const before = slack.answers.length
  const shares = async () => {
    slack.directory.setChannel({ id: channel, is_ext_shared: true })
    await slack.event({ type: 'channel_shared', channel, connected_team_id: 'T0OTHER' })
  }
  const [command = '', ...rest] = line.split(' ')
  const asks =
    how === 'command'
      ? slack.command({ command, text: rest.join(' '), user: ANNA, channel })
      : slack.event({
          type: 'app_mention',
          user: ANNA,
          channel,
          text: `<@${slack.identity.botUserId}> ${line}`,
        })
  await Promise.all([asks, kind.startsWith('becomes') ? shares() : null])
  await vi.waitUntil(() => slack.answers.length > before, { timeout: 20_000, interval: 1 })
  const answers = slack.answers.slice(before)
  for (const { visibleTo, channel: where, user, shown } of answers)
    if (visibleTo === 'channel' && !where?.startsWith('D'))
      throw new Error(`everybody in ${where} reads: ${shown}`)
    else if (user !== null && user !== ANNA) throw new Error(`${user} reads what Anna asked: ${shown}`)
  return answers.map(({ shown }) => shown).join('\n')
}

describe('E-15 a channel with people of another company in it', () => {
  it('is told nothing, and where nobody can say who reads along the asker is not either', {
    timeout: rounds(60_000, 1_800_000),
  }, async () => {
    let runs = 0
    const kinds = fc.constantFrom(...(Object.keys(KINDS) as Kind[]))
    await fc.assert(
      fc.asyncProperty(
        kinds,
        fc.constantFrom(...LINES),
        fc.constantFrom('command' as const, 'mention' as const),
        async (kind, line, how) => {
          runs += 1
          const heard = await asked(`C9${runs}`, kind, line, how)
          // Whoever asked before it was shared may read the answer alone.
          if (!kind.startsWith('becomes')) expect(heard).not.toMatch(SECRET)
          if (!kind.startsWith('becomes')) expect(heard).toContain('outside')
        },
      ),
      { numRuns: rounds(60, 500) },
    )
    expect(runs).toBe(rounds(60, 500))
    figure('E-15', `${runs} questions with prices in channels that are shared, may be, or become so: 0 leaks`)
  })

  it('is told nothing by a button either: a card that was asked for in time is refused there later', async () => {
    const { slack } = doors
    slack.directory.setChannel({ id: 'C8', name: 'soon-shared' })
    await slack.command({ command: '/account', text: 'Acme Corporation', user: ANNA, channel: 'C8' })
    await vi.waitUntil(() => slack.lastAnswer(ANNA)?.shown.includes('Olga'), { timeout: 20_000, interval: 1 })
    slack.directory.setChannel({ id: 'C8', is_ext_shared: true })
    await slack.event({ type: 'channel_shared', channel: 'C8', connected_team_id: 'T0OTHER' })
    const before = slack.answers.length
    await slack.press({ label: 'People', user: ANNA })
    await vi.waitUntil(() => slack.answers.length > before, { timeout: 20_000, interval: 1 })
    expect(slack.lastAnswer(ANNA)?.shown).not.toMatch(SECRET)
  })

  it('cannot use a button of a card: whoever is of the other company is refused, and the card stays', async () => {
    const { slack } = doors
    slack.directory.setChannel({ id: 'C7', name: 'deals' })
    await slack.command({ command: '/account', text: 'Acme Corporation', user: ANNA, channel: 'C7' })
    await vi.waitUntil(() => slack.lastAnswer(ANNA)?.channel === 'C7', { timeout: 20_000, interval: 1 })
    const card = slack.lastAnswer(ANNA)
    const heard = await doors.doors[0]?.tries('foreign', { command: 'account-people', press: { id: 'acme' } })
    expect(heard).toBe('🔴 I answer people of this company only.')
    expect(slack.lastAnswer(ANNA)).toEqual(card)
  })
})
