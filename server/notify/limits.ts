/** Every wait and every bound of notify, in one place. */

/** A push service that has not answered by then counts as failed; covers connecting, headers and body. */
export const PUSH_TIMEOUT_MS = 5_000
/** How much of a reply is read; the rest is hung up on. */
export const REPLY_BYTES_MAX = 512
/** The store must say by then whether a consent holds; afterwards its answer no longer counts. */
export const CONSENT_TIMEOUT_MS = 5_000
/** Requests in flight to one push service, so that one that hangs cannot take every socket of this process. */
export const IN_FLIGHT_PER_ORIGIN_MAX = 64
/** Sends that wait for their turn. Beyond it a send is refused and the engine's next telling tries again. */
export const WAITING_MAX = 20_000
/** One slice of encrypting (about 0.5 ms each) before the event loop gets its turn: presses come first. */
export const SLICE_MS = 8
/** Tellings with a send under way or waiting for a retry. */
export const TELLINGS_MAX = 20_000
/** Devices of one person that are told; the newest subscriptions of `people` come first. */
export const ENDPOINTS_PER_PERSON_MAX = 20
/** Endpoints that asked for a pause (429). */
export const RESTING_MAX = 10_000
/** One size for every push, so that size says nothing. Apple, FCM and Mozilla take 4,096 bytes after 103 of encryption. */
export const PAYLOAD_BYTES = 3_072
/** After a 413, once, without details. */
export const MINIMAL_PAYLOAD_BYTES = 1_024
/** Signed VAPID tokens kept, one per push service. */
export const VAPID_TOKENS_MAX = 64
/** Reminders with a send under way or waiting for a retry. */
export const REMINDERS_MAX = 5_000
/** How long a push service keeps a reminder for a phone that is off, and how long we go on trying. */
export const REMINDER_TTL_S = 600
