/** What people's services refuse, in problem details: one table, so that no code can be forgotten (the compiler says so). */
import type { CircleFault } from '../people/circle-services.ts'
import type { StartFault } from '../people/place-services.ts'
import type { DrillFault } from '../people/readiness/services.ts'
import type { Done, Refused } from '../people/words.ts'
import type { ProblemCode } from '../contract/problem.ts'
import { Problem } from './problem.ts'

export type Refusal =
  | CircleFault | DrillFault | StartFault
  | 'AUTHORITY_FORBIDDEN' | 'DUTY_RANGE' | 'HANDOVER_NOT_FOUND' | 'HOURS_NOT_FOUND' | 'NOT_AGREED' | 'NOT_DECLARED' | 'NOT_OF_THIS_VENUE' | 'NOT_THEIR_HOURS' | 'NO_ROTA'
  | 'OPENING_RANGE' | 'ROOM_HAS_BUTTONS' | 'OFFER_BARRED' | 'OFFER_NOT_FOUND' | 'OTHERS_AGREED' | 'TOO_MANY_HOURS'
  | 'PROMISE_NOT_SAVED' | 'CHECK_IN_NOT_FOUND' | 'CHECK_IN_RANGE' | 'CHECK_IN_RUNNING' | 'GRACE_RANGE'
  | 'ALARM_NOT_FOUND' | 'AVAILABLE_RANGE' | 'CIRCLE_NOT_FOUND' | 'ALREADY_JOINED' | 'BUTTON_NOT_FOUND' | 'CIRCLE_CHANGED' | 'CODE_NOT_FOUND' | 'CONFIRM_TRIES_OVER' | 'CONFIRM_WRONG'
  | 'CONSENT_NOT_FOUND' | 'CONTACT_NOT_FOUND' | 'ENDPOINT_NOT_FOUND' | 'INVITE_NOT_FOUND' | 'LABEL_TAKEN' | 'NOBODY_MAY_KNOW' | 'NOT_AN_AUTHORITY'
  | 'NOT_HER_VENUE' | 'NO_SHIFT' | 'PIN_FORMAT' | 'PIN_TOO_CLOSE' | 'PIN_UNSET' | 'PIN_WAIT' | 'PIN_WRONG' | 'REQUEST_NOT_FOUND' | 'RESPONDER_NOT_FOUND'
  | 'ROLE_MISMATCH' | 'ROOM_FREE' | 'ROOM_NOT_FOUND' | 'ROOM_OCCUPIED' | 'ROOM_SHARED' | 'SESSION_NOT_FOUND' | 'SHORTCUT_NOT_FOUND' | 'TEXT_EMPTY'
  | 'TOO_MANY_CONTACTS' | 'TOO_MANY_ENDPOINTS' | 'TOO_MANY_PAIRINGS' | 'TOO_MANY_SHORTCUTS' | 'PUSH_HOST_UNKNOWN' | 'VENUE_NOT_FOUND' | 'WORDING_EMPTY' | 'PHONE_FULL'
  | 'DAYS_RANGE' | 'HOUSE_FULL' | 'JOIN_CLOSED' | 'KEPT_ALREADY' | 'NO_ERASURE' | 'WORDS_WRONG'

type Answer = { readonly problem: ProblemCode, readonly detail: string }
/** Not there, not yours: one answer, or the difference would tell what exists. */
const GONE: Answer = { problem: 'NOT_FOUND', detail: '' }
const refused = (detail: string): Answer => ({ problem: 'REFUSED', detail })
const conflict = (detail: string): Answer => ({ problem: 'CONFLICT', detail })

