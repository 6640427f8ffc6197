import { BOOT_LEAP_MAX, WINDOW_WIDTH } from './limits.ts'

/**
 * What the service remembers of a button's counters. Plain JSON. Newest accepted (boot, seq) and which of the 64
 * counters up to it were accepted.
 */
export type Window = {
  /** Highest boot accepted; 0: nothing accepted yet. It is the `known` of a `sync`. */
  readonly boot: number
  /** Highest seq accepted in that boot. */
  readonly seq: number
  /** 16 hex digits; bit i: seq - i was accepted. */
  readonly bits: string
  /** After a restart: frames up to this seq of this boot are no sign of life. 0: no restart in this boot. */
  readonly deafUpTo: number
}

/**
 * `newer`, `unseen`: accepted. `duplicate`: this counter was accepted before. `stale`: below the window, or an older
 * boot. `boot-too-far`: more than 65,536 above the known boot, stale too.
 */
export type Verdict = 'newer' | 'unseen' | 'duplicate' | 'stale' | 'boot-too-far'
export type Judgement = {
  readonly verdict: Verdict
  readonly accepted: boolean
  /** Whether the counter allows this frame as a sign of life (its queue time may still forbid it). */
  readonly presence: boolean
  /** The window to keep; the same object when nothing was accepted. */
  readonly window: Window
}

/** A button that was never heard. */
export const WINDOW_EMPTY: Window = { boot: 0, seq: 0, bits: '0000000000000000', deafUpTo: 0 }

const WIDTH = BigInt(WINDOW_WIDTH)
const MASK = (1n << WIDTH) - 1n

/**
 * Judges the counter of an authentic frame. Counters never wrap: a smaller boot is older for ever.
 * Not for the last will (`bye`, why `will`), which touches no window: see will.ts.
 */
export function judge (window: Window, boot: number, seq: number): Judgement {
  if (boot > window.boot) {
    if (boot > window.boot + BOOT_LEAP_MAX) return refuse(window, 'boot-too-far')
    return accept('newer', { boot, seq, bits: hex(1n), deafUpTo: 0 }, true)
  }
  if (boot < window.boot) return refuse(window, 'stale')
  const bits = BigInt(`0x${window.bits}`)
  if (seq > window.seq) {
    const ahead = seq - window.seq
    // Shifting by an unbounded distance would allocate a number of that many bits.
    const kept = ahead < WINDOW_WIDTH ? (bits << BigInt(ahead)) & MASK : 0n
    return accept('newer', { ...window, seq, bits: hex(kept | 1n) }, true)
  }
  const behind = window.seq - seq
  if (behind >= WINDOW_WIDTH) return refuse(window, 'stale')
  const bit = 1n << BigInt(behind)
  if ((bits & bit) !== 0n) return refuse(window, 'duplicate')
  return accept('unseen', { ...window, bits: hex(bits | bit) }, seq > window.deafUpTo)
}

/**
 * The saved window as the service may use it after a restart. Between the last save and the end counters may have
 * been accepted that it does not show; what is not above it may be a recording, so it proves no presence.
 */
export function afterRestart (saved: Window): Window {
  return { ...saved, deafUpTo: saved.seq }
}

function accept (verdict: Verdict, window: Window, presence: boolean): Judgement {
  return { verdict, accepted: true, presence, window }
}

function refuse (window: Window, verdict: Verdict): Judgement {
  return { verdict, accepted: false, presence: false, window }
}

function hex (bits: bigint): string {
  return bits.toString(16).padStart(WINDOW_WIDTH / 4, '0')
}
