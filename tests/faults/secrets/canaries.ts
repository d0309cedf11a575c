/** Secrets that stand nowhere else, so that each place where one of them turns up is a leak. */
export const CANARY = {
  slackBot: 'xoxb-7100000001-7200000002-QzJ8vKwYb3TnLcRf6XhMd4Gs',
  slackApp: 'xapp-1-A0KAMERTON-7300000003-mW9pEkV2uZq5CtNx8LbRy6HdJfSa',
  slackSigning: 'f3d1c7a9e5b84062a1fe93d7c5b2806e',
  telegram: '7000000001:AAGvT2kQ9xPbLw5ZsYd8RnCf3MjHu6KeXo4',
  webhook: 'Wh00k_Kx7RtPz3NvBq9LmYc5DsFg2HjT',
  database: 'pG/p#ss%w0rd?Vb6NkXz8TqLm4RyC',
  response: 'RsPn4ZkQ7vXw2LbTj9MdYc6F',
} as const

const PART = 10

/** Every stretch of a canary's secret half, long enough to be no accident. */
function partsOf(canary: string): string[] {
  const secret = canary.replace(/^.*[-:]/, '')
  return Array.from({ length: secret.length - PART + 1 }, (_, from) => secret.slice(from, from + PART))
}

/** As it is, in an address, in a JSON line, and in Base64 behind none, one or two other letters. */
const SPELLINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(text),
  (text) => JSON.stringify(text).slice(1, -1),
  ...['', 'a', 'ab'].map(
    (before) => (text: string) =>
      Buffer.from(before + text)
        .toString('base64')
        .slice(4, -4),
  ),
]

const needles = Object.entries(CANARY).flatMap(([name, canary]) => {
  const whole = SPELLINGS.map((spelled) => spelled(canary))
  return [...new Set([...whole, ...partsOf(canary)])].map((needle) => ({ name, needle }))
})

/** Each leak with what stands around it. */
export function leaksIn(where: string, text: string): string[] {
  const found = new Map<string, string>()
  for (const { name, needle } of needles) {
    const at = text.indexOf(needle)
    if (at >= 0 && !found.has(name))
      found.set(name, `${where}: ${name} in …${text.slice(Math.max(0, at - 120), at + 60)}…`)
  }
  return [...found.values()]
}

/** What a gateway may quote that stands between us and each of the others: their own secrets, in every spelling. */
export const TELEGRAM_ECHO = [
  CANARY.telegram,
  `https://api.telegram.org/bot${CANARY.telegram}/getUpdates`,
  `https://api.telegram.org/file/bot${encodeURIComponent(CANARY.telegram)}/voice.oga`,
].join(' ')

export const SLACK_ECHO = [
  CANARY.slackBot,
  CANARY.slackApp,
  `Authorization: Bearer ${CANARY.slackBot}`,
  `https://hooks.slack.com/commands/T0HOME/7100000001/${CANARY.response}`,
].join(' ')

export const DATABASE_ECHO = [
  CANARY.database,
  `postgres://kamerton:${encodeURIComponent(CANARY.database)}@127.0.0.1:5432/kamerton`,
  `Authorization: Basic ${Buffer.from(`kamerton:${CANARY.database}`).toString('base64')}`,
].join(' ')

export const ECHO = [CANARY.slackSigning, CANARY.webhook, TELEGRAM_ECHO, SLACK_ECHO, DATABASE_ECHO].join(' ')

export const page = (echo: string) => `<html><body><h1>502 Bad Gateway</h1><pre>${echo}</pre></body></html>`
