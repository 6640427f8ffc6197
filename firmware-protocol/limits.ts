/** Every named limit and wait of `vbp1`. Numbers come from protocol.cddl; a test keeps both equal. */

/** A frame, envelope included. */
export const FRAME_MAX_BYTES = 256

// What the service keeps
/** Unseen counters this far below the newest of the same boot are still taken. */
export const WINDOW_WIDTH = 64
/** A boot further above the highest accepted one is stale. */
export const BOOT_LEAP_MAX = 65_536
export const WINDOW_SAVE_MS = 10_000
export const DSEQ_BLOCK = 1_000

// What the service waits for
/** At most one `sync` per button in this time. */
export const SYNC_EVERY_MS = 10_000
/** A suspect press must come again in an accepted frame within this time. */
export const REPLAY_PROOF_MS = 30_000
export const SILENT_AFTER_BEATS = 2.5
/** Silence is told at the latest this long after the last frame of an always-connected button. */
export const SILENT_TOLD_MS = 90_000

// Dates
/** The minimum of (receive - uptime) is taken over this long. */
export const QUEUE_MEMORY_MS = 3_600_000
/** A longer queue time moves the press time. */
export const QUEUE_COUNTS_MS = 2_000
/** A longer queue time is no sign of life. */
export const QUEUE_LIFE_MS = 30_000

// What the service says
export const COMING_TTL_S = 60

// What the button does
export const DEFAULT_BEAT_S = 30
export const KEEP_ALIVE_S = 30
export const PUBACK_WAIT_MS = 3_000
export const SEEN_EVERY_MS = 20_000
/** Waits after the first sendings of an event, each counted from the previous sending. */
export const RETRY_FIRST_MS: readonly number[] = [500, 1_000, 2_000, 4_000, 8_000]
export const RETRY_OFTEN_MS = 15_000
/** How long after the press RETRY_OFTEN_MS holds. */
export const RETRY_OFTEN_FOR_MS = 600_000
export const RETRY_SLOW_MS = 60_000
export const MERGE_WITHIN_MS = 2_000
export const EVENTS_HELD_MAX = 16
