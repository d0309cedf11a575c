import { verifyAudit } from '../../../src/db/audit.ts'
import type { Database } from '../../../src/db/client.ts'
import { CANARIES, type Rig } from './rig.ts'
import { type Story, toldOf } from './story.ts'

/** What is not as it must be, each with the invariant it breaks (V1 to V10). Empty when all is well. */
export async function judge(rig: Rig, stories: readonly Story[]): Promise<readonly string[]> {
  const inDatabase = await rig.store.look(async (database) => [
    ...(await unfinished(database, rig.death.last)),
    ...(await effects(database, stories)),
    ...(await chain(database)),
    ...(await secretsIn(database)),
  ])
  const unclear = await rig.store.look(unclearOf)
  const told = copies(rig, stories, unclear)
  const left = told.length > 0 ? await rig.store.look(leftOf) : []
  return [...inDatabase, ...told, ...left, ...platforms(rig), ...output(rig)]
}

/** What has not gone out, for the word about somebody who was not told. */
const leftOf = async ({ prisma }: Database): Promise<readonly string[]> => {
  const left = await prisma.notice.findMany({
    where: { state: { notIn: ['SENT', 'UNCLEAR'] }, error: { not: null } },
  })
  return left.map(
    ({ key, state, tries, doubts, tryAt, error }) =>
      `left: ${key} ${state} after ${tries} tries, ${doubts} in doubt, next ${tryAt.toISOString()}: ${error}`,
  )
}

const unclearOf = async ({ prisma }: Database): Promise<ReadonlySet<string>> =>
  new Set((await prisma.notice.findMany({ where: { state: 'UNCLEAR' } })).map(({ personId }) => personId))

const check = (isRight: boolean, text: string): readonly string[] => (isRight ? [] : [text])

/** V1, V10. What a dead process had claimed is not free again at once. */
async function unfinished({ prisma, kind }: Database, death: Date | null): Promise<readonly string[]> {
  const waiting = await prisma.$queryRaw<{ key: string }[]>`
    select platform || ' ' || key as key from inbound_updates where payload is not null`
  const held = await prisma.$queryRaw<{ kind: string; state: string; person: string }[]>`
    select kind, state::text, person_id as person from notices
    where (state in ('CLAIMED', 'SENDING') and (claimed_at > ${death ?? new Date(0)} or claimed_at < now() - interval '40 seconds'))
      or (state = 'WAITING' and try_at < now() - interval '1 minute')`
  const open =
    kind === 'pglite'
      ? []
      : await prisma.$queryRaw<{ query: string }[]>`
          select query from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`
  return [
    ...waiting.map(({ key }) => `V1: ${key} was acknowledged and never finished`),
    ...held.map((one) => `V10: a notice ${one.kind} for ${one.person} is ${one.state}`),
    ...open.map(({ query }) => `V10: a transaction is open: ${query}`),
  ]
}

/** V2, V4 and V5 of every story. */
async function effects({ prisma }: Database, stories: readonly Story[]): Promise<readonly string[]> {
  const meetings = await prisma.meeting.findMany({ select: { id: true, said: true } })
  const promises = await prisma.followUp.findMany({ select: { id: true, what: true } })
  const requests = await prisma.discountRequest.findMany({
    select: { id: true, state: true, productId: true },
  })
  const votes = await prisma.approvalVote.findMany()
  const products = new Map((await prisma.product.findMany()).map(({ id, name }) => [id, name]))
  const audits = await prisma.auditEntry.findMany({ select: { action: true, subject: true, actorId: true } })
  const written = (action: string, ids: readonly string[]) =>
    audits.filter((entry) => entry.action === action && ids.includes(entry.subject)).length
  const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
  return stories.flatMap((story) => {
    const own = (text: string) => `${text} (story ${story.number})`
    const asked = requests.filter(({ productId }) => products.get(productId ?? '') === story.product)
    const ids = idsOf(asked)
    const cast = votes.filter(({ requestId }) => ids.includes(requestId))
    return [
      ...story.meetings.flatMap(({ tag, said }) => {
        const met = idsOf(meetings.filter((one) => one.said?.includes(tag)))
        const failed = said.includes('cannot reach')
        return [
          ...check(met.length <= 1, own(`V2: one meeting was told, ${met.length} are noted`)),
          ...check(failed || met.length === 1, own(`V1: a meeting was told and is not noted: ${said}`)),
          ...check(
            written('meeting.log', met) === met.length,
            own('V5: meetings and their audit rows differ'),
          ),
        ]
      }),
      ...story.promises.flatMap(({ tag, acknowledged, said }) => {
        const noted = idsOf(promises.filter(({ what }) => what.includes(tag)))
        // Two stories of one pair at a time hear each other’s answers.
        const told = acknowledged && said.includes('Noted.') && said.includes(tag)
        return [
          ...check(noted.length <= 1, own(`V2: one promise was made, ${noted.length} are noted`)),
          ...check(
            !told || noted.length === 1,
            own(`V2: a promise was acknowledged and is not there: ${said}`),
          ),
          ...check(
            written('followup.add', noted) === noted.length,
            own('V5: promises and audit rows differ'),
          ),
        ]
      }),
      ...check(asked.length === 1, own(`V2: one discount was asked for, ${asked.length} requests are there`)),
      ...check(
        asked.every(({ state }) => state === 'GRANTED'),
        own(`V2: is ${asked.map((one) => one.state).join()}`),
      ),
      ...check(cast.length === 1, own(`V4: ${cast.length} votes`)),
      ...check(
        cast.every(({ actorId }) => actorId === story.pair.manager),
        own('V4: somebody else voted'),
      ),
      ...check(written('discount.file', ids) === 1, own('V5: filed, and not written down once')),
      ...check(written('discount.approve', ids) === 1, own('V5: approved, and not written down once')),
    ]
  })
}

