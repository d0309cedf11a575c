import { z } from 'zod'
import { isCurrency, isTimeZone, type Settings, settingsOf } from '../../domain/identity/person.ts'
import { type Actor, LANGUAGES, PLATFORMS } from '../../domain/shared/actor.ts'
import { DomainError } from '../../domain/shared/errors.ts'
import { replanReminders } from '../follow-ups/replan.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import type { Choice, Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Button, plain, say, show, type View } from '../kit/view.ts'
import { hoursButton, hoursFields } from './hours.ts'

/** The chosen "wherever you wrote last", as a form value: an empty one would mean "leave it as it is". */
const LAST_USED = 'LAST'

const form: Form = {
  title: 'settings.form',
  submit: 'settings.save',
  fields: [
    {
      name: 'language',
      label: 'settings.language',
      kind: 'choice',
      choices: LANGUAGES.map((value) => ({ value, label: { key: `language.${value}` } as const })),
    },
    { name: 'timeZone', label: 'settings.timeZone', kind: 'timeZone', hint: 'settings.timeZone.hint' },
    { name: 'currency', label: 'settings.currency', kind: 'currency', hint: 'settings.currency.hint' },
    {
      name: 'preferredChat',
      label: 'settings.preferredChat',
      kind: 'choice',
      optional: true,
      choices: [LAST_USED, ...PLATFORMS].map(chatChoice),
    },
  ],
}

function chatChoice(value: string): Choice {
  const platform = PLATFORMS.find((one) => one === value)
  return { value, label: platform ? { key: `platform.${platform}` } : say('settings.preferredChat.none') }
}

export const settings = defineCommand({
  name: 'settings',
  aliases: ['настройки'],
  summary: 'settings.summary',
  example: 'settings.example',
  roles: EVERYONE,
  effect: 'read',
  listed: true,
  input: z.object({}),
  async run({ actor, now }) {
    return show(settingsView(actor, actor, now))
  },
})

/** Opens the form with what is set now; only chats where this person is linked are offered. */
export const settingsEdit = defineCommand({
  name: 'settings-edit',
  aliases: [],
  summary: 'settings.change',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({}),
  async run({ actor }): Promise<Answer> {
    const chats = new Set<string>([LAST_USED, ...actor.linked])
    const chosen = actor.preferredChat ?? LAST_USED
    const fields = form.fields.map((field) =>
      field.name === 'preferredChat'
        ? { ...field, choices: field.choices?.filter(({ value }) => chats.has(value)) ?? [] }
        : field,
    )
    const values = {
      language: { value: actor.language, label: { key: `language.${actor.language}` } as const },
      timeZone: { value: actor.timeZone, label: plain(actor.timeZone) },
      currency: { value: actor.currency, label: plain(actor.currency) },
      preferredChat: chatChoice(chats.has(chosen) ? chosen : LAST_USED),
    }
    return { kind: 'form', form: { command: 'settings-save', form: { ...form, fields }, values, errors: {} } }
  },
})

const upper = (value: unknown) => (typeof value === 'string' ? value.toUpperCase() : value)

export const settingsSave = defineCommand({
  name: 'settings-save',
  aliases: [],
  summary: 'settings.save',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form,
  // What is not sent stays as it is, so that one button can switch just the language.
  input: z.object({
    language: z.enum(LANGUAGES, { error: 'error.wrongLanguage' }).optional(),
    timeZone: z.string().refine(isTimeZone, { error: 'error.wrongTimeZone' }).optional(),
    currency: z.preprocess(upper, z.string().refine(isCurrency, { error: 'error.wrongCurrency' }).optional()),
    preferredChat: z.enum([LAST_USED, ...PLATFORMS]).optional(),
    undo: z.literal('yes').optional(),
  }),

  async run(context, { undo, preferredChat, ...changed }) {
    const { actor, work, now, channel } = context
    const before = settingsOf(actor)
    const chat = preferredChat === LAST_USED ? null : (preferredChat ?? before.preferredChat)
    // What they chose before may be linked no more: that is no reason to refuse the rest.
    if (chat && chat !== before.preferredChat && !actor.linked.includes(chat))
      throw new DomainError('notLinkedThere')
    const given: Partial<Settings> = {
      ...Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined)),
      ...(preferredChat ? { preferredChat: chat } : {}),
    }
    const after: Settings = { ...before, ...given }
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return show([{ kind: 'text', text: say('settings.unchanged') }, ...settingsView(actor, after, now)])
    }
    await work.people.saveSettings(actor.id, given)
    if (after.timeZone !== before.timeZone) {
      await replanReminders(context, { timeZone: after.timeZone, hours: actor.hours })
    }
    await work.audit.write({
      actorId: actor.id,
      channel,
      action: 'settings.change',
      subject: actor.id,
      before,
      after,
    })
    const done = undo ? say('settings.undone') : say('settings.saved')
    return show([
      { kind: 'text', tone: 'good', text: done },
      ...settingsView(actor, after, now, undo ? null : before),
    ])
  },
})

function settingsView(
  actor: Actor,
  current: Settings,
  now: Context['now'],
  before: Settings | null = null,
): View {
  const linked = actor.linked.map((platform) => ({ key: `platform.${platform}` }) as const)
  return [
    { kind: 'heading', text: say('settings.title') },
    {
      kind: 'fields',
      fields: [
        { label: say('settings.language'), value: { key: `language.${current.language}` } },
        {
          label: say('settings.timeZone'),
          value: say('settings.timeZone.value', {
            zone: plain(current.timeZone),
            now: { instant: now.toISOString() },
          }),
        },
        { label: say('settings.currency'), value: plain(current.currency) },
        { label: say('settings.preferredChat'), value: chatChoice(current.preferredChat ?? LAST_USED).label },
        {
          label: say('settings.linked'),
          value: linked.length > 0 ? say('list', { items: { list: linked } }) : say('settings.linked.none'),
        },
        ...hoursFields(actor.hours, current.language),
      ],
    },
    { kind: 'buttons', buttons: [...switches(current), change, hoursButton, ...undoOf(before)] },
  ]
}

const change: Button = { label: say('settings.change'), command: 'settings-edit', args: {}, style: 'primary' }

/** The other language by one press, in its own words. */
function switches(current: Settings): Button[] {
  return LANGUAGES.filter((language) => language !== current.language).map((language) => ({
    label: { key: `language.${language}` } as const,
    command: 'settings-save',
    args: { language },
  }))
}

function undoOf(before: Settings | null): Button[] {
  if (!before) return []
  const args = { ...before, preferredChat: before.preferredChat ?? LAST_USED, undo: 'yes' }
  return [{ label: say('settings.undo'), command: 'settings-save', args }]
}
