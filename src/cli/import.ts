import { basename } from 'node:path'
import { importStore } from '../db/imports/store.ts'
import { type Columns, recogniseColumns } from '../domain/imports/headers.ts'
import { DEFINITIONS } from '../domain/imports/kinds.ts'
import { openSource } from '../imports/open-source.ts'
import { Problems } from '../imports/problems.ts'
import { type ImportCounts, runImport } from '../imports/run-import.ts'
import { type Source, UnreadableFile } from '../imports/source.ts'
import { databaseReason } from './database-reason.ts'
import { importHelp } from './import-help.ts'
import { type ImportOptions, importOptions } from './import-options.ts'
import { type CliIo, EXIT, UsageError } from './io.ts'
import { replanMoved } from './moved.ts'

/** `import <kind> <file>`; returns the exit code. */
export async function importCommand(args: readonly string[], io: CliIo): Promise<number> {
  try {
    const options = importOptions(args, io)
    if (!('help' in options)) return await importFile(options, io)
    for (const line of importHelp(options.help)) io.out(line)
    return EXIT.ok
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(error.message)
      return EXIT.usage
    }
    if (!(error instanceof UnreadableFile)) throw error
    io.err(`nothing was imported: ${error.message}`)
    return EXIT.refused
  }
}

async function importFile(options: ImportOptions, io: CliIo): Promise<number> {
  const definition = DEFINITIONS[options.kind]
  const source = await openSource(options.file, options)
  try {
    const columns = recogniseColumns(definition, source.headers, options.mapping)
    if ('mistakes' in columns) {
      for (const mistake of columns.mistakes) io.err(mistake)
      return columns.mistakes.some((mistake) => mistake.startsWith('--map')) ? EXIT.usage : EXIT.refused
    }
    for (const line of columnLines(source, columns)) io.out(line)
    if (columns.byField.size > 0) return await importColumns(options, source, columns, io)
    io.err(
      `nothing was imported: no column of ${basename(options.file)} is recognised as a field of ${options.kind}; see import --help ${options.kind}`,
    )
    return EXIT.refused
  } finally {
    await source.close()
  }
}

async function importColumns(
  options: ImportOptions,
  source: Source,
  columns: Columns,
  io: CliIo,
): Promise<number> {
  const problems = openProblems(options.report)
  try {
    const counts = await runImport(
      {
        definition: DEFINITIONS[options.kind],
        source,
        columns,
        context: options,
        currency: { told: options.currency, byDefault: io.defaults.currency },
        subject: basename(options.file),
        now: io.now(),
        dryRun: options.dryRun,
        skipBadRows: options.skipBadRows,
        problems,
        progress: (text) => io.progress?.(`${options.kind}: ${text}`),
      },
      importStore(io.database, (transaction, people) => replanMoved(transaction, people, io)),
    )
    io.progress?.('')
    return tell(options, counts, columns, problems, io)
  } catch (error) {
    io.progress?.('')
    if (error instanceof UnreadableFile) throw error
    io.err(`nothing was imported: ${databaseReason(error)}`)
    return EXIT.refused
  } finally {
    problems.close()
  }
}

function openProblems(report: string | null): Problems {
  try {
    return new Problems(report)
  } catch (error) {
    throw new UsageError(
      `import: --report ${report} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    )
  }
}

const named = (header: string) => `"${header}"`

function columnLines(source: Source, columns: Columns): string[] {
  const used = [...columns.byField].map(
    ([field, index]) => `${named(columns.headers[index] ?? '')} → ${field}`,
  )
  return [
    `read as ${source.format}`,
    ...(source.leftOut.length > 0
      ? [`not read: sheets ${source.leftOut.map(named).join(', ')}; read another with --sheet`]
      : []),
    `columns: ${used.join(', ')}`,
    ...columns.notUsed.map(
      ({ header, field, insteadOf }) =>
        `not used: ${named(header)}, because ${named(insteadOf)} says which ${field}`,
    ),
    ...columns.notRecognised.map(
      ({ header, hint }) => `not recognised: ${named(header)}${hint ? ` (${hint})` : ''}`,
    ),
  ]
}

const number = (value: number) => value.toLocaleString('en')

function tell(
  options: ImportOptions,
  counts: ImportCounts,
  columns: Columns,
  problems: Problems,
  io: CliIo,
): number {
  const { kind, dryRun } = options
  if (counts.derivedIds > 0)
    io.out(
      `the file has no id column: ids are derived from ${DEFINITIONS[kind].identifiedBy.join(', ')} (row:…)`,
    )
  else if (!columns.byField.has('externalId'))
    io.out(
      `the file has no id column: rows are found again by ${DEFINITIONS[kind].naturalKey ?? 'their words'}`,
    )
  if (counts.refused > 0) for (const line of problems.lines()) io.err(line)
  if (counts.refused > 0 && options.report) io.out(`every bad row is listed in ${options.report}`)
  if (counts.refused > 0 && !options.skipBadRows) {
    io.err(
      `nothing was imported: ${number(counts.refused)} of ${number(counts.rows)} rows are bad. Correct them, or load the others with --skip-bad-rows`,
    )
    return EXIT.refused
  }
  const { created, changed, unchanged, refused } = counts
  const sums = `${number(created)} created, ${number(changed)} changed, ${number(unchanged)} unchanged, ${number(refused)} refused`
  io.out(`${dryRun ? 'dry run, nothing was written: ' : ''}${kind}: ${number(counts.rows)} rows: ${sums}`)
  if (!dryRun && created + changed === 0) io.out('nothing changed')
  return refused > 0 && refused === counts.rows ? EXIT.refused : EXIT.ok
}
