/** What each fact does to an alarm (R9 to R14). Whatever was due before it has already happened (see `transition.ts`). */
import { assertNever } from './alarm.ts'
import type { AlarmEvent, Answer, EpochMs, Level, Minutes, Person, Reach, ResponderId } from './alarm.ts'
import { end, givePin, sayOver, supersede } from './ending.ts'
import {
  advanceIfNobodyIsLeft, exhaust, isOpen, isReminded, pauses, resumeIfNobodyPauses, shortenWait, stopPausing, tellEveryoneSoFar, tellNextStep, withoutPause
} from './escalate.ts'
import { isAccepted, isHigher, isShown } from './light.ts'
import { arrivalAnswerMs, later, pausingMinutesMost, reminderWaitMs, silenceMs } from './limits.ts'
import { doubtPress, hearPress } from './presses.ts'
import { retold, unreminded } from './turn.ts'
import type { Draft } from './turn.ts'

export function apply (draft: Draft, event: AlarmEvent, at: EpochMs): void {
  switch (event.is) {
    case 'time': return
    case 'pressed': return hearPress(draft, event.press, at)
    case 'doubted': return doubtPress(draft, event.press, event.doubt, at)
    case 'receipt': return receive(draft, event.from, event.n, event.level, at)
    case 'reach': return reachChanged(draft, event.of, event.reach, at)
    case 'coming': return answered(draft, event, at, (p) => sayComing(draft, p, event.minutes, at))
    case 'cannot': return answered(draft, event, at, (p) => sayCannot(draft, p, at))
    case 'arrived': return answered(draft, event, at, (p) => sayArrived(draft, p, at))
    case 'need-more': return answered(draft, event, at, (p) => sayNeedMore(draft, p, at))
    case 'over': return answered(draft, event, at, (p) => sayOver(draft, p, at))
    case 'left': return removed(draft, (p) => p.who.id === event.who, at)
    case 'revoked': return removed(draft, (p) => p.who.kind === 'authority' && p.who.consent === event.consent, at)
    case 'said-safe': return saidSafe(draft, at)
    case 'pin': return givePin(draft, event.pin, at)
    case 'superseded': return draft.alarm.ended === null ? supersede(draft, at) : undefined
    case 'her-lanes-over': return herLanesOver(draft, at)
    default: return assertNever(event)
  }
}

/** A receipt counts for the meaning of its own telling only, and only upwards. */
function receive (draft: Draft, from: ResponderId, n: number, level: Level, at: EpochMs): void {
  const person = draft.person(from)
  if (person === undefined || person.standing === 'gone' || person.told === null) return
  const { told, called, calls } = person
  const isNew = n === told.n && isHigher(level, told.level)
  const isCall = calls.includes(n) && level !== 'queued' && (called === null || isHigher(level, called.level))
  if (isNew || isCall) {
    draft.revise(from, { told: isNew ? retold(told, { level }) : told, called: isCall ? { level, at } : called })
  }
  if (!isCall) return
  if (draft.alarm.ended !== null || !isShown(level) || (called !== null && isShown(called.level))) return
  draft.note(at, 'SHOWN', { who: from })
  endDrillIfShown(draft, at)
}

/** R13: a test is over when everyone who can be reached has been shown it; a drill goes on until they have answered. */
function endDrillIfShown (draft: Draft, at: EpochMs): void {
  if (draft.alarm.kind !== 'test' || isDrill(draft)) return
  const told = draft.alarm.people.filter((p) => p.standing === 'in' && p.told !== null && p.reach !== 'none')
  if (told.every((p) => p.called !== null && isShown(p.called.level))) end(draft, 'drill-over', at)
}

/** A contact that had no endpoint is told as soon as one appears, if the turn had come to them (R9). */
function reachChanged (draft: Draft, of: ResponderId, reach: Reach, at: EpochMs): void {
  const person = draft.person(of)
  if (person === undefined || person.standing === 'gone' || person.reach === reach) return
  draft.revise(of, { reach })
  const { phase, duress } = draft.alarm
  if (person.standing !== 'in' || phase.is === 'closed' || phase.is === 'settled' || phase.is === 'unresolved') return
  if (reach === 'none') return advanceIfNobodyIsLeft(draft, at)
  shortenWait(draft, at)
  const heardNothing = person.told === null || (duress && !isAccepted(person.told.level))
  if (!heardNothing || (!duress && person.step > draft.alarm.phase.step)) return
  draft.note(at, 'REACHED_AT_LAST', { who: of })
  draft.tell(of, 'alert', at, phase.is === 'helped' ? null : 0)
}

type Given = Extract<AlarmEvent, { readonly is: 'coming' | 'cannot' | 'arrived' | 'need-more' | 'over' }>

