import { ApiError } from './api-error.ts'
import { botMethods } from './methods-bot.ts'
import { messageMethods } from './methods-message.ts'
import { updateMethods } from './methods-updates.ts'
import { type ParsedBody, Params } from './params.ts'
import type { CallRecord, Json } from './types.ts'
import type { Method, World } from './world.ts'

export interface ApiAnswer {
  status: number
  body: Json
}

/** Method names are read without regard to case, as in reality. */
const METHODS: ReadonlyMap<string, { name: string; run: Method }> = new Map(
  Object.entries({ ...messageMethods, ...botMethods, ...updateMethods }).map(([name, run]) => [
    name.toLowerCase(),
    { name, run },
  ]),
)

function methodName(asked: string): string {
  return METHODS.get(asked.toLowerCase())?.name ?? asked
}

export function record(world: World, method: string, params: Json, viaWebhookReply = false): CallRecord {
  const call: CallRecord = { method: methodName(method), params, at: world.now(), viaWebhookReply }
  world.calls.push(call)
  return call
}

/** Carries one method out; everything a caller did wrong becomes an error answer. */
export async function carryOut(
  world: World,
  call: CallRecord,
  body: ParsedBody,
  onGone: (action: () => void) => void,
): Promise<ApiAnswer> {
  try {
    const method = METHODS.get(call.method.toLowerCase())
    if (method === undefined) throw new ApiError(404, 'Not Found: method not found')
    const reply = await method.run({ world, params: new Params(body), onGone })
    return { status: 200, body: { ok: true, ...reply } }
  } catch (error) {
    if (error instanceof ApiError) return failed(world, call, error)
    throw error
  }
}

function failed(world: World, call: CallRecord, error: ApiError): ApiAnswer {
  call.error = { code: error.code, description: error.message }
  if (error.refused) {
    world.refused.push({ method: call.method, params: call.params, description: error.message })
  }
  return { status: error.code, body: error.body() }
}
