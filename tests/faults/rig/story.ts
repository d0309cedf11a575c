import { setTimeout as pause } from 'node:timers/promises'
import { rounds } from '../../support/figures.ts'
import { buttonsOf, visibleText } from '../../support/slack/slack-stand-in.ts'
import type { Pair } from './crowd.ts'
import { wordOf } from './crowd.ts'
import type { Rig } from './rig.ts'

/** One try of a Slack command: what it was to note, and whether Slack had a good acknowledgement for it. */
type Try = Readonly<{ tag: string; acknowledged: boolean; said: string }>

/** What one pair did, for the judge. Every text has a word of its own, by which its effect is found. */
export type Story = Readonly<{
  number: number
  pair: Pair
  product: string
  /** Said in Telegram, again only after the word that it failed. */
  meetings: Try[]
  /** Said in Slack as often as it took. */
  promises: Try[]
  steps: string[]
  /** What Slack showed the seller last, for the word about a story that did not end. */
  heard: string[]
}>

/** Longer than a claim of a process that died may last, and a few more. */
const PATIENCE_MS = Number(process.env['FAULT_PATIENCE_MS'] ?? rounds(240_000, 900_000))
/** In Telegram hundreds go out within it, and a claim runs out twice. */
const WORD_MS = 75_000
const LOOK_EVERY_MS = 40

/**
 * A visit told in Telegram, a promise and a discount asked for in Slack, the manager’s yes on the card. Whoever gets no
 * acknowledgement does it again, as people do. Rejects when something does not come about.
 */
export async function live(rig: Rig, number: number): Promise<Story> {
  const { crowd } = rig
  const pair = crowd.pairs[number % crowd.pairs.length] as Pair
  const product = crowd.products[number] ?? ''
  const story: Story = { number, pair, product, meetings: [], promises: [], steps: [], heard: [] }
  const meeting = inTelegram(rig, story)
  meeting.catch(() => undefined)
  await inSlack(rig, story, () => {
    const tag = `${wordOf(number, 5)}call${story.promises.length}z`
    return { tag, command: '/followup', text: `${pair.account} tomorrow ring about ${tag}` }
  })
  await inSlack(rig, story, () => ({
    tag: '',
    command: '/discount',
    text: `${pair.account} 12% ${product} price is too high`,
  }))
  await approve(rig, story)
  await meeting
  // Whether the word to the seller came is the judge’s to say: one over which two processes died is not sent again.
  await until(
    rig,
    story,
    'the word to the seller',
    () => toldOf(rig, pair, product).length > 0 || undefined,
    WORD_MS,
  ).catch(() => undefined)
  return story
}

/** The messages by which the seller heard that it is granted. */
export const toldOf = ({ telegram }: Pick<Rig, 'telegram'>, { sellerTelegram }: Pair, product: string) =>
  telegram
    .messages(sellerTelegram, { withDeleted: true })
    .filter(({ text }) => text.includes(product) && text.includes('Granted'))

/** A visit with a next step. Telegram brings it until it is confirmed; whoever hears that it failed says it again. */
async function inTelegram(rig: Rig, story: Story): Promise<void> {
  const { telegram } = rig
  const { seller, sellerTelegram: id, account } = story.pair
  await until(rig, story, 'an answer in Telegram', async () => {
    const tag = `${wordOf(story.number, 5)}talk${'x'.repeat(story.meetings.length)}.`
    const before = telegram.messages(id, { withDeleted: true }).length
    const line = `/meeting ${account} yesterday discussed ${tag} Next: send ${wordOf(story.number, 5)}quote tomorrow`
    const { update } = telegram.say({ id, firstName: seller, languageCode: 'en' }, line)
    await telegram.waitForConfirmed(update)
    const said = await answerInTelegram(rig, id, before, tag)
    story.meetings.push({ tag, acknowledged: true, said })
    return FAILED.test(said) ? undefined : true
  })
  story.steps.push('/meeting')
}

/** The answer that speaks of it, or says that it failed, or that it was done; empty when none came. */
async function answerInTelegram(rig: Rig, id: number, before: number, tag: string): Promise<string> {
  for (const began = Date.now(); !isOutOfPatience(rig, began, 30_000); await pause(LOOK_EVERY_MS)) {
    const answer = rig.telegram
      .messages(id, { withDeleted: true })
      .slice(before)
      .find(
        ({ text }) => text.includes(tag.slice(0, -1)) || FAILED.test(text) || text.includes('this is done'),
      )
    if (answer) return answer.text
  }
  return ''
}

type Said = Readonly<{ tag: string; command: string; text: string }>

