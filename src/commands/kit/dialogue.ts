import type { ChatIdentity } from '../../domain/identity/person.ts'
import type { PersonId, Platform, Reader } from '../../domain/shared/actor.ts'
import { type Choice, type FormField, type OpenForm, SEARCHED } from './form.ts'
import { errorView } from './errors.ts'
import type { Dispatcher, Invocation, Journal, Reply } from './invocation.ts'
import { cleanText } from './parse.ts'
import { begunWith, goneOnWith, type Pasted } from './pasted.ts'
import { type Asking, currentField, questionView } from './question.ts'
import { type Block, plain, say, show, type Text, type View } from './view.ts'

/** A form half filled in a chat. Kept in the database: a restart or a deploy forgets nothing. */
export type DialogueState = Asking &
  Readonly<{
    /** Whose form it is: a chat may be linked to somebody else half-way. */
    owner: PersonId
    pasted?: Pasted | undefined
  }>

export type DialogueStore = Readonly<{
  /** `lastKey`: the update that led here, so that the same one delivered again does not answer the next question. */
  find(chat: DialogueChat, now: Date): Promise<Readonly<{ state: DialogueState; lastKey: string }> | null>
  save(chat: DialogueChat, state: DialogueState, lastKey: string, expiresAt: Date): Promise<void>
  remove(chat: DialogueChat): Promise<void>
}>

type DialogueChat = Pick<Invocation, 'chat'> & Pick<ChatIdentity, 'platform'>

/** A form left alone for longer is over. */
const DAYS_OPEN = 7
/** Enough for the few forms of one chat; a button has little room. */
const FORM_LETTERS = 4
/** Characters that may be typed for a field. */
const LONGEST = { line: 200, paragraph: 10_000 } as const
/** How much of a long or wild value is repeated back. */
const SHOWN_VALUE = 60

type Given = Readonly<{
  inner: Dispatcher
  dialogues: DialogueStore
  now(): Date
  newId(): string
  journal: Journal
  defaults: Reader
}>

/** `over`: forms that were sent in and could not be removed; their questions are not asked again. */
type Parts = Given & Readonly<{ over: Set<string> }>

/**
 * For chats that have no forms of their own (Telegram, the terminal): asks a form's fields one question at a time and
 * hands the result in as if a form had been sent. The dispatcher behind it knows nothing of this.
 */
export function withDialogues(given: Given): Dispatcher {
  const parts: Parts = { ...given, over: new Set() }
  return { ...parts.inner, dispatch: (invocation) => safely(parts, invocation) }
}

/** Like the dispatcher itself: what goes wrong comes back as a view. */
async function safely(parts: Parts, invocation: Invocation): Promise<Reply> {
  try {
    return await dispatch(parts, invocation)
  } catch (error) {
    const updateId = parts.newId().slice(-8)
    const journal = parts.journal.child({ updateId, channel: invocation.channel })
    const reader = { ...parts.defaults, ...invocation.hint }
    return {
      updateId,
      reader,
      known: false,
      failed: true,
      answer: { kind: 'view', view: errorView(error, updateId, journal) },
    }
  }
}

async function dispatch(parts: Parts, invocation: Invocation): Promise<Reply> {
  const chat = chatOf(invocation)
  const open = await openIn(parts, chat)
  const reader = open && (await parts.inner.whoIs(invocation.identity))
  if (open && open.state.owner !== reader?.id) await parts.dialogues.remove(chat)
  if (!open || !reader || open.state.owner !== reader.id) {
    return maybeStart(parts, invocation, await parts.inner.dispatch(invocation))
  }

  const turn: Turn = { parts, invocation, reader, state: open.state }
  if (open.lastKey === invocation.key) return question(turn)
  const { act } = invocation
  if (act.kind === 'press' && act.command === 'dialogue') return press(turn, act.args)
  if (act.kind === 'line' && isCancel(act.text)) return cancel(turn)
  if (act.kind === 'line' && !act.text.trim().startsWith('/')) return typed(turn, cleanText(act.text))

  // Another command, a button, a shared place: it runs, and the question still stands.
  const reply = await maybeStart(parts, invocation, await parts.inner.dispatch(invocation))
  if (reply.answer.kind !== 'view' || (await replaced(turn))) return reply
  const reminder: Block[] = [{ kind: 'divider' }, { kind: 'note', text: say('form.waiting') }]
  return {
    ...reply,
    answer: {
      ...reply.answer,
      view: [...reply.answer.view, ...reminder, ...questionView(turn.state, platformOf(invocation))],
    },
  }
}

