/** What falls due, when, and what it does. Timers are read from the state; nothing is scheduled anywhere. */
import { AlarmFault, assertNever } from './alarm.ts'
import type { Alarm, EpochMs, Person, ResponderId } from './alarm.ts'
import { end, secondYesMissed, settledEnd } from './ending.ts'
import { advance, askAllIfAllDeclined, isProvenUnseen, isReminded, isThereUncounted } from './escalate.ts'
import { arrivalDue, silenceDue } from './facts.ts'
import {
  arriveMostMs, askAllMs, catchUpMs, giveUpMs, jumpSlackMs, later, reminderMostMs, secondYesMs, settleMs, silenceAsksMost, silenceMs, unseenMs
} from './limits.ts'
import { unreminded } from './turn.ts'
import type { Draft } from './turn.ts'

type OfAlarm = 'unseen' | 'step' | 'silence' | 'second-yes' | 'beat' | 'give-up' | 'settle' | 'settle-perceived'
type OfPerson = 'arrival' | 'reminder'
type Timer = { readonly at: EpochMs } & ({ readonly is: OfAlarm } | { readonly is: OfPerson, readonly who: ResponderId })

/**
 * Shown every timer that is set, as bare values: this is asked at every fact, and mostly nothing is due. `mostMs`: the
 * longest this timer is ever set for; further away than that, the clock has jumped back since.
 */
type Seeing = {
  ofAlarm (is: OfAlarm, at: EpochMs, mostMs: number): void
  ofPerson (is: OfPerson, at: EpochMs, mostMs: number, who: ResponderId): void
}

/** More than this in one turn is a timer that does not move on: a fault of ours, and better loud than spinning. */
const firingsMost = 10_000

/** When `transition` has something to do by itself. null: unresolved with nothing pending, or settled. */
export function dueAt (alarm: Alarm): EpochMs | null {
  const earliest = new Earliest()
  seeTimers(alarm, earliest)
  return earliest.at
}

