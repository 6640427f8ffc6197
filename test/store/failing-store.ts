import type { AlarmId } from '../../server/alarm/alarm.ts'
import type { AlarmRow, AlarmStore, Append, AppendResult, Happening, PressHash } from '../../server/store/alarm-store.ts'
import { StoreFailed } from '../../server/store/store-failed.ts'

type Mood =
  | { readonly is: 'well' }
  /** Every write is refused; `left`: how many more (Infinity: until mended). */
  | { readonly is: 'refusing', left: number }
  /** The write reaches the disk and its reply is lost: the thread died after COMMIT. */
  | { readonly is: 'losing-replies', left: number }
  /** Writes wait until mended, then go on: a network disk that comes back. */
  | { readonly is: 'hanging' }

/**
 * A real store in front of which the disk can fail. Writes only: reads of a full disk still work. `unreadable` makes
 * reads fail too.
 */
export class FailingStore implements AlarmStore {
  readonly #store: AlarmStore
  #mood: Mood = { is: 'well' }
  #waiting: (() => void)[] = []
  unreadable = false
  /** Writes that were asked for, failed ones included. */
  writes = 0

  constructor (store: AlarmStore) { this.#store = store }

  /** The disk is full for so many writes, or until `mend`. */
  refuse (times = Infinity): void { this.#mood = { is: 'refusing', left: times } }
  loseReplies (times = 1): void { this.#mood = { is: 'losing-replies', left: times } }
  hang (): void { this.#mood = { is: 'hanging' } }

  mend (): void {
    this.#mood = { is: 'well' }
    for (const goOn of this.#waiting.splice(0)) goOn()
  }

  append (append: Append): Promise<AppendResult> { return this.#write(() => this.#store.append(append)) }
  remember (presses: readonly PressHash[]): Promise<void> { return this.#write(() => this.#store.remember(presses)) }
  probe (): Promise<void> { return this.#write(() => this.#store.probe()) }
  live (): Promise<readonly AlarmRow[]> { return this.#read(() => this.#store.live()) }
  load (id: AlarmId): Promise<AlarmRow | null> { return this.#read(() => this.#store.load(id)) }
  happenings (id: AlarmId): Promise<readonly Happening[]> { return this.#read(() => this.#store.happenings(id)) }

  known (press: PressHash): { readonly heard: boolean, readonly alarms: readonly AlarmId[] } {
    return this.unreadable ? { heard: false, alarms: [] } : this.#store.known(press)
  }

  async #write<Result> (write: () => Promise<Result>): Promise<Result> {
    this.writes++
    if (this.#mood.is === 'hanging') await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    const mood = this.#mood
    if (mood.is === 'refusing' && mood.left-- > 0) throw new StoreFailed('The disk is full', { reason: 'DISK_FULL' })
    const result = await write()
    if (mood.is === 'losing-replies' && mood.left-- > 0) throw new StoreFailed('The reply was lost', { reason: 'WORKER_DIED' })
    return result
  }

  async #read<Result> (read: () => Promise<Result>): Promise<Result> {
    if (this.unreadable) throw new StoreFailed('The disk cannot be read', { reason: 'IO' })
    return await read()
  }
}
