import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { type Encoding, UnreadableFile } from './source.ts'

const HEAD = 4_096

/** Refuses what is no text, and tells UTF-8 from Windows-1251 by reading the whole file once: one wrong byte may stand at its end. */
export async function findEncoding(path: string, told: Encoding | null): Promise<Encoding> {
  refuseBinary(await firstBytes(path))
  if (told) return told
  const evidence = await weigh(path)
  if (evidence.broken === 0) return 'utf-8'
  // A Windows-1251 text forms whole UTF-8 characters by rare accident only; a damaged UTF-8 text consists of them.
  if (evidence.whole > evidence.broken) {
    throw new UnreadableFile(
      `line ${evidence.firstBroken} is not valid UTF-8, though the rest of the file is: save it again as CSV UTF-8, or say --encoding`,
    )
  }
  if (await mixesAlphabets(path)) {
    throw new UnreadableFile(
      'the file is neither UTF-8 nor, by its words, Windows-1251: save it as CSV UTF-8, or say --encoding windows-1251',
    )
  }
  return 'windows-1251'
}

/** Any bytes pass for Windows-1251: the "Müller" of Windows-1252 is "Mьller" in it. */
async function mixesAlphabets(path: string): Promise<boolean> {
  let mixed = 0
  let cyrillic = 0
  for await (const text of decoded(path, 'windows-1251')) {
    for (const [word] of text.matchAll(/[A-Za-z\u0400-\u04ff]+/g)) {
      if (!/[\u0400-\u04ff]/.test(word)) continue
      if (/[A-Za-z]/.test(word)) mixed += 1
      // A letter alone proves nothing: "à" and "£" are such in Windows-1252.
      else if (word.length > 1) cyrillic += 1
    }
  }
  return mixed > cyrillic
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function refuseBinary(head: Buffer): void {
  const [first = 0, second = 0] = head
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new UnreadableFile('the file is in UTF-16: save it as CSV UTF-8')
  }
  if (head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004')
    throw new UnreadableFile(
      'this is a zip or an XLSX file, not CSV: an XLSX file needs a name that ends in .xlsx',
    )
  if (first === 0xd0 && second === 0xcf)
    throw new UnreadableFile('this is an old Excel file (.xls): save it as .xlsx or CSV')
  const zeros = head.filter((byte) => byte === 0).length
  if (zeros > head.length / 5)
    throw new UnreadableFile('the file is in UTF-16 or is not a text file: save it as CSV UTF-8')
  const controls = head.filter((byte) => byte < 32 && ![0, 9, 10, 13].includes(byte)).length
  if (controls > head.length / 50) throw new UnreadableFile('this is not a text file')
}

/** Counts characters beyond ASCII that are whole UTF-8 and those that are not. */
async function weigh(path: string): Promise<{ whole: number; broken: number; firstBroken: number }> {
  const decoder = new TextDecoder('utf-8')
  const evidence = { whole: 0, broken: 0, firstBroken: 0 }
  let line = 1
  const count = (text: string) => {
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === 10) line += 1
      else if (code === 0xfffd) {
        evidence.broken += 1
        evidence.firstBroken ||= line
      } else if (code > 127) evidence.whole += 1
    }
  }
  for await (const chunk of createReadStream(path)) count(decoder.decode(chunk as Buffer, { stream: true }))
  count(decoder.decode())
  return evidence
}

/** The file's text, without a byte order mark, chunk by chunk. */
export async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path)) {
    const text = decoder.decode(chunk as Buffer, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}
