import type { Json } from './types.ts'

/** An error the Bot API answers with. `refused` marks payloads no correct bot may send. */
export class ApiError extends Error {
  readonly code: number
  readonly parameters: Json | undefined
  readonly refused: boolean

  constructor(code: number, description: string, extra: { parameters?: Json; refused?: boolean } = {}) {
    super(description)
    this.code = code
    this.parameters = extra.parameters
    this.refused = extra.refused ?? false
  }

  body(): Json {
    const body: Json = { ok: false, error_code: this.code, description: this.message }
    if (this.parameters !== undefined) body['parameters'] = this.parameters
    return body
  }
}

/** The request is well formed, but the state of the chat does not allow it. */
export function badRequest(text: string): ApiError {
  return new ApiError(400, `Bad Request: ${text}`)
}

/** The payload itself is wrong; tests assert that there are none of these. */
export function refusal(text: string): ApiError {
  return new ApiError(400, `Bad Request: ${text}`, { refused: true })
}

export function conflict(text: string): ApiError {
  return new ApiError(409, `Conflict: ${text}`)
}
