/** A refusal as the Web API words it: an error code and, for bad payloads, the places. */
export class ApiError extends Error {
  readonly code: string
  readonly messages: string[]

  constructor(code: string, messages: string[] = []) {
    super([code, ...messages].join('\n'))
    this.code = code
    this.messages = messages
  }
}