class Earliest implements Seeing {
  at: EpochMs | null = null
  ofAlarm (_: OfAlarm, at: EpochMs): void { this.#see(at) }
  ofPerson (_: OfPerson, at: EpochMs): void { this.#see(at) }
  #see (at: EpochMs): void { if (this.at === null || at < this.at) this.at = at }
}

/**
 * Whether to feed `time` now. Not the same as `dueAt(alarm) <= now`: a due time beyond the longest wait was written by a
 * clock that jumped back since, and is due now.
 */
export function isDue (alarm: Alarm, now: EpochMs): boolean {
  return nextDue(alarm, now) !== null
}

/** Everything that was due by `now`, in the order in which it was due. Afterwards nothing is. */
export function runDue (draft: Draft, now: EpochMs): void {
  for (let fired = 0; ; fired++) {
    const timer = nextDue(draft.alarm, now)
    if (timer === null) return
    if (fired === firingsMost) throw new AlarmFault(`the timer ${timer.is} does not move on`)
    fire(draft, timer, momentOf(timer, now), now)
  }
}

function nextDue (alarm: Alarm, now: EpochMs): Timer | null {
  const due = new FirstDue(now)
  seeTimers(alarm, due)
  return due.timer
}

class FirstDue implements Seeing {
  readonly #now: EpochMs
  timer: Timer | null = null

  constructor (now: EpochMs) { this.#now = now }

  ofAlarm (is: OfAlarm, at: EpochMs, mostMs: number): void { if (isTimeDue(at, mostMs, this.#now)) this.#take({ is, at }) }
  ofPerson (is: OfPerson, at: EpochMs, mostMs: number, who: ResponderId): void { if (isTimeDue(at, mostMs, this.#now)) this.#take({ is, at, who }) }
  #take (timer: Timer): void { if (this.timer === null || isEarlier(timer, this.timer, this.#now)) this.timer = timer }
}

function isTimeDue (at: EpochMs, mostMs: number, now: EpochMs): boolean {
  return at <= now || at - now > mostMs + jumpSlackMs
}

/** Long overdue, all happen at one moment; which of them was due first still decides. */
function isEarlier (a: Timer, b: Timer, now: EpochMs): boolean {
  const apart = momentOf(a, now) - momentOf(b, now)
  return apart < 0 || (apart === 0 && a.at < b.at)
}

/** When it happens: at its own time, or not long before now, or now if the clock jumped back. */
function momentOf (timer: Timer, now: EpochMs): EpochMs {
  return timer.at > now ? now : Math.max(timer.at, now - catchUpMs) as EpochMs
}

function seeTimers (alarm: Alarm, see: Seeing): void {
  const { phase, over, ended } = alarm
  switch (phase.is) {
    case 'calling':
      if (phase.unseenAt !== null) see.ofAlarm('unseen', phase.unseenAt, unseenMs)
      see.ofAlarm('step', phase.nextAt, phase.waitMs)
      break
    case 'helped':
      if (phase.askAt !== null) see.ofAlarm('silence', phase.askAt, silenceMs)
      break
    case 'exhausted':
      see.ofAlarm('beat', phase.beatAt, askAllMs)
      see.ofAlarm('give-up', phase.giveUpAt, giveUpMs)
      break
    case 'unresolved': break
    case 'closed':
      see.ofAlarm('settle', phase.settleAt, settleMs)
      break
    case 'settled': return
    default: return assertNever(phase)
  }
  if (over !== null && over.dueAt !== null) see.ofAlarm('second-yes', over.dueAt, secondYesMs)
  if (ended !== null && !ended.settled) see.ofAlarm('settle-perceived', ended.settleAt, settleMs)
  if (phase.is !== 'unresolved' && phase.is !== 'closed') for (const person of alarm.people) seePersonal(person, see)
}

function seePersonal (person: Person, see: Seeing): void {
  if (person.standing !== 'in') return
  const { answer, told, who } = person
  if (answer.is === 'coming' && answer.arriveBy !== null) see.ofPerson('arrival', answer.arriveBy, arriveMostMs, who.id)
  if (isReminded(person) && told !== null && told.remindAt !== null) see.ofPerson('reminder', told.remindAt, reminderMostMs, who.id)
}

function fire (draft: Draft, timer: Timer, at: EpochMs, now: EpochMs): void {
  switch (timer.is) {
    case 'unseen': return unseenDue(draft, at)
    case 'step': return stepDue(draft, at)
    case 'silence': return silenceDue(draft, silenceAsksMost, at)
    case 'second-yes': return secondYesMissed(draft, at)
    case 'beat': return beatDue(draft, at)
    case 'give-up': return giveUpDue(draft, timer.at, at, now)
    case 'settle': return settle(draft)
    case 'settle-perceived': return settlePerceived(draft)
    case 'arrival': return arrivalDue(draft, timer.who, at)
    case 'reminder': return reminderDue(draft, timer.who, at)
    default: return assertNever(timer)
  }
}

function unseenDue (draft: Draft, at: EpochMs): void {
  const { phase } = draft.alarm
  if (phase.is !== 'calling') return
  if (isProvenUnseen(draft, phase.step)) advance(draft, at, 'NOBODY_SHOWN')
  else draft.phase({ is: 'calling', step: phase.step, waitMs: phase.waitMs, nextAt: phase.nextAt, unseenAt: null })
}

function stepDue (draft: Draft, at: EpochMs): void {
  if (draft.alarm.kind === 'test') end(draft, 'drill-over', at)
  else advance(draft, at, 'STEP_WAIT_OVER')
}

function reminderDue (draft: Draft, id: ResponderId, at: EpochMs): void {
  const told = draft.person(id)?.told
  if (told) draft.tell(id, 'again', at, told.reminders + 1)
}

/**
 * Exhausted, half an hour later: those who promised a longer time and did not come, those who are there and have not
 * said that it is over, and those who all declined. Whoever is reminded anyway is not rung twice.
 */
function beatDue (draft: Draft, at: EpochMs): void {
  const { phase } = draft.alarm
  if (phase.is !== 'exhausted') return
  draft.phase({ is: 'exhausted', step: phase.step, beatAt: later(at, askAllMs), giveUpAt: phase.giveUpAt })
  draft.warn('EXHAUSTED')
  for (const p of draft.alarm.people) {
    const isLongAway = p.answer.is === 'coming' && at - p.answer.at >= p.answer.minutes * 60_000
    if ((isLongAway || isThereUncounted(p)) && !isReminded(p)) draft.tell(p.who.id, 'again', at, null)
  }
  askAllIfAllDeclined(draft, at)
}

/** A clock that jumped, or a service that was down, has not tried for twelve hours: it tries on. */
function giveUpDue (draft: Draft, due: EpochMs, at: EpochMs, now: EpochMs): void {
  const { phase } = draft.alarm
  if (phase.is !== 'exhausted') return
  if (due > now || now - due > catchUpMs) {
    draft.phase({ is: 'exhausted', step: phase.step, beatAt: phase.beatAt, giveUpAt: later(now, giveUpMs) })
    return
  }
  draft.note(at, 'UNRESOLVED')
  draft.phase({ is: 'unresolved', step: phase.step })
  draft.change({ people: draft.alarm.people.map(unreminded) })
  draft.warn('UNRESOLVED')
}

function settle (draft: Draft): void {
  const { phase } = draft.alarm
  if (phase.is !== 'closed') return
  draft.phase({ is: 'settled', step: phase.step, why: phase.why })
  settlePerceived(draft)
}

function settlePerceived (draft: Draft): void {
  const { ended } = draft.alarm
  if (ended !== null) draft.change({ ended: settledEnd(ended) })
}
