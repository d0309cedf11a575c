import { record, str } from './json.ts'
import { idOf } from './payloads.ts'
import type { StoredMessage } from './timeline.ts'
import type { StoredView } from './views.ts'
import { controlsOf, type Control } from './visible.ts'
import type { World } from './world.ts'

/** Where the control is. Without message and view the newest thing on the user's screen that has it is taken. */
export interface PressTarget {
  /** A recorded answer, the `message` of an API answer, or a ts. */
  message?: unknown
  /** A recorded view, the `view` of an answer, or a view id. */
  view?: unknown
  actionId?: string
  /** The text on the button, as a person reads it. */
  label?: string
  /** Tells equal buttons apart. */
  value?: string
  blockId?: string
  user: string
}

export type Target =
  | { control: Control; view: StoredView; message: null }
  | { control: Control; view: null; message: StoredMessage }

export function findTarget(world: World, wanted: PressTarget): Target {
  const target = candidates(world, wanted)
    .map((place) => withControl(place, wanted))
    .find((found) => found !== undefined)
  if (!target)
    throw new Error(
      `nothing to press: ${wanted.user} sees no ${wanted.label ?? wanted.actionId ?? 'control'}`,
    )
  if (!mayTouch(world, target, wanted.user))
    throw new Error(`${wanted.user} does not see ${wanted.label ?? wanted.actionId}`)
  return target
}

type Place = { view: StoredView; message: null } | { view: null; message: StoredMessage }

function candidates(world: World, wanted: PressTarget): Place[] {
  if (wanted.view !== undefined) return inView(world.views.all.get(idOf(wanted.view, 'id')))
  if (wanted.message !== undefined) return inMessage(world, idOf(wanted.message, 'ts'))
  const seen = world.timeline.visibleTo(wanted.user).toReversed()
  return [
    ...inView(world.views.top(wanted.user)),
    ...seen.flatMap((answer) =>
      answer.via === 'home' ? inView(world.views.home(wanted.user)) : inMessage(world, answer.ts ?? ''),
    ),
  ]
}

function inView(view: StoredView | undefined): Place[] {
  return view ? [{ view, message: null }] : []
}

function inMessage(world: World, ts: string): Place[] {
  const message = world.timeline.messages.get(ts)
  return message ? [{ view: null, message }] : []
}

function withControl(place: Place, wanted: PressTarget): Target | undefined {
  const blocks = place.view ? place.view.view['blocks'] : place.message.blocks
  const control = controlsOf(blocks).find((candidate) => fits(candidate, wanted))
  return control ? { ...place, control } : undefined
}

function fits({ element, blockId }: Control, wanted: PressTarget): boolean {
  const label = str(record(element['text'] ?? element['placeholder'])['text'])
  if (wanted.actionId !== undefined && wanted.actionId !== element['action_id']) return false
  if (wanted.label !== undefined && wanted.label !== label) return false
  if (wanted.blockId !== undefined && wanted.blockId !== blockId) return false
  const isButton = element['type'] === 'button'
  return wanted.value === undefined || !isButton || wanted.value === element['value']
}

function mayTouch(world: World, target: Target, user: string): boolean {
  if (target.view) return target.view.user === user
  const { onlyFor, channel } = target.message
  return onlyFor ? onlyFor === user : world.directory.sees(user, channel)
}