/** V5. */
async function chain({ prisma }: Database): Promise<readonly string[]> {
  const { broken } = await verifyAudit(prisma)
  return check(broken === null, `V5: the audit log is broken at ${broken?.seq}: ${broken?.what}`)
}

/**
 * V3: a notice comes once; a second copy only where a process died with the first on its way. One over which two died is
 * marked as unclear and not sent again.
 */
function copies(
  { slack, telegram }: Rig,
  stories: readonly Story[],
  unclear: ReadonlySet<string>,
): readonly string[] {
  return stories.flatMap(({ number, pair, product }) => {
    const cards = slack.answers.filter(
      ({ via, shown, channel, user, replaces }) =>
        via === 'chat.postMessage' &&
        replaces === null &&
        shown.includes(product) &&
        // A press whose process died is answered by a message, too: that is no notice.
        shown.includes('The decision is yours') &&
        slack.directory.sees(pair.managerSlack, channel ?? user ?? ''),
    )
    const told = toldOf({ telegram }, pair, product)
    return [
      ...check(
        (cards.length >= 1 || unclear.has(pair.manager)) && cards.length <= 2,
        `V3: ${cards.length} cards to the manager (story ${number}): ${cards.map(({ ts, shown }) => `${ts} ${shown.slice(0, 120)}`).join(' | ')}`,
      ),
      ...check(
        (told.length >= 1 || unclear.has(pair.seller)) && told.length <= 2,
        `V3: ${told.length} times told the seller (story ${number})`,
      ),
    ]
  })
}

/** V6 and V7. */
function platforms({ slack, telegram }: Rig): readonly string[] {
  return [
    ...slack.refused.map(
      ({ via, error, problems }) => `V6: Slack refused ${via}: ${error} ${problems.join('; ')}`,
    ),
    ...telegram.refused.map(({ method, description }) => `V6: Telegram refused ${method}: ${description}`),
    ...slack.problems.filter((text) => text.includes('Retry-After')).map((text) => `V7: ${text}`),
    ...telegram.rateViolations.map((one) => `V7: Telegram had said to wait: ${JSON.stringify(one)}`),
  ]
}

const SECRETS = Object.values(CANARIES).flatMap((secret) => [secret, secret.replace(/^(xoxb-|\d+:)/, '')])

/** V8 and V9, in all that the processes wrote. */
function output(rig: Rig): readonly string[] {
  const written = rig.written()
  const amiss = written.split('\n').filter((line) => /unhandled rejection|uncaught exception/i.test(line))
  return [
    ...SECRETS.filter((secret) => written.includes(secret)).map((secret) => `V8: ${secret} was written`),
    ...amiss.map((line) => `V9: ${line}`),
  ]
}

/** V8: every text of every table, those of the queue as well. */
async function secretsIn({ prisma }: Database): Promise<readonly string[]> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`
  const found: string[] = []
  for (const { name } of tables) {
    for (const secret of SECRETS) {
      const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
        `select count(*)::int as count from ${name} t where t::text like '%' || $1 || '%'`,
        secret,
      )
      if (row?.count) found.push(`V8: ${name} holds ${secret}`)
    }
  }
  return found
}
