import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import type { Exchange, History } from '../../../src/bots/web/protocol.ts'
import type { Database } from '../../../src/db/client.ts'
import { policyStore } from '../../../src/db/policies.ts'
import type { Policy } from '../../../src/domain/discounts/policy.ts'
import { UnavailableError } from '../../../src/domain/shared/errors.ts'
import { addClients, addTeam, emailOf, NOW } from '../../support/clients.ts'
import { emptyDatabase } from '../../support/database.ts'
import { flat, type House, linkTelegram, openHouse, slackId, telegramId } from '../../support/doors.ts'
import { buttonsOf, visibleText } from '../../support/slack/slack-stand-in.ts'

/** Three directors, of whom any decides. */
const POLICY: Policy = {
  name: 'Directors decide',
  answerHours: 8,
  validDays: 30,
  floors: {},
  escalation: { DIRECTOR: 'ADMIN' },
  fallback: 'ADMIN',
  rules: [
    {
      name: 'Directors decide',
      when: [],
      outcome: { kind: 'approve', by: { role: 'DIRECTOR' }, need: 'any' },
    },
  ],
}

/** One for each request, so that none is a second one for the same. */
export const PRODUCTS: readonly string[] =
  'Alpaca Badger Cheetah Dolphin Elephant Falcon Giraffe Hamster Iguana Jaguar Kangaroo Leopard Mongoose Narwhal Ocelot Penguin Quokka Raccoon Squirrel Tortoise Urchin Vulture Walrus Xerus Yellowtail Zebra'.split(
    ' ',
  )

/** What stands on somebody’s screen: the words, and the labels of the buttons. */
export type Copy = Readonly<{ text: string; buttons: readonly string[] }>

export const DECISIONS = ['Approve', 'Approve at … %', 'Approve if …', 'Decline', 'Ask'] as const

/** Of the next changes so many are carried out, and what the database says of it gets lost on the way. */
export type Lost = { answers: number }

/** Anna asks; Dana decides in Telegram, Dora in Slack, Dirk at the console: the whole program beside the stand-ins. */
export async function openDirectors(
  jobs: 'off' | Readonly<{ tickMs: number }> = 'off',
  lost: Lost = { answers: 0 },
) {
  const database = losing(await emptyDatabase(), lost)
  await addTeam(database)
  await addClients(database)
  await addMore(database)
  await linkTelegram(database)
  const { prisma } = database
  await prisma.identity.deleteMany({ where: { userId: { in: ['dora', 'dirk', 'anna'] } } })
  const house = await openHouse(database, NOW, { jobs })
  // The first line of all compiles the grammar: not while a platform counts its seconds.
  await house.doors.find(({ name }) => name === 'the terminal')?.says('anna', '/discount Acme 12% ?')
  for (const person of ['anna', 'dora']) {
    await house.slack.directMessage(slackId(person), 'hello')
    await vi.waitUntil(() => house.slack.answersTo(slackId(person)).length > 0, 20_000)
  }
  house.telegram.say({ id: telegramId('dana'), firstName: 'dana', languageCode: 'en' }, 'hello')
  await house.telegram.waitForMessage(telegramId('dana'))
  return { database, house }
}

const losing = (whole: Database, lost: Lost): Database => ({
  ...whole,
  async transact(work) {
    const result = await whole.transact(work)
    if (lost.answers-- > 0) throw new UnavailableError('the database', new Error('the connection broke'))
    return result
  },
})

async function addMore({ prisma }: Database): Promise<void> {
  const person = (id: string, preferredChat: 'SLACK' | 'CONSOLE') => ({
    id,
    name: `${id.charAt(0).toUpperCase()}${id.slice(1)} Example`,
    email: emailOf(id),
    role: 'DIRECTOR' as const,
    preferredChat,
  })
  await prisma.user.createMany({ data: [person('dora', 'SLACK'), person('dirk', 'CONSOLE')] })
  await prisma.user.update({ where: { id: 'dana' }, data: { preferredChat: 'TELEGRAM' } })
  await prisma.product.createMany({
    data: PRODUCTS.map((name) => ({
      id: name.toLowerCase(),
      name,
      listPrice: '10000',
      cost: '7000',
      currency: 'EUR',
    })),
  })
  await policyStore(prisma).set(POLICY, '', { authorId: 'ada', channel: 'cli', at: NOW }, 0)
}

/** The newest message of somebody in Slack that speaks of this, as it stands now. */
export function inSlack({ slack }: House, person: string, about: string): Copy {
  const seen = slack.answersTo(slackId(person)).toReversed()
  const messages = seen.flatMap(({ ts }) => slack.messages.get(ts ?? '') ?? [])
  const found = messages.find(({ blocks }) => visibleText(blocks).includes(about))
  if (!found) throw new Error(`${person} reads nothing of ${about} in Slack`)
  return {
    text: flat(visibleText(found.blocks)),
    buttons: buttonsOf(found.blocks).map(({ label }) => label),
  }
}

