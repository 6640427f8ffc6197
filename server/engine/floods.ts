/**
 * A phone shortcut's token may leak, and a stranger may press it hundreds of times a minute. Every press raises, and no
 * press calls her people more often than reminders would (R10): into the alarm that runs already, one press a wait is
 * let through, the others are merged into the next. The last one is never lost, only later. Her own phone, and the
 * button on the wall, are never held back.
 */
import type { AlarmId } from '../alarm/alarm.ts'
import { reminderMostMs, reminderWaitMs } from '../alarm/limits.ts'
import type { Cancel, Clock } from '../clock/clock.ts'

/** Keys of merged presses that are known again when the phone repeats them, per token. */
export const MERGED_KEYS_MAX = 256
/** Tokens whose pace is remembered; the one pressed longest ago is forgotten, and its next press goes through. */
export const TOKENS_MAX = 10_000

type Pace = { readonly alarm: AlarmId, through: number, throughMono: number, lastMono: number, waiting: (() => void) | null, cancel: Cancel | null }

export class Floods {
  readonly #clock: Clock
  readonly #paces = new Map<string, Pace>()
  readonly #keys = new Map<string, Set<string>>()

  constructor (clock: Clock) { this.#clock = clock }

  /** A merged press that its phone sends again. */
  isMerged (token: string, key: string): boolean { return this.#keys.get(token)?.has(key) === true }

  /** This press of the token opened `alarm`, or was let into it. */
  passed (token: string, alarm: AlarmId): void {
    const now = this.#clock.mono()
    const before = this.#paces.get(token)
    before?.cancel?.()
    const goesOn = before?.alarm === alarm && now - before.lastMono < reminderMostMs
    this.#paces.delete(token)
    this.#paces.set(token, { alarm, through: goesOn ? before.through + 1 : 1, throughMono: now, lastMono: now, waiting: null, cancel: null })
    const [oldest] = this.#paces.keys()
    if (this.#paces.size > TOKENS_MAX && oldest !== undefined) this.#forget(oldest)
  }

  /**
   * Whether one more press into `alarm` has to wait. If so, `later` is called when it may go in, for the newest of those
   * that wait.
   */
  holdsBack (token: string, alarm: AlarmId, key: string, later: () => void): boolean {
    const pace = this.#paces.get(token)
    const now = this.#clock.mono()
    if (pace === undefined || pace.alarm !== alarm || now - pace.lastMono >= reminderMostMs) return false
    pace.lastMono = now
    const leftMs = pace.throughMono + reminderWaitMs(pace.through - 1) - now
    if (leftMs <= 0) return false
    pace.waiting = later
    pace.cancel ??= this.#clock.after(leftMs, () => { this.#letIn(token, pace) })
    this.#remember(token, key)
    return true
  }

  /** What waits is let in now: its pace ends with this process, its press does not. */
  stop (): void {
    for (const [token, pace] of [...this.#paces]) this.#letIn(token, pace)
    for (const token of [...this.#paces.keys()]) this.#forget(token)
  }

  #letIn (token: string, pace: Pace): void {
    if (this.#paces.get(token) !== pace) return
    const { waiting } = pace
    pace.waiting = null
    pace.cancel = null
    waiting?.()
  }

  #remember (token: string, key: string): void {
    const keys = this.#keys.get(token) ?? new Set<string>()
    this.#keys.set(token, keys.add(key))
    const [oldest] = keys
    if (keys.size > MERGED_KEYS_MAX && oldest !== undefined) keys.delete(oldest)
  }

  #forget (token: string): void {
    this.#paces.get(token)?.cancel?.()
    this.#paces.delete(token)
    this.#keys.delete(token)
  }
}
