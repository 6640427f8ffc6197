/** One numbered step of the schema. Never edited once it has been released; a change is a new step. */
export type Migration = {
  /** 1, 2, 3, ... over all domains; also the file's `user_version` once it has run. */
  readonly id: number
  readonly name: string
  /** Every table STRICT; no deferred constraints (one would fail the COMMIT and with it a neighbour's write). */
  readonly sql: string
}
