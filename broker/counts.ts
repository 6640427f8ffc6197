/**
 * What happened how often, by code: refusals, discarded fields, sent states. Aggregates only, for metrics; no did, no
 * time. Codes are ours and finite, so the list can't be grown from outside.
 */
export class Counts {
  readonly #counts = new Map<string, number>()

  add (code: string): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1)
  }

  all (): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts)
  }
}
