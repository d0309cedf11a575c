import { beforeEach, describe, expect, it } from 'vitest'
import { away, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

const promise = (values: Record<string, string>, who = 'anna') =>
  stage.sends(who, 'followup', {
    account: 'acme',
    what: 'send the quote',
    when: '27.11.2026 10:00',
    ...values,
  })
const day = (text: string) => new Date(`${text}T00:00:00Z`)

describe('/followups', () => {
  it('lists what is mine, the overdue first, and opens each', async () => {
    await promise({ what: 'later', when: '30.11.2026' })
    await promise({ what: 'sooner', when: '24.11.2026', account: '' })
    await promise({ what: 'theirs', when: '25.11.2026', promisedBy: 'CLIENT' })
    stage.clock.now = new Date('2026-11-25T09:00:00Z')
    const heard = await stage.says('anna', '/followups')
    expect(heard).toContain(
      '# Your open promises: 3 - Tue, 24 Nov 2026 · sooner · overdue - Wed, 25 Nov 2026 · theirs · Acme Corporation · promised by the client - Mon, 30 Nov 2026 · later',
    )
    expect(await stage.presses('anna', 'sooner')).toContain('# sooner Due: Tue, 24 Nov 2026')
  })

  it('goes through pages by buttons', async () => {
    for (let step = 1; step <= 10; step += 1)
      await promise({ what: `step ${step}`, when: `${10 + step}.12.2026` })
    const first = await stage.says('anna', '/promises')
    expect(first).toContain('step 8')
    expect(first).not.toContain('step 9')
    const second = await stage.presses('anna', 'More')
    expect(second).toContain('step 10')
    expect(second).not.toContain('· step 1 ·')
    expect(await stage.presses('anna', 'Back')).toContain('· step 1 ·')
    const { followUp } = stage.database.prisma
    await followUp.updateMany({ where: { what: { in: ['step 9', 'step 10'] } }, data: { status: 'DROPPED' } })
    expect(await stage.pressed('anna', { command: 'followups', args: { from: '8' } })).toContain('step 1')
  })

  it('lists those of an account in both directions, whoever made them', async () => {
    await promise({ what: 'ours' })
    await promise({ what: 'theirs', promisedBy: 'CLIENT' }, 'boris')
    await promise({ what: 'elsewhere', account: '' })
    const heard = await stage.pressed('anna', { command: 'followups', args: { account: 'acme' } })
    expect(heard).toContain('# Acme Corporation, open promises: 2')
    expect(heard).toContain('theirs · promised by the client · for Boris Example')
    expect(heard).not.toContain('elsewhere')
    expect(await stage.pressed('vera', { command: 'followups', args: { account: 'acme' } })).toBe(
      'This account is no longer here.',
    )
  })

  it('finds the account by its name, and asks when several are meant', async () => {
    await promise({ what: 'ours' })
    expect(await stage.says('anna', '/followups Acme')).toContain('# Acme Corporation, open promises: 1')
    expect(await stage.says('vera', '/followups Acme')).toContain('I know no account “Acme”.')
    expect(await stage.says('boris', '/задачи ромаш')).toContain('[ООО «Ромашка»] [ООО «Ромашка Плюс»]')
    expect(await stage.presses('boris', 'ООО «Ромашка»')).toContain('Открытых обещаний нет: ООО «Ромашка».')
  })

  it('says how to begin when there is nothing', async () => {
    expect(await stage.says('boris', '/задачи')).toBe(
      'Открытых обещаний у вас нет. Достаточно одной строки: /followup Ромашка пятница 10:00 отправить КП [Новое обещание]',
    )
    const args = { account: 'acme' }
    expect(await stage.pressed('anna', { command: 'followups', args })).toContain(
      'No open promises with Acme Corporation.',
    )
    expect(await stage.presses('anna', 'New promise')).toContain('Account: Acme Corporation')
  })
})

describe('/today', () => {
  const meeting = (id: string, values: object) => ({
    id,
    accountId: 'acme',
    authorId: 'anna',
    kind: 'VISIT' as const,
    status: 'PLANNED' as const,
    day: day('2026-11-23'),
    ...values,
  })

  it('is the day: overdue, meetings in order, what is due, what was not told, tomorrow’s first', async () => {
    const { prisma } = stage.database
    await promise({ what: 'overdue one', when: '24.11.2026' })
    await prisma.followUp.updateMany({ data: { dueOn: day('2026-11-20') } })
    await promise({ what: 'due one', when: 'today' })
    await promise({ what: 'not today', when: '27.11.2026' })
    await prisma.meeting.createMany({
      data: [
        meeting('late', { startsAt: new Date('2026-11-23T15:00:00Z') }),
        meeting('soon', { startsAt: new Date('2026-11-23T13:00:00Z'), kind: 'CALL' }),
        meeting('over', { startsAt: new Date('2026-11-23T08:00:00Z') }),
        meeting('next', { day: day('2026-11-24'), startsAt: new Date('2026-11-24T07:00:00Z') }),
        meeting('far', { day: day('2026-11-25') }),
      ],
    })
    const heard = await stage.says('anna', '/today')
    const order = [
      '# Your day: Mon, 23 Nov 2026',
      '## Overdue',
      'overdue one',
      '## Meetings today',
      '- 16:00 · Acme Corporation',
      '- 18:00 · Acme Corporation',
      '## Due today',
      '- due one',
      '## How did it go?',
      '23 Nov 2026, 11:00',
      '## First meeting tomorrow',
      'Tue, 24 Nov 2026, 10:00',
    ]
    const places = order.map((words) => heard.indexOf(words))
    expect(places, heard).toEqual(places.toSorted((a, b) => a - b))
    expect(places).not.toContain(-1)
    expect(heard).not.toMatch(/not today|25 Nov/)
    expect(await stage.presses('anna', 'due one')).toContain('# due one')
  })

  it('has the day of whoever is away in it, with their name', async () => {
    await promise({ what: 'hers', when: 'today' })
    expect(await stage.says('vera', '/today')).toContain('Nothing is due today')
    await away(stage.database, 'anna', 'vera')
    expect(await stage.says('vera', '/today')).toContain('hers · Acme Corporation · for Anna Example')
  })

  it('helps to begin when it is empty', async () => {
    const heard = await stage.says('fay', 'today')
    expect(heard).toContain('Nothing is due today, and no meeting is planned.')
    expect(heard).toContain('[All open promises] [New promise]')
    expect(await stage.says('boris', 'сегодня')).toContain('На сегодня ничего не обещано')
  })
})
