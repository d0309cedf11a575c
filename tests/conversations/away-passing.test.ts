import { beforeEach, describe, expect, it } from 'vitest'
import { composeAll } from '../../src/commands/notices/compose.ts'
import type { ComposeContext, Owed } from '../../src/commands/notices/composer.ts'
import { speakerFor } from '../../src/bots/speaker.ts'
import { HOLIDAYS } from '../../src/holidays.ts'
import { NOW } from '../support/clients.ts'
import { ask, line, readReply } from '../support/core.ts'
import { flat, openStage, type Stage } from './follow-ups/stage.ts'

let stage: Stage

/** It is Monday, 23 November 2026, 14:30 in Moscow. */
beforeEach(async () => {
  stage = await openStage()
})

const told = async () =>
  (
    await stage.database.prisma.notice.findMany({
      where: { kind: 'absence' },
      orderBy: [{ dueAt: 'asc' }, { personId: 'asc' }],
    })
  ).map(({ personId, state }) => `${personId} ${state}`)
const off = (id: string) => stage.database.prisma.user.update({ where: { id }, data: { active: false } })
const lead = (id: string, role: 'KAM' | 'MANAGER' | 'DIRECTOR') =>
  stage.database.prisma.user.update({ where: { id }, data: { role } })

describe('what a substitute sees', () => {
  const sees = async (who: string, name: string) =>
    readReply(await ask(stage.dispatcher, who, line(`/account ${name}`))).startsWith('# ')

  it('E-16 is what is said on the card, from the first day to the last', async () => {
    expect(await sees('vera', 'acme')).toBe(false)
    expect(await stage.says('anna', '/away 24–25 November Vera')).toContain('sees your 1 account')
    expect(await sees('vera', 'acme')).toBe(false)
    for (const [day, seen] of [
      ['2026-11-23T21:30:00Z', true],
      ['2026-11-25T20:30:00Z', true],
      ['2026-11-25T21:30:00Z', false],
    ] as const) {
      stage.clock.now = new Date(day)
      expect(await sees('vera', 'acme'), day).toBe(seen)
    }
  })

  it('is a manager’s team', async () => {
    expect(await stage.says('max', '/away today Vera')).toContain(
      'Vera Example sees 3 accounts, yours and those of everyone below you',
    )
    expect(await sees('vera', 'acme')).toBe(true)
  })

  it('is never everything: that belongs to the role', async () => {
    for (const absent of ['dana', 'fay', 'ada']) {
      const heard = await stage.says(absent, '/away today Anna')
      expect(heard).toContain('You have no accounts to pass on.')
      expect(heard).toContain('That you see every account belongs to your role and does not pass on.')
    }
    expect(await sees('anna', 'globex')).toBe(false)
    expect((await stage.unitOfWork.identify(console('anna'), NOW))?.answersFor.toSorted()).toEqual([
      'ada',
      'anna',
      'dana',
      'fay',
    ])
  })

  it('is a director’s people for whoever leads, and not what belongs to nobody', async () => {
    await stage.database.prisma.account.update({ where: { id: 'romashka' }, data: { ownerId: null } })
    expect(await stage.says('dana', '/away today Max')).toContain('sees 3 accounts')
    expect(await sees('max', 'globex')).toBe(true)
    const nobodys = await stage.pressed('max', { command: 'account', args: { id: 'romashka' } })
    expect(nobodys).toBe(await stage.pressed('max', { command: 'account', args: { id: 'nothing' } }))
    await lead('max', 'KAM')
    expect(await sees('max', 'globex')).toBe(false)
  })

  it('is nothing new for whoever sees everything', async () => {
    expect(await stage.says('anna', '/away today Dana')).toContain(
      'Dana Example sees every account in any case',
    )
  })

  const console = (externalId: string) => ({ platform: 'CONSOLE', workspace: '', externalId }) as const
})

