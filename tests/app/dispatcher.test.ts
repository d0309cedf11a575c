import { HOLIDAYS } from '../../src/holidays.ts'
import { buttonIn } from '../conversations/follow-ups/stage.ts'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Introduction } from '../../src/domain/identity/person.ts'
import type { Database } from '../../src/db/client.ts'
import { verifyAudit } from '../../src/db/audit.ts'
import { addClients, addTeam, emailOf, NOW } from '../support/clients.ts'
import { ask, createCore, line, press, readReply, submit } from '../support/core.ts'
import { emptyDatabase } from '../support/database.ts'

let database: Database
let core: ReturnType<typeof createCore>
const says = async (person: string, text: string) => readReply(await ask(core.dispatcher, person, line(text)))

beforeEach(async () => {
  database = await emptyDatabase()
  await addTeam(database)
  await addClients(database)
  core = createCore(database)
})

describe('/account', () => {
  it('shows the whole card, and names what is missing', async () => {
    expect(await says('anna', '/account acme')).toMatchInlineSnapshot(`
      "# Acme Corporation (At risk)
      Tier A · Delegation D2 · Machinery · Tax number: 7701234567
      - €250 overdue, the oldest for 40 days
      - Behind plan: 50% done
      Owner: Anna Example
      Team: Boris Example
      ## Money
      Revenue 2026: €1,500.50 · +25% against the same date in 2025 (€1,200)
      Plan 2026: 50% of €3,001, with 90% of the year gone
      Pipeline, Qualification: 1 deal · €50
      Pipeline, Proposal: 2 deals · €700 · 1 without an amount
      Overdue: €250 in 2 invoices, the oldest since Wed, 14 Oct 2026 (40 days ago)
      ## Next
      Meeting: Wed, 25 Nov 2026, 12:00 (in 2 days) · online meeting · with Olga Smirnova
      Contract C-17: ends Wed, 23 Dec 2026 (in 30 days)
      Meeting: 1 planned meeting has passed without an outcome
      ## Last contacts
      - Thu, 1 Oct 2026, 15:00 · visit · good mood · with Olga Smirnova · Discussed the 2027 price list long notes follow
      - Tue, 1 Sept 2026 · visit · good mood · with Sam Stranger · Second talk
      - Sat, 1 Aug 2026 · visit · bad mood · First talk
      ## People
      - Olga Smirnova · Purchasing director · decides · for us · last contact Thu, 1 Oct 2026
      - Ken Ono · Engineer · uses · against us · no contact yet
      - Sam Stranger · not among the contacts · last contact Tue, 1 Sept 2026
      ## Dossier
      Goals: Open a second plant
      Competitors here: Initech
      Filled in: 9 of 10
      Ask next: What do they need right now?
      [Log meeting] [Follow-up] [Request discount] [Brief] [People] [History] [Deals] [Invoices] [My accounts]"
    `)
    expect(await says('vera', '/account Globex')).toMatchInlineSnapshot(`
      "# Globex GmbH (Not enough data)
      Tier B
      Owner: Vera Example
      ## Dossier
      Filled in: 1 of 10
      Ask next: Who decides on purchases, and who signs?
      Not recorded yet: won deals, plan for 2026, invoices, contract, meetings and contacts
      [Log meeting] [Follow-up] [Request discount] [Brief] [My accounts]"
    `)
  })

  it('does not call a contract missing that ended long ago', async () => {
    await database.prisma.contract.create({
      data: {
        id: 'old',
        accountId: 'globex',
        number: 'C-1',
        endsOn: new Date('2025-01-31'),
        currency: 'EUR',
      },
    })
    const heard = await says('vera', '/account Globex')
    expect(heard).toContain('Contract ended 661 days ago')
    expect(heard).toContain('Not recorded yet: won deals, plan for 2026, invoices, meetings and contacts')
  })

  it('speaks the reader’s language', async () => {
    expect(await says('boris', '/account acme')).toMatchInlineSnapshot(`
      "# Acme Corporation (Под угрозой)
      Категория A · Делегирование D2 · Machinery · Налоговый номер: 7701234567
      - Просрочено 250 €, самый старый счёт — 40 дней
      - Отстаёт от плана: выполнено 50 %
      Ведёт: Anna Example
      Команда: Boris Example
      ## Деньги
      Выручка 2026: 1 500,50 € · +25 % к той же дате 2025 года (1 200 €)
      План 2026: 50 % от 3 001 €, прошло 90 % года
      Воронка, Квалификация: 1 сделка · 50 €
      Воронка, Предложение: 2 сделки · 700 € · 1 без суммы
      Просрочено: 250 €, 2 счёта, самый старый с ср, 14 окт. 2026 (40 дней назад)
      ## Дальше
      Встреча: ср, 25 нояб. 2026, 12:00 (послезавтра) · онлайн-встреча · участники: Olga Smirnova
      Договор C-17: заканчивается ср, 23 дек. 2026 (через 30 дней)
      Встреча: 1 запланированная встреча прошла без итога
      ## Последние контакты
      - чт, 1 окт. 2026, 15:00 · визит · настроение хорошее · участники: Olga Smirnova · Discussed the 2027 price list long notes follow
      - вт, 1 сент. 2026 · визит · настроение хорошее · участники: Sam Stranger · Second talk
      - сб, 1 авг. 2026 · визит · настроение плохое · First talk
      ## Люди
      - Olga Smirnova · Purchasing director · решает · за нас · последний контакт чт, 1 окт. 2026
      - Ken Ono · Engineer · пользуется · против нас · контактов ещё не было
      - Sam Stranger · нет среди контактов · последний контакт вт, 1 сент. 2026
      ## Досье
      Цели: Open a second plant
      Конкуренты у клиента: Initech
      Заполнено: 9 из 10
      Спросить: Что им нужно прямо сейчас?
      [Записать встречу] [Новое обещание] [Запросить скидку] [Бриф] [Люди] [История] [Сделки] [Счета] [Мои клиенты]"
    `)
  })

  it('asks which one is meant, and a press answers', async () => {
    const reply = await ask(core.dispatcher, 'boris', line('/account ромашка плю'))
    expect(readReply(reply)).toContain('Ромашка Плюс')
  })

  it('answers for an account of others exactly as for none', async () => {
    const foreign = await says('vera', '/account Acme Corporation')
    const none = await says('vera', '/account Zzyzx Holdings')
    expect(foreign.replaceAll('Acme Corporation', 'X')).toBe(none.replaceAll('Zzyzx Holdings', 'X'))
    expect(readReply(await ask(core.dispatcher, 'vera', press('account', { id: 'acme' })))).toBe(
      readReply(await ask(core.dispatcher, 'vera', press('account', { id: 'gone-forever' }))),
    )
  })

  it('alone lists mine, those that need attention first', async () => {
    expect(await says('boris', '/account')).toMatchInlineSnapshot(`
      "# Ваши клиенты: 3
      - Acme Corporation · Категория A · Под угрозой · Просрочено 250 €, самый старый счёт — 40 дней · Anna Example
      - ООО «Ромашка» · Мало данных
      - ООО «Ромашка Плюс» · Мало данных
      [Acme Corporation] [ООО «Ромашка»] [ООО «Ромашка Плюс»]
      Сначала те, кому нужно внимание."
    `)
    expect(await says('ada', '/account')).toContain('All accounts: 4')
  })

  it('follows the manager tree, and a substitution for as long as it lasts', async () => {
    expect(await says('max', '/account acme')).toContain('# Acme Corporation')
    expect(await says('vera', '/account acme')).not.toContain('# Acme')
    const days = { startsOn: new Date('2026-11-20'), endsOn: new Date('2026-11-23') }
    await database.prisma.absence.create({ data: { id: 'x', userId: 'anna', substituteId: 'vera', ...days } })
    expect(await says('vera', '/account acme')).toContain('Owner: Anna Example, away until Mon, 23 Nov 2026')
    core.clock.now = new Date('2026-11-24T08:00:00Z')
    expect(await says('vera', '/account acme')).not.toContain('# Acme')
  })
})

