/** R14, R15: who may end an alarm, and an end that only looks like one. */
import type { Closing, Ended, EpochMs, Person, ResponderId } from './alarm.ts'
import { askOpenAgain, resume, stopPausing } from './escalate.ts'
import { askAllMs, giveUpMs, later, secondYesMs, settleMs } from './limits.ts'
import { revised, unreminded } from './turn.ts'
import type { Draft } from './turn.ts'
import { buildWorkerView } from './worker-view.ts'

/** Her PIN ends her own lane (R4); a house, a colleague's lane or a technician's test is not hers to end. */
export function givePin (draft: Draft, pin: 'true' | 'duress', at: EpochMs): void {
  const { lane, ended, kind } = draft.alarm
  if (ended !== null) return
  if (lane.is !== 'hers' && !(lane.is === 'test' && lane.by !== 'technician')) return
  // A rehearsal has nothing to hide and nobody to send.
  if (pin === 'duress' && kind !== 'test' && draft.alarm.people.some(isMarked)) pretendEnd(draft, at)
  else end(draft, 'pin', at)
}

/** The end. Everyone who was told before this turn gets a visible stand-down. */
export function end (draft: Draft, why: Closing, at: EpochMs): void {
  const ended = draft.alarm.ended ?? perceive(draft, why, at)
  draft.change({ ended, over: null, phase: { is: 'closed', step: draft.alarm.phase.step, why, settleAt: later(at, settleMs) } })
  draft.note(at, 'CLOSED', { why })
  for (const p of draft.alarm.people) {
    if (p.standing === 'in' && p.told !== null && p.told.what !== 'stand-down') standDown(draft, p.who.id, at)
  }
}

/** Another alarm of this lane carries on. A stand-down would tell people that it is over, and it is not. */
export function supersede (draft: Draft, at: EpochMs): void {
  const ended = draft.alarm.ended ?? perceive(draft, 'superseded', at)
  draft.change({
    ended: settledEnd(ended),
    over: null,
    phase: { is: 'settled', step: draft.alarm.phase.step, why: 'superseded' },
    people: draft.alarm.people.map(unreminded)
  })
  draft.note(at, 'CLOSED', { why: 'superseded' })
}

/**
 * R15. To her phone, the lights and everyone unmarked this is `end(draft, 'pin', at)`, by the very same value and the
 * same tellings. Those marked are told the truth at once, whatever their step, and answer anew.
 */
function pretendEnd (draft: Draft, at: EpochMs): void {
  const ended = perceive(draft, 'pin', at)
  for (const p of draft.alarm.people) {
    if (p.standing === 'in' && !p.mayKnow && p.told !== null) standDown(draft, p.who.id, at)
  }
  draft.change({
    ended,
    duress: true,
    over: null,
    askedAllAt: null,
    people: draft.alarm.people.map((p) => p.standing !== 'in'
      ? p
      : revised(p, p.mayKnow ? { answer: { is: 'none' } } : { standing: 'dismissed' })),
    phase: {
      is: 'exhausted', step: draft.alarm.steps.length - 1, beatAt: later(at, askAllMs), giveUpAt: later(at, giveUpMs)
    }
  })
  draft.note(at, 'DURESS')
  for (const p of draft.alarm.people) {
    // Without an endpoint too: the state is the outbox, and an old alert must not be what finds them later.
    if (isMarked(p)) draft.tellLast(p.who.id, 'duress', at, 0)
  }
}

/**
 * R17 and R15: she said "I am fine" under duress, and the promise fell due all the same. An end that was perceived before
 * it began: her phone and everyone unmarked never see this alarm at all. With nobody marked it is over at once, as a
 * duress PIN on an alarm is then (`givePin`).
 */
export function openForced (draft: Draft, at: EpochMs): void {
  if (draft.alarm.people.some(isMarked)) pretendEnd(draft, at)
  else draft.change({ ended: perceive(draft, 'pin', at), phase: { is: 'settled', step: draft.alarm.phase.step, why: 'pin' } })
  const { ended } = draft.alarm
  if (ended !== null) draft.change({ ended: settledEnd(ended) })
}

/** What a step that fell due in this very turn would have told is taken back: they hear of no alarm, true or not. */
function perceive (draft: Draft, why: Closing, at: EpochMs): Ended {
  draft.untellNewcomers()
  const over = { at, why }
  return { at, settleAt: later(at, settleMs), settled: false, view: buildWorkerView(draft.alarm, over) }
}

function standDown (draft: Draft, id: ResponderId, at: EpochMs): void {
  // A rehearsal was told quietly once, and is not told again.
  if (draft.alarm.kind === 'test') return
  draft.tellLast(id, 'stand-down', at, null)
}

export function isMarked (p: Person): boolean { return p.mayKnow && p.standing === 'in' }

/** A responder says that it is over. It counts only from one who arrived, and only with a second yes. */
export function sayOver (draft: Draft, person: Person, at: EpochMs): void {
  const { over, duress } = draft.alarm
  const id = person.who.id
  const hasArrived = person.answer.is === 'arrived'
  if (over === null) {
    if (hasArrived) firstYes(draft, person, at)
    return
  }
  if (over.by !== id) {
    // Under duress both must have stood before her door.
    if (!duress || hasArrived) end(draft, 'two-said-over', at)
    return
  }
  if (duress && hasArrived && at - over.at >= secondYesMs) end(draft, 'two-said-over', at)
}

function firstYes (draft: Draft, person: Person, at: EpochMs): void {
  const id = person.who.id
  const others = draft.alarm.people.filter((p) => p.standing === 'in' && p.who.id !== id)
  draft.revise(id, unreminded(person))
  draft.change({ over: { by: id, at, dueAt: later(at, secondYesMs) } })
  draft.note(at, 'OVER_SAID', { who: id })
  if (others.length === 0 && !draft.alarm.duress) draft.note(at, 'CHECK_IN_DUE')
  const { phase } = draft.alarm
  // The question "is it over?" has been answered; the second yes has a timer of its own.
  if (phase.is === 'helped') draft.phase({ is: 'helped', step: phase.step, askAt: null, asked: phase.asked })
  const told = others.filter((p) => p.told !== null)
  const willing = told.filter((p) => p.answer.is !== 'cannot')
  for (const p of willing.length > 0 ? willing : told) draft.tell(p.who.id, 'ask-over', at, null)
}

/** R14: no second yes came. Under duress the first one is kept: the same person may say it again. */
export function secondYesMissed (draft: Draft, at: EpochMs): void {
  const { over, duress } = draft.alarm
  if (over === null) return
  draft.change({ over: duress ? { ...over, dueAt: null } : null })
  stopPausing(draft)
  if (draft.alarm.phase.is === 'helped') resume(draft, at, 'NO_SECOND_YES')
  else {
    draft.note(at, 'NO_SECOND_YES')
    // Unresolved alarms push no more; calling and exhausted ones have gone on meanwhile.
    if (draft.alarm.phase.is !== 'unresolved') askOpenAgain(draft, at)
  }
  // Whoever stood before her door is asked to say it again, not called again.
  if (duress) draft.tellLast(over.by, 'ask-over', at, null)
}

/** Stand-downs are no longer retried, phones show nothing. */
export function settledEnd ({ at, settleAt, view }: Ended): Ended { return { at, settleAt, settled: true, view } }
