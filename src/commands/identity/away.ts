import { z } from 'zod'
import { fromToday } from '../../domain/identity/absence.ts'
import type { DaysReading, SaidDays } from '../../domain/identity/read-absence.ts'
import type { Impossibility } from '../../domain/when/reading.ts'
import { type Answer, type Command, type Context, defineCommand } from '../kit/command.ts'
import { blankIsNothing } from '../kit/blank.ts'
import type { Choice, Form, OpenForm } from '../kit/form.ts'
import { LONGEST_LINE } from '../kit/parse.ts'
import { EVERYONE } from '../kit/roles.ts'
import { plain, say, show, type Text } from '../kit/view.ts'
import { awayCancel, awayEnd, awayRestore } from './away-end.ts'
import { askDays, askSubstitute, askUntil } from './away-ask.ts'
import { addAbsence, check, type Refusal } from './away-plan.ts'
import { findSubstitute, type Found, NOTHING, readLine, type Said, saidBefore } from './away-said.ts'
import { absenceCard, statusView } from './away-view.ts'

const LONGEST = 200
const id = z.string().min(1).max(64)

const form: Form = {
  title: 'away.form',
  submit: 'away.form.submit',
  fields: [
    { name: 'from', label: 'away.form.from', kind: 'line', hint: 'away.form.from.hint' },
    { name: 'until', label: 'away.form.until', kind: 'line', optional: true, hint: 'away.form.until.hint' },
    { name: 'substitute', label: 'away.substitute', kind: 'person', hint: 'away.substitute.hint' },
  ],
}

const away = defineCommand({
  name: 'away',
  aliases: ['отсутствие', 'отпуск', 'absence', 'vacation'],
  summary: 'away.summary',
  example: 'away.example',
  roles: EVERYONE,
  effect: 'write',
  listed: true,
  input: z.object({ line: z.string().max(LONGEST_LINE).optional() }),
  parse: (line) => (line ? { line } : {}),
  async run(context, { line }) {
    return line ? fromLine(context, line) : show(await statusView(context))
  },
})

/** Opens the form, with what an unanswered line has said already. */
const awayEdit = defineCommand({
  name: 'away-edit',
  aliases: [],
  summary: 'away.form',
  roles: EVERYONE,
  effect: 'read',
  listed: false,
  input: z.object({ draft: id.optional() }),
  async run(context, { draft }): Promise<Answer> {
    const said = draft ? await saidBefore(context, draft) : NOTHING
    if (!said) return answered()
    const known = said.substitute ? await findById(context, said.substitute) : null
    const { days } = said
    return {
      kind: 'form',
      form: openForm({
        from: days ? typed(days.startsOn) : null,
        until: days?.endsOn ? typed(days.endsOn) : null,
        substitute: known && { value: known.id, label: plain(known.name) },
        draft: draft ? typed(draft) : null,
      }),
    }
  },
})

const findById = async ({ work }: Context, person: string) =>
  (await work.absences.colleagues()).find((one) => one.id === person && one.active) ?? null

/** The answer to a question about a line: which days, or who. */
const awayPick = defineCommand({
  name: 'away-pick',
  aliases: [],
  summary: 'away.summary',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({
    draft: id,
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    substitute: id.optional(),
  }),
  async run(context, { draft, from, until, substitute }) {
    const said = await saidBefore(context, draft)
    if (!said) return answered()
    const days = from ? { startsOn: from, endsOn: until ?? null } : said.days
    return goOn(context, { ...said, days, substitute: substitute ?? said.substitute }, draft)
  },
})

const awaySave = defineCommand({
  name: 'away-save',
  aliases: [],
  summary: 'away.form',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  form,
  input: z.object({
    from: z.string().min(1, { error: 'error.awayDays' }).max(LONGEST, { error: 'error.awayDays' }),
    until: z.preprocess(blankIsNothing, z.string().max(LONGEST, { error: 'error.awayDays' }).optional()),
    substitute: z.string().min(1, { error: 'error.awayWho' }).max(LONGEST, { error: 'error.awayWho' }),
    draft: z.preprocess(blankIsNothing, id.optional()),
  }),
  run: (context, input) => fromForm(context, input),
})

const answered = (): Answer => show([{ kind: 'text', tone: 'warn', text: say('followup.answered') }])

async function fromLine(context: Context, line: string): Promise<Answer> {
  const { days, name } = readLine(context, line)
  const found = await findSubstitute(context, name)
  const substitute = found.kind === 'one' ? found.person.id : null
  const said: Said = { ...NOTHING, substitute, name }
  if (days.kind === 'impossible') {
    return askDays(context, { said, draft: null, wrong: whyNot(days.reason) })
  }
  if (days.kind === 'doubtful') return askDays(context, { said, draft: null }, days.choices)
  return goOn(context, { ...said, days: days.kind === 'clear' ? days.days : null }, null)
}

const whyNot = (reason: Impossibility): Text => say(WHY_NOT[reason])

const WHY_NOT = {
  noSuchDay: 'away.problem.noSuchDay',
  past: 'away.problem.past',
  future: 'away.problem.noSuchDay',
  tooFar: 'away.problem.tooFar',
} as const satisfies Record<Impossibility, string>

/** As far as has been said: the next question, or the absence. */
async function goOn(context: Context, said: Said, draft: string | null): Promise<Answer> {
  const { days, substitute } = said
  if (!days) return askDays(context, { said, draft })
  const { startsOn, endsOn } = days
  if (endsOn === null) return askUntil(context, { said, draft }, startsOn)
  if (!substitute) {
    const found = await findSubstitute(context, said.name)
    return askSubstitute(context, { said, draft, wrong: notFound(found, said.name) }, nearOf(found))
  }
  const planned = { ...fromToday({ startsOn, endsOn }, context.today), substituteId: substitute }
  const result = await plan(context, planned, draft)
  return 'refusal' in result ? askAgain(context, said, draft, result.refusal) : result.answer
}

