import { beforeEach, describe, expect, it } from 'vitest'
import { readReply } from '../../support/core.ts'
import { flat, openStage, type Stage } from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})

describe('a promise in one line', () => {
  it('is noted with its account, weekday, date and time, and reminds at that time', async () => {
    const heard = await stage.says('anna', '/followup Acme Corporation Friday 10:00 send the quote')
    expect(heard).toContain('Noted. # send the quote Account: Acme Corporation Due: Fri, 27 Nov 2026, 10:00')
    expect(heard).toContain('[Undo] [Edit] [Another promise]')
    expect(await stage.promises()).toMatchObject([
      {
        ownerId: 'anna',
        accountId: 'acme',
        what: 'send the quote',
        dueTime: '10:00',
        status: 'OPEN',
        promisedBy: 'US',
      },
    ])
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-27T07:00'])
    expect(await stage.audit()).toEqual(['anna followup.add'])
  })

  it('is understood in Russian, in another order', async () => {
    const heard = await stage.says('boris', '/напомни в пятницу в 10:00 отправить КП Ромашка')
    expect(heard).toContain('Записано. # отправить КП Клиент: ООО «Ромашка» Срок: пт, 27 нояб. 2026, 10:00')
    expect(heard).toContain('[Отменить] [Изменить] [Ещё обещание]')
  })

  it('is taken without a slash when it asks to be reminded', async () => {
    expect(
      await stage.says('anna', 'remind me to send the quote to Acme Corporation on Friday 10:00'),
    ).toContain('Noted.')
    expect(await stage.says('anna', 'please remind me to call Acme Corporation on Thursday 10:00')).toContain(
      'Noted.',
    )
    expect(await stage.says('boris', 'напомните мне в четверг в 12:00 позвонить Ромашка Плюс')).toContain(
      'Записано.',
    )
    expect(await stage.promises()).toHaveLength(3)
  })

  it('says when a day off moves the reminder, and that ! passes', async () => {
    const heard = await stage.says('anna', '/followup Acme Corporation Saturday 10:00 send the quote')
    expect(heard).toContain('Due: Sat, 28 Nov 2026, 10:00')
    expect(heard).toContain('so the reminder comes on Mon, 30 Nov 2026, 09:00. With ! in the line')
    const urgent = await stage.says('anna', '/followup ! Acme Corporation Saturday 10:00 send the quote')
    expect(urgent).not.toContain('so the reminder comes on')
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-28T07:00', 'reminder 1 2026-11-30T06:00'])
  })

  it('says so, too, when only the evening of its day was left', async () => {
    stage.clock.now = new Date('2026-11-23T16:30:00Z')
    await stage.says('anna', '/followup Acme Corporation send the quote')
    expect(await stage.presses('anna', 'Today')).toContain(
      'so the reminder comes on Tue, 24 Nov 2026, 09:00.',
    )
  })

  it('of the client is chased on the working morning after its day', async () => {
    const heard = await stage.says(
      'anna',
      '/followup they: send the specification by Friday Acme Corporation',
    )
    expect(heard).toContain('Promised by: the client')
    expect(heard).toContain('I will ask you about it on Mon, 30 Nov 2026, 09:00')
    expect(await stage.waiting()).toEqual(['chase 1 2026-11-30T06:00'])
  })

  it('repeats, with the next turn planned behind the first reminder', async () => {
    const heard = await stage.says('anna', '/followup Acme Corporation every Monday 15:00 ask for news')
    expect(heard).toContain('Repeats: every Monday')
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-23T12:00', 'turn 2 2026-11-30T12:00'])
  })

  it('says in Russian on which days it repeats', async () => {
    const weekly = await stage.says('boris', '/followup Ромашка Плюс каждый понедельник 15:00 узнать новости')
    expect(weekly).toContain('Повтор: по понедельникам')
    const twice = await stage.says('boris', '/followup Ромашка Плюс по вторникам и четвергам звонить')
    expect(twice).toContain('Повтор: по вторникам и четвергам')
  })

  it('that was delivered late is right as it was said', async () => {
    const { dispatcher, clock } = stage
    const saidAt = new Date(clock.now.getTime() - 3 * 3_600_000)
    const reply = await dispatcher.dispatch({
      channel: 'telegram',
      identity: { platform: 'CONSOLE', workspace: '', externalId: 'anna' },
      key: 'late',
      chat: 'anna',
      audience: 'asker',
      act: { kind: 'line', text: '/followup Acme Corporation today 12:00 call them' },
      saidAt,
    })
    const heard = flat(readReply(reply))
    expect(heard).toContain('Due: Mon, 23 Nov 2026, 12:00 Reminder: Mon, 23 Nov 2026, 14:30 [Undo]')
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-23T11:30'])
  })
})

