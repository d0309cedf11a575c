import type { Edit, Edited, Push, Pushed } from '../../src/bots/ports.ts'
import { plain, type View } from '../../src/commands/kit/view.ts'
import type { Owed } from '../../src/commands/notices/composer.ts'
import type { Database } from '../../src/db/client.ts'
import { newId } from '../../src/db/new-id.ts'
import { noticeStore } from '../../src/db/notices.ts'
import { unitOfWork } from '../../src/db/unit-of-work.ts'
import type { ChatIdentity } from '../../src/domain/identity/person.ts'
import type { NewNotice, NoticeKind } from '../../src/domain/notices/notice.ts'
import type { Platform } from '../../src/domain/shared/actor.ts'
import type { Clockwork } from '../../src/commands/kit/clockwork.ts'
import type { Step, Words } from '../../src/jobs/delivery-parts.ts'
import type { Jobs } from '../../src/jobs/jobs.ts'
import { createNotices } from '../../src/notices.ts'
import { NOW } from '../support/clients.ts'
import { noteJournal } from '../support/journal.ts'

export const DEFAULTS = { language: 'en', timeZone: 'Europe/Moscow', currency: 'EUR' } as const

/** What a platform took, and from which process. */
type Sent = Readonly<{ to: string; platform: Platform; words: readonly string[]; at: Date }>

/** What a platform shows in the place of something older. */
type Shown = Readonly<{ to: string; platform: Platform; message: string; words: readonly string[] }>

export type Edits = (to: ChatIdentity, message: string) => Edited | Promise<Edited>

export type Answers = (to: ChatIdentity, words: readonly string[]) => Pushed | Promise<Pushed>

/** Words that name the notices they are made of; `unwanted` keys are no longer wanted, `broken` ones cannot be told. */
export function testWords(lists: Readonly<{ unwanted?: Set<string>; broken?: Set<string> }> = {}) {
  const taken: string[] = []
  const tell = (...keys: readonly string[]): View => keys.map((key) => ({ kind: 'text', text: plain(key) }))
  const words: Words = {
    composeAll: async (_context, batch) => {
      if (batch.some(({ notice }) => lists.broken?.has(notice.key))) throw new Error('no words')
      return new Map(
        batch.map((owed) => [
          owed.notice.id,
          lists.unwanted?.has(owed.notice.key) ? null : tell(keyOf(owed)),
        ]),
      )
    },
    composeCard: async () => null,
    composeTogether: async (_context, batch) => tell(...batch.map(keyOf)),
    isGroupable: ({ notice: { kind } }) => kind === 'reminder' || kind === 'chase',
    takeTurn: async (_context, { notice }) => {
      if (lists.broken?.has(notice.key)) throw new Error('no turn')
      taken.push(notice.key)
    },
  }
  return { words, taken }
}

const keyOf = ({ notice, insteadOf }: Owed) => (insteadOf ? `${notice.key} for ${insteadOf.id}` : notice.key)

const wordsOf = (view: View): readonly string[] =>
  view.flatMap((block) => (block.kind === 'text' && 'plain' in block.text ? [block.text.plain] : []))

type StageParts = Readonly<{
  words?: Words
  platforms?: readonly Platform[]
  clockwork?: readonly Clockwork[]
  onStep?: (step: Step, ids: readonly string[]) => Promise<void> | void
  tickMs?: number
  reached?: (moment: string) => void
}>

/** Platforms that note what they took, a clock that a test turns, and any number of processes on one database. */
export function createStage(database: Database) {
  const sent: Sent[] = []
  const edited: Shown[] = []
  const answers = new Map<Platform, Answers>()
  const edits = new Map<Platform, Edits>()
  /** What a message waits for before its turn comes. */
  const turn = { comes: async (): Promise<void> => undefined }
  const clock = { now: NOW }
  const journal = noteJournal()
  const settled: { kind: NoticeKind; outcome: string }[] = []
  const pushOn =
    (platform: Platform): Push =>
    async (to, _reader, view, begin) => {
      await turn.comes()
      if (!(await begin())) return { kind: 'unwanted' }
      const words = wordsOf(view)
      const answer = (await answers.get(platform)?.(to, words)) ?? {
        kind: 'sent',
        chat: to.externalId,
        message: newId(),
      }
      if (answer.kind === 'sent' || answer.kind === 'unclear')
        sent.push({ to: to.externalId, platform, words, at: clock.now })
      return answer
    }
  const editOn =
    (platform: Platform): Edit =>
    async (to, { message }, _reader, view) => {
      const answer = (await edits.get(platform)?.(to, message)) ?? { kind: 'done' }
      if (answer.kind === 'done') edited.push({ to: to.externalId, platform, message, words: wordsOf(view) })
      return answer
    }
  return {
    sent,
    edited,
    edits,
    clock,
    journal,
    settled,
    answers,
    turn,
    words: () => sent.flatMap((one) => one.words),
    later(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms)
    },
    process(parts: StageParts = {}, over: Database = database): Jobs {
      const platforms = parts.platforms ?? ['SLACK', 'TELEGRAM']
      return createNotices({
        database: over,
        work: unitOfWork(over, DEFAULTS),
        pushes: new Map(platforms.map((platform) => [platform, pushOn(platform)])),
        edits: new Map(platforms.map((platform) => [platform, editOn(platform)])),
        clockwork: parts.clockwork ?? [],
        defaults: DEFAULTS,
        journal,
        meter: {
          settled: (kind, _platform, outcome) => void settled.push({ kind, outcome }),
          waiting: () => undefined,
        },
        now: () => clock.now,
        words: parts.words ?? testWords().words,
        onStep: parts.onStep,
        tickMs: parts.tickMs,
        reached: parts.reached,
      })
    },
  }
}

export type Stage = ReturnType<typeof createStage>

export const reminder = (
  personId: string,
  key: string,
  dueAt = NOW,
  change: Partial<NewNotice> = {},
): NewNotice => ({
  key,
  personId,
  kind: 'reminder',
  subject: key,
  dueAt,
  ...change,
})

export const plan = ({ prisma }: Database, ...notices: readonly NewNotice[]): Promise<void> =>
  noticeStore(prisma, newId).plan(notices)

export const drop = ({ prisma }: Database, subject: string, kind?: NoticeKind): Promise<void> =>
  noticeStore(prisma, newId).drop(subject, kind)

type Link = Readonly<{ platform: Platform; externalId?: string; lastSeenAt?: Date; blockedAt?: Date }>

export async function link({ prisma }: Database, userId: string, ...links: readonly Link[]): Promise<void> {
  await prisma.identity.createMany({
    data: links.map((one) => ({
      id: `${one.platform}-${userId}`,
      userId,
      externalId: `${one.platform.toLowerCase()}-${userId}`,
      ...one,
    })),
  })
}

export const stateOf = async ({ prisma }: Database, key: string) =>
  (await prisma.notice.findUnique({ where: { key } }))?.state ?? null

export const minutes = (count: number) => count * 60_000
export const before = (count: number) => new Date(NOW.getTime() - minutes(count))
export const after = (count: number) => new Date(NOW.getTime() + minutes(count))
