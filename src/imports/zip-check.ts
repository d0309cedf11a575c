import { UnreadableFile } from './source.ts'

/** A workbook of 100,000 rows and 30 columns unpacks to some 150 MB. */
const UNPACKED_LIMIT = 400 * 1024 * 1024
const ENTRY_LIMIT = 2_000
const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * Reads the list of contents before anything is unpacked. The sizes there may lie, but the reader unpacks no entry beyond
 * the size that is declared, so what is small here stays small; an entry that declares none is refused.
 */
export function refuseZipBomb(bytes: Buffer): void {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (
    bytes.readUInt16LE(0) !== 0x4b50 ||
    end < 0 ||
    end + 22 > bytes.length ||
    bytes.readUInt32LE(end) !== END
  ) {
    throw new UnreadableFile('this is not an XLSX file: it is no zip archive, or it is cut off')
  }
  const count = bytes.readUInt16LE(end + 10)
  if (count > ENTRY_LIMIT)
    throw new UnreadableFile(`the XLSX file holds ${count} parts; ${ENTRY_LIMIT} are the limit`)
  let at = bytes.readUInt32LE(end + 16)
  let unpacked = 0
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY)
      throw new UnreadableFile('the XLSX file is damaged: its list of contents cannot be read')
    const packed = bytes.readUInt32LE(at + 20)
    const size = bytes.readUInt32LE(at + 24)
    if (size === 0 && packed > 2)
      throw new UnreadableFile('the XLSX file hides the true size of its contents')
    unpacked += size
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  if (unpacked > UNPACKED_LIMIT) {
    throw new UnreadableFile(
      `the XLSX file would unpack to ${Math.round(unpacked / 1024 / 1024)} MB; ${UNPACKED_LIMIT / 1024 / 1024} MB are the limit. Split it, or save it as CSV`,
    )
  }
}
