import { z } from 'zod'
import { account as accountCommand } from '../accounts/account.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { blankIsNothing } from '../kit/blank.ts'
import { refusal } from '../kit/errors.ts'
import { isMoment } from '../kit/moment-input.ts'
import { LONGEST_LINE } from '../kit/parse.ts'
import { say, show } from '../kit/view.ts'
import { accountSeen, WRITERS } from './access.ts'
import { impossibleText, impossibleView, questionView } from './ask.ts'
import { meetingCard } from './card.ts'
import { newestWords } from './early-edit.ts'
import { inNewestWords } from './edit-of-line.ts'
import { formOfTold, KINDS, LONGEST_FIELD, LONGEST_NOTES, meetingForm, MOODS, openForm } from './form.ts'
import { momentWords } from './phrases.ts'
import { tellsOfMeeting } from './plain-talk.ts'
import { type Reading, readTold } from './read-line.ts'
import { CHOICE, keepTold, type Told, toldBefore, toldByForm, toldByLine } from './told.ts'
import { logMeeting } from './write.ts'

const id = z.string().min(1).max(64)
const optionalId = z.preprocess(blankIsNothing, id.optional())
const words = (most: number) =>
  z.preprocess(blankIsNothing, z.string().max(most, { error: 'error.meetingTooLong' }).optional())

/** What both forms of a meeting ask. */
export const contentFields = {
  when: words(LONGEST_FIELD),
  kind: z.preprocess(blankIsNothing, z.enum([...KINDS, 'EMAIL']).optional()),
  mood: z.preprocess(blankIsNothing, z.enum(MOODS).optional()),
  attendees: words(LONGEST_FIELD),
  notes: words(LONGEST_NOTES),
}

const formInput = {
  ...contentFields,
  next: words(LONGEST_FIELD),
  they: words(LONGEST_FIELD),
  draft: optionalId,
}

/** `at` is said by a shared place: whoever shares it is there now. */
const meetingInput = z.object({
  ...formInput,
  account: optionalId,
  at: z.literal('now').optional(),
  line: z.string().max(LONGEST_LINE).optional(),
  /** The line came without a command. */
  plain: z.literal('yes').optional(),
})
type MeetingInput = Readonly<z.infer<typeof meetingInput>>

export const meeting = defineCommand({
  name: 'meeting',
  aliases: ['m', 'meet', 'визит', 'встреча'],
  summary: 'meeting.summary',
  example: 'meeting.example',
  roles: WRITERS,
  effect: 'write',
  listed: true,
  input: meetingInput,
  form: meetingForm,
  parse: (text, typed) => ({ ...(text ? { line: text } : {}), ...kindOf(typed) }),
  plain: (text) => (tellsOfMeeting(text) ? { line: text, plain: 'yes' } : null),

  async run(context, input) {
    const { draft } = input
    const line = input.line && (await newestWords(context, input.line))
    if (line) {
      const card = input.plain ? await cardOfName(context, line) : null
      return card ?? answerTo(context, await readTold(context, toldByLine(context, line, input.kind)), null)
    }
    if (!draft) return { kind: 'form', form: await newForm(context, input) }
    const told = await toldBefore(context, draft)
    if (!told) return answered()
    return { kind: 'form', form: formOfTold(context.actor, await inNewestWords(context, told), draft) }
  },
})

/** «Визит» is the command and the kind of meeting at once. */
const kindOf = (typed: string | undefined) => (typed === 'визит' ? { kind: 'VISIT' } : {})

/** A line that is nothing but the name of an account opens its card, whatever else it sounds like. */
async function cardOfName(context: Context, line: string): Promise<Answer | null> {
  const { work, actor } = context
  if (!(await work.accounts.factsByName(line, actor.sight, context))) return null
  const card = accountCommand.prepare({ name: line })
  return card.ok ? card.run(context) : null
}

