import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { BackupError, FORMAT, type Head, type TablePart } from './layout.ts'

/** Who takes the content; `endTable` gets the hash of the table's rows. */
export type BackupVisitor = Readonly<{
  head?(head: Head): Promise<void> | void
  rows?(table: TablePart, lines: readonly string[]): Promise<void> | void
  endTable?(table: TablePart, sha256: string): Promise<void> | void
}>

/** Rows are handed over so many at a time, or fewer when they are long. */
const BATCH_ROWS = 1_000
const BATCH_CHARACTERS = 4_000_000

/** Reads a backup once, from the beginning to the end, and refuses whatever is not as it was written. */
export async function readBackup(path: string, visitor: BackupVisitor = {}): Promise<Head> {
  const lines = linesOf(path)
  const whole = createHash('sha256')
  const next = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new BackupError(`${path} is cut off: its end is missing`)
    return value
  }
  const hashed = async () => {
    const line = await next()
    whole.update(`${line}\n`)
    return line
  }
  try {
    const head = headOf(path, await hashed())
    await visitor.head?.(head)
    for (const table of head.tables) await readTable(path, table, hashed, visitor)
    const sha256 = whole.digest('hex')
    if (fieldOf(await next(), 'sha256') !== sha256) throw altered(path, 'its hash')
    if (!(await lines.next()).done) throw altered(path, 'something after its end')
    return head
  } finally {
    await lines.return(undefined)
  }
}

async function readTable(
  path: string,
  table: TablePart,
  line: () => Promise<string>,
  visitor: BackupVisitor,
): Promise<void> {
  const part = createHash('sha256')
  let batch: string[] = []
  let characters = 0
  const flush = async () => {
    if (batch.length > 0) await visitor.rows?.(table, batch)
    batch = []
    characters = 0
  }
  for (let row = 0; row < table.rows; row += 1) {
    const text = await line()
    part.update(`${text}\n`)
    batch.push(text)
    characters += text.length
    if (batch.length >= BATCH_ROWS || characters >= BATCH_CHARACTERS) await flush()
  }
  await flush()
  const end = await line()
  const sha256 = part.digest('hex')
  if (fieldOf(end, 'table') !== table.name || fieldOf(end, 'sha256') !== sha256)
    throw altered(path, `the rows of ${table.name}`)
  await visitor.endTable?.(table, sha256)
}

const altered = (path: string, what: string) =>
  new BackupError(`${path} is damaged or was altered: ${what} is not what was written`)

function headOf(path: string, line: string): Head {
  if (fieldOf(line, 'kamerton') !== 'backup') throw new BackupError(`${path} is no backup of Kamerton`)
  const format = fieldOf(line, 'format')
  if (format !== FORMAT)
    throw new BackupError(
      `${path} has the format ${String(format)}, this version reads ${FORMAT}: use a newer one`,
    )
  return JSON.parse(line) as Head
}

function fieldOf(line: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  } catch {
    return undefined
  }
}

async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const source = createReadStream(path)
  const bytes = source.pipe(createGunzip())
  source.once('error', (error) => bytes.destroy(error))
  let rest: Buffer[] = []
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let from = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        yield Buffer.concat([...rest, chunk.subarray(from, at)]).toString('utf8')
        rest = []
        from = at + 1
      }
      if (from < chunk.length) rest.push(chunk.subarray(from))
    }
  } catch (error) {
    throw asBackupError(path, error)
  } finally {
    source.destroy()
  }
  if (rest.length > 0) throw new BackupError(`${path} is cut off: its end is missing`)
}

function asBackupError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'Z_BUF_ERROR') return new BackupError(`${path} is cut off: its end is missing`)
  if (code === 'Z_DATA_ERROR') return new BackupError(`${path} is no backup of Kamerton, or is damaged`)
  if (/^E[A-Z]+$/.test(code)) return new BackupError(`${path} cannot be read (${code})`)
  return error
}
