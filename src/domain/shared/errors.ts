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