/** Only who was told, is still in and is asked may answer; whoever answers has seen it. */
function answered (draft: Draft, answer: Given, at: EpochMs, say: (person: Person) => void): void {
  const { from } = answer
  const person = draft.person(from)
  const { phase, kind } = draft.alarm
  if (person === undefined || person.standing !== 'in' || person.told === null) return
  if (phase.is === 'closed' || phase.is === 'settled') return
  const newest = person.calls.at(-1)
  if (newest !== undefined) receive(draft, from, newest, 'seen', at)
  const seen = draft.person(from)
  if (seen === undefined) return
  if (kind !== 'test') say(seen)
  else if (isDrill(draft)) rehearseAnswer(draft, seen, answer, at)
}

function isDrill ({ alarm: { lane } }: Draft): boolean { return lane.is === 'test' && lane.by === 'drill' }

/** R20: an answer to a drill is a time to be measured: it holds nothing back and wakes nobody. All have answered: over. */
function rehearseAnswer (draft: Draft, person: Person, given: Given, at: EpochMs): void {
  if (person.answer.is !== 'none') return
  const answer: Answer = given.is === 'coming'
    ? { is: 'coming', at, minutes: given.minutes, pauses: false, arriveBy: null, asked: false }
    : given.is === 'cannot' ? { is: 'cannot', at } : { is: 'arrived', at, pauses: false }
  draft.revise(person.who.id, { answer })
  const asked = draft.alarm.people.filter((p) => p.standing === 'in' && p.told !== null && p.reach !== 'none')
  if (asked.every((p) => p.answer.is !== 'none')) end(draft, 'drill-over', at)
}

function sayComing (draft: Draft, person: Person, minutes: Minutes, at: EpochMs): void {
  const was = person.answer
  const isPausing = minutes <= pausingMinutesMost
  const isSame = was.is === 'coming' && was.minutes === minutes && !was.asked && was.pauses === isPausing
  if (isSame && !isReminded(person) && at - was.at < minutes * 60_000) return
  const id = person.who.id
  withdrawOver(draft, id, at)
  draft.revise(id, {
    told: unreminded(person).told,
    answer: { is: 'coming', at, minutes, pauses: isPausing, arriveBy: isPausing ? later(at, minutes * 60_000) : null, asked: false }
  })
  draft.note(at, 'COMING', { who: id, minutes })
  if (isPausing) help(draft, id, at)
  else resumeIfNobodyPauses(draft, at, 'NOBODY_PAUSES')
}

function sayArrived (draft: Draft, person: Person, at: EpochMs): void {
  const { phase } = draft.alarm
  const wasAsked = phase.is === 'helped' && phase.asked > 0
  if (person.answer.is === 'arrived' && person.answer.pauses && !wasAsked) return
  const id = person.who.id
  draft.revise(id, { told: unreminded(person).told, answer: { is: 'arrived', at, pauses: true } })
  draft.note(at, 'ARRIVED', { who: id })
  help(draft, id, at)
  const helped = draft.alarm.phase
  if (helped.is === 'helped' && !isSecondYesAwaited(draft)) draft.phase({ is: 'helped', step: helped.step, askAt: later(at, silenceMs), asked: 0 })
}

function sayCannot (draft: Draft, person: Person, at: EpochMs): void {
  if (person.answer.is === 'cannot') return
  const id = person.who.id
  const wasAccepted = person.answer.is === 'coming' || person.answer.is === 'arrived'
  withdrawOver(draft, id, at)
  draft.revise(id, { told: unreminded(person).told, answer: { is: 'cannot', at } })
  draft.note(at, wasAccepted ? 'NOT_AFTER_ALL' : 'CANNOT', { who: id })
  if (!resumeIfNobodyPauses(draft, at, 'NOBODY_PAUSES')) advanceIfNobodyIsLeft(draft, at)
}

/** R11: wakes the next step; with none left, everyone who is neither coming nor there. */
function sayNeedMore (draft: Draft, person: Person, at: EpochMs): void {
  const { duress } = draft.alarm
  draft.note(at, 'NEED_MORE', { who: person.who.id })
  draft.revise(person.who.id, unreminded(person))
  draft.change({ over: null })
  stopPausing(draft)
  restartReminders(draft, at)
  if (duress) exhaust(draft, at)
  else if (tellNextStep(draft, at)) return
  tellEveryoneSoFar(draft, (p) => p.who.id !== person.who.id && p.answer.is !== 'coming' && p.answer.is !== 'arrived', at)
}

/** An acceptance that pauses: reminders stop, and those still asked learn (once it is durable) that somebody is coming. */
function help (draft: Draft, by: ResponderId, at: EpochMs): void {
  if (draft.alarm.phase.is === 'helped') return
  // A promise was given: should it be taken back, everybody is asked at once, not only half an hour after the last time (R10).
  draft.change({ askedAllAt: null })
  // Whoever arrives sets the question "is it over?" herself; whoever arrived earlier is silent already, or was overtaken.
  draft.phase({ is: 'helped', step: draft.alarm.phase.step, askAt: null, asked: 0 })
  for (const p of draft.alarm.people) {
    if (p.who.id !== by && (isOpen(p) || isReminded(p))) draft.tell(p.who.id, 'coming', at, null)
  }
}