describe('bad input', () => {
  it.each([
    ['an empty line', ''],
    ['10,000 characters', 'я'.repeat(10_000)],
    ['a long name', `/account ${'x'.repeat(1_000)}`],
    ['emoji', '/account 🏭🏭🏭'],
    ['right to left', '/account שלום עולם'],
    ['NUL', '/account ac\u0000me\u0000zzz'],
    ['half a surrogate pair', '/account \ud83d'],
    ['an injection', "/account Robert'); DROP TABLE accounts;--"],
    ['wildcards', '/account %_%\\'],
    ['markup', '/account <!channel> <@U1> </b> *_['],
  ])('%s gets a clear answer', async (_what, text) => {
    const heard = await says('anna', text)
    expect(heard).not.toBe('')
    expect(heard).not.toContain('on my side')
    expect(await says('anna', '/account acme')).toContain('# Acme Corporation')
  })

  it('offers the command that was meant, with what was typed', async () => {
    expect(await says('anna', '/acount Acme')).toContain('[/account Acme]')
  })

  it.each([
    ['of an old version', press('no-such-command')],
    ['with other arguments', press('account-people', {})],
    ['with a forged id', press('account', { id: "x' or 1=1" })],
    ['of a deleted account', press('account-deals', { id: 'deleted' })],
  ])('a button %s says so', async (_what, act) => {
    expect(readReply(await ask(core.dispatcher, 'anna', act))).toMatch(/no longer (valid|here)/)
  })
})

