/** What falls due, when, and what it does. Timers are read from the state; nothing is scheduled anywhere. */
import { AlarmFault, assertNever } from './alarm.ts'
import type { Alarm, EpochMs, Person, ResponderId } from './alarm.ts'
import { end, secondYesMissed } from './ending.ts'
import { advance, askAllIfAllDeclined, isProvenUnseen, isReminded, isThereUncounted } from './escalate.ts'
import { arrivalDue, silenceDue } from './facts.ts'
import {
  arriveMostMs, askAllMs, catchUpMs, giveUpMs, jumpSlackMs, later, reminderMostMs, secondYesMs, settleMs, silenceAsksMost, silenceMs, unseenMs
} from './limits.ts'
import { unreminded } from './turn.ts'
import type { Draft } from './turn.ts'

/** `mostMs`: the longest this timer is ever set for; further away than that, the clock has jumped back since. */
type Timer = { readonly at: EpochMs, readonly mostMs: number } & (
  | { readonly is: 'unseen' | 'step' | 'silence' | 'second-yes' | 'beat' | 'give-up' | 'settle' | 'settle-perceived' }
  | { readonly is: 'arrival' | 'reminder', readonly who: ResponderId }
)

/** More than this in one turn is a timer that does not move on: a fault of ours, and better loud than spinning. */
const firingsMost = 10_000

/** When `transition` has something to do by itself. null: unresolved with nothing pending, or settled. */
export function dueAt (alarm: Alarm): EpochMs | null {
  return timers(alarm).reduce<EpochMs | null>((first, t) => first === null || t.at < first ? t.at : first, null)
}

/**
 * Whether to feed `time` now. Not the same as `dueAt(alarm) <= now`: a due time beyond the longest wait was written by a
 * clock that jumped back since, and is due now.
 */
export function isDue (alarm: Alarm, now: EpochMs): boolean {
  return timers(alarm).some((t) => isTimerDue(t, now))
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
  let first: Timer | null = null
  for (const timer of timers(alarm)) {
    if (!isTimerDue(timer, now)) continue
    if (first === null || isEarlier(timer, first, now)) first = timer
  }
  return first
}

function isTimerDue (timer: Timer, now: EpochMs): boolean {
  return timer.at <= now || timer.at - now > timer.mostMs + jumpSlackMs
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

function timers (alarm: Alarm): readonly Timer[] {
  const { phase, over, ended } = alarm
  const list: Timer[] = []
  switch (phase.is) {
    case 'calling':
      if (phase.unseenAt !== null) list.push({ is: 'unseen', at: phase.unseenAt, mostMs: unseenMs })
      list.push({ is: 'step', at: phase.nextAt, mostMs: phase.waitMs })
      break
    case 'helped':
      if (phase.askAt !== null) list.push({ is: 'silence', at: phase.askAt, mostMs: silenceMs })
      break
    case 'exhausted':
      list.push({ is: 'beat', at: phase.beatAt, mostMs: askAllMs }, { is: 'give-up', at: phase.giveUpAt, mostMs: giveUpMs })
      break
    case 'unresolved': break
    case 'closed':
      list.push({ is: 'settle', at: phase.settleAt, mostMs: settleMs })
      break
    case 'settled': return []
    default: return assertNever(phase)
  }
  if (over !== null && over.dueAt !== null) list.push({ is: 'second-yes', at: over.dueAt, mostMs: secondYesMs })
  if (ended !== null && !ended.settled) list.push({ is: 'settle-perceived', at: ended.settleAt, mostMs: settleMs })
  if (phase.is !== 'unresolved' && phase.is !== 'closed') for (const person of alarm.people) addPersonal(list, person)
  return list
}

function addPersonal (list: Timer[], person: Person): void {
  if (person.standing !== 'in') return
  const { answer, told, who } = person
  if (answer.is === 'coming' && answer.arriveBy !== null) list.push({ is: 'arrival', at: answer.arriveBy, mostMs: arriveMostMs, who: who.id })
  if (isReminded(person) && told !== null && told.remindAt !== null) list.push({ is: 'reminder', at: told.remindAt, mostMs: reminderMostMs, who: who.id })
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
  else draft.phase({ ...phase, unseenAt: null })
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
  draft.phase({ ...phase, beatAt: later(at, askAllMs) })
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
    draft.phase({ ...phase, giveUpAt: later(now, giveUpMs) })
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
  if (ended !== null) draft.change({ ended: { ...ended, settled: true } })
}
