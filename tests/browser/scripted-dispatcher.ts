import { USUAL_HOURS } from '../../src/domain/identity/hours.ts'
import type { Shown } from '../../src/commands/kit/command.ts'
import type { Choice } from '../../src/commands/kit/form.ts'
import type { Dispatcher, Invocation, Reply } from '../../src/commands/kit/invocation.ts'
import { plain, say, show, type View } from '../../src/commands/kit/view.ts'
import type { Persona } from '../../src/bots/web/personas.ts'
import type { Actor, Language } from '../../src/domain/shared/actor.ts'
import { logForm } from './scripted-forms.ts'
import { accountCard, invoicesOf, myAccounts, settingsForm } from './scripted-views.ts'

export const PERSONAS: readonly Persona[] = [
  { id: 'anna', name: 'Anna Petrova', role: 'KAM', language: 'en', about: null },
  { id: 'ivan', name: 'Иван Соколов', role: 'KAM', language: 'ru', about: null },
  { id: 'boris', name: 'Boris Klein', role: 'MANAGER', language: 'en', about: null },
  { id: 'carla', name: 'Carla Mendes', role: 'DIRECTOR', language: 'en', about: null },
  { id: 'dina', name: 'Дина Орлова', role: 'FINANCE', language: 'ru', about: null },
  { id: 'admin', name: 'Sam Okafor', role: 'ADMIN', language: 'en', about: null },
]

export const ACCOUNTS = [
  { id: 'a1', name: 'Acme Industries GmbH' },
  { id: 'a2', name: 'ООО «Ромашка»' },
  { id: 'a3', name: 'Blumberg & Söhne' },
  { id: 'a4', name: 'Northwind Traders Ltd' },
]

/** Words that would act, were they ever taken for markup, and words that bend a layout. */
export const HOSTILE = [
  '</b></p><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">',
  '\u202Egnp.exe\u202C مرحبا 🏴‍☠️👩‍👩‍👧 \u0000end',
  'W'.repeat(10_000),
] as const

export type Scripted = Dispatcher &
  Readonly<{ heard: Invocation[] }> & {
    /** While it is away every act fails, as the real one does. */
    databaseIsAway: boolean
  }

/** Answers as the real one does, from a script, and remembers each person's language and each key. */
export function scriptedDispatcher(): Scripted {
  const heard: Invocation[] = []
  const languages = new Map<string, Language>(PERSONAS.map(({ id, language }) => [id, language]))
  const readerOf = (id: string) =>
    ({ language: languages.get(id) ?? 'en', timeZone: 'Europe/Amsterdam', currency: 'EUR' }) as const
  const scripted: Scripted = {
    heard,
    databaseIsAway: false,
    async dispatch(invocation): Promise<Reply> {
      const person = invocation.identity.externalId
      if (scripted.databaseIsAway)
        return { updateId: 'u1', reader: readerOf(person), known: true, failed: true, answer: AWAY }
      const repeat = heard.some(({ key }) => key === invocation.key)
      heard.push(invocation)
      const answer = repeat ? ({ kind: 'repeat' } as const) : answerTo(invocation, readerOf(person).language)
      const { act } = invocation
      const chosen =
        act.kind === 'submit'
          ? act.values['language']
          : act.kind === 'press'
            ? act.args['language']
            : undefined
      if ((chosen === 'en' || chosen === 'ru') && answer.kind === 'view') languages.set(person, chosen)
      return { updateId: 'u1', reader: readerOf(person), known: true, answer }
    },
    async whoIs({ externalId }): Promise<Actor | null> {
      const persona = PERSONAS.find(({ id }) => id === externalId)
      if (!persona) return null
      const { id, name, role } = persona
      const person = {
        id,
        name,
        role,
        email: `${id}@example.com`,
        sight: 'all',
        preferredChat: null,
        linked: [],
        hours: USUAL_HOURS,
        standsFor: [],
        answersFor: [],
      } as const
      return { ...person, ...readerOf(id) }
    },
    turnedAway: async () => undefined,
    async suggest(identity, kind, typed) {
      return { reader: readerOf(identity.externalId), choices: choicesFor(kind, typed.toLowerCase()) }
    },
    forget: () => Promise.resolve(),
  }
  return scripted
}

const AWAY: Shown = {
  kind: 'view',
  view: [{ kind: 'text', tone: 'bad', text: say('error.unavailable', { id: 'u1' }) }],
}

