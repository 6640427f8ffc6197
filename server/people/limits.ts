/** Every named wait and every bound of the people's side. Times in milliseconds. */
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** R7, R13: a test or shift window. */
export const WINDOW_MS = 2 * MINUTE
/** A press time is an estimate; one that far before its window was opened, or before a shift began, still counts. */
export const PRESS_TIME_ERROR_MS = 2 * SECOND
/** R7: a press belongs also to who was on shift in this time before it. */
export const RECENT_SHIFT_MS = 30 * MINUTE
/** R7: after its planned end a shift is doubtful, and not ended by itself before this. */
export const DOUBTFUL_MS = 12 * HOUR
export const SHIFT_MAX_MS = 16 * HOUR
/** R21: shift rows live no longer than this after their end. */
export const SHIFT_KEPT_MS = DAY
/** What she can read about who changed or saw what concerned her. */
export const JOURNAL_KEPT_MS = 30 * DAY
/** What screens were shown under duress, since the last time that something was. */
export const VEIL_KEPT_MS = 30 * DAY
/** Workers whose own PIN was the last one typed; beyond it what was pretended is shown again until she types it. */
export const LIED_TO_MAX = 5_000
/** R17: how far ahead she may promise to say "I am fine". */
export const CHECK_IN_LEAST_MS = 5 * MINUTE
export const CHECK_IN_MOST_MS = 12 * HOUR
/** From overdue to raised, if she says nothing else; and what she may choose. */
export const GRACE_MS = 5 * MINUTE
export const GRACE_LEAST_MS = MINUTE
export const GRACE_MOST_MS = 15 * MINUTE
/** The watch over check-ins sleeps no longer than this while one is open: a clock that was set is noticed by then. */
export const WATCH_MS = 10 * SECOND
/** Wall and monotonic clock drift apart by more than this only when the wall clock was set. */
export const CLOCK_SET_MS = 2 * SECOND
/** When her phone was last heard of is written this often. */
export const HEARD_SAVED_MS = MINUTE
/** Answers to check-ins that wait for a failing disk, in the whole house. */
export const UNSAVED_ANSWERS_MAX = 10_000
/** R21: how long an alarm's details live unless she chose otherwise, in days. */
export const ALARM_DAYS = 30
export const ALARM_DAYS_MAX = 365
/** The one alarm that she keeps, sealed. */
export const KEPT_ALARM_MS = 365 * DAY
/** Shown and exported of her history; more can't be shown before the first go. */
export const HISTORY_MAX = 1_000
/** R16: erasing that was not asked with PIN and recovery words. */
export const ERASE_AFTER_MS = 72 * HOUR
/** What is due is looked for this often. */
export const ERASE_LOOK_MS = 15 * SECOND
/** Who may join without an invite, in all: the picture is in memory. */
export const WORKERS_MAX = 20_000
export const JOIN_REQUEST_MS = 10 * MINUTE

export const INVITE_MS = 7 * DAY
export const PAIRING_CODE_MS = 30 * MINUTE
/** A responder who joined and was not confirmed is forgotten after this. */
export const UNCONFIRMED_MS = 7 * DAY
/** Wrong confirmation codes before the pairing has to begin anew. */
export const CONFIRM_TRIES_MAX = 5
export const OPEN_PAIRINGS_MAX = 10
/** What somebody who offers themselves reads aloud is another one after this; the one before is right for as long again. */
export const OFFER_CODE_MS = 10 * MINUTE

/** A reference person's hours: so long at most in one piece, so far ahead, so many pieces. */
export const DUTY_MAX_MS = DAY
export const DUTY_AHEAD_MS = 62 * DAY
export const DUTY_ROWS_MAX = 200
export const HANDOVERS_MAX = 20
/** The rooms' own clock. */
export const ROOMS_TIME_ZONE = 'Europe/Brussels'
/** Pieces of a week in which a venue is open. */
export const OPENING_MAX = 28
/** Gaps of the rota are shown so far ahead. */
export const GAPS_AHEAD_MS = 12 * HOUR

/** A session that was not used for this long is over. */
export const SESSION_MS = 180 * DAY
/** After a rotation the old token still opens: the answer that carried the new one may have been lost. */
export const ROTATION_GRACE_MS = 2 * MINUTE
export const SESSIONS_PER_PERSON_MAX = 20
export const SHORTCUTS_MAX = 5
/** How long she can see that a shortcut pressed. */
export const SHORTCUT_SEEN_MS = DAY
/** Her journal says that a shortcut pressed at most this often. */
export const SHORTCUT_TOLD_MS = HOUR
/** Her page says so at most this often. */
export const SHORTCUT_SHOWN_MS = 10 * SECOND
export const SHORTCUT_USES_SAVED_MS = MINUTE

