/** Every named limit and wait of the broker; what the protocol itself fixes is in `firmware-protocol/limits.ts`. */

// What one connection may do
/** An MQTT packet's remaining length. A CONNECT with its will needs less than 600 bytes. */
export const PACKET_MAX_BYTES = 4_096
/** From the first byte of TCP or TLS to a whole CONNECT. */
export const CONNECT_WITHIN_MS = 5_000
/** A CONNECT that promises no keep-alive (0), or a longer one, is refused: a dead connection must be noticed. */
export const KEEPALIVE_MAX_S = 120
/** Packets that may follow a CONNECT before its CONNACK: SUBSCRIBE, 16 events, hello, and some room. */
export const EARLY_PACKETS_MAX = 42
/** Presses and faults of one connection whose PUBACK waits for the disk. Beyond it they are raised, but not acknowledged. */
export const UNACKNOWLEDGED_MAX = 64
/** `vbp/1/<did>/up` has four levels. */
export const TOPIC_LEVELS_MAX = 8

// What all connections may do together
export const CONNECTIONS_MAX = 10_000
/** Connections that have not proven who they are; one more ends the oldest, so that strangers never keep a button out. */
export const STRANGERS_MAX = 2_000

// A button that does not read
/** More than this still unsent: the newest state waits until the socket has drained. */
export const DOWNLINK_BUFFER_MAX_BYTES = 2_048
/** How often a waiting state looks again. */
export const DRAIN_LOOK_MS = 250
/** A socket that has not drained by then is cut. */
export const DRAIN_WITHIN_MS = 4_000

// What is remembered of one button
/** Stale presses whose proof is awaited, and faults on their way to disk; a button holds 16 events. */
export const EVENTS_REMEMBERED_MAX = 16
/** dseqs left in the reserved block when the next block is asked for. */
export const DSEQ_RESERVE_AT = 500
/** A failed save of a button's memory is tried again. */
export const SAVE_RETRY_MS = 1_000
/** How often changed windows are saved; with the save itself well inside the protocol's 10 s. */
export const SAVE_EVERY_MS = 5_000
/** How often silence is looked for: 75 s and this stay inside the 90 s. */
export const SILENCE_LOOK_MS = 5_000
/** At most one `config` per button in this time, unless the wish has changed: a button that never agrees is not chased. */
export const CONFIG_EVERY_MS = 10_000
/** The same trouble of the same button is told again after this. */
export const TROUBLE_EVERY_MS = 60_000

// What the service says
/** `received` and `no answer yet` must reach the button while they are news. */
export const NEWS_TTL_S = 120
/** `all clear` and `test ok` don't expire; the field is mandatory. */
export const CLEAR_TTL_S = 300

// Stopping
/** How long a stop waits for the last save. */
export const STOP_WITHIN_MS = 3_000
