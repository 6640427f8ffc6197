/**
 * Erasing her (R16, R21). Asked with PIN and recovery words it is due at once, else after 72 h and can be called off.
 * When it is due and no alarm of hers is open, her doors close: as anybody may perceive it she is gone. Her rows follow
 * as soon as no alarm of hers tells anybody any more: what a duress PIN left running among those who may know is help
 * that she still needs.
 */
import type { Cancel } from '../clock/clock.ts'
import type { ErasureRow } from '../store/privacy-store.ts'
import type { Base } from './base.ts'
import { contributionMarks } from './contribution.ts'
import { lanesOf } from './history.ts'
import { journalLine } from './journal.ts'
import { ERASE_AFTER_MS, ERASE_LOOK_MS } from './limits.ts'
import type { ErasureService, HerAlarms, Traces } from './privacy-services.ts'
import type { SlowTime } from './slow-time.ts'
import type { EpochMs, WorkerId } from './words.ts'

/** What the log may hear: a code, nobody. */
type ErasureLog = { warn (detail: object, message: string): void }

export class Erasures implements ErasureService {
  readonly #base: Base
  readonly #time: SlowTime
  readonly #traces: Traces
  readonly #log: ErasureLog
  /** Set once the engine runs; before that no alarm is in memory. */
  alarms: HerAlarms | null = null
  #looking: Promise<void> = Promise.resolve()
  #cancel: Cancel | null = null
  #walHolds = false
  #stopped = false

  constructor (base: Base, time: SlowTime, traces: Traces, log: ErasureLog) {
    this.#base = base
    this.#time = time
    this.#traces = traces
    this.#log = log
  }

  of (worker: WorkerId) { return (this.#base.picture.folk.workers.get(worker)?.erasesAt ?? null) as EpochMs | null }

  waits (worker: WorkerId) { return this.alarms?.alarmsOf(worker) === 'open' }

  async ask (worker: WorkerId, proven: boolean) {
    const at = this.#base.clock.now()
    const written = await this.#base.write('askErasure', { worker, at, dueAt: proven ? at : at + ERASE_AFTER_MS },
      journalLine(this.#base, worker, { what: 'erasure-asked', by: 'you' }))
    if (!written.ok) return written
    if (proven) void this.look()
    return { ok: true as const, dueAt: written.dueAt as EpochMs }
  }

  async cancel (worker: WorkerId) {
    return await this.#base.write('cancelErasure', { worker }, journalLine(this.#base, worker, { what: 'erasure-cancelled', by: 'you' }))
  }

  /** Does what is due. One look at a time; never rejects: what could not be done is tried again. */
  async look (): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look()).catch(() => {
      this.#log.warn({ code: 'ERASURE_WAITS' }, 'something could not be erased; it is tried again')
    })
    await this.#looking
  }

  /** Looks now, and again and again. */
  follow (): void {
    const tick = (): void => {
      void this.look().then(() => { if (!this.#stopped) this.#cancel = this.#base.clock.after(ERASE_LOOK_MS, tick) })
    }
    tick()
  }

  async stop (): Promise<void> {
    this.#stopped = true
    this.#cancel?.()
    await this.#looking
  }

  async #look (): Promise<void> {
    const now = this.#time.now()
    for (const row of await this.#base.store.privacy.erasures()) if (row.dueAt <= now) await this.#erase(row)
    if (this.#walHolds) this.#walHolds = !await this.#traces.emptyWal()
  }

  async #erase (row: ErasureRow): Promise<void> {
    const worker = row.worker as WorkerId
    const running = this.alarms?.alarmsOf(worker) ?? 'none'
    if (running === 'open') return
    await this.#base.write('closeDoors', { worker, at: this.#base.clock.now() })
    if (running === 'telling') return
    // First of all: a crash from here on leaves a worker who is erased at the next look, never one whom a backup brings back.
    await this.#traces.bury(this.#base.keyring.hash('erased', `worker:${worker}`))
    const written = await this.#base.write('eraseWorker', { worker, lanes: lanesOf(worker), marks: contributionMarks(this.#base, worker) })
    // The disk is a moment behind: at the next look.
    if (!written.ok) return
    this.alarms?.forget(worker)
    // What was unwrapped is not kept in memory either.
    this.#base.keyring.key(worker)
    this.#walHolds = true
  }
}