/** Overdue: asked once; with no answer, somebody who is not there (R11). */
export function arrivalDue (draft: Draft, id: ResponderId, at: EpochMs): void {
  const person = draft.person(id)
  if (person === undefined || person.answer.is !== 'coming') return
  if (!person.answer.asked) {
    draft.revise(id, { answer: { ...person.answer, asked: true, arriveBy: later(at, arrivalAnswerMs) } })
    draft.note(at, 'ARRIVAL_ASKED', { who: id })
    draft.tell(id, 'ask-arrival', at, null)
    return
  }
  draft.revise(id, { answer: { is: 'overdue', at } })
  draft.note(at, 'ARRIVAL_OVERDUE', { who: id })
  if (!resumeIfNobodyPauses(draft, at, 'NOBODY_PAUSES') && draft.alarm.phase.is !== 'helped') restartReminders(draft, at)
}

/** Arrived and then silent: "is it over?" twice, then nobody holds escalation back any more (R11). */
export function silenceDue (draft: Draft, asksMost: number, at: EpochMs): void {
  const { phase, people } = draft.alarm
  if (phase.is !== 'helped') return
  const there = people.filter((p) => p.standing === 'in' && p.answer.is === 'arrived' && p.answer.pauses)
  if (phase.asked < asksMost && there.length > 0) {
    draft.phase({ is: 'helped', step: phase.step, askAt: later(at, silenceMs), asked: phase.asked + 1 })
    draft.note(at, 'OVER_ASKED')
    for (const p of there) draft.tell(p.who.id, 'ask-over', at, null)
    return
  }
  draft.phase({ is: 'helped', step: phase.step, askAt: null, asked: phase.asked })
  for (const p of there) {
    draft.revise(p.who.id, { answer: withoutPause(p).answer })
  }
  // Whoever arrived may have left again, and another be on the way: then nobody is silent.
  if (there.length > 0) draft.note(at, 'SILENT_AFTER_ARRIVAL')
  resumeIfNobodyPauses(draft, at, 'NOBODY_PAUSES')
}

/** R5, R6: at once, silently. What they had promised holds nothing back any more. */
function removed (draft: Draft, who: (person: Person) => boolean, at: EpochMs): void {
  const leaving = draft.alarm.people.filter((p) => p.standing !== 'gone' && who(p))
  if (leaving.length === 0) return
  for (const p of leaving) {
    draft.revise(p.who.id, { standing: 'gone' })
    withdrawOver(draft, p.who.id, at)
    draft.note(at, p.who.kind === 'authority' ? 'CONSENT_REVOKED' : 'LEFT', { who: p.who.id })
  }
  const { phase, duress, people } = draft.alarm
  if (phase.is === 'closed' || phase.is === 'settled') return
  // Nobody who may know the truth is left: to hold the alarm open would help nobody.
  if (duress && !people.some((p) => p.standing === 'in')) return end(draft, 'pin', at)
  if (!resumeIfNobodyPauses(draft, at, 'NOBODY_PAUSES')) advanceIfNobodyIsLeft(draft, at)
}

function saidSafe (draft: Draft, at: EpochMs): void {
  if (draft.alarm.ended !== null || draft.alarm.saidSafe !== null) return
  draft.change({ saidSafe: at })
  draft.note(at, 'SAID_SAFE')
}

function herLanesOver (draft: Draft, at: EpochMs): void {
  const { lane, ended } = draft.alarm
  if (ended === null && (lane.is === 'house' || lane.is === 'standing')) end(draft, 'her-lanes-over', at)
}

/** Whoever goes on, gives up or leaves takes back their "over"; those still there are asked about it in their turn. */
function withdrawOver (draft: Draft, id: ResponderId, at: EpochMs): void {
  const { over, phase, people } = draft.alarm
  if (over?.by !== id) return
  draft.change({ over: null })
  const isAnyoneThere = people.some((p) => p.who.id !== id && p.answer.is === 'arrived' && pauses(p))
  if (phase.is === 'helped' && phase.askAt === null && isAnyoneThere) draft.phase({ is: 'helped', step: phase.step, askAt: later(at, silenceMs), asked: 0 })
}

/** While a second yes has a timer of its own, nobody is asked "is it over?" besides. */
function isSecondYesAwaited (draft: Draft): boolean {
  return draft.alarm.over !== null && draft.alarm.over.dueAt !== null
}

function restartReminders (draft: Draft, at: EpochMs): void {
  for (const p of draft.alarm.people) {
    if (!isOpen(p) || p.told === null) continue
    draft.revise(p.who.id, { told: retold(p.told, { reminders: 0, remindAt: later(at, reminderWaitMs(0)) }) })
  }
}
