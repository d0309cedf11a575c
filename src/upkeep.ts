import type { PrismaClient } from '../prisma/generated/client.ts'
import type { Journal } from './commands/kit/invocation.ts'
import { anchorText, appendAnchor, checkAnchors } from './db/anchors.ts'
import { type AuditHead, auditHead } from './db/audit.ts'
import { cleanUp } from './db/clean-up.ts'

/** What the process does now and then: removes what has served, looks at the clocks, notes the end of the log. */
export type Upkeep = Readonly<{
  /** Resolves once the end of the log is noted; nothing that fails here keeps the program from its work. */
  start(): Promise<void>
  stop(): Promise<void>
}>

type Parts = Readonly<{
  prisma: PrismaClient
  anchorFile: string | null
  journal: Journal
  now(): Date
  compareClocks(): Promise<void>
}>

const COMPARE_CLOCKS_EVERY_MS = 10_000
const CLEAN_UP_EVERY_MS = 3_600_000
/** What was cut off the log within this time nobody can prove. */
const ANCHOR_EVERY_MS = 600_000

export function createUpkeep({ prisma, anchorFile, journal, now, compareClocks }: Parts): Upkeep {
  const timers: NodeJS.Timeout[] = []
  const every = (ms: number, act: () => Promise<void>) =>
    timers.push(setInterval(() => void act(), ms).unref())
  const guarded = (text: string, act: () => Promise<void>) => () =>
    act().catch((error: unknown) => journal.warn({ err: error }, text))

  let noted: AuditHead | null = null
  const anchor = guarded('the end of the audit log could not be noted', async () => {
    const head = await auditHead(prisma)
    if (!head || head.hash === noted?.hash) return
    if (anchorFile) await appendAnchor(anchorFile, head, now())
    noted = head
    // The log of the program is a second place, and the only one where no file is named.
    journal.info({ anchor: anchorText(head) }, 'audit anchor')
  })
  const compare = guarded('the audit log could not be compared with its anchors', async () => {
    const missing = anchorFile && (await checkAnchors(prisma, anchorFile))?.missing
    if (missing) journal.error({ entry: missing.seq }, 'the audit log was cut or rewritten: see audit verify')
  })

  return {
    async start() {
      every(
        CLEAN_UP_EVERY_MS,
        guarded('clean-up failed', () => cleanUp(prisma, now())),
      )
      every(ANCHOR_EVERY_MS, anchor)
      // While the database is away, others say so; its time is counted on.
      every(COMPARE_CLOCKS_EVERY_MS, () => compareClocks().catch(() => undefined))
      await compare()
      await anchor()
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await anchor()
    },
  }
}
