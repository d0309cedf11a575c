import { ApiError } from './api-error.ts'
import { controlsOf } from './visible.ts'
import { record, records, str, type Json } from './json.ts'
import type { Timeline } from './timeline.ts'

export interface StoredView {
  id: string
  user: string
  surface: 'modal' | 'home'
  hash: string
  view: Json
  /** What the user has typed so far: block_id → action_id → state value. */
  typed: Record<string, Json>
}

interface ViewIdentity {
  teamId: string
  appId: string
  botId: string
}

const stackLimit = 3

/** The modals open on each user's screen, at most three deep, and everybody's Home tab. */
export class Views {
  readonly all = new Map<string, StoredView>()
  readonly #stacks = new Map<string, string[]>()
  readonly #homes = new Map<string, string>()
  readonly #timeline: Timeline
  readonly #identity: ViewIdentity

  constructor(timeline: Timeline, identity: ViewIdentity) {
    this.#timeline = timeline
    this.#identity = identity
  }

  stack(user: string): StoredView[] {
    return (this.#stacks.get(user) ?? []).flatMap((id) => this.all.get(id) ?? [])
  }

  top(user: string): StoredView | undefined {
    return this.stack(user).at(-1)
  }

  home(user: string): StoredView | undefined {
    return this.all.get(this.#homes.get(user) ?? '')
  }

  open(user: string, view: Json): StoredView {
    this.#refuseDuplicate(view, null)
    this.close(user)
    return this.#put(user, view)
  }

  push(user: string, view: Json): StoredView {
    if (this.stack(user).length >= stackLimit) throw new ApiError('push_limit_reached')
    this.#refuseDuplicate(view, null)
    return this.#put(user, view)
  }

  find(id: string, externalId: string): StoredView {
    const found = externalId
      ? [...this.all.values()].find(({ view }) => view['external_id'] === externalId)
      : this.all.get(id)
    if (!found) throw new ApiError('not_found')
    return found
  }

  update(stored: StoredView, view: Json, hash: string): StoredView {
    if (hash && hash !== stored.hash) throw new ApiError('hash_conflict')
    this.#refuseDuplicate(view, stored.id)
    this.#fill(stored, view)
    return stored
  }

  publish(user: string, view: Json, hash: string): StoredView {
    const known = this.home(user)
    if (known) return this.update(known, view, hash)
    const id = this.#timeline.nextId('VH')
    const stored: StoredView = { id, user, surface: 'home', hash: '', view: {}, typed: {} }
    this.all.set(id, stored)
    this.#homes.set(user, id)
    this.#fill(stored, view)
    return stored
  }

  /** The user (or response_action clear) closes every modal. */
  close(user: string): void {
    for (const id of this.#stacks.get(user) ?? []) this.all.delete(id)
    this.#stacks.delete(user)
  }

  /** An accepted submission closes the top modal only. */
  pop(user: string): void {
    const stack = this.#stacks.get(user) ?? []
    const id = stack.pop()
    if (id) this.all.delete(id)
  }

  #put(user: string, view: Json): StoredView {
    const id = this.#timeline.nextId('V')
    const stored: StoredView = { id, user, surface: 'modal', hash: '', view: {}, typed: {} }
    const stack = this.#stacks.get(user) ?? []
    this.#stacks.set(user, [...stack, id])
    this.all.set(id, stored)
    this.#fill(stored, view)
    return stored
  }

  #fill(stored: StoredView, view: Json): void {
    const stack = this.#stacks.get(stored.user) ?? [stored.id]
    stored.hash = `${this.#timeline.nextTs()}.${stored.id.toLowerCase()}`
    const blocks = this.#timeline.named(view['blocks'])
    stored.typed = keepTyped(stored.typed, blocks)
    stored.view = {
      private_metadata: '',
      callback_id: '',
      external_id: '',
      submit: null,
      close: null,
      title: null,
      clear_on_close: false,
      notify_on_close: false,
      ...view,
      id: stored.id,
      hash: stored.hash,
      blocks,
      state: { values: stored.typed },
      team_id: this.#identity.teamId,
      app_installed_team_id: this.#identity.teamId,
      app_id: this.#identity.appId,
      bot_id: this.#identity.botId,
      root_view_id: stack[0] ?? stored.id,
      previous_view_id: stack[stack.indexOf(stored.id) - 1] ?? null,
    }
    this.#timeline.showView(stored.surface === 'home' ? 'home' : 'view', stored.user, stored.view)
  }

  #refuseDuplicate(view: Json, ownId: string | null): void {
    const externalId = str(view['external_id'])
    if (!externalId) return
    const taken = [...this.all.values()].some(
      (other) => other.id !== ownId && other.view['external_id'] === externalId,
    )
    if (taken) throw new ApiError('duplicate_external_id')
  }
}

/** Typed values survive an update only where both the block_id and the action_id stay the same. */
function keepTyped(typed: Record<string, Json>, blocks: Json[]): Record<string, Json> {
  const kept: Record<string, Json> = {}
  for (const { blockId, element } of controlsOf(records(blocks))) {
    const actionId = str(element['action_id'])
    const value = record(typed[blockId])[actionId]
    if (value !== undefined) kept[blockId] = { ...kept[blockId], [actionId]: value }
  }
  return kept
}