describe('what a line leaves open', () => {
  it('asks for the account, with a way to have none', async () => {
    const asked = await stage.says('anna', '/followup Friday 10:00 order new business cards')
    expect(asked).toContain('Which account is this for? Friday 10:00 order new business cards')
    expect(asked).toContain('[Without an account] [Another account]')
    expect(await stage.promises()).toEqual([])
    const again = stage.button('anna', 'Without an account')
    expect(await stage.pressed('anna', again)).toContain(
      'Noted. # order new business cards Due: Fri, 27 Nov 2026, 10:00',
    )
    expect(await stage.pressed('anna', again)).toBe('That question has been answered already.')
    expect(await stage.promises()).toHaveLength(1)
  })

  it('offers the accounts that may be meant', async () => {
    const asked = await stage.says('boris', '/followup ромаш завтра позвонить')
    expect(asked).toContain('[ООО «Ромашка»] [ООО «Ромашка Плюс»] [Без клиента] [Другой клиент]')
    const heard = await stage.presses('boris', 'ООО «Ромашка Плюс»')
    expect(heard).toContain('# позвонить Клиент: ООО «Ромашка Плюс» Срок: вт, 24 нояб. 2026')
  })

  it('takes two answers that come at once for one', async () => {
    await stage.says('anna', '/followup Friday 10:00 order new business cards')
    const without = stage.button('anna', 'Without an account')
    const heard = await Promise.all([stage.pressed('anna', without), stage.pressed('anna', without)])
    expect(heard.toSorted()[1]).toBe('That question has been answered already.')
    expect(await stage.promises()).toHaveLength(1)
  })

  it('opens the form with everything kept for another account', async () => {
    await stage.says('anna', '/followup Friday 10:00 order new business cards')
    const form = await stage.presses('anna', 'Another account')
    expect(form).toContain('[New promise]')
    expect(form).toContain('What: order new business cards')
    expect(form).toContain('When: Friday 10:00')
    expect(await stage.fills('anna', { account: 'acme' })).toContain('Account: Acme Corporation')
    expect(await stage.promises()).toHaveLength(1)
  })

  it('asks for the day when none was said, by the usual ones', async () => {
    const asked = await stage.says('anna', '/followup Acme Corporation send the quote')
    expect(asked).toBe('When shall I remind you? [Today] [Tomorrow] [Friday] [Next week] [Another time]')
    const next = await stage.presses('anna', 'Next week')
    expect(next).toContain('Due: Mon, 30 Nov 2026')
    expect(await stage.waiting()).toEqual(['reminder 1 2026-11-30T06:00'])
  })

  it('reminds in an hour when today is chosen and its morning is over', async () => {
    await stage.says('anna', '/followup Acme Corporation send the quote')
    expect(await stage.presses('anna', 'Today')).toContain('Reminder: Mon, 23 Nov 2026, 15:30')
  })

  it('asks which of two days is meant, and never guesses', async () => {
    const asked = await stage.says('anna', '/followup Acme Corporation 03/12 send the quote')
    expect(asked).toContain('Which day do you mean?')
    expect(asked).toContain('[Thu, 3 Dec 2026]')
    expect(await stage.presses('anna', 'Thu, 3 Dec 2026')).toContain('Due: Thu, 3 Dec 2026')
  })

  it.each([
    ['30.02.', 'There is no such day'],
    ['yesterday', 'That time has passed'],
    ['today 9:00', 'That time has passed'],
  ])('opens the form for %s, saying what is wrong', async (when, says) => {
    const form = await stage.says('anna', `/followup Acme Corporation ${when} send the quote`)
    expect(form).toContain('[New promise]')
    expect(form).toContain(says)
    expect(form).toContain('Account: Acme Corporation')
    expect(form).toContain('What: send the quote')
    expect(await stage.promises()).toEqual([])
    expect(await stage.fills('anna', { when: 'tomorrow 10:00' })).toContain('Due: Tue, 24 Nov 2026, 10:00')
  })

  it('opens the form when nothing says what to do', async () => {
    const form = await stage.says('anna', '/followup Acme Corporation Friday')
    expect(form).toContain('Say what is to be done')
    expect(form).toContain('When: Friday')
  })
})

