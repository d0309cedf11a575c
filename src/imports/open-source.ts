import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { openCsv } from './csv-source.ts'
import { type Source, type SourceOptions, UnreadableFile } from './source.ts'
import { openXlsx } from './xlsx-source.ts'

/** Opens a table by the end of its name; what is inside is checked too. */
export async function openSource(path: string, options: SourceOptions): Promise<Source> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new UnreadableFile('there is no such file')
  if (!found.isFile()) throw new UnreadableFile('this is not a file')
  switch (extname(path).toLowerCase()) {
    case '.xlsx':
      return openXlsx(path, options)
    case '.csv':
    case '.tsv':
    case '.txt':
      return openCsv(path, options)
    default:
      throw new UnreadableFile('only .csv and .xlsx files can be imported')
  }
}
