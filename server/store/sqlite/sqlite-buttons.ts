import type { Reader } from './reader.ts'
import type { Writer } from './writer.ts'

/**
 * What must outlive a restart for each button: its counters (the broker's `Memories`, by shape) and its last beat.
 * Both are JSON: what they hold is their owner's business. Integers and strings only; JSON knows no bigint.
 */
export class SqliteButtons {
  readonly #writer: Writer
  readonly #reader: Reader

  constructor (writer: Writer, reader: Reader) {
    this.#writer = writer
    this.#reader = reader
  }

  /** Resolves after it is on disk. @throws StoreFailed */
  async save (did: string, memory: unknown): Promise<void> {
    await this.#writer.run('button.saveMemory', { did, memory: JSON.stringify(memory) })
  }

  /** Every button's memory, by did: one read at the start. `Memory` is what `save` was given. @throws StoreFailed */
  async loadAll<Memory> (): Promise<ReadonlyMap<string, Memory>> {
    const found = this.#reader.all<{ readonly did: string, readonly memory: string }>('SELECT did, memory FROM button_memory')
    return new Map(found.map(({ did, memory }) => [did, JSON.parse(memory) as Memory]))
  }

  /** Last beats, many at once. @throws StoreFailed */
  async saveBeats<Beat extends { readonly did: string }> (beats: readonly Beat[]): Promise<void> {
    await this.#writer.run('button.saveBeats', { beats: beats.map((beat) => ({ did: beat.did, beat: JSON.stringify(beat) })) })
  }

  /** `Beat` is what `saveBeats` was given. @throws StoreFailed */
  async loadBeats<Beat> (): Promise<readonly Beat[]> {
    return this.#reader.all<{ readonly beat: string }>('SELECT beat FROM button_beat ORDER BY did').map(({ beat }) => JSON.parse(beat) as Beat)
  }

  /** The newest of each kind a button is kept. Resolves after it is on disk. @throws StoreFailed */
  async saveFault (fault: { readonly did: string, readonly fault: string, readonly at: number }): Promise<void> {
    await this.#writer.run('button.saveFault', { did: fault.did, fault: fault.fault, at: fault.at })
  }

  /** Every kept fault, the newest of each button last. @throws StoreFailed */
  async loadFaults (): Promise<readonly { readonly did: string, readonly fault: string, readonly at: number }[]> {
    return this.#reader.all<{ readonly did: string, readonly fault: string, readonly at: number }>('SELECT did, fault, at FROM button_fault ORDER BY did, at')
  }
}