export const REFUSALS: Readonly<Record<Refusal, Answer>> = {
  ALARM_NOT_FOUND: GONE,
  BUTTON_NOT_FOUND: GONE,
  CHECK_IN_NOT_FOUND: GONE,
  CIRCLE_NOT_FOUND: GONE,
  CONSENT_NOT_FOUND: GONE,
  CONTACT_NOT_FOUND: GONE,
  ENDPOINT_NOT_FOUND: GONE,
  HANDOVER_NOT_FOUND: GONE,
  HOURS_NOT_FOUND: GONE,
  NOT_AGREED: GONE,
  NO_ROTA: GONE,
  OFFER_NOT_FOUND: GONE,
  NOT_HER_VENUE: GONE,
  NOT_HER_CONTACT: GONE,
  REQUEST_NOT_FOUND: GONE,
  RESPONDER_NOT_FOUND: GONE,
  ROOM_NOT_FOUND: GONE,
  SESSION_NOT_FOUND: GONE,
  SHORTCUT_NOT_FOUND: GONE,
  VENUE_NOT_FOUND: GONE,
  WORKER_NOT_FOUND: GONE,
  CODE_NOT_FOUND: { problem: 'CODE_WRONG', detail: '' },
  INVITE_NOT_FOUND: { problem: 'CODE_WRONG', detail: '' },
  WORDS_WRONG: { problem: 'WORDS_WRONG', detail: '' },
  PIN_WRONG: { problem: 'PIN_WRONG', detail: '' },
  PIN_WAIT: { problem: 'TOO_MANY', detail: 'Too many wrong PINs; wait, then try again.' },
  PIN_UNSET: conflict('No PIN is set yet; set one first.'),
  PIN_FORMAT: { problem: 'PIN_UNFIT', detail: 'Use 4 to 8 digits, both PINs equally long.' },
  PIN_TOO_CLOSE: { problem: 'PIN_UNFIT', detail: 'Let the two PINs differ in at least two digits.' },
  NOBODY_MAY_KNOW: { problem: 'PIN_UNFIT', detail: 'Mark somebody who may know, first.' },
  ALREADY_JOINED: conflict('This responder is there already.'),
  ALREADY_ON_SHIFT: conflict('A shift is running; end it first.'),
  CIRCLE_CHANGED: conflict('The circle was changed meanwhile; read it again, then change it.'),
  LABEL_TAKEN: conflict('A room of this venue has this name; choose another.'),
  NO_ERASURE: conflict('Nothing is waiting to be erased.'),
  KEPT_ALREADY: conflict('Another one is kept; let that go first.'),
  ALARM_OPEN: conflict('An alarm is open; close it first.'),
  DRILL_AT_NIGHT: conflict('Nobody is rung for a rehearsal between 22:00 and 9:00.'),
  DRILL_TOO_SOON: conflict('Wait ten minutes between two rehearsals.'),
  NOBODY_TO_DRILL: conflict('Put somebody into the circle first.'),
  NO_SHIFT: conflict('No shift is running; start one first.'),
  ROOM_HAS_BUTTONS: conflict('Move or retire its buttons first.'),
  OPENING_RANGE: refused('Name each opening once, at most 28 a week, each of at most 24 hours.'),
  ROOM_FREE: conflict('Nobody is on shift there; start directly.'),
  ROOM_OCCUPIED: conflict('Somebody is on shift there; ask them.'),
  ROOM_SHARED: conflict('Others are on shift there; test when they are not.'),
  PROMISE_NOT_SAVED: { problem: 'STORE_FAILING', detail: 'Nothing is promised: it can not be saved now. Try again, or ask somebody to look after you.' },
  CHECK_IN_RUNNING: conflict('A check-in is open; answer it or put it off.'),
  CONFIRM_TRIES_OVER: conflict('Too many wrong codes; begin the pairing anew.'),
  CONFIRM_WRONG: refused('This is not the code on their screen; compare again by voice.'),
  DAYS_RANGE: refused('Let it be 1 to 365 days.'),
  JOIN_CLOSED: refused('Joining needs an invite here; ask whoever keeps this machine.'),
  HOUSE_FULL: refused('Nobody more can join here; ask whoever keeps this machine.'),
  ROLE_MISMATCH: refused('The invite is for another role; send what it asks for.'),
  AUTHORITY_NEEDS_CONSENT: refused('Give your consent for this shift first; nobody else can.'),
  NO_TRUSTED_PERSON: refused('Put at least one person into the circle who is not an authority.'),
  CIRCLE_EMPTY: refused('Put at least one person into the circle.'),
  STEP_EMPTY: refused('Put at least one person into each step.'),
  TOO_MANY_STEPS: refused('Use fewer steps.'),
  TOO_MANY_PEOPLE: refused('Put fewer people into a step.'),
  TOO_MANY_CONTACTS: refused('Remove a contact first.'),
  TOO_MANY_PAIRINGS: refused('Use or wait out the codes that are open.'),
  TOO_MANY_ENDPOINTS: refused('Remove a device first.'),
  TOO_MANY_SHORTCUTS: refused('Remove a shortcut first.'),
  PHONE_FULL: refused('This phone holds as many sessions as it can; sign one out first.'),
  WAIT_RANGE: refused('Let a step wait 10 to 60 seconds (a quiet check up to 900).'),
  TWICE_IN_CIRCLE: refused('Name each person once.'),
  NOT_CONFIRMED: refused('Confirm their code by voice or in person first.'),
  NOT_AN_AUTHORITY: refused('Only an authority needs consent.'),
  CHECK_IN_RANGE: refused('Let it be due in 5 minutes to 12 hours.'),
  GRACE_RANGE: refused('Let the grace be 1 to 15 minutes.'),
  PLANNED_END_RANGE: refused('Let the planned end lie between now and 16 hours from now.'),
  AUTHORITY_FORBIDDEN: refused('An authority is told by her own consent alone, never by this.'),
  NOT_DECLARED: refused('They have to sign first that nothing is passed on.'),
  NOT_OF_THIS_VENUE: refused('Only whom the venue invited, and whom its workers agreed on.'),
  OFFER_BARRED: refused('The venue took this offer back; speak with it first.'),
  OTHERS_AGREED: conflict('Others agreed on somebody who is missing; they stay in it.'),
  NOT_THEIR_HOURS: refused('Hand over your own hours only.'),
  DUTY_RANGE: refused('Let it end after it begins, at most 24 hours later and within 62 days.'),
  TOO_MANY_HOURS: refused('Take hours out first.'),
  AVAILABLE_RANGE: refused('Be available for at most 24 hours at a time.'),
  FEEDBACK_RANGE: refused('Let feedback be 0 (dark) to 7.'),
  PUSH_HOST_UNKNOWN: refused('This push service is not known here; use another browser.'),
  TEXT_EMPTY: refused('Write something.'),
  TEXT_TOO_LONG: refused('Write less.'),
  WORDING_EMPTY: refused('Name the version of the text that was read.')
}

/** `retryAfterS`: when it may be tried again, where that is known. */
export function refusal (code: Refusal, retryAfterS?: number): Problem {
  const { problem, detail } = REFUSALS[code]
  return new Problem(problem, { ...(detail === '' ? {} : { detail, reason: code }), ...(retryAfterS === undefined ? {} : { retryAfterS }) })
}

/** What was done, or the refusal thrown as a problem. */
export function done<T extends Done | Refused<Refusal>> (result: T): Exclude<T, Refused<Refusal>> {
  if (!result.ok) throw refusal((result as Refused<Refusal>).code)
  return result as Exclude<T, Refused<Refusal>>
}
