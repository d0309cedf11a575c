import { type AnchorCheck, anchorText, checkAnchors, readAnchor } from '../db/anchors.ts'
import { type AuditCheck, type AuditHead, type Fault, firstMissing, verifyAudit } from '../db/audit.ts'
import { protectAudit } from '../db/audit-rights.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE =
  'audit: expected: audit verify [--anchor <number>:<hash>] [--anchors <file>], or audit protect <role>'

export async function auditCommand([verb, ...args]: readonly string[], io: CliIo): Promise<number> {
  if (verb === 'verify') return verify(readOptions(args), io)
  const [role] = args
  if (verb === 'protect' && role && args.length === 1) return protect(role, io)
  throw new UsageError(USAGE)
}

/** The anchor is what an earlier run printed; the file is the program's own, or a log of it. */
type Options = Readonly<{ anchor: AuditHead | null; file: string | null }>

function readOptions(args: readonly string[]): Options {
  const [option, value = '', ...rest] = args
  if (option === undefined) return { anchor: null, file: null }
  const anchor = readAnchor(value)
  if (rest.length === 0 && option === '--anchor' && anchor && anchorText(anchor) === value)
    return { anchor, file: null }
  if (rest.length === 0 && option === '--anchors' && value !== '') return { anchor: null, file: value }
  throw new UsageError(USAGE)
}

async function verify({ anchor, file }: Options, io: CliIo): Promise<number> {
  const { prisma } = io.database
  const check = await verifyAudit(prisma)
  if (check.broken) {
    io.err(`the audit log is broken: ${faultText(check.broken)} (of ${check.entries})`)
    return EXIT.refused
  }
  const anchors = await noted(anchor, file ?? io.anchorFile ?? null, io)
  if (file && !anchors) throw new UsageError(`--anchors: there is no file ${file}`)
  if (anchors?.missing) {
    io.err(cutText(anchors.missing, check))
    return EXIT.refused
  }
  io.out(
    `the audit log is whole: ${check.entries} entries${check.erased > 0 ? erasedText(check.erased) : ''}`,
  )
  if (anchors) io.out(`${anchors.anchors} noted earlier elsewhere: each still stands there`)
  const { head } = check
  if (head) {
    io.out(
      `to find out later whether its end was cut off, keep this outside the database: --anchor ${anchorText(head)}`,
    )
  }
  return EXIT.ok
}

async function noted(anchor: AuditHead | null, file: string | null, io: CliIo): Promise<AnchorCheck | null> {
  const { prisma } = io.database
  if (anchor) return { anchors: 1, missing: await firstMissing(prisma, [anchor]) }
  return file ? checkAnchors(prisma, file) : null
}

function faultText({ seq, what }: Fault): string {
  if (what === 'altered') return `entry ${seq} was altered`
  if (what === 'missing') return `entries are missing before entry ${seq}`
  return `entry ${seq} does not follow entry ${seq - 1}, which was rewritten or put in another's place`
}

function cutText({ seq }: AuditHead, { head }: AuditCheck): string {
  const last = head?.seq ?? 0
  return last < seq
    ? `the end of the audit log was cut off: entry ${seq} was noted elsewhere, the last one is ${last}`
    : `the audit log was rewritten: entry ${seq} is not the one that was noted elsewhere`
}

const erasedText = (count: number) =>
  `, ${count} of them emptied by an erasure of personal data that the log tells of`

/** Gives another role what the program needs, and of the audit log reading and adding alone. */
async function protect(role: string, io: CliIo): Promise<number> {
  const hindrance = await protectAudit(io.database, role)
  if (hindrance) {
    io.err(`audit protect: ${hindrance}`)
    return EXIT.refused
  }
  io.out(`${role} may run the program, and neither change nor remove an entry of the audit log`)
  io.out(`now let the program connect as ${role}; migrate and user erase stay with the owner of the tables`)
  return EXIT.ok
}
