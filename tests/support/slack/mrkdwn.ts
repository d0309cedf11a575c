import { isJson, str, type Json } from './json.ts'

export interface Mention {
  token: string
  via: string
  text: string
}

const label = String.raw`(?:\|[^<>]*)?`
const tokens = [
  String.raw`<@[UW][A-Z0-9]*${label}>`,
  String.raw`<#[CDG][A-Z0-9]*${label}>`,
  String.raw`<!(?:here|channel|everyone)${label}>`,
  String.raw`<!subteam\^S[A-Z0-9]*${label}>`,
  String.raw`<!date\^\d+\^[^|<>]+\|[^<>]+>`,
  String.raw`<https?://[^|<>\s]+${label}>`,
  String.raw`<mailto:[^|<>\s]+${label}>`,
]
const token = new RegExp(tokens.join('|'), 'g')
const wake = /<!(?:here|channel|everyone|subteam\^)[^<>]*>/g

/** What is left after the allowed tokens are cut out may hold no raw `<` and no half escape. */
export function mrkdwnProblems(text: string): string[] {
  const rest = text.replace(token, '')
  const problems: string[] = []
  const at = rest.indexOf('<')
  if (at >= 0) problems.push(`raw "<" that begins no allowed token: "${rest.slice(at, at + 20)}"`)
  const bare = rest.search(/&(?!amp;|lt;|gt;)/)
  if (bare >= 0) problems.push(`"&" that is not escaped: "${rest.slice(bare, bare + 20)}"`)
  return problems
}

/** Everything in a payload that would ping a crowd: broadcasts and user groups, in mrkdwn or rich text. */
export function crowdMentions(payload: unknown, via: string): Mention[] {
  if (typeof payload === 'string') return textMentions(payload, via)
  if (Array.isArray(payload)) return payload.flatMap((item: unknown) => crowdMentions(item, via))
  if (!isJson(payload)) return []
  if (payload['type'] === 'plain_text') return []
  return [...richMention(payload, via), ...Object.values(payload).flatMap((item) => crowdMentions(item, via))]
}

function textMentions(text: string, via: string): Mention[] {
  return [...text.matchAll(wake)].map((match) => ({ token: match[0], via, text }))
}

function richMention(payload: Json, via: string): Mention[] {
  const type = payload['type']
  if (type === 'broadcast') return [{ token: `<!${str(payload['range'])}>`, via, text: '' }]
  if (type === 'usergroup') return [{ token: `<!subteam^${str(payload['usergroup_id'])}>`, via, text: '' }]
  return []
}

/** Mrkdwn as a person reads it: tokens become their labels, entities their characters, marks disappear. */
export function readMrkdwn(text: string): string {
  const plain = text.replace(/<([^<>]+)>/g, (_whole, inner: string) => readToken(inner))
  return plain
    .replace(/(^|[\s(])([*_~`])(?=\S)([^\n]*?\S)\2(?=$|[\s.,:;!?)])/gm, '$1$3')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function readToken(inner: string): string {
  const bar = inner.indexOf('|')
  const shown = bar >= 0 ? inner.slice(bar + 1) : inner.replace(/^!/, '@').replace(/^mailto:/, '')
  return inner.startsWith('@') && bar >= 0 ? `@${shown}` : shown
}
