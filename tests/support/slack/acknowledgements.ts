import { ApiError } from './api-error.ts'
import { checkOptionSource } from './block-kit-composition.ts'
import { Report } from './block-kit-report.ts'
import { isJson, parseJson, record, records, str, type Json } from './json.ts'
import { applyReply } from './response-url.ts'
import type { StoredView } from './views.ts'
import { accept, refuse, type World } from './world.ts'

/** An acknowledgement body is JSON or, for a command, plain text. */
function bodyOf(body: string): unknown {
  const parsed = parseJson(body)
  return isJson(parsed) ? parsed : body
}

export function commandAcknowledged(world: World, user: string, channel: string, body: string): void {
  const payload = bodyOf(body)
  if (payload === '' || (isJson(payload) && Object.keys(payload).length === 0)) return
  quietly(world, () => applyReply(world, 'ack', { user, channel, original: null }, payload))
}

export function clickAcknowledged(world: World, body: string): void {
  if (body !== '' && body !== '{}') {
    world.problems.push(`ack: Slack ignores the body that answers block_actions: ${body.slice(0, 80)}`)
  }
}

export function submissionAcknowledged(world: World, stored: StoredView, body: string): void {
  const answer = record(bodyOf(body))
  const action = answer['response_action']
  if (action === undefined) return world.views.pop(stored.user)
  if (action === 'clear') return world.views.close(stored.user)
  if (action === 'errors') return showErrors(world, stored, record(answer['errors']))
  const view = record(answer['view'])
  quietly(world, () => {
    accept(world, 'modal', view, 'ack')
    if (action === 'update') world.views.update(stored, view, '')
    else if (action === 'push') world.views.push(stored.user, view)
    else refuse(world, 'ack', 'invalid_arguments', [`unknown response_action: ${str(action)}`], answer)
  })
}

function showErrors(world: World, stored: StoredView, errors: Json): void {
  const inputs = records(stored.view['blocks']).filter((block) => block['type'] === 'input')
  const known = inputs.map((block) => str(block['block_id']))
  const stray = Object.keys(errors).filter((blockId) => !known.includes(blockId))
  if (stray.length > 0 || Object.keys(errors).length === 0) {
    refuse(
      world,
      'ack',
      'invalid_arguments',
      [`errors must name input blocks by block_id: ${stray.join(', ')}`],
      errors,
    )
  }
  const text = Object.values(errors).map(String).join('\n')
  world.timeline.showView('view', stored.user, {
    ...stored.view,
    errors,
    blocks: [...inputsWith(stored, text)],
  })
}

/** The view as it stands, with the error texts below it, so a test reads them like a person does. */
function inputsWith(stored: StoredView, text: string): Json[] {
  return [...records(stored.view['blocks']), { type: 'section', text: { type: 'plain_text', text } }]
}

export function optionsAcknowledged(world: World, body: string): void {
  const answer = bodyOf(body)
  const report = new Report('modal')
  const empty = isJson(answer) && Array.isArray(answer['options']) && answer['options'].length === 0
  if (empty) return
  if (isJson(answer)) checkOptionSource(report, '', answer)
  else report.add('', 'the answer to block_suggestion must be JSON')
  const problems = report.found.map((problem) => problem.message)
  if (problems.length > 0) refuse(world, 'ack', 'invalid_options', problems, isJson(answer) ? answer : {})
}

/** Nobody hears of a refused acknowledgement: it is recorded and the user just sees nothing. */
function quietly(world: World, run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    world.problems.push(`ack: refused with ${error.code}`)
  }
}