/** Says it until it is taken: acknowledged, and not answered by the word that it failed. */
async function inSlack(rig: Rig, story: Story, say: () => Said): Promise<void> {
  const { slack } = rig
  const user = story.pair.sellerSlack
  await until(rig, story, 'a hearing', async () => {
    const { tag, command, text } = say()
    const before = slack.answersTo(user).length
    const { status, ms, body } = await slack.command({ command, text, user, channel: 'C1' })
    const acknowledged = status === 200 && ms < 3_000
    const answer = acknowledged && !isLast(body) ? await laterAnswer(rig, user, before) : body
    if (tag !== '') story.promises.push({ tag, acknowledged, said: answer })
    story.heard.push(`${command} ${status} after ${Math.round(ms)} ms: ${answer.slice(0, 400)}`)
    // Whoever hears nothing, that it failed, or something else, as when Slack cannot say who reads along, asks again.
    if (acknowledged && answer.includes(tag || story.product) && !FAILED.test(answer)) return true
    await pause(AGAIN_MS)
    return undefined
  })
  story.steps.push(say().command)
}

/** Nobody tries again at once. */
const AGAIN_MS = 700
const FAILED = /cannot reach my database|went wrong|try again/i
/** Anything but the word that it takes a moment. */
const isLast = (body: string) => body !== '' && !body.includes('One moment')

async function laterAnswer({ slack }: Rig, user: string, before: number): Promise<string> {
  for (let look = 0; look < 250; look += 1) {
    const later = slack
      .answersTo(user)
      .slice(before)
      .find(({ shown }) => isLast(shown))
    if (later) return later.shown
    await pause(LOOK_EVERY_MS)
  }
  return ''
}

/** The newest message of the manager that shows the card and can be pressed, or has been. */
function cardOf({ slack }: Rig, { pair, product }: Story) {
  const shown = slack.answersTo(pair.managerSlack).toReversed()
  const messages = shown.flatMap(({ ts }) => slack.messages.get(ts ?? '') ?? [])
  return messages.find(({ blocks }) => {
    const text = visibleText(blocks)
    return text.includes(product) && (text.includes('[Approve]') || text.includes('Granted'))
  })
}

/** A card over which two processes died, or two answers were lost, is not sent a third time: who decides looks for it. */
const ASKS_AFTER_MS = 30_000

/** What waits for the manager is listed by name: a press opens the card in the list's place. */
async function looksForCard({ slack }: Rig, { pair, product }: Story): Promise<void> {
  const user = pair.managerSlack
  await slack.command({ command: '/approvals', text: '', user, channel: 'C1' })
  const list = slack.answersTo(user).findLast(({ shown }) => shown.includes('Approvals'))
  const label = buttonsOf(list?.blocks ?? []).find((one) => one.label.includes(product))?.label
  if (list?.ts && label) await slack.press({ label, user, message: list.ts })
}

async function approve(rig: Rig, story: Story): Promise<void> {
  const { slack } = rig
  const user = story.pair.managerSlack
  let asked = Date.now()
  await until(rig, story, 'the yes', async () => {
    const card = cardOf(rig, story)
    if (!card) {
      if (rig.calm.since === null || Date.now() - Math.max(asked, rig.calm.since) < ASKS_AFTER_MS)
        return undefined
      asked = Date.now()
      await looksForCard(rig, story).catch(() => undefined)
      return undefined
    }
    const text = () => visibleText(slack.messages.get(card.ts)?.blocks)
    if (text().includes('Granted')) return true
    const pressed = await slack.press({ label: 'Approve', user, message: card.ts }).catch(() => null)
    story.heard.push(`Approve ${pressed?.status ?? 'went nowhere'}`)
    // What was acknowledged is done; whoever is not sure looks again a little later.
    const looks = pressed?.status === 200 ? 300 : 0
    for (let look = 0; look < looks && !text().includes('Granted'); look += 1) await pause(LOOK_EVERY_MS)
    return undefined
  })
  story.steps.push('approve')
}

const isOutOfPatience = ({ calm }: Rig, began: number, patienceMs: number) =>
  calm.since !== null && Date.now() - Math.max(began, calm.since) > patienceMs

/** What the manager has seen of this story, and last of all; with how the messages look now. */
function screenOf({ slack }: Rig, { pair, product }: Story): readonly string[] {
  const seen = slack.answersTo(pair.managerSlack)
  const about = seen.filter(({ shown }) => shown.includes(product))
  return [...about.slice(0, 8), ...seen.slice(-2)].map(({ via, ts, replaces, shown }) => {
    const now = visibleText(slack.messages.get(ts ?? '')?.blocks ?? [])
    return `${via} ${ts ?? ''} in place of ${replaces ?? 'nothing'}: ${shown}\nnow: ${now}`
  })
}

async function until(
  rig: Rig,
  story: Story,
  what: string,
  look: () => true | undefined | Promise<true | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  for (const began = Date.now(); !isOutOfPatience(rig, began, patienceMs); ) {
    if (await look()) return
    await pause(Date.now() - began < 3_000 ? LOOK_EVERY_MS : 5 * LOOK_EVERY_MS)
  }
  throw new Error(
    `story ${story.number} (${story.steps.join(', ')}): ${what} never came; heard:\n${story.heard.slice(-9).join('\n')}\nthe manager saw:\n${screenOf(rig, story).join('\n--\n')}`,
  )
}
