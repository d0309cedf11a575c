/** What a rule refuses, by a code that has its sentence in every language (`error.<code>`). */
export class DomainError extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'DomainError'
    this.code = code
    this.params = params
  }
}

/** Something outside that we stand on does not answer now. Nothing was changed; the same request may pass later. */
export class UnavailableError extends Error {
  constructor(what: string, cause: unknown) {
    super(`${what} does not answer`, { cause })
    this.name = 'UnavailableError'
  }
}
