import type { Dispatcher, Invocation, Journal, Reply } from '../../commands/kit/invocation.ts'
import { say, type View } from '../../commands/kit/view.ts'
import type { Language, Reader } from '../../domain/shared/actor.ts'
import { noteCopy } from '../note-copy.ts'
import type { CardNotes } from '../ports.ts'
import { DEFAULT_READER, speakerFor } from '../speaker.ts'
import type { Persona } from './personas.ts'
import type { ActRequest, Card, Exchange, SpokenForm } from './protocol.ts'
import { spokenForm, spokenView } from './spoken.ts'
import type { Threads } from './threads.ts'

export type ConversationParts = Readonly<{
  dispatcher: Dispatcher
  threads: Threads
  journal: Journal
  cards?: CardNotes | undefined
  now(): Date
  newId(): string
  defaults?: Reader | undefined
}>

/** The words of one's own line that are kept in the thread; the dispatcher judges the whole line. */
const SHOWN_LINE = 4_096

export const identityOf = (persona: Persona) =>
  ({ platform: 'CONSOLE', workspace: '', externalId: persona.id }) as const

/** Carries one act to the dispatcher and its answer into the thread. The same key again only repeats the answer. */
export async function carryOut(
  parts: ConversationParts,
  persona: Persona,
  request: ActRequest,
): Promise<Exchange> {
  const { threads } = parts
  const known = threads.exchangeOf(persona.id, request.key)
  const done = known && threads.find(persona.id, known)
  if (done) return done

  const asked = openExchange(parts, persona, request)
  const reply = await replyTo(parts, persona, request)
  const before = threads.find(persona.id, asked.id) ?? asked
  const { card: shown } = before
  const card = cardOf(reply, request)
  if (reply.failed && shown) {
    const kept = shown.kind === 'form' ? withFailure(shown, card) : underWord(parts, persona, before, card)
    return threads.put(persona.id, { ...before, pending: false, card: kept })
  }
  if (card.kind === 'form' && shown?.kind === 'view')
    threads.keepUnder(persona.id, asked.id, threads.cardUnder(persona.id, asked.id) ?? shown)
  if (card.kind === 'view') threads.keepUnder(persona.id, asked.id, null)
  const answered = threads.put(persona.id, { ...before, pending: false, card })
  if (reply.answer.kind !== 'repeat') {
    const at = { chat: persona.id, message: asked.id }
    const replaced = request.on ? at : null
    await noteCopy(parts, { whose: identityOf(persona), answer: reply.answer, at, replaced })
  }
  return answered
}

/** Nothing was changed: the form stays as it is, with the word about it. */
function withFailure(shown: Extract<Card, { kind: 'form' }>, word: Card): Card {
  const blocks = word.kind === 'view' ? word.blocks : []
  const failure = blocks.flatMap((one) => (one.kind === 'text' ? [one.text] : [])).join(' ')
  return { ...shown, form: { ...shown.form, failure } }
}

/** Nothing was changed: the card stays under the word about it, with the buttons for the next try. */
function underWord({ threads }: ConversationParts, persona: Persona, before: Exchange, word: Card): Card {
  const under = threads.cardUnder(persona.id, before.id) ?? before.card
  threads.keepUnder(persona.id, before.id, under)
  const isBoth = word.kind === 'view' && under?.kind === 'view'
  return isBoth ? { ...under, blocks: [...word.blocks, ...under.blocks] } : word
}

/** Leaves a form: what stood there before comes back. */
export function leaveForm(parts: ConversationParts, persona: Persona, id: string): Exchange | null {
  const { threads } = parts
  const open = threads.find(persona.id, id)
  if (open?.card?.kind !== 'form') return open
  const { language } = open.card
  const speaker = speakerFor(readerIn(parts, language))
  const left = spokenView([{ kind: 'note', text: say('form.cancelled') }], speaker)
  const card = threads.cardUnder(persona.id, id) ?? { kind: 'view', language, blocks: left }
  threads.keepUnder(persona.id, id, null)
  return threads.put(persona.id, { ...open, pending: false, card })
}

/** The language is known where the person is not looked up. */
const readerIn = ({ defaults = DEFAULT_READER }: ConversationParts, language: Language): Reader => ({
  ...defaults,
  language,
})

/** An exchange that this process does not know (it was restarted since) is taken up again under its own id. */
function openExchange({ threads, now }: ConversationParts, persona: Persona, request: ActRequest): Exchange {
  const { key, on, act } = request
  const id = on ?? key
  const known = threads.find(persona.id, id)
  threads.noteKey(persona.id, key, id)
  const said = act.kind === 'line' ? act.text.slice(0, SHOWN_LINE) : (known?.said ?? null)
  const at = known?.at ?? now().toISOString()
  return threads.put(persona.id, { ...known, id, at, said, pending: true, card: known?.card ?? null })
}

async function replyTo(parts: ConversationParts, persona: Persona, { key, act }: ActRequest): Promise<Reply> {
  const invocation: Invocation = {
    channel: 'console',
    identity: identityOf(persona),
    key,
    chat: persona.id,
    audience: 'asker',
    act: act.kind === 'submit' ? { kind: 'submit', command: act.command, values: act.values } : act,
    hint: { language: persona.language },
  }
  try {
    return await parts.dispatcher.dispatch(invocation)
  } catch (error) {
    // The dispatcher promises never to throw. Should it, the person must not wait for ever.
    const id = parts.newId().slice(-8)
    parts.journal.error({ err: error, updateId: id }, 'the dispatcher threw')
    const view: View = [{ kind: 'text', tone: 'bad', text: say('error.unexpected', { id }) }]
    const reader = readerIn(parts, persona.language)
    return { updateId: id, reader, known: true, failed: true, answer: { kind: 'view', view } }
  }
}

function cardOf({ answer, reader }: Reply, { act }: ActRequest): Card {
  const speaker = speakerFor(reader)
  const { language } = reader
  if (answer.kind === 'form') {
    const labels = act.kind === 'submit' ? act : null
    return { kind: 'form', language, form: withLabels(spokenForm(answer.form, speaker), labels) }
  }
  // The database knows the key and this process does not: it was done before a restart, and its answer is gone.
  const view: View = answer.kind === 'repeat' ? [{ kind: 'note', text: say('console.repeat') }] : answer.view
  return { kind: 'view', language, blocks: spokenView(view, speaker) }
}

/** A form that comes back knows a chosen account by its id only; the words beside it are those that were sent. */
function withLabels(
  form: SpokenForm,
  sent: Extract<ActRequest['act'], { kind: 'submit' }> | null,
): SpokenForm {
  if (!sent?.labels) return form
  const fields = form.fields.map((field) => {
    const label = sent.labels?.[field.name]
    if (!field.searched || !field.value || !label || field.value.value !== sent.values[field.name])
      return field
    return { ...field, value: { ...field.value, label } }
  })
  return { ...form, fields }
}