async function openIn(parts: Parts, chat: DialogueChat): ReturnType<DialogueStore['find']> {
  const found = await parts.dialogues.find(chat, parts.now())
  if (!found || !parts.over.has(nameOf(chat, found.state))) return found
  await end(parts, chat, found.state)
  return null
}

const nameOf = ({ platform, chat }: DialogueChat, { form = '' }: DialogueState): string =>
  `${platform} ${chat} ${form}`

/** What was sent in is done, whatever becomes of the questions that led to it: this never throws. */
async function end(parts: Parts, chat: DialogueChat, state: DialogueState): Promise<void> {
  const name = nameOf(chat, state)
  parts.over.add(name)
  try {
    await parts.dialogues.remove(chat)
    parts.over.delete(name)
  } catch (error) {
    parts.journal.warn({ err: error }, 'a form that was sent in could not be removed')
  }
}

type Turn = Readonly<{ parts: Parts; invocation: Invocation; reader: Reader; state: DialogueState }>

const chatOf = ({ identity: { platform }, chat }: Invocation): DialogueChat => ({ platform, chat })
const platformOf = ({ identity: { platform } }: Invocation): Platform => platform
const isCancel = (text: string) => /^\/?(cancel|отмена)(@\w+)?$/i.test(text.trim())

/** True when the command opened a form of its own meanwhile, the same one for another account maybe. */
async function replaced({ parts, invocation }: Turn): Promise<boolean> {
  try {
    const now = await parts.dialogues.find(chatOf(invocation), parts.now())
    return now === null || now.lastKey === invocation.key
  } catch (error) {
    // The command is done, and the question can wait.
    parts.journal.warn({ err: error }, 'an open form could not be looked for')
    return true
  }
}

async function maybeStart(parts: Parts, invocation: Invocation, reply: Reply): Promise<Reply> {
  if (reply.answer.kind !== 'form') return reply
  const owner = await parts.inner.whoIs(invocation.identity)
  if (!owner) return reply
  const open = reply.answer.form
  const form = parts.newId().slice(-FORM_LETTERS)
  const started: DialogueState = { owner: owner.id, open, step: firstStep(open), answered: open.values, form }
  await save(parts, invocation, started)
  return { ...reply, answer: asking(questionView(started, platformOf(invocation))) }
}

/** What is wrong, else what comes first; an account that was named already is not asked for again. */
function firstStep({ form: { fields }, values, errors }: OpenForm): number {
  const wrong = fields.findIndex((field) => errors[field.name])
  if (wrong >= 0) return wrong
  const [first, second] = fields
  return first?.kind === 'account' && values[first.name] && second ? 1 : 0
}

async function save({ dialogues, now }: Parts, invocation: Invocation, next: DialogueState): Promise<void> {
  const expiresAt = new Date(now().getTime() + DAYS_OPEN * 86_400_000)
  await dialogues.save(chatOf(invocation), next, invocation.key, expiresAt)
}

async function press(turn: Turn, args: Readonly<Record<string, string>>): Promise<Reply> {
  const { step } = turn.state
  const isOfAnother = args['f'] !== undefined && args['f'] !== turn.state.form
  if (!isOfAnother && args['do'] === 'cancel') return cancel(turn)
  if (isOfAnother || args['step'] !== String(step)) return question(turn, say('form.stale'))
  if (args['do'] === 'back') return goTo(turn, { ...turn.state, step: Math.max(step - 1, 0) })
  const field = currentField(turn.state)
  if (args['do'] === 'skip' || !field) return goTo(turn, { ...turn.state, step: step + 1 })
  const value = args['value'] ?? ''
  const label = field.choices?.find((choice) => choice.value === value)?.label ?? plain(value)
  return answer(turn, field, { value, label })
}

