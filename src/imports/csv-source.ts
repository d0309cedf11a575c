import type { SourceRow } from '../domain/imports/row.ts'
import { CsvParser, type Delimiter, DELIMITERS } from './csv-parser.ts'
import { decoded, findEncoding } from './encoding.ts'
import { revealed } from './csv-cell.ts'
import { type Encoding, readHeaders, type Source, type SourceOptions, UnreadableFile } from './source.ts'

const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'windows-1251': 'Windows-1251',
}
const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
}

export async function openCsv(path: string, options: SourceOptions): Promise<Source> {
  if (options.sheet !== null) throw new UnreadableFile('a CSV file has no sheets')
  const encoding = await findEncoding(path, options.encoding)
  const delimiter = await findDelimiter(path, encoding)
  const read = () => records(path, encoding, delimiter)
  const first = await read().next()
  const header = first.done ? undefined : first.value
  return {
    format: `CSV, ${ENCODING_NAMES[encoding]}, separated by ${DELIMITER_NAMES[delimiter]}`,
    leftOut: [],
    headers: readHeaders(header),
    headerLine: header?.line ?? 1,
    async *rows() {
      let isHeader = true
      for await (const row of read()) {
        if (!isHeader) yield row
        isHeader = false
      }
    },
    close: async () => undefined,
  }
}

async function* records(path: string, encoding: Encoding, delimiter: Delimiter): AsyncGenerator<SourceRow> {
  const parser = new CsvParser(delimiter)
  let first = true
  for await (const chunk of decoded(path, encoding)) {
    for (const row of parser.push(chunk)) {
      const hint = first && isDelimiterHint(row, delimiter)
      first = false
      if (!hint && !isBlank(row)) yield { ...row, cells: row.cells.map(revealed) }
    }
  }
  for (const row of parser.finish()) if (!isBlank(row)) yield { ...row, cells: row.cells.map(revealed) }
}

/** Spreadsheets leave lines of bare separators below their table. */
function isBlank(row: SourceRow): boolean {
  return !row.broken && row.cells.every((cell) => cell.trim() === '')
}

/** Excel's first line `sep=;`, which is no header. Cut at the delimiter itself it leaves `sep=` and nothing. */
function isDelimiterHint(row: SourceRow, delimiter: Delimiter): boolean {
  return row.cells.join(delimiter).toLowerCase() === `sep=${delimiter}`
}

const LONGEST_FIRST_LINE = 200_000

/** The one that stands most often in the first line outside quotes. Decided once for the file, never per line. */
async function findDelimiter(path: string, encoding: Encoding): Promise<Delimiter> {
  const line = await firstLine(path, encoding)
  const hint = /^sep=([,;\t])$/i.exec(line.trim())?.[1]
  if (hint) return hint as Delimiter
  // Every second piece between quotes was inside them; a doubled quote only splits a piece in two.
  const outside = line
    .split('"')
    .filter((_, at) => at % 2 === 0)
    .join('')
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: outside.split(delimiter).length - 1 }))
  return counts.toSorted((a, b) => b.count - a.count)[0]?.delimiter ?? ','
}

async function firstLine(path: string, encoding: Encoding): Promise<string> {
  let text = ''
  for await (const chunk of decoded(path, encoding)) {
    text = (text + chunk).trimStart()
    const end = lineEnd(text)
    if (end !== null || text.length > LONGEST_FIRST_LINE) return text.slice(0, end ?? LONGEST_FIRST_LINE)
  }
  if (text === '') throw new UnreadableFile('the file is empty')
  return text
}

/** Where the first line ends: at a line break that is not within quotes. */
function lineEnd(text: string): number | null {
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '\n' || sign === '\r')) return at
  }
  return null
}
