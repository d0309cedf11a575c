import { appendFile, open } from 'node:fs/promises'
import type { PrismaClient } from '../../prisma/generated/client.ts'
import { type AuditHead, firstMissing } from './audit.ts'

/** `412:9f86…`, alone on a line or anywhere in a line of the program's log. */
const ANCHOR = /\b(\d{1,15}):((?:v2-)?[0-9a-f]{64})\b/

const AT_ONCE = 1_000

export const anchorText = ({ seq, hash }: AuditHead): string => `${seq}:${hash}`

export function readAnchor(text: string): AuditHead | null {
  const [, seq = '', hash = ''] = ANCHOR.exec(text) ?? []
  return hash === '' ? null : { seq: Number(seq), hash }
}

/** One short line at the end of the file, so that several processes may share it. */
export async function appendAnchor(file: string, head: AuditHead, now: Date): Promise<void> {
  await appendFile(file, `${now.toISOString()} ${anchorText(head)}\n`)
}

export type AnchorCheck = Readonly<{ anchors: number; missing: AuditHead | null }>

/** Whether every entry that was noted in this file still stands in the log; null when there is no such file. */
export async function checkAnchors(
  prisma: Pick<PrismaClient, '$queryRaw'>,
  file: string,
): Promise<AnchorCheck | null> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  if (!handle) return null
  let anchors = 0
  let batch: AuditHead[] = []
  const missing: AuditHead[] = []
  const check = async () => {
    const found = await firstMissing(prisma, batch)
    if (found) missing.push(found)
    batch = []
  }
  for await (const line of handle.readLines()) {
    const anchor = readAnchor(line)
    if (!anchor) continue
    anchors += 1
    batch.push(anchor)
    if (batch.length === AT_ONCE) await check()
  }
  if (batch.length > 0) await check()
  return { anchors, missing: missing.toSorted((a, b) => a.seq - b.seq)[0] ?? null }
}
