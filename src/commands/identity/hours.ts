import { z } from 'zod'
import {
  countryName,
  countryNamed,
  type Hours,
  isNever,
  timeOfDay,
  timesFromTo,
  weekdaysNamed,
} from '../../domain/identity/hours.ts'
import type { Actor, Language } from '../../domain/shared/actor.ts'
import { replanReminders } from '../follow-ups/replan.ts'
import { type Answer, defineCommand } from '../kit/command.ts'
import type { Choice, Form } from '../kit/form.ts'
import { EVERYONE } from '../kit/roles.ts'
import { type Button, type Field, plain, say, show, type Text, type View } from '../kit/view.ts'

/** "That of my time zone", as a form value: an empty one would mean "leave it as it is". */
const BY_ZONE = 'auto'
const BY_ZONE_WORDS = /^(?:auto|авто)$/iu
/** As the hints of the form write them; the way in knows both. */
const WORDS = { en: { byZone: BY_ZONE, never: 'off' }, ru: { byZone: 'авто', never: 'нет' } } as const

const form: Form = {
  title: 'settings.hours.form',
  submit: 'settings.save',
  fields: [
    { name: 'work', label: 'settings.hours.work', kind: 'line', hint: 'settings.hours.work.hint' },
    { name: 'days', label: 'settings.hours.days', kind: 'line', hint: 'settings.hours.days.hint' },
    { name: 'quiet', label: 'settings.hours.quiet', kind: 'line', hint: 'settings.hours.quiet.hint' },
    { name: 'digest', label: 'settings.hours.digest', kind: 'line', hint: 'settings.hours.digest.hint' },
    { name: 'country', label: 'settings.hours.country', kind: 'line', hint: 'settings.hours.country.hint' },
  ],
}

/** Opens the form with what is set now. */
export const settingsHours = defineCommand({
  name: 'settings-hours',
  aliases: [],
  summary: 'settings.hours',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({}),
  async run({ actor }): Promise<Answer> {
    const values = Object.entries(typedOf(actor.hours, actor.language)).map(
      ([name, value]): [string, Choice] => [name, { value, label: plain(value) }],
    )
    return {
      kind: 'form',
      form: { command: 'settings-hours-save', form, values: Object.fromEntries(values), errors: {} },
    }
  },
})

const LOCALES = { en: 'en-GB', ru: 'ru-RU' } as const
/** 5 January 1970 was a Monday. */
const MONDAY = 4 * 86_400_000

function weekdayNames(days: readonly number[], language: Language): string[] {
  const format = new Intl.DateTimeFormat(LOCALES[language], { weekday: 'short', timeZone: 'UTC' })
  return days.map((day) => format.format(MONDAY + (day - 1) * 86_400_000))
}

/** The hours as somebody would type them; the form and the way back read them again. */
function typedOf(hours: Hours, language: Language): Record<string, string> {
  const { workFrom, workTo, workDays, quietFrom, quietTo, digestAt, country } = hours
  return {
    work: `${workFrom}–${workTo}`,
    days: weekdayNames(workDays, language).join(', '),
    quiet: quietFrom === quietTo ? WORDS[language].never : `${quietFrom}–${quietTo}`,
    digest: digestAt ?? WORDS[language].never,
    country: country ? countryName(country, language) : WORDS[language].byZone,
  }
}

const isCountry = (text: string) => BY_ZONE_WORDS.test(text) || countryNamed(text) !== null
const isWork = (text: string) => {
  const times = timesFromTo(text)
  return times !== null && times[0] < times[1]
}