describe('who may', () => {
  it('E-15 is nobody unknown, nobody off, and nobody in a conversation with outsiders', async () => {
    expect(await says('nobody', '/account acme')).toContain('do not know you')
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    expect(await says('anna', '/account acme')).toContain('do not know you')
    const reply = await ask(core.dispatcher, 'boris', line('/account acme'), { audience: 'outsiders' })
    expect(readReply(reply)).toContain('не показываю данных')
  })

  it('is decided by role before a form or an answer, and the refusal is audited', async () => {
    const guarded = core.commands.find((command) => command.name === 'settings-edit')
    const narrowed = core.commands.map((command) =>
      command === guarded ? { ...command, roles: ['ADMIN' as const] } : command,
    )
    const { createDispatcher } = await import('../../src/commands/kit/dispatcher.ts')
    const { welcome } = await import('../../src/commands/identity/link.ts')
    const strict = createDispatcher({
      commands: narrowed,
      unitOfWork: core.unitOfWork,
      welcome,
      now: () => NOW,
      calendar: HOLIDAYS,
      newId: () => 'an-id',
      journal: core.journal,
      defaults: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
    })
    expect(readReply(await ask(strict, 'anna', press('settings-edit')))).toBe('This is not for your role.')
    const [entry] = await database.prisma.auditEntry.findMany()
    expect(entry).toMatchObject({ actorId: 'anna', action: 'access.refuse', subject: 'settings-edit' })
  })
})

describe('whoever asks', () => {
  it('stays known when a rule refuses or something fails', async () => {
    const refused = await ask(core.dispatcher, 'anna', press('account', { id: 'gone' }))
    expect([refused.known, readReply(refused)]).toEqual([true, 'This account is no longer here.'])
    const stranger = await ask(core.dispatcher, 'nobody', line('/account acme'))
    expect(stranger.known).toBe(false)
  })

  it('is told that a saved change is saved, even when what comes after it fails', async () => {
    const { createDispatcher } = await import('../../src/commands/kit/dispatcher.ts')
    const { welcome } = await import('../../src/commands/identity/link.ts')
    const forgetful = createDispatcher({
      commands: core.commands,
      unitOfWork: { ...core.unitOfWork, identify: () => Promise.reject(new Error('away')) },
      welcome,
      now: () => NOW,
      calendar: HOLIDAYS,
      newId: () => 'an-id',
      journal: core.journal,
      defaults: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
    })
    const reply = await ask(forgetful, 'anna', press('settings-save', { language: 'ru' }))
    expect(readReply(reply)).toContain('Saved.')
    expect(await database.prisma.user.findUnique({ where: { id: 'anna' } })).toMatchObject({ language: 'ru' })
  })
})

