import { z } from 'zod'
import { PLATFORMS } from '../../domain/shared/actor.ts'
import type { Point, When } from '../../domain/when/reading.ts'
import { pointAt } from '../../domain/when/wall-clock.ts'
import { minutesOf } from '../../domain/follow-ups/schedule.ts'
import type { Context } from '../kit/command.ts'
import { keepDraft, withAccountNow } from '../kit/draft.ts'

const KIND = 'meeting'

const MOMENT = String.raw`\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?: (?:[01]\d|2[0-3]):[0-5]\d)?`
/** A day with or without a time, or two of them: `2026-11-25 12:00/2026-11-25 13:00`. */
export const CHOICE = new RegExp(`^${MOMENT}(?:/${MOMENT})?$`)

/** An e-mail is no meeting, but records of other systems know it as one. */
const KINDS = ['VISIT', 'CALL', 'ONLINE', 'INFORMAL', 'MEETING', 'EMAIL'] as const

/** The fields of the form, as they were filled in. */
export const FORM_FIELDS = ['when', 'kind', 'mood', 'attendees', 'notes', 'next', 'they'] as const
export type Filled = Readonly<Partial<Record<(typeof FORM_FIELDS)[number], string>>>

const TOLD = z.object({
  /** When the words were said, and when the first of them were: a form may be sent days after the line it came from. */
  saidAt: z.string(),
  firstSaidAt: z.string(),
  source: z.object({ platform: z.enum(PLATFORMS), chat: z.string(), message: z.string() }).nullable(),
  /** The line as it was written; null when all came from a form. */
  line: z.string().nullable(),
  /** The kind that the command itself named; what the line says goes before it. */
  kind: z.enum(KINDS).nullable(),
  /** What a form says goes before what the line said. */
  form: z.partialRecord(z.enum(FORM_FIELDS), z.string()).nullable(),
  account: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** Where the account's name stands in the line. */
  named: z.object({ from: z.number(), to: z.number(), text: z.string() }).nullable(),
  /** The answers given so far. */
  tense: z.enum(['past', 'future']).nullable(),
  when: z.string().regex(CHOICE).nullable(),
  /** By the place of the step among the steps. */
  steps: z.record(z.string(), z.string().regex(CHOICE)),
})

/** What somebody told of a meeting, with the answers to what was doubtful. */
export type Told = Readonly<z.infer<typeof TOLD>>

export function toldByLine(
  { saidAt, source }: Pick<Context, 'saidAt' | 'source'>,
  line: string,
  kind: Told['kind'] = null,
): Told {
  const at = saidAt.toISOString()
  return { ...NOTHING, saidAt: at, firstSaidAt: at, source, line, kind }
}

/** What a form says. The line that it was opened from stays the original. */
export function toldByForm(
  { saidAt }: Pick<Context, 'saidAt'>,
  before: Told | null,
  told: Pick<Told, 'form' | 'account'>,
): Told {
  const { line, source } = before ?? NOTHING
  const at = saidAt.toISOString()
  return { ...NOTHING, saidAt: at, firstSaidAt: before?.firstSaidAt ?? at, source, line, ...told }
}

const NOTHING: Omit<Told, 'saidAt' | 'firstSaidAt'> = {
  source: null,
  line: null,
  kind: null,
  form: null,
  account: null,
  named: null,
  tense: null,
  when: null,
  steps: {},
}

export const keepTold = (context: Context, told: Told, draft: string | null): Promise<string> =>
  keepDraft(context, KIND, told, draft)

/** Null when it was answered to the end, or a week has gone by. An account that was lost since then is not in it. */
export async function toldBefore(context: Context, draft: string): Promise<Told | null> {
  const { work, actor, now } = context
  const read = TOLD.safeParse(await work.drafts.find(draft, actor.id, KIND, now))
  return read.success ? withAccountNow(context, read.data) : null
}

/** A time as a button carries it. */
export const choiceOf = ({ until, ...from }: When): string =>
  until ? `${momentOf(from)}/${momentOf(until)}` : momentOf(from)

const momentOf = ({ day, time }: Pick<Point, 'day' | 'time'>) => (time ? `${day} ${time}` : day)

export function whenChosen(choice: string, timeZone: string): When {
  const [from = '', until] = choice.split('/')
  return { ...pointChosen(from, timeZone), until: until ? pointChosen(until, timeZone) : null }
}

function pointChosen(text: string, timeZone: string): Point {
  const [day = '', time] = text.split(' ')
  return time ? pointAt(timeZone, { day, minutes: minutesOf(time) }) : { day, time: null, instant: null }
}
