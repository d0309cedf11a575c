import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Database } from '../../../src/db/client.ts'
import { flat, type House, telegramId } from '../../support/doors.ts'
import { away } from '../follow-ups/stage.ts'
import {
  atConsole,
  type Copy,
  DECISIONS,
  inSlack,
  inTelegram,
  messageInTelegram,
  openDirectors,
  PRODUCTS,
  pressAtConsole,
  pressInSlack,
  submitAtConsole,
  tapIdly,
  tapInTelegram,
} from './house.ts'

const WHEN = 'Mon, 23 Nov 2026'
const ALREADY = 'This has been decided already.'

let database: Database
let house: House
let asked = 0
const lost = { answers: 0 }

const door = (name: string) => {
  const found = house.doors.find((one) => one.name === name)
  if (!found) throw new Error(`there is no door ${name}`)
  return found
}

/** With nothing asked for yet. */
async function open(jobs: 'off' | Readonly<{ tickMs: number }> = 'off'): Promise<void> {
  asked = 0
  ;({ database, house } = await openDirectors(jobs, lost))
}

type Request = Readonly<{ id: string; about: string; product: string }>

/** Anna asks in Slack for a product that nobody has asked for yet, and whoever decides is told. */
async function asks(more = ''): Promise<Request> {
  const about = PRODUCTS[asked++] ?? 'none is left'
  const heard = await door('Slack').says('anna', `/discount Acme 12% ${about} rival${more}`)
  expect(heard).toContain('Requested.')
  await house.app.deliverDue()
  const product = about.toLowerCase()
  const { id } = await database.prisma.discountRequest.findFirstOrThrow({ where: { productId: product } })
  return { id, about, product }
}

const rowOf = ({ id }: Request) => database.prisma.discountRequest.findUniqueOrThrow({ where: { id } })
const votesOf = ({ id }: Request) => database.prisma.approvalVote.findMany({ where: { requestId: id } })
const auditOf = async ({ id }: Request) =>
  (await database.prisma.auditEntry.findMany({ where: { subject: id }, orderBy: { seq: 'asc' } })).map(
    ({ action, actorId, after }) => {
      const why = (after as { hindrance?: string } | null)?.hindrance
      return [action.replace('discount.', ''), actorId, why].filter(Boolean).join(' ')
    },
  )

/** The copies of the three who decide and of the one who asked. */
async function copies({ about }: Request): Promise<Readonly<Record<string, Copy>>> {
  return {
    dana: inTelegram(house, 'dana', about),
    dora: inSlack(house, 'dora', about),
    dirk: await atConsole(house, 'dirk', about),
    anna: inSlack(house, 'anna', about),
  }
}

/** Whose copy does not say this, or still has a button that decides or answers; empty when all are true. */
async function misread(request: Request, words: string): Promise<readonly string[]> {
  const over: readonly string[] = [...DECISIONS, 'Withdraw', 'Take it']
  return Object.entries(await copies(request)).flatMap(([who, { text, buttons }]) => [
    ...(text.includes(words) ? [] : [`${who} reads: ${text}`]),
    ...buttons.filter((label) => over.includes(label)).map((label) => `${who} may still press ${label}`),
  ])
}

const approveData = ({ id }: Request, step = '1.1') => `discount-approve?id=${id}&s=${step}`
const approveArgs = ({ id }: Request, step = '1.1') => ({ id, s: step })
const approveValue = (request: Request, step = '1.1') => ({
  command: 'discount-approve',
  args: approveArgs(request, step),
})

/** What is decided by now. */
async function standing(request: Request): Promise<string> {
  const [{ state }, votes] = await Promise.all([rowOf(request), votesOf(request)])
  return `${state}, votes: ${votes.length}`
}
const WAITS = 'PENDING, votes: 0'