describe('help', () => {
  it('gives an example of each daily task, in the reader’s language', async () => {
    const english = await says('anna', '/help')
    expect(english).toContain('promised in it: /meeting Acme yesterday 15:00')
    expect(english).toContain('repeats it: /followup Acme Friday 10:00 send the quote')
    expect(english).toMatch(
      /\/account.*\n.*\/meeting.*\n.*\/discount.*\n.*\/followup.*\n.*\/today.*\n.*\/approvals.*\n.*\/brief/,
    )
    const russian = await says('boris', '/help')
    expect(russian).toContain('обещанным на ней: /meeting Ромашка вчера в 15:00')
    expect(russian).toContain('- /meeting (/m, /визит): ')
  })

  it('promises nothing that the role may not do', async () => {
    const heard = await says('fay', '/help')
    expect(heard).toContain('/followup')
    expect(heard).not.toContain('/meeting')
  })
})

describe('settings', () => {
  it('change at once, are audited, and can be undone', async () => {
    const reply = await ask(core.dispatcher, 'anna', press('settings-save', { language: 'ru' }))
    expect(readReply(reply)).toContain('Сохранено.')
    expect(await says('anna', '/settings')).toContain('Ваши настройки')
    const undo = reply.answer.kind === 'view' ? reply.answer.view.at(-1) : undefined
    const button = undo?.kind === 'buttons' ? undo.buttons.at(-1) : undefined
    const undone = await ask(core.dispatcher, 'anna', press(button?.command ?? '', { ...button?.args }))
    expect(readReply(undone)).toContain('Undone')
    const entries = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } })
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['settings.change', 'anna'],
      ['settings.change', 'anna'],
    ])
    expect(entries[0]).toMatchObject({
      before: { language: 'en' },
      after: { language: 'ru' },
      channel: 'console',
    })
    expect(await verifyAudit(database.prisma)).toMatchObject({ entries: 2, broken: null })
  })

  it('name the wrong field and keep what was typed', async () => {
    const values = { language: 'en', timeZone: 'Moscow', currency: 'rub', preferredChat: 'LAST' }
    const heard = readReply(await ask(core.dispatcher, 'anna', submit('settings-save', values)))
    expect(heard).toContain('Time zone: Moscow ! I do not know this time zone')
    expect(heard).toContain('Currency: rub')
    expect(
      readReply(
        await ask(core.dispatcher, 'anna', submit('settings-save', { ...values, timeZone: 'Europe/Moscow' })),
      ),
    ).toContain('Currency: RUB')
  })

  it('changed in two places at once are both kept', async () => {
    await Promise.all([
      ask(core.dispatcher, 'anna', press('settings-save', { language: 'ru' })),
      ask(core.dispatcher, 'anna', press('settings-save', { currency: 'USD' })),
      ask(core.dispatcher, 'anna', press('settings-save', { timeZone: 'Asia/Tokyo' })),
    ])
    const anna = await database.prisma.user.findUnique({ where: { id: 'anna' } })
    expect(anna).toMatchObject({ language: 'ru', currency: 'USD', timeZone: 'Asia/Tokyo' })
  })

  it('offer only chats where the person can be reached', async () => {
    expect(
      readReply(await ask(core.dispatcher, 'anna', submit('settings-save', { preferredChat: 'TELEGRAM' }))),
    ).toContain('not linked on that platform')
  })

  it('are saved whatever chat was preferred before and is linked no more', async () => {
    await database.prisma.user.update({ where: { id: 'anna' }, data: { preferredChat: 'TELEGRAM' } })
    expect(
      readReply(await ask(core.dispatcher, 'anna', press('settings-save', { language: 'ru' }))),
    ).toContain('Сохранено')
    expect(readReply(await ask(core.dispatcher, 'anna', press('settings-edit', {})))).not.toContain(
      'Telegram',
    )
  })

  it('delivered twice change once', async () => {
    const key = { key: 'same' }
    await ask(core.dispatcher, 'anna', press('settings-save', { language: 'ru' }), key)
    expect(
      readReply(await ask(core.dispatcher, 'anna', press('settings-save', { language: 'ru' }), key)),
    ).toBe('(silence)')
    const stored = { key: 'stored', stored: true }
    await ask(core.dispatcher, 'anna', press('settings-save', { language: 'en' }), stored)
    expect(
      readReply(await ask(core.dispatcher, 'anna', press('settings-save', { language: 'en' }), stored)),
    ).toBe('(silence)')
    expect(await database.prisma.auditEntry.count()).toBe(2)
  })

  it('A-03 a question that comes four times is answered once', async () => {
    const heard: string[] = []
    for (let time = 0; time < 4; time += 1)
      heard.push(readReply(await ask(core.dispatcher, 'anna', line('/settings'), { key: 'same' })))
    expect(heard.slice(1)).toEqual(['(silence)', '(silence)', '(silence)'])
    expect(heard[0]).not.toBe('(silence)')
  })

  it('that an earlier process had done without an answer are said to be done, once they come again', async () => {
    const update = { key: 'stored', stored: true, resumed: true }
    const change = press('settings-save', { language: 'ru' })
    await ask(core.dispatcher, 'anna', change, { key: 'stored', stored: true })
    expect(readReply(await ask(core.dispatcher, 'anna', change, update))).toContain('это сделано')
    expect(await database.prisma.auditEntry.count()).toBe(1)
  })
})