export const settingsHoursSave = defineCommand({
  name: 'settings-hours-save',
  aliases: [],
  summary: 'settings.hours',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form,
  // What is not sent stays as it is.
  input: z.object({
    work: z.string().max(60).refine(isWork, { error: 'error.wrongWork' }).optional(),
    days: z
      .string()
      .max(100)
      .refine((text) => weekdaysNamed(text) !== null, { error: 'error.wrongDays' })
      .optional(),
    quiet: z
      .string()
      .max(60)
      .refine((text) => isNever(text) || timesFromTo(text) !== null, { error: 'error.wrongQuiet' })
      .optional(),
    digest: z
      .string()
      .max(60)
      .refine((text) => isNever(text) || timeOfDay(text) !== null, { error: 'error.wrongDigest' })
      .optional(),
    country: z.string().max(80).refine(isCountry, { error: 'error.wrongCountry' }).optional(),
    undo: z.literal('yes').optional(),
  }),

  async run(context, { undo, ...typed }) {
    const { actor, work, channel } = context
    const before = actor.hours
    const after: Hours = { ...before, ...hoursTyped(typed) }
    if (JSON.stringify(before) === JSON.stringify(after)) {
      return show([{ kind: 'text', text: say('settings.unchanged') }, ...hoursView(actor, after, null)])
    }
    await work.people.saveSettings(actor.id, after)
    await replanReminders(context, { timeZone: actor.timeZone, hours: after })
    await work.audit.write({
      actorId: actor.id,
      channel,
      action: 'settings.hours',
      subject: actor.id,
      before,
      after,
    })
    const done = undo ? say('settings.undone') : say('settings.saved')
    return show([
      { kind: 'text', tone: 'good', text: done },
      ...hoursView(actor, after, undo ? null : before),
    ])
  },
})

type Typed = Readonly<Partial<Record<'work' | 'days' | 'quiet' | 'digest' | 'country', string | undefined>>>

/** What the schema has let through; two equal times are no quiet hour at all. */
function hoursTyped({ work, days, quiet, digest, country }: Typed): Partial<Hours> {
  const works = work === undefined ? null : timesFromTo(work)
  const quiets =
    quiet === undefined ? null : isNever(quiet) ? (['00:00', '00:00'] as const) : timesFromTo(quiet)
  const workDays = days === undefined ? null : weekdaysNamed(days)
  return {
    ...(works ? { workFrom: works[0], workTo: works[1] } : {}),
    ...(workDays ? { workDays } : {}),
    ...(quiets ? { quietFrom: quiets[0], quietTo: quiets[1] } : {}),
    ...(digest === undefined ? {} : { digestAt: isNever(digest) ? null : timeOfDay(digest) }),
    ...(country === undefined ? {} : { country: BY_ZONE_WORDS.test(country) ? null : countryNamed(country) }),
  }
}

function hoursView(actor: Actor, hours: Hours, before: Hours | null): View {
  const undo: Button[] = before
    ? [
        {
          label: say('settings.undo'),
          command: 'settings-hours-save',
          args: { ...typedOf(before, actor.language), undo: 'yes' },
        },
      ]
    : []
  return [
    { kind: 'heading', text: say('settings.hours') },
    { kind: 'fields', fields: hoursFields(hours, actor.language) },
    {
      kind: 'buttons',
      buttons: [hoursButton, { label: say('settings.title'), command: 'settings', args: {} }, ...undo],
    },
  ]
}

export const hoursButton: Button = { label: say('settings.hours'), command: 'settings-hours', args: {} }

export function hoursFields(hours: Hours, language: Language): Field[] {
  const { workFrom, workTo, workDays, quietFrom, quietTo, digestAt, country } = hours
  const span = (from: string, to: string) => plain(`${from}–${to}`)
  const days: Text = say('list', { items: { list: weekdayNames(workDays, language).map(plain) } })
  return [
    { label: say('settings.hours.work'), value: span(workFrom, workTo) },
    { label: say('settings.hours.days'), value: days },
    {
      label: say('settings.hours.quiet'),
      value: quietFrom === quietTo ? say('settings.hours.none') : span(quietFrom, quietTo),
    },
    {
      label: say('settings.hours.digest'),
      value: digestAt ? plain(digestAt) : say('settings.hours.digest.off'),
    },
    {
      label: say('settings.hours.country'),
      value: country ? plain(countryName(country, language)) : say('settings.hours.country.byZone'),
    },
  ]
}