describe('copies of a card in Slack, in Telegram and at the console', () => {
  beforeAll(() => open())
  afterAll(() => house.close())

  it('go to each who decides where they like it, with the five ways to decide', async () => {
    const request = await asks()
    const { dana, dora, dirk, anna } = await copies(request)
    for (const copy of [dana, dora, dirk]) {
      expect(copy?.buttons).toEqual(expect.arrayContaining([...DECISIONS]))
      expect(copy?.text).toContain('Anna Example')
      expect(copy?.text).toContain('20.45')
    }
    expect(anna?.buttons).toEqual(expect.arrayContaining(['Change terms', 'Withdraw']))
    for (const label of DECISIONS) expect(anna?.buttons).not.toContain(label)
  })

  it('all become the outcome when one approves in Telegram, and lose their buttons', async () => {
    const request = await asks()
    const { messageId } = messageInTelegram(house, 'dana', request.about)
    house.telegram.press(telegramId('dana'), 'Approve')
    await house.telegram.waitForMessage(telegramId('dana'))
    await house.app.deliverDue()
    expect(await misread(request, `Granted by Dana Example on ${WHEN}`)).toEqual([])
    expect(messageInTelegram(house, 'dana', request.about).messageId).toBe(messageId)
    expect(await auditOf(request)).toEqual(['file anna', 'approve dana'])
  })

  it('all become the outcome when one approves in Slack', async () => {
    const request = await asks()
    await door('Slack').presses('dora', 'Approve')
    await house.app.deliverDue()
    expect(await misread(request, `Granted by Dora Example on ${WHEN}`)).toEqual([])
  })

  it('all become the outcome when one declines at the console with a word', async () => {
    const request = await asks()
    const word = 'too early <!channel> & so on'
    await submitAtConsole(house, 'dirk', 'discount-decline', { ...approveArgs(request), word })
    await house.app.deliverDue()
    expect(await misread(request, `Declined by Dirk Example on ${WHEN}`)).toEqual([])
    for (const { text } of Object.values(await copies(request))) expect(text).toContain(word)
  })

  it.each([
    ['Slack', 'Dora', async () => void (await door('Slack').presses('dora', 'Approve'))],
    ['Telegram', 'Dana', (request: Request) => tapInTelegram(house, 'dana', approveData(request))],
    [
      'the console',
      'Dirk',
      (request: Request) => pressAtConsole(house, 'dirk', 'discount-approve', approveArgs(request)),
    ],
  ])(
    'G-03 all become the outcome, also the one that was pressed in %s when the database’s word about it was lost',
    async (_where, who, press) => {
      const request = await asks()
      lost.answers = 1
      await press(request)
      expect(await standing(request)).toBe('GRANTED, votes: 1')
      await house.app.deliverDue()
      expect(await misread(request, `Granted by ${who} Example on ${WHEN}`)).toEqual([])
    },
  )

  it('all lose their buttons when the request is withdrawn', async () => {
    const request = await asks()
    await door('Slack').presses('anna', 'Withdraw')
    await house.app.deliverDue()
    expect(await misread(request, `Withdrawn by Anna Example on ${WHEN}`)).toEqual([])
  })

  it('that are old tell who decided what and when, on each platform, and change nothing', async () => {
    const request = await asks()
    await door('Slack').presses('dora', 'Approve')
    // Nobody’s copy was edited yet.
    const late = await tapInTelegram(house, 'dana', approveData(request))
    const later = await pressAtConsole(house, 'dirk', 'discount-approve', approveArgs(request))
    await house.app.deliverDue()
    // The copies are true by now: the old value is replayed.
    const replayed = await pressInSlack(house, 'dora', request.about, approveValue(request))
    for (const text of [late, later.text, replayed]) {
      expect(text).toContain(ALREADY)
      expect(text).toContain(`Granted by Dora Example on ${WHEN}`)
    }
    expect(await auditOf(request)).toEqual(['file anna', 'approve dora'])
    expect(await votesOf(request)).toHaveLength(1)
    expect(await misread(request, 'Granted by Dora Example')).toEqual([])
  })

  it('that show a counter-offer have its answer with whoever asked, and no decision with anybody', async () => {
    const request = await asks()
    const values = { ...approveArgs(request), percent: '8', word: 'margin' }
    await submitAtConsole(house, 'dirk', 'discount-counter', values)
    await house.app.deliverDue()
    const { anna, ...deciding } = await copies(request)
    expect(anna?.buttons).toEqual(expect.arrayContaining(['Take it', 'Leave it']))
    for (const [who, { text, buttons }] of Object.entries(deciding)) {
      expect(text, who).toContain('Dirk Example offers 8%')
      for (const label of DECISIONS) expect(buttons, who).not.toContain(label)
    }
    expect(await door('Slack').presses('anna', 'Take it')).toContain('Granted')
    await house.app.deliverDue()
    expect(await misread(request, `Granted by Dirk Example on ${WHEN}`)).toEqual([])
  })
})

