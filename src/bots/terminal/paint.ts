import type { Tone } from '../../commands/kit/view.ts'

/** How words look. Without colour (a file, a pipe, NO_COLOR) only the signs are left, and they say the same. */
export type Paint = Readonly<{
  strong(text: string): string
  faint(text: string): string
  accent(text: string): string
  tone(tone: Tone | undefined, text: string): string
}>

const SIGNS = { good: '+', warn: '!', bad: '‼' } as const
const COLOURS = { good: 32, warn: 33, bad: 31 } as const

export const signOf = (tone: Tone | undefined): string => (tone ? `${SIGNS[tone]} ` : '')

export function paintFor(colour: boolean): Paint {
  const code = (number: number) => (text: string) =>
    colour && text !== '' ? `\u001B[${number}m${text}\u001B[0m` : text
  return {
    strong: code(1),
    faint: code(2),
    accent: code(36),
    tone: (tone, text) => (tone ? code(COLOURS[tone])(text) : text),
  }
}