type Planned = Parameters<typeof check>[1]

async function plan(
  context: Context,
  planned: Planned,
  draft: string | null,
): Promise<Readonly<{ answer: Answer } | { refusal: Refusal }>> {
  const checked = await check(context, planned)
  if (checked.kind === 'refused') return { refusal: checked.refusal }
  if (draft && !(await context.work.drafts.remove(draft, context.actor.id))) return { answer: answered() }
  const { substitute, behind } = checked
  const isNew = checked.kind === 'free'
  const absence = isNew ? await addAbsence(context, planned, substitute) : checked.absence
  const text = isNew ? say('away.added') : say('away.already')
  return { answer: show(await absenceCard(context, absence, { substitute, behind, said: text })) }
}

/** What is wrong is asked anew, and the rest is kept; an absence that is in the way can be ended here. */
async function askAgain(
  context: Context,
  said: Said,
  draft: string | null,
  refusal: Refusal,
): Promise<Answer> {
  const { about, text: wrong, absences } = refusal
  if (about === 'substitute') {
    const near = nearOf(await findSubstitute(context, ''))
    return askSubstitute(context, { said: { ...said, substitute: null, name: '' }, draft, wrong }, near)
  }
  if (absences.length > 0)
    return show(await statusView(context, [{ kind: 'text', tone: 'bad', text: wrong }]))
  return askDays(context, { said: { ...said, days: null }, draft, wrong })
}

const nearOf = (found: Found) => (found.kind === 'one' ? [found.person] : found.near)

function notFound(found: Found, name: string): Text | null {
  switch (found.kind) {
    case 'nobody':
      return say('away.problem.nobody', { name: plain(name) })
    case 'self':
      return say('away.problem.oneself')
    case 'left':
      return say('away.problem.left', { name: plain(found.person.name) })
    case 'several':
      return say('away.problem.several', { name: plain(name) })
    default:
      return null
  }
}

type Filled = Readonly<{
  from: string
  until?: string | undefined
  substitute: string
  draft?: string | undefined
}>

async function fromForm(context: Context, filled: Filled): Promise<Answer> {
  const days = daysFilled(context, filled)
  const person = await personFilled(context, filled.substitute)
  const errors = {
    ...('wrong' in days ? { [days.field]: days.wrong } : {}),
    ...('wrong' in person ? { substitute: person.wrong } : {}),
  }
  if ('wrong' in days || 'wrong' in person) return again(filled, person, errors)
  const { startsOn, endsOn } = days
  const planned = { ...fromToday({ startsOn, endsOn }, context.today), substituteId: person.id }
  const result = await plan(context, planned, filled.draft ?? null)
  if ('answer' in result) return result.answer
  const { about, text } = result.refusal
  return again(filled, person, { [about === 'days' ? 'from' : 'substitute']: text })
}

type DaysFilled = Readonly<{ startsOn: string; endsOn: string } | { field: 'from' | 'until'; wrong: Text }>

/** The first field may hold the whole of it: from 1 to 14 December. */
function daysFilled(context: Context, { from, until }: Filled): DaysFilled {
  const first = oneReading(readLine(context, from).days)
  if ('wrong' in first) return { field: 'from', ...first }
  if (!until) return { startsOn: first.startsOn, endsOn: first.endsOn ?? first.startsOn }
  const last = oneReading(readLine(context, until).days)
  if ('wrong' in last) return { field: 'until', ...last }
  const endsOn = last.endsOn ?? last.startsOn
  return endsOn < first.startsOn
    ? { field: 'until', wrong: say('away.problem.backwards') }
    : { startsOn: first.startsOn, endsOn }
}

function oneReading(reading: DaysReading): SaidDays | Readonly<{ wrong: Text }> {
  switch (reading.kind) {
    case 'clear':
      return reading.days
    case 'doubtful':
      return { wrong: say('away.problem.doubtful') }
    case 'impossible':
      return { wrong: whyNot(reading.reason) }
    case 'none':
      return { wrong: say('error.awayDays') }
  }
}

type PersonFilled = Readonly<{ id: string; name: string } | { wrong: Text }>

/** A searched field brings an id; where people type, a name. */
async function personFilled(context: Context, typedName: string): Promise<PersonFilled> {
  const byId = (await context.work.absences.colleagues()).find((one) => one.id === typedName)
  if (byId) return byId
  const found = await findSubstitute(context, typedName)
  if (found.kind === 'one') return found.person
  return { wrong: notFound(found, typedName) ?? say('error.awayWho') }
}

function again(
  { from, until, substitute, draft }: Filled,
  person: PersonFilled,
  errors: OpenForm['errors'],
): Answer {
  const chosen = 'id' in person ? { value: person.id, label: plain(person.name) } : typed(substitute)
  const values = { from: typed(from), until: typed(until), substitute: chosen, draft: typed(draft) }
  return { kind: 'form', form: openForm(values, errors) }
}

const typed = (value: string | undefined): Choice | null => (value ? { value, label: plain(value) } : null)

function openForm(
  filled: Readonly<Record<string, Choice | null>>,
  errors: OpenForm['errors'] = {},
): OpenForm {
  const known = Object.entries(filled).filter((entry): entry is [string, Choice] => entry[1] !== null)
  return { command: 'away-save', form, values: Object.fromEntries(known), errors }
}

export const awayCommands: readonly Command[] = [
  away,
  awayEdit,
  awayPick,
  awaySave,
  awayEnd,
  awayCancel,
  awayRestore,
]
