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

  /** null: never heard. `Memory` is what `save` was given. @throws StoreFailed */
  async load<Memory> (did: string): Promise<Memory | null> {
    const found = this.#reader.get<{ readonly memory: string }>('SELECT memory FROM button_memory WHERE did = ?', did)
    return found === null ? null : JSON.parse(found.memory) as Memory
  }

  /** Resolves after it is on disk. @throws StoreFailed */
  async save (did: string, memory: unknown): Promise<void> {
    await this.#writer.run('button.saveMemory', { did, memory: JSON.stringify(memory) })
  }

  /** Every button's memory, by did: one read at the start. @throws StoreFailed */
  async loadAll<Memory> (): Promise<ReadonlyMap<string, Memory>> {
    const found = this.#reader.all<{ readonly did: string, readonly memory: string }>('SELECT did, memory FROM button_memory')
    return new Map(found.map(({ did, memory }) => [did, JSON.parse(memory) as Memory]))
  }

  /** Last beats, many at once. @throws StoreFailed */
  async saveBeats (beats: readonly { readonly did: string }[]): Promise<void> {
    await this.#writer.run('button.saveBeats', { beats: beats.map((beat) => ({ did: beat.did, beat: JSON.stringify(beat) })) })
  }

  /** `Beat` is what `saveBeats` was given. @throws StoreFailed */
  async loadBeats<Beat> (): Promise<readonly Beat[]> {
    return this.#reader.all<{ readonly beat: string }>('SELECT beat FROM button_beat ORDER BY did').map(({ beat }) => JSON.parse(beat) as Beat)
  }
}