describe('the form of a promise', () => {
  it('opens without a line, and notes what it says', async () => {
    expect(await stage.says('anna', '/followup')).toContain(
      '[New promise] Account: What: When: Promised by: Repeats: Urgent:',
    )
    const heard = await stage.sends('anna', 'followup', {
      account: 'acme',
      what: 'send the specification',
      when: 'tomorrow',
      promisedBy: 'CLIENT',
      repeat: 'week',
      urgent: 'yes',
    })
    expect(heard).toContain('Repeats: every Tuesday')
    expect(heard).toContain('Urgent: urgent')
    expect(await stage.promises()).toMatchObject([
      { promisedBy: 'CLIENT', urgent: true, repeat: { every: 'week', interval: 1, weekdays: [2] } },
    ])
  })

  it('is filled in with the account that a button brings', async () => {
    const form = await stage.pressed('anna', { command: 'followup', args: { account: 'acme' } })
    expect(form).toContain('Account: Acme Corporation')
  })

  it('keeps everything typed beside what is wrong', async () => {
    const form = await stage.sends('anna', 'followup', { account: 'acme', what: 'send it', when: 'whenever' })
    expect(form).toContain('What: send it')
    expect(form).toContain('When: whenever ! I cannot find a time in that')
    expect(await stage.sends('anna', 'followup', { what: ' ', when: 'tomorrow' })).toContain(
      'Say what is to be done',
    )
    expect(await stage.promises()).toEqual([])
  })

  it('takes the end of the month as the first time of what repeats on it', async () => {
    const values = { what: 'send the report', when: 'tomorrow 10:00', repeat: 'lastWorkday' }
    expect(await stage.sends('anna', 'followup', values)).toContain(
      'Due: Mon, 30 Nov 2026, 10:00 Repeats: every month, on the last working day',
    )
  })
})

describe('an account of others', () => {
  it('is not found, by a line, a button or a form', async () => {
    expect(await stage.says('vera', '/followup Acme Corporation Friday 10:00 send the quote')).not.toContain(
      'Noted',
    )
    const gone = 'This account is no longer here.'
    expect(await stage.pressed('vera', { command: 'followup', args: { account: 'acme' } })).toBe(gone)
    expect(await stage.sends('vera', 'followup', { account: 'acme', what: 'x', when: 'tomorrow' })).toBe(gone)
    expect(await stage.promises()).toEqual([])
  })
})

describe('undo', () => {
  it('takes a promise back that was just noted, once', async () => {
    await stage.says('anna', '/followup Acme Corporation Friday 10:00 send the quote')
    const undo = stage.button('anna', 'Undo')
    expect(await stage.pressed('anna', undo)).toBe('Undone: “send the quote” is no longer noted.')
    expect(await stage.pressed('anna', undo)).toBe('This promise is no longer here.')
    expect([await stage.promises(), await stage.waiting()]).toEqual([[], []])
    expect(await stage.audit()).toEqual(['anna followup.add', 'anna followup.undo', 'anna access.refuse'])
  })

  it('leaves a promise alone that was changed since, or has stood for a day', async () => {
    await stage.says('anna', '/followup Acme Corporation Friday 10:00 send the quote')
    const undo = stage.button('anna', 'Undo')
    const [promise] = await stage.promises()
    await stage.pressed('anna', {
      command: 'followup-snooze',
      args: { id: promise?.id ?? '', n: '1', to: 'week' },
    })
    expect(await stage.pressed('anna', undo)).toContain('It has changed in the meantime')
    stage.clock.now = new Date(stage.clock.now.getTime() + 25 * 3_600_000)
    const now = { command: 'followup-undo', args: { id: promise?.id ?? '', n: '2' } }
    expect(await stage.pressed('anna', now)).toContain('This was noted more than a day ago')
    expect(await stage.promises()).toHaveLength(1)
  })
})