async function newForm(context: Context, { account, at, when, kind, ...rest }: MeetingInput) {
  const { actor, saidAt, today } = context
  const now = momentWords({ day: today, startsAt: saidAt.toISOString(), endsAt: null }, actor)
  const { mood, attendees, notes, next, they } = rest
  return openForm({
    command: 'meeting-save',
    form: meetingForm,
    filled: filledFields({ when: when ?? (at ? now : undefined), kind, mood, attendees, notes, next, they }),
    account: account ? await accountSeen(context, account) : null,
  })
}

const filledFields = (fields: Readonly<Record<string, string | undefined>>): NonNullable<Told['form']> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

const answered = (): Answer => show([{ kind: 'text', tone: 'warn', text: say('meeting.answered') }])

/** The form as it was sent. What is wrong comes back in it, what is doubtful is asked like that of a line. */
export const meetingSave = defineCommand({
  name: 'meeting-save',
  aliases: [],
  summary: 'meeting.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  form: meetingForm,
  input: z.object({
    ...formInput,
    account: z.string({ error: 'error.meetingAccount' }).min(1, { error: 'error.meetingAccount' }).max(64),
  }),

  async run(context, { draft, account, ...fields }) {
    const before = draft ? await toldBefore(context, draft) : null
    if (draft && !before) return answered()
    const sent = { form: filledFields(fields), account: await accountSeen(context, account) }
    const told = await inNewestWords(context, toldByForm(context, before, sent))
    const reading = await readTold(context, told)
    if (reading.kind !== 'impossible') return answerTo(context, reading, draft ?? null)
    const { step } = reading.impossible
    const wrong = step ? (step.promisedBy === 'US' ? 'next' : 'they') : 'when'
    const errors = { [wrong]: impossibleText(reading.impossible) }
    return { kind: 'form', form: formOfTold(context.actor, told, draft ?? null, errors) }
  },
})

/** The answer to a question. The last one writes. */
export const meetingAnswer = defineCommand({
  name: 'meeting-answer',
  aliases: [],
  summary: 'meeting.summary',
  roles: WRITERS,
  effect: 'write',
  listed: false,
  input: z.object({
    draft: id,
    field: z.string().regex(/^(?:account|tense|when|step\d{1,3})$/),
    value: z.string().min(1).max(64),
  }),

  async run(context, { draft, field, value }) {
    const told = await toldBefore(context, draft)
    if (!told) return answered()
    const next = await withAnswer(context, told, field, value)
    if (!next) return refusal('error.oldButton')
    const newest = await inNewestWords(context, next, field === 'account')
    return answerTo(context, await readTold(context, newest), draft)
  },
})

async function withAnswer(context: Context, told: Told, field: string, value: string): Promise<Told | null> {
  if (field === 'account') {
    const { id: account, name } = await accountSeen(context, value)
    return { ...told, account: { id: account, name } }
  }
  if (field === 'tense') return value === 'past' || value === 'future' ? { ...told, tense: value } : null
  if (!CHOICE.test(value) || !value.split('/').every(isMoment)) return null
  if (field === 'when') return { ...told, when: value }
  return { ...told, steps: { ...told.steps, [field.slice('step'.length)]: value } }
}

/** The meeting with its card, or what stands in its way, with everything kept. */
async function answerTo(context: Context, reading: Reading, draft: string | null): Promise<Answer> {
  const { actor, work } = context
  if (reading.kind !== 'ready') {
    const { told } = reading
    const kept = await keepTold(context, told, draft)
    return show(
      reading.kind === 'question'
        ? questionView(context, told, reading.question, kept)
        : impossibleView(told, reading.impossible, kept),
    )
  }
  // Of two last answers at the same moment one finds the draft, and writes.
  if (draft && !(await work.drafts.remove(draft, actor.id))) return answered()
  const { meeting: logged, followUps } = await logMeeting(context, reading.resolved)
  const lead = say(logged.status === 'HELD' ? 'meeting.logged' : 'meeting.planned')
  return show(meetingCard(logged, followUps, { actor, lead, fresh: true }))
}
