import type { Button } from '../../commands/kit/view.ts'
import type { ButtonTokens } from '../ports.ts'

/** Bytes, not characters: a Cyrillic letter takes two. */
const LONGEST = 64
/** No command's name begins like this. */
const TOKEN = '~'
const DAYS_VALID = 30

export type Pressed = Readonly<{ command: string; args: Readonly<Record<string, string>> }>

/** `command?name=value&…`, as it stands when it fits, else a token that leads to it. */
export async function dataOf(
  button: Button,
  owner: string,
  tokens: ButtonTokens,
  now: Date,
): Promise<string> {
  const { command, args } = button
  const data = compact(command, args)
  if (Buffer.byteLength(data) <= LONGEST && data.isWellFormed() && !data.startsWith(TOKEN)) return data
  const expiresAt = new Date(now.getTime() + DAYS_VALID * 86_400_000)
  const token = TOKEN + (await tokens.save('TELEGRAM', { owner, command, args }, expiresAt))
  if (Buffer.byteLength(token) > LONGEST) throw new Error('a button token does not fit into callback data')
  return token
}

/** What was pressed; null when the button was made for somebody else. A lost token asks for a command that is not there. */
export async function pressedBy(
  data: string,
  presser: string,
  tokens: ButtonTokens,
  now: Date,
): Promise<Pressed | null> {
  if (!data.startsWith(TOKEN)) return parsed(data)
  const found = await tokens.find('TELEGRAM', data.slice(TOKEN.length), now)
  if (!found) return { command: '', args: {} }
  return found.owner === presser ? { command: found.command, args: found.args } : null
}

const escape = (text: string): string =>
  text.replaceAll(/[%&=?]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
const unescape = (text: string): string =>
  text.replaceAll(/%(2[56]|3[df])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

function compact(command: string, args: Button['args']): string {
  const pairs = Object.entries(args).map(([name, value]) => `${escape(name)}=${escape(value)}`)
  return pairs.length > 0 ? `${escape(command)}?${pairs.join('&')}` : escape(command)
}

/** Anybody can send any data: the dispatcher checks what comes out as it checks a typed line. */
function parsed(data: string): Pressed {
  const [command = '', ...rest] = data.split('?')
  const pairs = rest
    .join('?')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=')
      return [unescape(name), unescape(value.join('='))]
    })
  return { command: unescape(command), args: Object.fromEntries(pairs) }
}
