import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../../src/db/new-id.ts'
import { NOW } from '../../support/clients.ts'
import { openTalk, type Talk } from './talk.ts'

let talk: Talk

beforeEach(async () => {
  talk = await openTalk()
})

const SOURCE = { message: '9', chat: 'c1' }
const says = (who: string, text: string) => talk.says(who, text, SOURCE)
const edits = (who: string, text: string) =>
  talk.dispatcher.dispatch({
    channel: 'console',
    identity: { platform: 'CONSOLE', workspace: '', externalId: who },
    key: newId(),
    audience: 'asker',
    act: { kind: 'event', event: 'edit', values: { message: SOURCE.message, text } },
    ...SOURCE,
  })

describe('a message that is edited while a question about it is open', () => {
  it('is read in its new words with the account that is chosen', async () => {
    const which = await says('boris', '/meeting Acme и Ромашка вчера, обсудили цены')
    const { answer } = await edits('boris', '/meeting Acme и Ромашка позавчера, обсудили сроки')
    expect(answer.kind).toBe('repeat')
    talk.clock.now = new Date(NOW.getTime() + 2 * 86_400_000)
    expect((await talk.presses('boris', which, 'ООО «Ромашка»')).text).toContain('Записано.')
    expect(await talk.written()).toMatchObject([
      {
        accountId: 'romashka',
        day: new Date('2026-11-21T00:00:00Z'),
        notes: expect.stringContaining('обсудили сроки'),
        said: 'Acme и Ромашка позавчера, обсудили сроки',
      },
    ])
  })

  it('keeps an answer to what stands as it was', async () => {
    const when = await says('anna', '/meeting Acme Friday visit, prices')
    await edits('anna', '/meeting Acme Friday visit, terms')
    await talk.presses('anna', when, 'Fri, 20 Nov 2026')
    expect(await talk.written()).toMatchObject([{ day: new Date('2026-11-20T00:00:00Z'), notes: 'terms' }])
  })

  it('goes before an answer to what it does not say any more', async () => {
    const when = await says('anna', '/meeting Acme Friday visit, prices')
    await edits('anna', '/meeting Acme yesterday visit, prices')
    await talk.presses('anna', when, 'Fri, 20 Nov 2026')
    expect(await talk.written()).toMatchObject([{ day: new Date('2026-11-22T00:00:00Z') }])
  })

  it('is of the account that it names by now', async () => {
    const step = await says('boris', '/meeting Acme вчера; далее: отправить КП')
    await edits('boris', '/meeting Ромашка вчера; далее: отправить КП')
    await talk.presses('boris', step, 'Завтра')
    expect(await talk.written()).toMatchObject([
      { accountId: 'romashka', notes: null, followUps: [{ what: 'отправить КП' }] },
    ])
  })

  it('is asked anew about a promise that was not there, and gives none the date of another', async () => {
    const step = await says('anna', '/meeting Acme yesterday; next: call them')
    await edits('anna', '/meeting Acme yesterday; next: send the quote; next: call them')
    const again = await talk.presses('anna', step, 'Tomorrow')
    expect(again.text).toContain('send the quote')
    const last = await talk.presses('anna', again, 'Tomorrow')
    await talk.presses('anna', last, 'Fri, 27 Nov 2026')
    const [meeting] = await talk.written()
    expect(meeting?.followUps.map(({ what, dueOn }) => [what, dueOn.toISOString().slice(0, 10)])).toEqual([
      ['send the quote', '2026-11-24'],
      ['call them', '2026-11-27'],
    ])
  })

  it('fills the form that is opened then', async () => {
    const when = await says('anna', '/meeting Acme Friday visit, prices')
    await edits('anna', '/meeting Acme Friday visit, terms')
    expect(talk.held(await talk.presses('anna', when, 'Another time'))).toMatchObject({ notes: 'terms' })
  })

  it('leaves the form that was open before as it was sent, and later edits are compared with it', async () => {
    const when = await says('anna', '/meeting Acme Friday visit, prices')
    const form = await talk.presses('anna', when, 'Another time')
    await edits('anna', '/meeting Acme Friday visit, terms')
    await talk.fills('anna', form, { when: '2026-11-20', notes: 'prices of steel' })
    expect(await talk.written()).toMatchObject([
      { notes: 'prices of steel', said: 'Acme Friday visit, terms' },
    ])
    await edits('anna', '/meeting Acme Friday visit, terms, mood good')
    expect(await talk.written()).toMatchObject([{ notes: 'prices of steel', mood: 'GOOD' }])
  })
})