describe('somebody who had shut us out', () => {
  it('D-09 is reached again, with all that was kept for them, as soon as they let us in', async () => {
    const identity = { platform: 'TELEGRAM', workspace: '', externalId: '501' } as const
    const data = { id: 'i1', ...identity, userId: 'anna', blockedAt: NOW }
    await database.prisma.identity.create({ data })
    const parked = {
      key: 'r1',
      personId: 'anna',
      kind: 'reminder',
      subject: 'r1',
      dueAt: NOW,
      tryAt: NOW,
    } as const
    await database.prisma.notice.create({ data: { id: 'n1', ...parked, state: 'PARKED' } })
    const act = { kind: 'event', event: 'back', values: {} } as const
    const { answer } = await core.dispatcher.dispatch({
      channel: 'telegram',
      identity,
      key: '1',
      stored: true,
      chat: '501',
      audience: 'asker',
      act,
    })
    expect(answer).toEqual({ kind: 'repeat' })
    expect(await database.prisma.identity.findMany()).toMatchObject([{ blockedAt: null }])
    expect(await database.prisma.notice.findMany()).toMatchObject([{ key: 'r1', state: 'WAITING' }])
  })
})

describe('H-08 first contact', () => {
  const slack = { platform: 'SLACK', workspace: 'T1', externalId: 'U1' } as const
  const member: Introduction = { email: 'Anna@Example.com', emailVerified: true, kind: 'member' }
  const arrives = async (introduction: Introduction) =>
    readReply(
      await ask(core.dispatcher, '', line('/account acme'), {
        identity: slack,
        channel: 'slack',
        introduce: async () => introduction,
      }),
    )

  it('in Slack links by verified e-mail, once, and answers at once', async () => {
    expect(await arrives(member)).toContain('# Acme Corporation')
    expect(await database.prisma.identity.findMany()).toMatchObject([{ userId: 'anna', ...slack }])
    expect(await database.prisma.auditEntry.findMany()).toMatchObject([
      { action: 'identity.link', subject: 'anna', channel: 'slack' },
    ])
    // Known now: Slack is not asked again.
    expect(await arrives({ ...member, kind: 'guest' })).toContain('# Acme Corporation')
  })

  it('in Slack is one, also of two messages in one moment: neither fails', async () => {
    const heard = await Promise.all([arrives(member), arrives(member), arrives(member)])
    expect(heard.map((words) => words.includes('# Acme Corporation'))).toEqual([true, true, true])
    expect(await database.prisma.identity.count()).toBe(1)
  })

  it.each([
    ['guests', { ...member, kind: 'guest' }],
    ['bots', { ...member, kind: 'bot' }],
    ['strangers', { ...member, kind: 'stranger' }],
    ['an unconfirmed e-mail', { ...member, emailVerified: false }],
    ['an unknown e-mail', { ...member, email: 'who@example.com' }],
  ] as const)('in Slack refuses %s and leaves no trace of accounts', async (_who, introduction) => {
    const heard = await arrives(introduction)
    expect(heard).not.toContain('Acme')
    expect(await database.prisma.identity.count()).toBe(0)
  })

  it('refuses a colleague who has left', async () => {
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    expect(await arrives(member)).toContain('do not know you')
  })

  it('takes a chat over from somebody who left, and the log says so', async () => {
    await arrives(member)
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    await arrives({ ...member, email: emailOf('vera') })
    const unlinked = await database.prisma.auditEntry.findMany({ where: { action: 'identity.unlink' } })
    expect(unlinked).toMatchObject([{ actorId: 'vera', subject: 'anna', channel: 'slack' }])
  })

  it('must be made anew when Slack says the member is gone', async () => {
    await arrives(member)
    await core.dispatcher.forget(slack, 'slack')
    expect(await arrives({ ...member, kind: 'deactivated' })).toContain('deactivated')
  })
})