function choicesFor(kind: string, typed: string): Choice[] {
  const names = {
    timeZone: ['Europe/Amsterdam', 'Europe/Moscow', 'Asia/Tokyo'],
    currency: ['EUR', 'RUB', 'USD'],
  }
  const words = kind === 'timeZone' || kind === 'currency' ? names[kind] : null
  if (words)
    return words
      .filter((one) => one.toLowerCase().includes(typed))
      .map((value) => ({ value, label: plain(value) }))
  return ACCOUNTS.filter(({ name }) => name.toLowerCase().includes(typed)).map(({ id, name }) => ({
    value: id,
    label: plain(name),
  }))
}

function answerTo({ act, identity }: Invocation, language: Language): Shown {
  if (act.kind === 'event') throw new Error('the page makes no events')
  if (act.kind === 'line') return answerToLine(act.text.trim())
  if (act.kind === 'submit' && act.command === 'log')
    return show([{ kind: 'text', tone: 'good', text: plain(`Logged: ${act.values['note'] ?? ''}`) }])
  if (act.kind === 'submit') return answerToForm(act.values)
  const account = ACCOUNTS.find(({ id }) => id === act.args['id'])
  if (act.command === 'account')
    return show(account ? accountCard(account.name, account.id) : myAccounts(ACCOUNTS))
  if (act.command === 'settings-save') return show(settingsView())
  if (act.command === 'settings-edit') {
    const values = {
      language: { value: language, label: plain(language) },
      timeZone: { value: 'Europe/Amsterdam', label: plain('Europe/Amsterdam') },
      currency: { value: 'EUR', label: plain('EUR') },
      preferredChat: { value: 'LAST', label: say('settings.preferredChat.none') },
    }
    return { kind: 'form', form: settingsForm(values, {}) }
  }
  const name = account?.name ?? identity.externalId
  return show(invoicesOf(name, account?.id ?? ''))
}

function answerToLine(text: string): Shown {
  const [, command = '', rest = ''] = /^(?:\/(\S+)\s*)?(.*)$/s.exec(text) ?? []
  if (command === 'settings') return show(settingsView())
  if (command === 'log') return { kind: 'form', form: logForm() }
  if (command === 'hostile') return show(HOSTILE.flatMap(hostileView))
  if (command !== '' && command !== 'account' && command !== 'kamerton') {
    const view: View = [
      { kind: 'text', tone: 'bad', text: say('error.unknownCommand', { typed: `/${command}` }) },
    ]
    return show([
      ...view,
      { kind: 'buttons', buttons: [{ label: say('help.button'), command: 'account', args: {} }] },
    ])
  }
  if (rest === '') return show(myAccounts(ACCOUNTS))
  const found = ACCOUNTS.find(({ name }) => name.toLowerCase().includes(rest.toLowerCase()))
  if (found) return show(accountCard(found.name, found.id))
  return show([
    { kind: 'text', tone: 'warn', text: say('account.notFound', { name: plain(rest.slice(0, 60)) }) },
    { kind: 'note', text: say('account.notFound.hint') },
  ])
}

function settingsView(): View {
  return [
    { kind: 'heading', text: say('settings.title') },
    { kind: 'fields', fields: [{ label: say('settings.currency'), value: plain('EUR') }] },
    {
      kind: 'buttons',
      buttons: [
        { label: say('settings.change'), command: 'settings-edit', args: {}, style: 'primary' },
        { label: say('language.ru'), command: 'settings-save', args: { language: 'ru' } },
        { label: say('form.cancel'), command: 'account', args: {}, style: 'danger' },
      ],
    },
  ]
}

function answerToForm(values: Readonly<Record<string, string>>): Shown {
  const known = ['EUR', 'RUB', 'USD'].includes((values['currency'] ?? '').toUpperCase())
  if (known) return show([{ kind: 'text', tone: 'good', text: say('settings.saved') }, ...settingsView()])
  const kept = Object.entries(values).map(([name, value]) => [name, { value, label: plain(value) }] as const)
  return {
    kind: 'form',
    form: settingsForm(Object.fromEntries(kept), { currency: say('error.wrongCurrency') }),
  }
}

function hostileView(words: string): View {
  const text = plain(words)
  return [
    { kind: 'heading', text, badge: { text, tone: 'warn' } },
    { kind: 'text', text },
    { kind: 'fields', title: text, fields: [{ label: text, value: text, tone: 'bad' }] },
    { kind: 'list', title: text, items: [{ text }, { text, tone: 'good' }] },
    {
      kind: 'table',
      title: text,
      columns: [{ label: text }, { label: text, align: 'end' }],
      rows: [[text, text]],
    },
    { kind: 'note', text },
    { kind: 'buttons', buttons: [{ label: text, command: 'account', args: {} }] },
  ]
}
