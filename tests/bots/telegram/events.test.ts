import { afterEach, describe, expect, test } from 'vitest'
import type { Invocation } from '../../../src/commands/kit/invocation.ts'
import type { Shared } from '../../support/telegram/telegram-stand-in.ts'
import { ANNA, clearStage, GROUP, setStage, settled, type Stage, userOf, words } from './stage.ts'

afterEach(clearStage)

const SENT = Date.UTC(2026, 10, 23, 9) / 1_000
const eventsOf = ({ dispatcher }: Stage) => dispatcher.heard.filter(({ act }) => act.kind === 'event')
const valuesOf = ({ act }: Invocation) => ('values' in act ? act.values : null)

async function shared(what: Shared, options: Parameters<Stage['telegram']['share']>[2] = {}) {
  const stage = await setStage()
  const { update, messageId } = stage.telegram.share(ANNA, what, options)
  await settled(stage, update.update_id)
  return { ...stage, stage, update, messageId, heard: eventsOf(stage)[0] }
}

/** A message of Anna's with these fields, as it may come from a server that we do not know. */
async function rawMessage(fields: object, kind: 'message' | 'edited_message' = 'message') {
  const stage = await setStage()
  stage.telegram.meet(ANNA)
  const chat = { id: ANNA.id, type: 'private' }
  const update = stage.telegram.raw({
    [kind]: { message_id: 7, date: SENT, from: userOf(ANNA), chat, ...fields },
  })
  await settled(stage, update.update_id)
  return stage
}