describe('H-08 a one-time code', () => {
  const telegram = { platform: 'TELEGRAM', workspace: '', externalId: '501' } as const
  const writes = async (text: string, from = '501') =>
    readReply(
      await ask(core.dispatcher, '', line(text), {
        identity: { ...telegram, externalId: from },
        channel: 'telegram',
        chat: from,
      }),
    )
  const newCode = async (person: string) => /Your code: (\S+)/.exec(await says(person, '/link'))?.[1] ?? ''

  it('links Telegram once, within ten minutes', async () => {
    expect(await writes('hello')).toContain('do not know you yet')
    const code = await newCode('anna')
    expect(await writes(`/link ${code.toLowerCase()}`)).toContain('Hello, Anna Example')
    expect(await writes('acme')).toContain('# Acme Corporation')
    expect(await writes(`/start ${code}`, '777')).toContain('not right, used already or too old')
  })

  it('is too old after ten minutes', async () => {
    const code = await newCode('anna')
    core.clock.now = new Date(NOW.getTime() + 10 * 60_000)
    expect(await writes(`/link ${code}`)).toContain('too old')
  })

  it('of somebody who left works no more', async () => {
    const code = await newCode('anna')
    await database.prisma.user.update({ where: { id: 'anna' }, data: { active: false } })
    expect(await writes(`/link ${code}`)).toContain('not right')
  })

  it('cannot be guessed: after five wrong ones even the right one has to wait', async () => {
    const code = await newCode('anna')
    for (let wrong = 0; wrong < 5; wrong++) expect(await writes('/link ABCDEFGH23')).toContain('not right')
    expect(await writes(`/link ${code}`)).toContain('Too many wrong codes')
    expect(await database.prisma.identity.count()).toBe(0)
  })

  it('is given five times an hour, and kept only as a hash', async () => {
    const code = await newCode('anna')
    expect(JSON.stringify(await database.prisma.linkCode.findMany())).not.toContain(code)
    for (let more = 0; more < 4; more++) await newCode('anna')
    expect(await says('anna', '/link')).toContain('many codes within the hour')
    await Promise.all(Array.from({ length: 8 }, () => says('boris', '/link')))
    expect(await database.prisma.linkCode.count({ where: { userId: 'boris' } })).toBe(5)
  })

  it('handed in by two at once links one', async () => {
    const code = await newCode('anna')
    const heard = await Promise.all([writes(`/link ${code}`, '501'), writes(`/link ${code}`, '502')])
    expect(heard.filter((text) => text.includes('Hello'))).toHaveLength(1)
    expect(await database.prisma.identity.count()).toBe(1)
  })

  it('moves the link when a new Telegram account hands one in', async () => {
    await writes(`/link ${await newCode('anna')}`)
    await writes(`/link ${await newCode('anna')}`, '502')
    expect(await writes('acme')).toContain('do not know you yet')
    expect(await writes('acme', '502')).toContain('# Acme')
  })

  it('of somebody else moves the chat, and the log says from whom', async () => {
    await writes(`/link ${await newCode('anna')}`)
    await writes(`/link ${await newCode('vera')}`)
    const unlinked = await database.prisma.auditEntry.findMany({ where: { action: 'identity.unlink' } })
    expect(unlinked).toMatchObject([{ actorId: 'vera', subject: 'anna' }])
  })
})