describe('E-05 a button that is forged, forwarded or replayed', () => {
  beforeAll(() => open())
  afterAll(() => house.close())

  it('of another’s decision is refused and written down', async () => {
    const request = await asks()
    expect(await tapInTelegram(house, 'boris', approveData(request))).toContain('Это решение')
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toEqual(['file anna', 'refuse boris notYours'])
  })

  it('of a request that the presser may not know of is refused as if there were none', async () => {
    const request = await asks()
    expect(await tapInTelegram(house, 'vera', approveData(request))).toContain('no longer here')
    await tapIdly(house, 'vera', approveData({ ...request, id: 'nowhere' }))
    expect(house.telegram.lastMessage(telegramId('vera'))?.text).toContain('no longer here')
    expect(await standing(request)).toBe(WAITS)
  })

  it('of a request that the presser may not know of is written down', async () => {
    const request = await asks()
    await tapIdly(house, 'vera', approveData(request))
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toContainEqual(expect.stringMatching(/^\S*refuse vera/))
  })

  it.each(['1.2', '2.1', '0.1', '__proto__', ''])('with step “%s” decides nothing', async (step) => {
    const request = await asks()
    await tapInTelegram(house, 'dana', approveData(request, step))
    await pressInSlack(house, 'dora', request.about, approveValue(request, step))
    await pressAtConsole(house, 'dirk', 'discount-approve', approveArgs(request, step))
    expect(await standing(request)).toBe(WAITS)
  })

  it('with a round that is not this one withdraws nothing', async () => {
    const request = await asks()
    for (const r of ['0', '2', '99'])
      expect(
        await pressInSlack(house, 'anna', request.about, {
          command: 'discount-withdraw',
          args: { id: request.id, r },
        }),
      ).toContain('earlier state')
    expect(await standing(request)).toBe(WAITS)
  })

  it('with other terms in it decides on what the card shows and on nothing else', async () => {
    const request = await asks()
    await pressInSlack(house, 'dora', request.about, {
      command: 'discount-approve',
      args: { ...approveArgs(request), percent: '90', net: '1', r: '7', v: '99' },
    })
    const { state, percent, netAmount } = await rowOf(request)
    expect([state, String(percent), String(netAmount)]).toEqual(['GRANTED', '12', '8800'])
  })

  it('E-06 whose token is somebody else’s is refused, and nothing is filed', async () => {
    const long = 'd'.repeat(25)
    await database.prisma.deal.create({
      data: {
        id: long,
        accountId: 'acme',
        stage: 'Proposal',
        outcome: 'OPEN',
        amount: '900',
        currency: 'EUR',
      },
    })
    const before = await database.prisma.discountRequest.count()
    await door('Telegram').says('boris', '/discount Acme 12%')
    const buttons = house.telegram.lastMessage(telegramId('boris'))?.keyboard.flat() ?? []
    const token = buttons.find(({ callback_data: data }) => data?.startsWith('~'))?.callback_data
    expect(token).toBeDefined()
    await tapIdly(house, 'vera', token ?? '')
    for (const { text } of house.telegram.messages(telegramId('vera'))) expect(text).not.toContain('Acme')
    expect(await database.prisma.discountRequest.count()).toBe(before)
  })
})

describe('E-01 a right that is read again at the click', () => {
  beforeAll(() => open())
  afterAll(() => house.close())
  const update = (id: string, data: object) => database.prisma.user.update({ where: { id }, data })

  it('is gone with the role', async () => {
    const request = await asks()
    await update('dora', { role: 'KAM' })
    expect(await door('Slack').presses('dora', 'Approve')).toContain('You no longer have the role')
    await update('dora', { role: 'DIRECTOR' })
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toEqual(['file anna', 'refuse dora lostRole'])
  })

  it('is gone with the person', async () => {
    const request = await asks()
    await update('dana', { active: false })
    await tapInTelegram(house, 'dana', approveData(request))
    await update('dana', { active: true })
    expect(await standing(request)).toBe(WAITS)
  })

  it('is never the requester’s own', async () => {
    const request = await asks()
    expect(await pressInSlack(house, 'anna', request.about, approveValue(request))).toContain(
      'Nobody decides their own request.',
    )
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toEqual(['file anna', 'refuse anna own'])
  })

  it('is never that of whoever stands in for the requester, whatever their role', async () => {
    const request = await asks()
    await away(database, 'anna', 'dana')
    expect(await tapInTelegram(house, 'dana', approveData(request))).toContain('You stand in for the person')
    await database.prisma.absence.deleteMany()
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toEqual(['file anna', 'refuse dana proxy'])
  })
})

