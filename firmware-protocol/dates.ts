import { QUEUE_COUNTS_MS, QUEUE_LIFE_MS, QUEUE_MEMORY_MS } from './limits.ts'

/**
 * How far a button's uptime is from our clock when nothing delays its frames: the least (receive - uptime) of the last
 * hour, as minima per minute, so that it holds at most 61 numbers however many frames come.
 */
export type QueueClock = {
  /** The boot that the minima belong to; 0: nothing heard. */
  readonly boot: number
  readonly minima: ReadonlyArray<{ readonly minute: number, readonly offsetMs: number }>
}

export const QUEUE_CLOCK_EMPTY: QueueClock = { boot: 0, minima: [] }
const MINUTE_MS = 60_000
const MEMORY_MINUTES = QUEUE_MEMORY_MS / MINUTE_MS

/**
 * Takes an accepted frame's uptime and says how long the frame was on its way.
 * @param receivedMs from a clock that never jumps (monotonic): wall time set back would age every frame that follows
 * @returns queueMs null when it can't be known: no readable uptime, or a frame of an older boot
 */
export function hearUptime (clock: QueueClock, boot: number, uptimeMs: number | undefined, receivedMs: number): { readonly clock: QueueClock, readonly queueMs: number | null } {
  if (uptimeMs === undefined || boot < clock.boot) return { clock, queueMs: null }
  const minute = Math.floor(receivedMs / MINUTE_MS)
  const offsetMs = receivedMs - uptimeMs
  const held = boot > clock.boot ? [] : clock.minima.filter((each) => each.minute >= minute - MEMORY_MINUTES)
  const last = held.at(-1)
  const minima = last?.minute === minute
    ? [...held.slice(0, -1), { minute, offsetMs: Math.min(last.offsetMs, offsetMs) }]
    : [...held, { minute, offsetMs }]
  const least = Math.min(...minima.map((each) => each.offsetMs))
  return { clock: { boot, minima }, queueMs: offsetMs - least }
}

/** Whether a frame says that the button lives now: one that waited over 30 s, or nobody knows how long, does not. */
export function provesLife (queueMs: number | null): boolean {
  return queueMs !== null && queueMs <= QUEUE_LIFE_MS
}

export type PressDate = {
  readonly receivedAtMs: number
  readonly queueMs: number | null
  readonly pressedAtMs: number
  /** False: a reboot came between press and frame (or its age was unreadable); `pressedAtMs` is when we received it. */
  readonly certain: boolean
}

/**
 * When she pressed: receive - age - queue time, the latter only above 2 s (below, it is noise of the clocks).
 * @param receivedAtMs wall clock, epoch ms
 */
export function datePress (receivedAtMs: number, ageMs: number | undefined, queueMs: number | null): PressDate {
  if (ageMs === undefined) return { receivedAtMs, queueMs, pressedAtMs: receivedAtMs, certain: false }
  const waitedMs = queueMs !== null && queueMs > QUEUE_COUNTS_MS ? queueMs : 0
  return { receivedAtMs, queueMs, pressedAtMs: receivedAtMs - ageMs - waitedMs, certain: true }
}
