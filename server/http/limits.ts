/** Every named limit of the HTTP side. Raising an alarm has none (R16). */
export const BODY_MAX_BYTES = 32 * 1024
export const PARAM_MAX_CHARS = 100
export const HEADERS_MAX_BYTES = 8 * 1024
/** A request must have arrived whole in this time (slowloris). */
export const REQUEST_MAX_MS = 15_000
export const KEEP_ALIVE_MS = 65_000
/** What is still connected so long after the stop began is hung up on. */
export const HANG_UP_AFTER_MS = 1_500
/** Sessions that one phone's cookie may hold (R24). */
export const SESSIONS_PER_PHONE_MAX = 8
/** Of a press's body no more is read: a kind takes twenty bytes. What is larger raises as an alarm. */
export const PRESS_BODY_MAX_BYTES = 4 * 1024
/** A press whose body has not come by then raises without it. */
export const PRESS_BODY_WAIT_MS = 2_000
/** How long a press waits for the disk before it is answered with `recorded: false`. */
export const RECORDED_WAIT_MS = 1_500
export const SOCKET_PAYLOAD_MAX_BYTES = 4 * 1024

export type Budget = {
  /** Attempts that may come at once. */
  readonly burst: number
  /** One more attempt every so many milliseconds. */
  readonly everyMs: number
}

/** What is limited, by whom it is counted, and how hard. */
export const BUDGETS = {
  /** Showing or consuming an invite, by address. Tokens hold 128 bits; this is against noise. */
  invite: { burst: 30, everyMs: 6_000 },
  /** Pairing codes are short enough to be typed: by address, and by everybody together. */
  code: { burst: 10, everyMs: 30_000 },
  codeAll: { burst: 100, everyMs: 1_000 },
  /** PINs, by phone (its session): her phone in somebody else's hand. Another phone of hers has a budget of its own. */
  pin: { burst: 6, everyMs: 30_000 },
  /** Recovery words, by address, and by all together who have tried before: 98 bits are not guessed; this is against noise. */
  recover: { burst: 10, everyMs: 30_000 },
  recoverAll: { burst: 200, everyMs: 500 },
  /** Joining without an invite, by address, and by everybody together. */
  join: { burst: 3, everyMs: 10 * 60_000 },
  joinAll: { burst: 60, everyMs: 60_000 },
  /** Exports, by phone: they read everything. */
  export: { burst: 5, everyMs: 60_000 },
  /** Invites and pairing codes made by one session. */
  make: { burst: 20, everyMs: 30_000 },
  /** New tokens for one phone, each a write. A page asks for them about once a day. */
  refresh: { burst: 10, everyMs: 60_000 },
  /** Studies, by researcher: each is read from the disk on which alarms are written. */
  study: { burst: 20, everyMs: 3_000 }
} as const satisfies Record<string, Budget>
export type BudgetName = keyof typeof BUDGETS

/** Keys remembered per limiter; beyond it the one that was used longest ago is forgotten. */
export const LIMITER_KEYS_MAX = 10_000
