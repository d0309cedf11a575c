import type { TelegramStandIn } from '../../support/telegram/telegram-stand-in.ts'

export interface ApiReply {
  ok: boolean
  result?: unknown
  error_code?: number
  description?: string
  parameters?: { retry_after?: number; migrate_to_chat_id?: number }
}

export async function callApi(
  standIn: TelegramStandIn,
  method: string,
  params: Record<string, unknown> = {},
  signal?: AbortSignal,
): Promise<ApiReply> {
  const response = await fetch(`${standIn.apiRoot}/bot${standIn.token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(params),
    ...(signal === undefined ? {} : { signal }),
  })
  return (await response.json()) as ApiReply
}

export async function updateIds(
  standIn: TelegramStandIn,
  params: Record<string, unknown> = {},
): Promise<number[]> {
  const reply = await callApi(standIn, 'getUpdates', params)
  return (reply.result as { update_id: number }[]).map((update) => update.update_id)
}

export const ANNA = { id: 501, firstName: 'Anna', username: 'anna', languageCode: 'ru' }