describe('a shared place', () => {
  test('reaches the dispatcher with all it needs, and is answered', async () => {
    const place = { kind: 'location', latitude: 55.751244, longitude: 37.618423 } as const
    const { heard, update, messageId, telegram } = await shared(place, { date: SENT })
    expect(heard).toEqual({
      channel: 'telegram',
      identity: { platform: 'TELEGRAM', workspace: '', externalId: '501' },
      key: String(update.update_id),
      stored: true,
      chat: '501',
      audience: 'asker',
      act: { kind: 'event', event: 'place', values: { latitude: '55.751244', longitude: '37.618423' } },
      saidAt: new Date(SENT * 1_000),
      message: String(messageId),
      hint: { language: 'en' },
    })
    expect(telegram.messages(ANNA.id).map(({ text }) => text)).toEqual([
      'place {"latitude":"55.751244","longitude":"37.618423"}',
    ])
  })

  test('is the place of a venue too', async () => {
    const { heard } = await shared({ kind: 'venue', latitude: -33.9, longitude: 18.4, title: 'Acme' })
    expect(heard && valuesOf(heard)).toEqual({ latitude: '-33.9', longitude: '18.4' })
  })

  test('that is live counts once: what follows as edits says nothing', async () => {
    const { stage, messageId, telegram } = await shared({
      kind: 'location',
      latitude: 1,
      longitude: 2,
      livePeriod: 900,
    })
    const moved = telegram.share(ANNA, { kind: 'location', latitude: 1, longitude: 3 }, { editOf: messageId })
    await settled(stage, moved.update.update_id)
    expect(eventsOf(stage)).toHaveLength(1)
    expect(telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test.each([
    { latitude: 91, longitude: 0 },
    { latitude: 0, longitude: -181 },
    { latitude: '1', longitude: '2' },
    { latitude: 1 },
    null,
  ])('%o is no place', async (location) => {
    const stage = await rawMessage({ location })
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.lastMessage(ANNA.id)?.text).toMatch(/^I can do nothing/)
  })
})

describe('a file', () => {
  test.each<[Shared, object]>([
    [
      { kind: 'voice', bytes: 20_000 },
      { kind: 'VOICE', mimeType: 'audio/ogg', bytes: '20000' },
    ],
    [
      { kind: 'video_note', bytes: 20_000 },
      { kind: 'VIDEO', bytes: '20000' },
    ],
    [
      { kind: 'video', bytes: 5, name: 'shelf.mp4' },
      { kind: 'VIDEO', name: 'shelf.mp4', mimeType: 'video/mp4', bytes: '5' },
    ],
    [
      { kind: 'audio', bytes: 5, name: 'talk.mp3' },
      { kind: 'DOCUMENT', name: 'talk.mp3', mimeType: 'audio/mpeg', bytes: '5' },
    ],
    [
      { kind: 'document', bytes: 5, name: 'КП.pdf', caption: '/meeting Acme' },
      { kind: 'DOCUMENT', name: 'КП.pdf', mimeType: 'application/pdf', bytes: '5', caption: '/meeting Acme' },
    ],
  ])('$0.kind comes with what Telegram tells of it', async (what, values) => {
    const { heard } = await shared(what)
    expect(heard?.act).toMatchObject({ kind: 'event', event: 'file' })
    expect(heard && valuesOf(heard)).toEqual({ ...values, fileId: `shared-0-${what.kind}` })
  })

  test('that is a photo is its largest size', async () => {
    const { heard } = await shared({ kind: 'photo', bytes: 400_000, caption: 'the shelf' })
    expect(heard && valuesOf(heard)).toEqual({
      kind: 'PHOTO',
      fileId: 'shared-0-photo-x',
      bytes: '400000',
      caption: 'the shelf',
    })
  })

  test.each([
    [20 * 1024 * 1024, undefined],
    [20 * 1024 * 1024 + 1, 'yes'],
    [21 * 1024 * 1024, 'yes'],
  ])('C-19 of %d bytes: too large? %s', async (bytes, tooLarge) => {
    const { heard } = await shared({ kind: 'voice', bytes })
    expect(heard && valuesOf(heard)?.['tooLarge']).toBe(tooLarge)
  })

  test.each([
    ['without a name of its own', { voice: { duration: 1 } }],
    ['without a single size', { photo: [] }],
    ['of sizes that are none', { photo: [null, 1, {}] }],
    ['that is not even an object', { document: 'x' }],
  ])('%s is none', async (_name, fields) => {
    const stage = await rawMessage(fields)
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.lastMessage(ANNA.id)?.text).toMatch(/^I can do nothing/)
  })

  test('of which Telegram does not say the size goes without one', async () => {
    const stage = await rawMessage({ voice: { file_id: 'v', file_size: 'much' } })
    expect(eventsOf(stage).map(valuesOf)).toEqual([{ kind: 'VOICE', fileId: 'v' }])
  })
})

describe('C-19 an album', () => {
  const album = (stage: Stage, count: number) => {
    const options = { fields: { media_group_id: 'album' } }
    const all = Array.from({ length: count }, () =>
      stage.telegram.share(ANNA, { kind: 'photo', bytes: 90_000 }, options),
    )
    return settled(stage, all.at(-1)?.update.update_id ?? 0)
  }

  test('of ten photos is ten events and one answer', async () => {
    const stage = await setStage()
    await album(stage, 10)
    expect(new Set(eventsOf(stage).map((one) => valuesOf(one)?.['fileId'])).size).toBe(10)
    expect(stage.telegram.messages(ANNA.id)).toHaveLength(1)
  })

  test('of which one could not be kept says so', async () => {
    const stage = await setStage()
    let photos = 0
    const { dispatch } = stage.dispatcher
    Object.assign(stage.dispatcher, {
      dispatch: async (invocation: Invocation) =>
        ++photos === 3
          ? { ...(await dispatch(invocation)), failed: true, answer: { kind: 'view', view: words('sorry') } }
          : dispatch(invocation),
    })
    await album(stage, 4)
    expect(stage.telegram.messages(ANNA.id).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^file/),
      'sorry',
    ])
  })
})

