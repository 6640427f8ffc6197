/** Most writes that may wait, by who asks. Somebody's settings give way long before a press does. */
export const WAITING_MAX = { people: 2_000, button: 8_000, alarm: 16_000 } as const
/** Most writes in one transaction: bounds how long the last of them waits for the first. */
export const BATCH_MAX = 1_000

export type Rank = keyof typeof WAITING_MAX
const RANKS: readonly Rank[] = ['alarm', 'button', 'people']

/** What an operation's name says about its urgency; an unknown domain waits with the people's. */
export function rankOf (operation: string): Rank {
  return RANKS.find((rank) => operation.startsWith(`${rank}.`)) ?? 'people'
}

/** Writes that wait for the disk: alarms first, each rank in its own order. */
export class WriteQueue<Item extends { readonly operation: string }> {
  readonly #waiting: Record<Rank, Item[]> = { alarm: [], button: [], people: [] }

  get size (): number {
    return RANKS.reduce((sum, rank) => sum + this.#waiting[rank].length, 0)
  }

  /** false: full. Everybody's writes count, so people's are refused before buttons', and those before alarms'. */
  push (item: Item): boolean {
    const rank = rankOf(item.operation)
    if (this.size >= WAITING_MAX[rank]) return false
    this.#waiting[rank].push(item)
    return true
  }

  /** Puts back, ahead of their rank, what was taken and must be tried once more. */
  putBack (items: readonly Item[]): void {
    for (const rank of RANKS) this.#waiting[rank].unshift(...items.filter((item) => rankOf(item.operation) === rank))
  }

  /** The next batch. */
  take (): readonly Item[] {
    const batch: Item[] = []
    for (const rank of RANKS) batch.push(...this.#waiting[rank].splice(0, BATCH_MAX - batch.length))
    return batch
  }

  takeAll (): readonly Item[] {
    return RANKS.flatMap((rank) => this.#waiting[rank].splice(0))
  }
}
