/** R12: what another press does to an open alarm, and which press an alarm speaks of. */
import { assertNever } from './alarm.ts'
import type { Alarm, Doubt, EpochMs, Kind, MissedSeen, Person, Press, PressId, Reason } from './alarm.ts'
import { callingAt, stopPausing, tellEveryoneSoFar, tellNextStep } from './escalate.ts'
import { lateMs, pressesMost } from './limits.ts'
import { revised } from './turn.ts'
import type { Draft } from './turn.ts'

/**
 * The same press again changes nothing. Any other joins; a real press on a test raises the test at once, should it ever
 * be routed to a test's lane: a real press is never lost. A check-in that falls due while she has called already adds
 * nothing to what she asked for herself, unless it is graver, or nobody is asked any more (R17).
 */
export function hearPress (draft: Draft, heard: Press, at: EpochMs): void {
  const { alarm } = draft
  if (alarm.ended !== null || alarm.presses.some((p) => p.id === heard.id)) return
  const press = dated(heard, at)
  const kind = strongest(alarm.kind, press.kind)
  const isStronger = strength[kind] > strength[alarm.kind]
  // The draft's copy is one for the whole turn: what was asked before a change is asked before it.
  const wasTest = alarm.kind === 'test'
  draft.change({ presses: [...kept(alarm.presses), press], kind })
  draft.note(at, isStronger ? 'UPGRADED' : 'PRESSED_AGAIN', { kind: press.kind })
  noteDoubt(draft, press, at)
  noteMissed(draft, press, at)
  if (kind === 'test') return
  if (press.missed !== undefined && !isStronger && alarm.phase.is !== 'unresolved') return
  // She pressed again: what was said before this press no longer settles anything.
  draft.change({ over: null, saidSafe: null, askedAllAt: null })
  if (wasTest) raiseTest(draft, at)
  else if (alarm.phase.is !== 'calling' || alarm.people.some(isAccepted)) restart(draft, at)
  else askOnWhileCalling(draft, isStronger, at)
}

/** Everyone told is told again, and the next step; earlier acceptances hold nothing back until they are repeated. */
function restart (draft: Draft, at: EpochMs): void {
  stopPausing(draft)
  tellEveryoneSoFar(draft, () => true, at)
  tellNextStep(draft, at)
}

/** Still calling: whoever declined is asked again; a stronger kind is told to everyone, and shortens the wait. */
function askOnWhileCalling (draft: Draft, isStronger: boolean, at: EpochMs): void {
  tellEveryoneSoFar(draft, (p) => isStronger || p.answer.is === 'cannot', at)
  const was = draft.alarm.phase
  if (!isStronger || was.is !== 'calling') return
  callingAt(draft, was.step, at)
  const now = draft.alarm.phase
  if (now.is === 'calling' && was.nextAt < now.nextAt) draft.phase({ is: 'calling', step: now.step, waitMs: now.waitMs, nextAt: was.nextAt, unseenAt: now.unseenAt })
}

function raiseTest (draft: Draft, at: EpochMs): void {
  draft.change({ people: draft.alarm.people.map((p) => revised(p, { called: null })) })
  draft.phase({ is: 'calling', step: -1, nextAt: at, waitMs: 0, unseenAt: null })
  tellNextStep(draft, at)
}

function isAccepted (p: Person): boolean {
  return p.standing === 'in' && (p.answer.is === 'coming' || p.answer.is === 'arrived')
}

/** What is known about a press changed: it came again in a fresh frame, or it did not. */
export function doubtPress (draft: Draft, id: PressId, doubt: Doubt, at: EpochMs): void {
  const press = draft.alarm.presses.find((p) => p.id === id)
  if (draft.alarm.ended !== null || press === undefined || press.doubt === doubt) return
  // That a frame was fresh says nothing about a press that is late, or whose time nobody knows.
  if (doubt === 'none' && press.doubt !== 'may-be-replay') return
  const revised = doubt === 'none' ? lifted(press) : { ...press, doubt, besides: press.doubt }
  draft.change({ presses: draft.alarm.presses.map((p) => p.id === id ? revised : p) })
  if (doubt === 'none') draft.note(at, 'PRESS_DOUBT_LIFTED')
  else noteDoubt(draft, { ...press, doubt }, at)
}

/** R7: older than ten minutes when it arrives is "late", whoever forgot to say so. */
export function dated (press: Press, at: EpochMs): Press {
  if (at - press.pressedAt <= lateMs) return press
  if (press.doubt === 'may-be-replay') return { ...press, besides: 'late' }
  return press.doubt === 'none' ? { ...press, doubt: 'late' } : press
}

/** A frame that was fresh after all makes no old press a new one: what was known of its time stays. */
function lifted ({ besides = 'none', ...press }: Press): Press {
  return { ...press, doubt: besides }
}

export function noteMissed (draft: Draft, { missed }: Press, at: EpochMs): void {
  if (missed === undefined) return
  draft.note(at, 'CHECK_IN_MISSED')
  if (missed.unreachableSince !== null) draft.note(at, 'PHONE_UNREACHABLE')
}

export function noteDoubt (draft: Draft, press: Press, at: EpochMs): void {
  const reason = doubtReason(press.doubt)
  if (reason !== null) draft.note(at, reason)
}

function doubtReason (doubt: Doubt): Reason | null {
  switch (doubt) {
    case 'none': return null
    case 'late': return 'PRESS_LATE'
    case 'may-be-replay': return 'PRESS_MAY_BE_REPLAY'
    case 'time-uncertain': return 'PRESS_TIME_UNCERTAIN'
    default: return assertNever(doubt)
  }
}

/**
 * The press an alarm speaks of: hers before a check-in that nobody answered, then the least doubtful, and of those the
 * newest. A replay never casts doubt on a real press.
 */
export function spokenPress (alarm: Alarm): Press | undefined {
  const pressed = alarm.presses.filter((p) => p.missed === undefined)
  return (pressed.length > 0 ? pressed : alarm.presses).reduce<Press | undefined>(
    (best, p) => best === undefined || doubtRank[p.doubt] <= doubtRank[best.doubt] ? p : best, undefined)
}

const doubtRank: Readonly<Record<Doubt, number>> = { none: 0, 'time-uncertain': 1, late: 2, 'may-be-replay': 3 }

/** What a screen may say of the check-in that this alarm speaks of. */
export function missedSeen (alarm: Alarm): MissedSeen | null {
  const missed = spokenPress(alarm)?.missed
  return missed === undefined ? null : { dueAt: missed.dueAt, unreachableSince: missed.unreachableSince }
}

/** Loud and silent alarms are equally strong; of the two the silent one wins, for the darkest choice does (R18). */
const strength: Readonly<Record<Kind, number>> = { test: 0, assist: 1, alarm: 2, 'silent-alarm': 2 }

export function strongest (a: Kind, b: Kind): Kind {
  if (strength[a] !== strength[b]) return strength[a] > strength[b] ? a : b
  return a === 'silent-alarm' || b === 'silent-alarm' ? 'silent-alarm' : a
}

/** The first press is kept for ever: it is the one that the alarm began with. */
function kept (presses: readonly Press[]): readonly Press[] {
  return presses.length < pressesMost ? presses : [...presses.slice(0, 1), ...presses.slice(2)]
}