export function messageInTelegram({ telegram }: House, person: string, about: string) {
  const found = telegram.messages(telegramId(person)).findLast(({ text }) => text.includes(about))
  if (!found) throw new Error(`${person} reads nothing of ${about} in Telegram`)
  return found
}

export function inTelegram(house: House, person: string, about: string): Copy {
  const { text, keyboard } = messageInTelegram(house, person, about)
  return { text: flat(text), buttons: keyboard.flat().map((button) => button.text) }
}

/** What a page that opens now is told: the first event of a stream has everything that is in the thread. */
async function thread({ address }: House, person: string): Promise<readonly Exchange[]> {
  const leaving = new AbortController()
  const response = await fetch(`${address}/api/stream?as=${person}`, { signal: leaving.signal })
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.includes('\n\n')) break
  }
  leaving.abort()
  const data = /^data: (.*)$/m.exec(text)?.[1] ?? '{"threads":{}}'
  return (JSON.parse(data) as History).threads[person] ?? []
}

export async function atConsole(house: House, person: string, about: string): Promise<Copy> {
  const exchanges = await thread(house, person)
  const found = exchanges.findLast(({ card }) => JSON.stringify(card).includes(about))
  if (!found) throw new Error(`${person} reads nothing of ${about} at the console`)
  return copyOf(found)
}

/** The form that is open at the console, filled in with what is hidden in it. */
export async function fillAtConsole(
  house: House,
  person: string,
  typed: Readonly<Record<string, string>>,
): Promise<Copy> {
  const open = (await thread(house, person)).at(-1)
  if (open?.card?.kind !== 'form') throw new Error(`${person} has no form open`)
  const { command, hidden } = open.card.form
  return submitAtConsole(house, person, command, { ...hidden, ...typed })
}

function copyOf({ card }: Exchange): Copy {
  const words: string[] = []
  const walk = (value: unknown): void => {
    if (typeof value === 'string') words.push(value)
    else if (value && typeof value === 'object') Object.values(value).forEach(walk)
  }
  walk(card)
  const blocks = card?.kind === 'view' ? card.blocks : []
  const buttons = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
  return { text: flat(words.join(' ')), buttons: buttons.map(({ label }) => label) }
}

/** Presses at the console whatever button, real or forged. */
export const pressAtConsole = (
  house: House,
  person: string,
  command: string,
  args: Readonly<Record<string, string>>,
): Promise<Copy> => actAtConsole(house, person, { kind: 'press', command, args })

export const submitAtConsole = (
  house: House,
  person: string,
  command: string,
  values: Readonly<Record<string, string>>,
): Promise<Copy> => actAtConsole(house, person, { kind: 'submit', command, values })

async function actAtConsole({ address }: House, person: string, act: object): Promise<Copy> {
  const response = await fetch(`${address}/api/people/${person}/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ key: randomUUID(), act }),
  })
  return copyOf((await response.json()) as Exchange)
}

/** Taps in Telegram with data of one’s own: a stale keyboard, or a forged one. */
export async function tapInTelegram(house: House, person: string, data: string): Promise<string> {
  const { telegram } = house
  telegram.pressData({ id: telegramId(person), firstName: person, languageCode: 'en' }, data)
  return flat((await telegram.waitForMessage(telegramId(person))).text)
}

/** The same where the screen may stay as it is: resolves once the tap was answered. */
export async function tapIdly({ telegram }: House, person: string, data: string): Promise<void> {
  const { callbackQueryId } = telegram.pressData(
    { id: telegramId(person), firstName: person, languageCode: 'en' },
    data,
  )
  const isAnswered = () =>
    telegram.answersToCallbacks.some((answer) => JSON.stringify(answer).includes(callbackQueryId))
  await vi.waitUntil(isAnswered, 20_000)
}

/** Presses in Slack with a value of one’s own, on the newest message of theirs that speaks of this. */
export async function pressInSlack(
  house: House,
  person: string,
  about: string,
  value: object,
): Promise<string> {
  const { slack } = house
  const user = slackId(person)
  const before = slack.answersTo(user).length
  const seen = slack.answersTo(user).toReversed()
  const message = seen.find(({ ts }) =>
    visibleText(slack.messages.get(ts ?? '')?.blocks ?? []).includes(about),
  )
  const [any] = buttonsOf(slack.messages.get(message?.ts ?? '')?.blocks ?? [])
  if (!any) throw new Error(`${person} has nothing to press about ${about}`)
  await slack.press({
    user,
    message: message?.ts,
    actionId: any.actionId,
    fields: {
      actions: [
        {
          type: 'button',
          action_id: any.actionId,
          block_id: any.blockId,
          value: JSON.stringify(value),
          action_ts: '1.1',
        },
      ],
    },
  })
  await vi.waitUntil(() => slack.answersTo(user).length > before, 20_000)
  return flat(slack.lastAnswer(user)?.shown ?? '')
}