describe('E-10 what changed between the request and the click', () => {
  beforeAll(() => open())
  afterAll(() => house.close())

  it('a price: nothing is decided, everybody is asked anew at the new one, and the old button is void', async () => {
    const request = await asks()
    await database.prisma.product.update({ where: { id: request.product }, data: { listPrice: '20000' } })
    const heard = flat(await door('Slack').presses('dora', 'Approve'))
    for (const words of ['€10,000 → €8,800', '€20,000 → €17,600']) expect(heard).toContain(words)
    expect(await standing(request)).toBe(WAITS)
    expect((await rowOf(request)).round).toBe(2)
    await house.app.deliverDue()
    for (const [who, { text, buttons }] of Object.entries(await copies(request))) {
      expect(text, who).toContain('€20,000 → €17,600')
      if (who !== 'anna') expect(buttons, who).toEqual(expect.arrayContaining([...DECISIONS]))
    }
    expect(await tapInTelegram(house, 'dana', approveData(request))).toContain('earlier state')
    expect(await standing(request)).toBe(WAITS)
    expect(await tapInTelegram(house, 'dana', approveData(request, '2.1'))).toContain('Granted by Dana')
    expect(await auditOf(request)).toEqual(['file anna', 'reprice', 'approve dana'])
  })

  it('a deal that is closed: the request ends, and everybody reads so', async () => {
    const request = await asks()
    await database.prisma.product.delete({ where: { id: request.product } })
    await tapInTelegram(house, 'dana', approveData(request))
    await house.app.deliverDue()
    expect((await rowOf(request)).state).toBe('DECLINED')
    expect(await votesOf(request)).toEqual([])
    for (const { buttons } of Object.values(await copies(request)))
      for (const label of DECISIONS) expect(buttons).not.toContain(label)
  })

  it('E-13 its last day is over: nobody can grant it any more, and that is written down', async () => {
    const request = await asks()
    await database.prisma.$executeRaw`update discount_requests set last_day = '2026-11-22',
      body = jsonb_set(body, '{terms,lastDay}', '"2026-11-22"') where id = ${request.id}`
    expect(await tapInTelegram(house, 'dana', approveData(request))).toMatch(/last day/i)
    expect(await standing(request)).toBe(WAITS)
    expect(await auditOf(request)).toEqual(['file anna', 'refuse dana lastDayOver'])
  })

  it('E-14 an end of the process between the decision and the edit: the next one makes the cards true', async () => {
    const request = await asks()
    await tapInTelegram(house, 'dana', approveData(request))
    house = await house.restart()
    await house.app.deliverDue()
    for (const copy of [
      inTelegram(house, 'dana', request.about),
      inSlack(house, 'dora', request.about),
      inSlack(house, 'anna', request.about),
    ]) {
      expect(copy.text).toContain('Granted by Dana Example')
      for (const label of DECISIONS) expect(copy.buttons).not.toContain(label)
    }
  })

  it('led to no error in the log, and the platforms refused nothing', () => {
    expect(house.journal.notes.filter(({ level }) => level === 'error')).toEqual([])
    expect([house.slack.refused, house.slack.problems, house.slack.mentions]).toEqual([[], [], []])
    expect(house.telegram.refused).toEqual([])
  })
})

describe('the ticking program', () => {
  beforeAll(() => open({ tickMs: 1_000 }))
  afterAll(() => house.close())

  it('makes every copy true by itself, a tick or two after the decision', async () => {
    const about = 'Zebra'
    await door('Slack').says('anna', `/discount Acme 12% ${about} rival`)
    await vi.waitFor(() => inTelegram(house, 'dana', about), 40_000)
    await vi.waitFor(() => inSlack(house, 'dora', about), 40_000)
    await vi.waitFor(() => atConsole(house, 'dirk', about), 40_000)
    await vi.waitFor(async () => {
      const sent = await database.prisma.notice.count({ where: { kind: 'approval', state: 'SENT' } })
      expect(sent).toBe(3)
    }, 40_000)
    await door('Slack').presses('dora', 'Approve')
    const { id } = await database.prisma.discountRequest.findFirstOrThrow()
    await vi.waitFor(
      async () =>
        expect(await misread({ id, about, product: 'zebra' }, 'Granted by Dora Example')).toEqual([]),
      {
        timeout: 20_000,
        interval: 50,
      },
    )
  })
})