describe('C-19 a contact', () => {
  test('is a name and a telephone number, whoever it belongs to, and never who sent it', async () => {
    const card = {
      kind: 'contact',
      firstName: 'Olga',
      lastName: 'Petrova',
      phone: '+79990000000',
      userId: 999,
    } as const
    const { heard } = await shared(card)
    expect(heard).toMatchObject({
      identity: { externalId: '501' },
      act: { kind: 'event', event: 'card', values: { name: 'Olga Petrova', phone: '+79990000000' } },
    })
  })

  test('without a name goes by its number, and without both is nothing', async () => {
    const { heard } = await shared({ kind: 'contact', firstName: '', phone: '+7999' })
    expect(heard && valuesOf(heard)).toEqual({ name: '+7999', phone: '+7999' })
    const stage = await rawMessage({ contact: { first_name: ' ', user_id: 5 } })
    expect(stage.dispatcher.heard).toEqual([])
  })
})

describe('C-17 an edited message', () => {
  test('tells its new text with the number and the date of the first, and runs no command', async () => {
    const stage = await setStage()
    const first = stage.telegram.say(ANNA, '/meeting Acme today', { date: SENT })
    stage.clock.at += 3_600_000
    const edit = { editOf: first.messageId }
    const second = stage.telegram.say(ANNA, '/meeting@kamerton_test_bot Acme yesterday', edit)
    await settled(stage, second.update.update_id)
    expect(stage.dispatcher.heard).toMatchObject([
      { act: { kind: 'line' }, message: String(first.messageId), saidAt: new Date(SENT * 1_000) },
      {
        act: {
          kind: 'event',
          event: 'edit',
          values: { message: String(first.messageId), text: '/meeting Acme yesterday' },
        },
        key: String(second.update.update_id),
        message: String(first.messageId),
        saidAt: new Date(SENT * 1_000),
      },
    ])
  })

  test('that led to nothing is met with silence', async () => {
    const stage = await setStage({ script: () => ({ kind: 'repeat' }) })
    const first = stage.telegram.say(ANNA, 'x')
    const { update } = stage.telegram.say(ANNA, 'y', { editOf: first.messageId })
    await settled(stage, update.update_id)
    expect(stage.telegram.messages(ANNA.id)).toEqual([])
  })

  test('that is delivered twice is told once', async () => {
    const stage = await setStage()
    const first = stage.telegram.say(ANNA, 'x')
    const { update } = stage.telegram.say(ANNA, 'y', { editOf: first.messageId })
    await settled(stage, update.update_id)
    stage.telegram.raw(update)
    await settled(stage, stage.telegram.say(ANNA, 'z').update.update_id)
    expect(eventsOf(stage)).toHaveLength(1)
  })

  test.each([
    ['of a caption', { caption: 'new', photo: [{ file_id: 'p', width: 1, height: 1 }] }],
    ['of a forwarded message', { text: 'new', forward_origin: { type: 'hidden_user' } }],
    ['for another bot', { text: '/meeting@OtherBot Acme' }],
    ['without a number', { text: 'new', message_id: 'x' }],
    ['in a group', { text: '/meeting Acme', chat: { id: GROUP.id, type: 'supergroup' } }],
    ['by nobody', { text: 'new', from: null }],
  ])('%s says nothing', async (_name, fields) => {
    const stage = await rawMessage(fields, 'edited_message')
    expect(stage.dispatcher.heard).toEqual([])
    expect(stage.telegram.calls.filter(({ method }) => method === 'sendMessage')).toEqual([])
  })
})

describe('the time of a message', () => {
  test.each([[0], [-5], [8.64e12], [1.5], ['today'], [null]])(
    '%s is none, and nothing breaks',
    async (date) => {
      const stage = await rawMessage({ text: 'hello', date })
      expect(stage.dispatcher.heard.map(({ saidAt }) => saidAt)).toEqual([undefined])
    },
  )
})

test('an event whose work fails again and again ends with an apology', async () => {
  const stage = await setStage({ script: () => Promise.reject(new Error('the dialogues are away')) })
  stage.telegram.share(ANNA, { kind: 'location', latitude: 1, longitude: 2 })
  expect((await stage.telegram.waitForMessage(ANNA.id)).text).toMatch(/Something went wrong on my side/)
})
