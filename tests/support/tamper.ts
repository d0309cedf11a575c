import type { Database } from '../../src/db/client.ts'

/** Changes the audit log as somebody with every right on the server would: past its guard, each statement by itself. */
export async function tamper({ prisma }: Database, ...statements: readonly string[]): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.$executeRaw`alter table audit_entries disable trigger user`
    for (const statement of statements) await tx.$executeRawUnsafe(statement)
    await tx.$executeRaw`alter table audit_entries enable trigger user`
  })
}

/** What whoever knows how entries are sealed does to seal an altered one anew. */
const SEAL = {
  now: ['content_hash = audit_content_hash(e)', 'hash = audit_entry_hash(e)'],
  'in the first release': [`hash = encode(sha256(convert_to(audit_entry_text(e), 'UTF8')), 'hex')`],
} as const
type Time = keyof typeof SEAL

export const TIMES = Object.keys(SEAL) as Time[]

export const sealed = (seq: number | string, time: Time): string[] =>
  SEAL[time].map((set) => `update audit_entries e set ${set} where seq = ${seq}`)

/** Makes this entry and all after it follow each other again. */
export const rechained = (from: number, time: Time): string => `do $$ declare one bigint; begin
  for one in select seq from audit_entries where seq >= ${from} order by seq loop
    update audit_entries e set prev_hash = coalesce((select hash from audit_entries where seq = one - 1), '') where seq = one;
    ${sealed('one', time).join('; ')};
  end loop; end $$`

/** Makes all entries what they are in a database that comes from the first release. */
export const asInTheFirstRelease = (database: Database): Promise<void> =>
  tamper(
    database,
    'update audit_entries set salt = null, content_hash = null',
    rechained(1, 'in the first release'),
  )
