import { z } from 'zod'
import { account as accountCommand } from '../accounts/account.ts'
import { findAccountInLine } from '../accounts/find-in-line.ts'
import type { AccountRef } from '../../domain/accounts/account.ts'
import type { Rhythm } from '../../domain/follow-ups/schedule.ts'
import { readFollowUp } from '../../domain/talk/read-follow-up.ts'
import { type Answer, type Context, defineCommand } from '../kit/command.ts'
import { blankIsNothing } from '../kit/blank.ts'
import { talkContext } from '../kit/talk-context.ts'
import { isMoment } from '../kit/moment-input.ts'
import { LONGEST_LINE } from '../kit/parse.ts'
import { EVERYONE } from '../kit/roles.ts'
import { say, show, type Text } from '../kit/view.ts'
import { accountOf } from './access.ts'
import { askAccount, askWhen } from './ask.ts'
import { added } from './added.ts'
import { addForm, type Filled, LONGEST_WHAT, LONGEST_WHEN, openForm, repeatChosen, RHYTHMS } from './form.ts'
import { makePromise, rhythmOf } from './promise.ts'
import {
  type DueReading,
  dueOf,
  firstDue,
  keepSaid,
  readSaid,
  refOf,
  type Said,
  saidBefore,
  whatOf,
  wordsOf,
} from './said.ts'

const id = z.string().max(64)

const addInput = z.object({
  line: z.string().max(LONGEST_LINE).optional(),
  draft: z.preprocess(blankIsNothing, id.optional()),
  account: z.preprocess(blankIsNothing, id.optional()),
  meeting: z.preprocess(blankIsNothing, id.optional()),
  what: z.string().max(LONGEST_WHAT, { error: 'error.followupTooLong' }).optional(),
  when: z.string().max(LONGEST_WHEN, { error: 'error.followupWhen' }).optional(),
  promisedBy: z.preprocess(blankIsNothing, z.enum(['US', 'CLIENT']).optional()),
  repeat: z.preprocess(blankIsNothing, z.enum(RHYTHMS).optional()),
  urgent: z.preprocess(blankIsNothing, z.enum(['yes', 'no']).optional()),
})
type AddInput = Readonly<z.infer<typeof addInput>>

/** `remind me to`, «напомни мне, что»: how a line begins that is not itself what is to be done. */
const OPENING =
  /^(?:(?:me|us)\b[\s,]*(?:to|that|about)?\b|(?:мне|нам)(?=[\s,])[\s,]*(?:о том,? что\b|что(?=\s))?)[\s,:]*/iu