async function typed(turn: Turn, text: string): Promise<Reply> {
  const { state, invocation } = turn
  const pasted = goneOnWith(text, state.pasted, invocation)
  if (pasted) return addPart(turn, pasted, text)
  const field = currentField(state)
  if (!field) return question(turn)
  if (field.kind === 'line' || field.kind === 'paragraph') {
    const most = LONGEST[field.kind]
    if (text.length > most) return question(turn, say('form.tooLong', { most, length: text.length }))
    const place = { field: field.name, step: state.step }
    const begun = field.kind === 'paragraph' ? begunWith(text, place, invocation) : undefined
    return answer({ ...turn, state: { ...state, pasted: begun } }, field, typedValue(text))
  }
  const choices = await choicesFor(turn, field, text.slice(0, LONGEST.line))
  const [only] = choices
  if (!only) return question(turn, say('form.noMatch', { typed: plain(shortened(text)) }))
  return choices.length === 1 ? answer(turn, field, only) : question(turn, say('form.choose'), choices)
}

const shortened = (text: string): string =>
  text.length > SHOWN_VALUE ? `${text.slice(0, SHOWN_VALUE).toWellFormed().trimEnd()}…` : text

const typedValue = (text: string): Choice => ({ value: text, label: plain(shortened(text)) })

/** The rest of a text that came in several messages belongs to the field where it began. */
async function addPart(turn: Turn, pasted: Pasted, text: string): Promise<Reply> {
  const { [pasted.field]: before, ...others } = turn.state.answered
  const isWhole = before !== undefined && pasted.length <= LONGEST.paragraph
  const state: DialogueState = isWhole
    ? {
        ...turn.state,
        pasted,
        answered: { ...others, [pasted.field]: typedValue(`${before.value}\n${text}`) },
      }
    : { ...turn.state, pasted, answered: others, step: pasted.step }
  await save(turn.parts, turn.invocation, state)
  const { length } = pasted
  const remark = isWhole ? undefined : say('form.tooLong', { most: LONGEST.paragraph, length })
  return question({ ...turn, state }, remark)
}

function answer(turn: Turn, field: FormField, choice: Choice): Promise<Reply> {
  const answered = { ...turn.state.answered, [field.name]: choice }
  return goTo(turn, { ...turn.state, step: turn.state.step + 1, answered })
}

async function choicesFor(
  { parts, invocation }: Turn,
  field: FormField,
  text: string,
): Promise<readonly Choice[]> {
  if (field.choices) {
    const wanted = text.toLowerCase()
    return field.choices.filter(({ value, label }) =>
      [value, 'plain' in label ? label.plain : ''].some((one) => one.toLowerCase() === wanted),
    )
  }
  if (!SEARCHED.includes(field.kind)) return []
  const { choices } = await parts.inner.suggest(invocation.identity, field.kind, text)
  const exact = choices.filter(({ value }) => value.toLowerCase() === text.toLowerCase())
  return exact.length === 1 ? exact : choices
}

async function goTo(turn: Turn, next: DialogueState): Promise<Reply> {
  if (next.step < next.open.form.fields.length) {
    await save(turn.parts, turn.invocation, next)
    return question({ ...turn, state: next })
  }
  const values = Object.fromEntries(Object.entries(next.answered).map(([name, { value }]) => [name, value]))
  const act = { kind: 'submit', command: next.open.command, values } as const
  const reply = await turn.parts.inner.dispatch({ ...withoutMessage(turn.invocation), act })
  // Only now: had the database gone before the answers were taken, the last question would still be open.
  if (reply.answer.kind !== 'form' && !reply.failed)
    await end(turn.parts, chatOf(turn.invocation), turn.state)
  return maybeStart(turn.parts, turn.invocation, reply)
}

/** The last answer is not the text of what the whole form led to: to edit it later must not change that. */
function withoutMessage({ message: _message, ...rest }: Invocation): Invocation {
  return rest
}

async function cancel(turn: Turn): Promise<Reply> {
  await turn.parts.dialogues.remove(chatOf(turn.invocation))
  return replyWith(turn, show([{ kind: 'text', text: say('form.cancelled') }]))
}

function question(turn: Turn, remark?: Text, choices?: readonly Choice[]): Reply {
  const before: Block[] = remark ? [{ kind: 'note', text: remark }] : []
  const asked = questionView(turn.state, platformOf(turn.invocation), choices)
  return replyWith(turn, asking([...before, ...asked]))
}

/** Where the question takes the place of a card whose button was pressed, the card is not over yet. */
const asking = (view: View): Reply['answer'] => ({ kind: 'view', view, passing: true })

function replyWith({ invocation, reader }: Turn, shown: Reply['answer']): Reply {
  return { updateId: invocation.key.slice(-8), reader, known: true, answer: shown }
}