export const PIN_DIGITS_MIN = 4
export const PIN_DIGITS_MAX = 8
export const PIN_DIFFERENCE_MIN = 2
/** Wrong PINs on one phone before each further one there has to wait. No other phone waits, and raising never does (R16). */
export const PIN_FREE_TRIES = 5
export const PIN_WAIT_FIRST_MS = 30 * SECOND
export const PIN_WAIT_MAX_MS = 15 * MINUTE
/** Phones whose wrong PINs are remembered; beyond it the one that tried longest ago is forgotten. */
export const PIN_TRIERS_MAX = 10_000
/** argon2id computations under way: two of the four threads that also look up host names for pushes. */
export const PIN_HASHES_AT_ONCE = 2
/** Beyond it a PIN is refused before anything is computed. */
export const PIN_HASHES_WAITING_MAX = 64

export const CONTACTS_MAX = 40
/** Names of responders who left that she still finds on her list; beyond it the oldest go. */
export const LEFT_KEPT_MAX = 40
/** Workers to be told that somebody left as soon as the hour after their alarm is over; beyond it their list says so alone. */
export const LEFT_WAITING_MAX = 5_000
/** "Available" is said for tonight or for a shift, never for good. */
export const AVAILABLE_MAX_MS = DAY
export const ENDPOINTS_MAX = 8
export const ALIAS_CHARS_MAX = 40
export const LABEL_CHARS_MAX = 60
export const ADDRESS_CHARS_MAX = 200
export const NOTE_CHARS_MAX = 280
export const WORDING_CHARS_MAX = 40

/** What a button promises unless told otherwise: protocol.md, "Always-connected buttons". */
export const BEAT_S = 30
/** A beat may come so much after it is due: a sleeper has to connect first, and a frame may wait behind another. */
export const BEAT_LATE_MOST_S = 30
/** A window's use is written again after this when the disk failed. */
export const WRITE_AGAIN_MS = 500
/** How soon the directory sees what another process wrote. */
export const FOLLOW_MS = 1_000
/** Last beats are written this often. */
export const BEATS_SAVED_MS = MINUTE
/** Requests to join an occupied room that may wait at once, in the whole house. */
export const JOIN_REQUESTS_MAX = 1_000
/** After its end a quarter waits so long for what is late, and for whoever takes hers back, before it is published for ever. */
export const PUBLISH_MARGIN_MS = 14 * DAY
/** Settled alarms counted in one go; the rest an hour later. */
export const CONTRIBUTIONS_AT_ONCE_MAX = 1_000
/** Alarms of hers that may settle in the very moment in which she erases them, each counted before it goes. */
export const COUNT_BEFORE_TRIES_MAX = 5
/** A button unheard for so many of its promised intervals is no working chain. */
export const BEATS_MISSED_MAX = 3
/** A service that was down for longer was not down: it was put away. */
export const DOWN_COUNTED_MAX_MS = 31 * DAY

/** R19: a beat may be so late before it counts as weaker. */
export const BEAT_GRACE_MS = 5 * SECOND
/** R19: at or below this a battery is weak. */
export const BATTERY_PCT_MIN = 20
/** R19: a responder's device that gave a sign in this time is there. */
export const DEVICE_PROOF_MS = 4 * HOUR
/** Pages are pinged every 15 s: her own is fresh, then late, then unheard. */
export const PHONE_FRESH_MS = 45 * SECOND
export const PHONE_SILENT_MS = 90 * SECOND
/** R15: so long after the end of an alarm, true or not, what her people do is not shown as readiness. */
export const AFTER_ALARM_MS = HOUR
/** How often readiness is looked at: what falls silent is told within 90 s, of which the broker takes 80. */
export const READINESS_LOOK_MS = SECOND
/** Nobody who looks is judged more rarely than this: a wall clock that jumps changes what holds. */
export const READINESS_AGAIN_MS = MINUTE
/** Workers judged in one go before presses get their turn. */
export const READINESS_SLICE = 200
/** The service says that it lives this often; a gap of more than twice that was a time when nobody listened. */
export const SIGN_OF_LIFE_MS = 15 * SECOND
/** Deaf times kept of one shift; beyond it the newest are dropped. */
export const DEAF_MAX = 200
/** Signs of devices are written this often, and only when they tell something newer by as much. */
export const DEVICES_SAVED_MS = 5 * MINUTE
/** Phones of hers on which somebody else's session was seen. */
export const SAME_PHONE_MAX = 40

/** R20: figures of a drill live so long, and of one worker no more than so many. */
export const DRILL_KEPT_MS = 30 * DAY
export const DRILLS_MAX = 20
export const DRILL_EVERY_MS = 10 * MINUTE
export const DRILL_DUE_MS = 7 * DAY
/** No drill, and no reminder of one, in these hours of the rooms' own clock. */
export const NIGHT_FROM_HOUR = 22
export const NIGHT_UNTIL_HOUR = 9
export const DRILL_REMIND_EVERY_MS = HOUR
/** Reminders sent in one go; who is left over is asked an hour later. */
export const REMINDERS_PER_LOOK_MAX = 500
/** Drills whose late receipts are still taken. */
export const DRILLS_RUNNING_MAX = 1_000