describe('the word to those whom it concerns', () => {
  const compose = async (to: string, insteadOf: Owed['insteadOf'] = null) => {
    const notices = await stage.database.prisma.notice.findMany({
      where: { kind: 'absence', personId: insteadOf?.id ?? to, state: 'WAITING' },
    })
    const identity = { platform: 'CONSOLE', workspace: '', externalId: to } as const
    const actor = await stage.unitOfWork.identify(identity, stage.clock.now)
    if (!actor) throw new Error(`nobody is ${to}`)
    const views = await stage.unitOfWork.read((work) => {
      const context: ComposeContext = { work, now: stage.clock.now, calendar: HOLIDAYS }
      const batch = notices.map((notice) => ({
        notice: { ...notice, kind: 'absence' as const },
        to: actor,
        insteadOf,
      }))
      return composeAll(context, batch)
    })
    const speak = speakerFor(actor)
    return [...views.values()].map(
      (view) =>
        view && flat(view.map((block) => ('text' in block ? speak(block.text) : block.kind)).join(' ')),
    )
  }
  const sent = () => stage.database.prisma.notice.updateMany({ data: { state: 'SENT' } })

  it('tells the substitute what they get, and the manager who stands in', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    expect(await compose('boris')).toEqual([
      'Вы замещаете: Anna Example, вт, 1 дек. 2026 – пн, 14 дек. 2026 В эти дни вы видите 1 клиента коллеги и получаете ' +
        'напоминания, брифы, вопросы и согласования коллеги. Что вы делаете за коллегу (Anna Example), записывается на вас с ' +
        'пометкой, за кого. buttons',
    ])
    expect(await compose('max')).toEqual([
      'Anna Example is away: Tue, 1 Dec 2026 – Mon, 14 Dec 2026 Boris Example stands in.',
    ])
    const [forMax] = await compose('vera', { id: 'max', name: 'Max Example' })
    expect(forMax).toContain('For Max Example, whom you substitute for.')
  })

  it('is dropped when it was not said yet', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    await stage.presses('anna', 'Undo')
    expect(await told()).toEqual(['boris DROPPED', 'max DROPPED'])
    await stage.presses('anna', 'Undo')
    expect((await told()).filter((one) => one.endsWith('WAITING'))).toEqual(['boris WAITING', 'max WAITING'])
  })

  it('is taken back from whoever has heard it', async () => {
    await stage.says('anna', '/away 1–14 December Boris')
    await sent()
    await stage.presses('anna', 'Undo')
    expect(await compose('max')).toEqual([
      'The absence of Anna Example is over or called off It was planned for Tue, 1 Dec 2026 – Mon, 14 Dec 2026.',
    ])
    expect(await compose('boris')).toHaveLength(1)
  })

  it('goes to nobody twice when the manager is the substitute, and is not said when it is over', async () => {
    await stage.says('anna', '/away tomorrow Max')
    expect(await told()).toEqual(['max WAITING'])
    stage.clock.now = new Date('2026-11-26T08:00:00Z')
    expect(await compose('max')).toEqual([null])
  })

  it('waits for the end of quiet hours', async () => {
    stage.clock.now = new Date('2026-11-23T19:00:00Z')
    await stage.says('anna', '/away 1–14 December Boris')
    const [notice] = await stage.database.prisma.notice.findMany()
    expect(notice?.dueAt.toISOString()).toBe('2026-11-24T06:00:00.000Z')
  })
})

describe('the name of a colleague, while it is typed', () => {
  const offered = async (typed: string) => {
    const identity = { platform: 'CONSOLE', workspace: '', externalId: 'anna' } as const
    const { choices } = await stage.dispatcher.suggest(identity, 'person', typed)
    return choices.map(({ value }) => value)
  }

  it('offers active colleagues, and never oneself', async () => {
    await off('vera')
    expect(await offered('')).toEqual(['ada', 'boris', 'dana', 'fay', 'max'])
    expect(await offered('бор')).toEqual(['boris'])
    expect(await offered('ve')).toEqual([])
    expect(await offered('anna')).toEqual([])
  })

  it('is for known people only', async () => {
    const identity = { platform: 'CONSOLE', workspace: '', externalId: 'nobody' } as const
    expect((await stage.dispatcher.suggest(identity, 'person', '')).choices).toEqual([])
  })
})
