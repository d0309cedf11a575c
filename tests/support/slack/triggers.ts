import { randomBytes } from 'node:crypto'
import { ApiError } from './api-error.ts'

interface Trigger {
  user: string
  viewId: string | null
  at: number
  used: boolean
}

const lifetimeMs = 3000

/**
 * Slack's page about interactivity speaks of trigger_expired and trigger_exchanged, while views.open in the
 * wild answers expired_trigger_id and exchanged_trigger_id. The second pair is what an app meets.
 */
const names = {
  views: { expired: 'expired_trigger_id', used: 'exchanged_trigger_id' },
  handbook: { expired: 'trigger_expired', used: 'trigger_exchanged' },
}

export type TriggerErrorNames = keyof typeof names

/** A trigger is good for one call within three seconds of the user's action. */
export class Triggers {
  readonly #now: () => number
  readonly #names: (typeof names)[TriggerErrorNames]
  readonly #known = new Map<string, Trigger>()

  constructor(now: () => number, errorNames: TriggerErrorNames) {
    this.#now = now
    this.#names = names[errorNames]
  }

  issue(user: string, viewId: string | null = null): string {
    const id = `${this.#known.size + 1}.${this.#now()}.${randomBytes(16).toString('hex')}`
    this.#known.set(id, { user, viewId, at: this.#now(), used: false })
    return id
  }

  exchange(id: string): { user: string; viewId: string | null } {
    const trigger = this.#known.get(id)
    if (!trigger) throw new ApiError('invalid_trigger_id')
    if (trigger.used) throw new ApiError(this.#names.used)
    if (this.#now() - trigger.at > lifetimeMs) throw new ApiError(this.#names.expired)
    trigger.used = true
    return trigger
  }
}
