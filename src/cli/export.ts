import { basename, extname } from 'node:path'
import { parseArgs } from 'node:util'
import { EXPORT_COLUMNS, EXPORT_KINDS, type ExportKind, exportRows } from '../db/imports/export-rows.ts'
import { writeTable } from '../imports/table-writer.ts'
import { databaseReason } from './database-reason.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'

const USAGE = `usage: export <kind> <file.csv|xlsx>; kinds: ${EXPORT_KINDS.join(', ')}`

/** `export <kind> <file>`; what it writes, `import` reads back without a change, but for discounts. Returns the exit code. */
export async function exportCommand(args: readonly string[], io: CliIo): Promise<number> {
  try {
    const asked = exportOptions(args)
    if (asked) return await exportFile(asked.kind, asked.file, io)
    io.out(USAGE)
    return EXIT.ok
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.err(error.message)
    return EXIT.usage
  }
}

function exportOptions(args: readonly string[]): { kind: ExportKind; file: string } | null {
  const { values, positionals } = parse(args)
  const [kind, file, ...rest] = positionals
  if (values.help) return null
  if (!kind || !file) throw new UsageError(USAGE)
  if (!isExportKind(kind))
    throw new UsageError(`export: there is no kind "${kind}"; there are ${EXPORT_KINDS.join(', ')}`)
  if (rest.length > 0)
    throw new UsageError(
      `export: one file at a time; "${rest.join(' ')}" is too much (quote a name with spaces)`,
    )
  if (!['.csv', '.xlsx'].includes(extname(file).toLowerCase()))
    throw new UsageError('export: the name of the file ends in .csv or .xlsx')
  return { kind, file }
}

const isExportKind = (text: string): text is ExportKind => EXPORT_KINDS.some((kind) => kind === text)

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
      strict: true,
    })
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/)
    throw new UsageError(`export: ${reason}; ${USAGE}`)
  }
}

async function exportFile(kind: ExportKind, file: string, io: CliIo): Promise<number> {
  try {
    const rows = await exportRows(io.database, kind, basename(file), (stored) =>
      writeTable(file, kind, EXPORT_COLUMNS[kind], stored),
    )
    io.out(`${kind}: ${rows.toLocaleString('en')} rows written to ${file}`)
    return EXIT.ok
  } catch (error) {
    io.err(`nothing was exported: ${databaseReason(error)}`)
    return EXIT.refused
  }
}