const PLAIN =
  /^(?:please,? remind\b|remind me\b|don['’]t let me forget\b|(?:пожалуйста,? )?напомни(?:те|ть)?(?=[\s,:]))[\s,:]*/iu

const withoutOpening = (text: string) => text.replace(OPENING, '')

export const followup = defineCommand({
  name: 'followup',
  aliases: ['f', 'напомни', 'напоминание', 'remind'],
  summary: 'followup.summary',
  example: 'followup.example',
  roles: EVERYONE,
  effect: 'write',
  listed: true,
  input: addInput,
  form: addForm,
  parse: (text) => (text ? { line: withoutOpening(text) } : {}),
  plain: (text) => (PLAIN.test(text) ? { line: withoutOpening(text.replace(PLAIN, '')) } : null),

  async run(context, input) {
    if (input.line) return fromLine(context, input.line)
    if (input.what !== undefined || input.when !== undefined) return fromForm(context, input)
    const said = input.draft ? await saidBefore(context, input.draft) : null
    if (input.draft && !said) return answered()
    return { kind: 'form', form: said ? formOf(context, said, input.draft) : await emptyForm(context, input) }
  },
})

/** The answer to a question about a line: which account, and when. */
export const followupPick = defineCommand({
  name: 'followup-pick',
  aliases: [],
  summary: 'followup.summary',
  roles: EVERYONE,
  effect: 'write',
  listed: false,
  input: z.object({
    draft: id,
    account: id.optional(),
    without: z.literal('yes').optional(),
    when: z.string().refine(isMoment).optional(),
  }),

  async run(context, { draft, account, without, when }) {
    const said = await saidBefore(context, draft)
    if (!said) return answered()
    const chosen = account ? await accountOf(context, account) : null
    const [day = '', time = null] = when?.split(' ') ?? []
    return goOn(
      context,
      {
        ...said,
        account: chosen ? refOf(chosen) : said.account,
        without: without === 'yes' || said.without,
        when: when ? { day, time } : said.when,
      },
      draft,
    )
  },
})

const answered = (): Answer => show([{ kind: 'text', tone: 'warn', text: say('followup.answered') }])

/** A dash, a dot or a blank that cannot be seen is nothing to be reminded of. */
export const saysSomething = (what: string) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(what)

/** `what we agreed`, «когда встреча»: who begins so wants to know, and not to be reminded. */
const QUESTION =
  /^(?:what|who|whom|whose|when|where|why|which|how)\b|^(?:кто|кого|кому|чей|когда|где|куда|почему|зачем|сколько|какой|какая|какое|какие|какую)(?!\p{L})/iu

const isQuestion = (line: string) =>
  QUESTION.test(line) || (/\?\s*$/u.test(line) && !/^(?:to|call|ask)\b/iu.test(line))

async function fromLine(context: Context, line: string): Promise<Answer> {
  const saidAt = context.saidAt.toISOString()
  const talk = readSaid(context, { line, saidAt })
  const found = await findAccountInLine(context, talk.names)
  const said: Said = {
    line,
    saidAt,
    named: found.named && { from: found.named.from, to: found.named.to, text: found.named.text },
    account: found.kind === 'sure' ? refOf(found.account) : null,
    without: false,
    when: null,
  }
  if (said.account && isQuestion(line)) {
    const card = accountCommand.prepare({ id: said.account.id })
    if (card.ok) return card.run(context)
  }
  if (said.account) return goOn(context, said, null)
  const near = found.kind === 'several' ? found.accounts : found.kind === 'none' ? found.nearest : []
  return askAccount(context, said, near, null)
}

/** As far as the line goes: the next question, or the promise. */
async function goOn(context: Context, said: Said, draft: string | null): Promise<Answer> {
  const talk = readSaid(context, said)
  const what = whatOf(talk, said)
  if (!said.account && !said.without) return askAccount(context, said, [], draft)
  const reading = dueOf(talk, moment(context), said.when)
  if (reading.kind === 'impossible' || !saysSomething(what)) {
    const errors =
      reading.kind === 'impossible' ? { when: whyNot(reading) } : { what: say('error.followupWhat') }
    const kept = draft ? await keepSaid(context, said, draft) : undefined
    return { kind: 'form', form: formOf(context, said, kept, errors) }
  }
  if (reading.kind !== 'due') {
    return askWhen(context, await keepSaid(context, said, draft), reading)
  }
  if (draft && !(await context.work.drafts.remove(draft, context.actor.id))) return answered()
  const followUp = await makePromise(context, {
    ...reading.due,
    what,
    promisedBy: talk.promisedBy,
    urgent: talk.urgent,
    contactName: null,
    accountId: said.account?.id ?? null,
    meetingId: null,
  })
  return added(context, followUp)
}

const moment = ({ actor, calendar, now, saidAt }: Context) => ({
  rhythm: rhythmOf(actor, calendar),
  now,
  saidAt,
})

function whyNot({ reason }: Extract<DueReading, { kind: 'impossible' }>): Text {
  return { key: `followup.when.${reason}` }
}

function formOf(
  context: Context,
  said: Said,
  draft: string | undefined,
  errors: Readonly<Record<string, Text>> = {},
) {
  const talk = readSaid(context, said)
  const when = said.when
    ? [said.when.day, said.when.time].filter(Boolean).join(' ')
    : wordsOf(said.line, talk.when)
  return openForm(
    'followup',
    addForm,
    {
      account: said.account,
      what: whatOf(talk, said),
      when,
      promisedBy: talk.promisedBy,
      same: talk.repeat,
      urgent: talk.urgent,
      ...(draft ? { hidden: { draft } } : {}),
    },
    errors,
  )
}

async function emptyForm(context: Context, { account, meeting }: AddInput) {
  const known = account ? await accountOf(context, account) : null
  return openForm('followup', addForm, { account: known, ...(meeting ? { hidden: { meeting } } : {}) })
}

async function fromForm(context: Context, input: AddInput): Promise<Answer> {
  const { actor, work } = context
  const account = input.account ? await accountOf(context, input.account) : null
  const what = input.what?.trim() ?? ''
  const draft = input.draft ? await saidBefore(context, input.draft) : null
  if (input.draft && !draft) return answered()
  const same = draft ? readSaid(context, draft).repeat : null
  const talk = readFollowUp(input.when ?? '', talkContext(actor, context.saidAt))
  const reading = dueOf(talk, moment(context))
  const errors: Record<string, Text> = {
    ...(!saysSomething(what) ? { what: say('error.followupWhat') } : {}),
    ...(reading.kind === 'due' ? {} : { when: notUnderstood(reading) }),
  }
  if (reading.kind !== 'due' || !saysSomething(what)) {
    return { kind: 'form', form: openForm('followup', addForm, filledBy(input, account, same), errors) }
  }
  if (input.draft && !(await work.drafts.remove(input.draft, actor.id))) return answered()
  const meetingId = await meetingOf(context, input.meeting, account)
  const followUp = await makePromise(context, {
    ...withRepeat(moment(context), reading.due, input, same),
    what,
    promisedBy: input.promisedBy ?? 'US',
    urgent: input.urgent === 'yes' || talk.urgent,
    contactName: null,
    accountId: account?.id ?? null,
    meetingId,
  })
  return added(context, followUp)
}

export function notUnderstood(reading: Exclude<DueReading, { kind: 'due' }>): Text {
  if (reading.kind === 'impossible') return whyNot(reading)
  return say(reading.kind === 'open' ? 'error.followupWhen' : 'followup.when.doubtful')
}

type Due = Extract<DueReading, { kind: 'due' }>['due']

/** What was chosen as the rhythm, unless the time itself named one: `every Monday 9:00`. */
export function withRepeat(
  { rhythm, now }: Readonly<{ rhythm: Rhythm; now: Date }>,
  due: Due,
  { repeat }: Pick<AddInput, 'repeat'>,
  same: Due['repeat'],
): Due {
  const chosen = due.repeat ?? repeatChosen(repeat, due.dueOn, same)
  if (!chosen || due.repeat) return due
  return firstDue(chosen, { day: due.dueOn, time: due.dueTime }, rhythm, now)
}

/** The meeting that it came from, when the asker may see it and it is one of that account: its card shows the promise. */
async function meetingOf(
  { actor, work }: Context,
  subject: string | undefined,
  account: AccountRef | null,
): Promise<string | null> {
  const meeting = subject && account ? await work.meetings.find(subject, actor.sight) : null
  return meeting && meeting.account.id === account?.id ? meeting.id : null
}

function filledBy(input: AddInput, account: Filled['account'], same: Due['repeat']): Filled {
  const { what, when, promisedBy, repeat, urgent, draft, meeting } = input
  return {
    ...(account ? { account } : {}),
    ...(what ? { what } : {}),
    ...(when ? { when } : {}),
    ...(promisedBy ? { promisedBy } : {}),
    ...(repeat ? { repeat } : {}),
    ...(urgent ? { urgent: urgent === 'yes' } : {}),
    same,
    hidden: { ...(draft ? { draft } : {}), ...(meeting ? { meeting } : {}) },
  }
}
