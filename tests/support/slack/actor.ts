import {
  clickAcknowledged,
  commandAcknowledged,
  optionsAcknowledged,
  submissionAcknowledged,
} from './acknowledgements.ts'
import { submissionProblems, typeInto, type FormValues } from './form-state.ts'
import { str, type Json } from './json.ts'
import {
  actionOf,
  commandPayload,
  directMessageEvent,
  editEvent,
  eventPayload,
  idOf,
  interactionBase,
  messageContext,
  viewContext,
  type CommandInput,
  type EventInput,
  type WrittenMessage,
} from './payloads.ts'
import type { ResponseUrls } from './response-url.ts'
import { findTarget, type PressTarget, type Target } from './press-target.ts'
import type { Delivery } from './signed-sender.ts'
import type { Transport } from './transport.ts'
import type { StoredView } from './views.ts'
import type { World } from './world.ts'

export interface PressInput extends PressTarget {
  user: string
  /** For menus, pickers and overflow: the option's value or label, or the date, time or id chosen. */
  selected?: unknown
  /** What else the user filled in on the same view before pressing. */
  values?: FormValues
  fields?: Json
}

export interface OptionsInput extends PressTarget {
  actionId: string
  value: string
  user: string
  fields?: Json
}

export interface SubmitInput {
  /** Send even what the Slack client itself would hold back, as a manipulated client could. */
  force?: boolean
  fields?: Json
}

/** What people in the workspace can do to the app. */
export class Actor {
  readonly #world: World
  readonly #transport: Transport
  readonly #urls: ResponseUrls
  readonly #written = new Map<string, WrittenMessage>()

  constructor(world: World, transport: Transport, urls: ResponseUrls) {
    this.#world = world
    this.#transport = transport
    this.#urls = urls
  }

  async command(input: CommandInput): Promise<Delivery> {
    const url = this.#urls.issue('commands', { user: input.user, channel: input.channel, original: null })
    const payload = commandPayload(this.#world, input, url)
    const sent = await this.#transport.deliver({
      type: 'slash_commands',
      payload,
      acceptsResponse: true,
      what: `${input.command} ${input.text}`.trim(),
    })
    if (sent.valid) commandAcknowledged(this.#world, input.user, input.channel, sent.delivery.body)
    return sent.delivery
  }

  async press(input: PressInput): Promise<Delivery> {
    const target = findTarget(this.#world, input)
    const payload = {
      ...interactionBase(this.#world, 'block_actions', input.user),
      ...this.#contextOf(target, input.user, input.values ?? {}),
      trigger_id: this.#world.triggers.issue(input.user, target.view?.id ?? null),
      actions: [actionOf(this.#world, target.control, input.selected)],
      ...input.fields,
    }
    const what = `press ${str(target.control.element['action_id'])}`
    const sent = await this.#interactive(payload, what, false)
    if (sent.valid) clickAcknowledged(this.#world, sent.delivery.body)
    return sent.delivery
  }

  async submit(view: unknown, values: FormValues, user: string, input: SubmitInput = {}): Promise<Delivery> {
    const stored = this.#viewOf(view, user)
    typeInto(stored, values)
    const problems = input.force ? [] : submissionProblems(stored)
    if (problems.length > 0) throw new Error(`Slack would not let ${user} submit: ${problems.join('; ')}`)
    const payload = {
      ...interactionBase(this.#world, 'view_submission', user),
      view: stored.view,
      trigger_id: this.#world.triggers.issue(user, stored.id),
      response_urls: [],
      ...input.fields,
    }
    const sent = await this.#interactive(payload, `submit ${str(stored.view['callback_id'])}`, true)
    if (sent.valid) submissionAcknowledged(this.#world, stored, sent.delivery.body)
    return sent.delivery
  }

  /** The user closes the whole stack; the app hears of it only when the view asked for that. */
  async close(view: unknown, user: string): Promise<Delivery | null> {
    const stored = this.#viewOf(view, user)
    this.#world.views.close(user)
    if (stored.view['notify_on_close'] !== true) return null
    const base = interactionBase(this.#world, 'view_closed', user)
    const payload = { ...base, view: stored.view, is_cleared: true }
    return (await this.#interactive(payload, `close ${str(stored.view['callback_id'])}`, false)).delivery
  }

  async options(input: OptionsInput): Promise<Delivery> {
    const target = findTarget(this.#world, input)
    const context = target.view ? viewContext(target.view) : messageContext(this.#world, target.message, '')
    const { response_url: _url, ...rest } = context
    const payload = {
      ...interactionBase(this.#world, 'block_suggestion', input.user),
      ...rest,
      action_id: input.actionId,
      block_id: target.control.blockId,
      value: input.value,
      ...input.fields,
    }
    const sent = await this.#interactive(payload, `options ${input.actionId}`, true)
    if (sent.valid) optionsAcknowledged(this.#world, sent.delivery.body)
    return sent.delivery
  }

  async event(event: Json, input: EventInput = {}): Promise<Delivery> {
    const sent = await this.#transport.deliver({
      type: 'events_api',
      payload: eventPayload(this.#world, event, input),
      acceptsResponse: false,
      ...(input.retry ? { retry: input.retry } : {}),
      what: `event ${str(event['type'])}`,
    })
    return sent.delivery
  }

  async directMessage(user: string, text: string, input: EventInput = {}): Promise<Delivery> {
    const ts = this.#world.timeline.nextTs()
    this.#written.set(ts, { user, ts, text })
    return this.event({ ...directMessageEvent(this.#world, user, text), ts, event_ts: ts }, input)
  }

  /** The author edits a message of theirs; only what the app was told can be edited here. */
  async edit(ts: string, text: string, fields: Json = {}): Promise<Delivery> {
    const before = this.#written.get(ts)
    if (!before) throw new Error(`nobody wrote a direct message ${ts}`)
    this.#written.set(ts, { ...before, text })
    return this.event(editEvent(this.#world, before, text, fields))
  }

  async shortcut(callbackId: string, user: string, fields: Json = {}): Promise<Delivery> {
    const payload = {
      ...interactionBase(this.#world, 'shortcut', user),
      callback_id: callbackId,
      action_ts: this.#world.timeline.nextTs(),
      trigger_id: this.#world.triggers.issue(user),
      ...fields,
    }
    return (await this.#interactive(payload, `shortcut ${callbackId}`, false)).delivery
  }

  #interactive(payload: Json, what: string, acceptsResponse: boolean) {
    return this.#transport.deliver({ type: 'interactive', payload, acceptsResponse, what })
  }

  #contextOf(target: Target, user: string, values: FormValues): Json {
    if (target.view) {
      typeInto(target.view, values)
      // A click on the Home tab or in a modal has no response_url to answer to.
      return target.view.surface === 'modal'
        ? { ...viewContext(target.view), response_urls: [] }
        : viewContext(target.view)
    }
    const { message } = target
    const url = this.#urls.issue('actions', { user, channel: message.channel, original: message })
    const form = { view: { blocks: message.blocks }, typed: {} }
    return { ...messageContext(this.#world, message, url), state: { values: typeInto(form, values) } }
  }

  #viewOf(view: unknown, user: string): StoredView {
    const stored =
      this.#world.views.all.get(idOf(view, 'id')) ?? (view === null ? this.#world.views.top(user) : undefined)
    if (!stored) throw new Error('this view is not on the screen any more')
    if (stored.user !== user) throw new Error(`${user} does not see this view`)
    return stored
  }
}
