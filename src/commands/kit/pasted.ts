import type { Invocation } from './invocation.ts'

/** A paragraph that may go on in the next message: chat apps cut a long text into several and send them at once. */
export type Pasted = Readonly<{
  field: string
  step: number
  /** When its last part was sent, ISO 8601. */
  at: string
  /** Of all its parts, also when they are too many to keep. */
  length: number
}>

/** Apps cut at four thousand characters or so, at the end of a paragraph before that if there is one. */
const LONG_MESSAGE = 2_000
/** Nobody types an answer so soon; the parts of one text come within a second or two. */
const TOGETHER_MS = 3_000

export function begunWith(
  text: string,
  place: Pick<Pasted, 'field' | 'step'>,
  { saidAt }: Invocation,
): Pasted | undefined {
  if (!saidAt || text.length < LONG_MESSAGE) return undefined
  return { ...place, at: saidAt.toISOString(), length: text.length }
}

/** With this part added; null when the message is something of its own. */
export function goneOnWith(text: string, begun: Pasted | undefined, { saidAt }: Invocation): Pasted | null {
  if (!begun || !saidAt || Math.abs(saidAt.getTime() - Date.parse(begun.at)) > TOGETHER_MS) return null
  return { ...begun, at: saidAt.toISOString(), length: begun.length + 1 + text.length }
}