describe('a form in a chat without forms', () => {
  const said = async (text: string, key = text) =>
    readReply(await ask(core.dialogues, 'anna', line(text), { key: `k ${key}` }))
  const pressed = async (args: Record<string, string>) =>
    readReply(await ask(core.dialogues, 'anna', press('dialogue', args)))
  const open = async () => readReply(await ask(core.dialogues, 'anna', press('settings-edit')))

  it('asks one question at a time, takes buttons and words, and saves at the end', async () => {
    expect(await open()).toContain('Language (1 of 4)')
    expect(await pressed({ step: '0', value: 'ru' })).toContain('Time zone (2 of 4)')
    expect(await said('mosc')).toContain('Currency (3 of 4)')
    expect(await said('nowhere-coin')).toContain('no “nowhere-coin”')
    expect(await said('RUB')).toContain('Preferred chat (4 of 4)')
    expect(await pressed({ step: '3', do: 'skip' })).toContain('Сохранено.')
    expect(await database.prisma.user.findUnique({ where: { id: 'anna' } })).toMatchObject({
      language: 'ru',
      currency: 'RUB',
    })
    expect(await database.prisma.dialogue.count()).toBe(0)
  })

  it('C-18 survives a restart, a repeated message and a stale button', async () => {
    await open()
    await pressed({ step: '0', do: 'skip' })
    core = createCore(database)
    expect(await said('Berlin', 'one')).toContain('Currency (3 of 4)')
    expect(await said('Berlin', 'one')).toContain('Currency (3 of 4)')
    expect(await pressed({ step: '0', value: 'ru' })).toContain('earlier question')
    expect(await pressed({ step: '2', do: 'back' })).toContain('Time zone (2 of 4)')
  })

  it('whose questions cannot be read says so, with a number, and does not throw', async () => {
    const { withDialogues } = await import('../../src/commands/kit/dialogue.ts')
    const { UnavailableError } = await import('../../src/domain/shared/errors.ts')
    const away = () => Promise.reject(new UnavailableError('the database', null))
    const broken = withDialogues({
      inner: core.dispatcher,
      dialogues: { find: away, save: away, remove: away },
      now: () => NOW,
      newId: () => 'the-number',
      journal: core.journal,
      defaults: { language: 'en', timeZone: 'UTC', currency: 'EUR' },
    })
    expect(readReply(await ask(broken, 'anna', line('acme')))).toContain('cannot reach my database right now')
  })

  it('keeps the last question open when saving fails, and saves on the next try', async () => {
    await open()
    for (const step of ['0', '1', '2']) await pressed({ step, do: 'skip' })
    await database.prisma.$executeRaw`alter table users rename to users_away`
    try {
      expect(await pressed({ step: '3', do: 'skip' })).toContain('on my side')
    } finally {
      await database.prisma.$executeRaw`alter table users_away rename to users`
    }
    expect(await pressed({ step: '3', do: 'skip' })).toContain('Nothing changed.')
  })

  it('C-18 is one at a time: a button of the one before answers nothing of the next', async () => {
    const first = await ask(core.dialogues, 'anna', press('settings-edit'))
    const russian = buttonIn(first, 'Русский')
    const next = readReply(await ask(core.dialogues, 'anna', press('away-edit')))
    expect(next).toContain('First day (1 of 3)')
    const heard = readReply(await ask(core.dialogues, 'anna', press('dialogue', russian.args)))
    expect(heard).toContain('earlier question')
    expect(heard).toContain('First day (1 of 3)')
    expect(await said('1 December')).toContain('(2 of 3)')
  })

  it('C-18 of a former owner of the chat is dropped, not shown', async () => {
    await open()
    await pressed({ step: '0', value: 'ru' })
    const borisHere = {
      identity: { platform: 'CONSOLE', workspace: '', externalId: 'boris' } as const,
      chat: 'anna',
    }
    const heard = readReply(await ask(core.dialogues, 'boris', line('acme'), borisHere))
    expect(heard).toContain('# Acme Corporation')
    expect(await database.prisma.dialogue.count()).toBe(0)
  })

  it('C-18 lets other commands through and reminds, and is left by /cancel or after a week', async () => {
    await open()
    const heard = await said('/account acme')
    expect(heard).toContain('# Acme Corporation')
    expect(heard).toContain('still wait')
    expect(await said('/cancel')).toContain('Nothing was changed')
    expect(await said('acme', 'again')).toContain('# Acme Corporation')
    await open()
    core.clock.now = new Date(NOW.getTime() + 8 * 86_400_000)
    expect(await said('acme', 'later')).toContain('# Acme Corporation')
  })
})
