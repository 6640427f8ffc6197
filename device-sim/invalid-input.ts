/** What was typed or given can't be used; `code` is stable, the message says what to change and never repeats a secret. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput'
  readonly code: string
  constructor (code: string, message: string) {
    super(message)
    this.code = code
  }
}
