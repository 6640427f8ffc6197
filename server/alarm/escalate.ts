/** R9, R10, R11: who is told next, who is asked again, and what happens when nobody is left. */
import type { EpochMs, Person, Reach, Reason } from './alarm.ts'
import { isShown } from './light.ts'
import { askAllMs, giveUpMs, later, unseenMs, waitOf } from './limits.ts'
import { revised } from './turn.ts'
import type { Draft } from './turn.ts'

/** Tells the next step that has anybody to tell; with none left the alarm is exhausted. */
export function advance (draft: Draft, at: EpochMs, reason: Reason): void {
  draft.note(at, reason, { step: stepOf(draft) })
  tellNextStep(draft, at)
  askAllIfAllDeclined(draft, at)
}

/**
 * Goes on from the present step without a reason of its own (the caller has noted one). False: no later step has anybody
 * who can be told, and the alarm is exhausted.
 */
export function tellNextStep (draft: Draft, at: EpochMs): boolean {
  for (let step = stepOf(draft) + 1; step < draft.alarm.steps.length; step++) {
    if (tellStep(draft, step, at)) return true
  }
  exhaust(draft, at)
  return false
}

/** True if the step holds somebody who can be told. Those who can't are skipped aloud. */
export function tellStep (draft: Draft, step: number, at: EpochMs): boolean {
  const people = inStep(draft, step)
  const reachable = people.filter((p) => p.reach !== 'none')
  for (const p of people) {
    if (p.reach === 'none') draft.note(at, 'SKIPPED_UNREACHABLE', { who: p.who.id, step })
  }
  callingAt(draft, step, at)
  if (reachable.length === 0) return false
  draft.note(at, 'STEP_TOLD', { step })
  for (const p of reachable) draft.tell(p.who.id, 'alert', at, 0)
  return true
}

/** R9: the wait of this step, beginning now. */
export function callingAt (draft: Draft, step: number, at: EpochMs): void {
  const reaches = reachesIn(draft, step)
  const waitMs = waitOf(draft.alarm.kind, draft.alarm.steps[step]?.waitMs ?? 0, reaches)
  // A missing `shown` proves something only where every device would have said so (R3).
  const isProof = reaches.length > 0 && reaches.every((r) => r === 'provable')
  draft.phase({ is: 'calling', step, waitMs, nextAt: later(at, waitMs), unseenAt: isProof ? later(at, unseenMs) : null })
}

/**
 * R9: whoever lost a device, or left, may leave a step in which nobody can prove `shown` any more: it waits less from
 * then on. Never longer: a device that appears must not take away a minute that has begun.
 */
export function shortenWait (draft: Draft, at: EpochMs): void {
  const { phase, kind, steps } = draft.alarm
  if (phase.is !== 'calling' || kind === 'test') return
  const waitMs = waitOf(kind, steps[phase.step]?.waitMs ?? 0, reachesIn(draft, phase.step))
  if (waitMs >= phase.waitMs) return
  const nextAt = later(phase.nextAt, waitMs - phase.waitMs)
  if (nextAt <= at) advance(draft, at, 'STEP_WAIT_OVER')
  else draft.phase({ is: 'calling', step: phase.step, waitMs, nextAt, unseenAt: phase.unseenAt })
}

/** Nobody is left to tell. The loop goes on at a slowing pace, and the operator's log is warned (R10). */
export function exhaust (draft: Draft, at: EpochMs): void {
  const step = draft.alarm.steps.length - 1
  draft.note(at, 'EXHAUSTED')
  draft.phase({ is: 'exhausted', step, beatAt: later(at, askAllMs), giveUpAt: later(at, giveUpMs) })
  draft.warn('EXHAUSTED')
}

/** No acceptance holds escalation back any more: the next step now, and those who have not answered once more at once. */
export function resume (draft: Draft, at: EpochMs, reason: Reason): void {
  draft.note(at, reason)
  askOpenAgain(draft, at)
  if (draft.alarm.duress) exhaust(draft, at)
  else tellNextStep(draft, at)
  askAllIfAllDeclined(draft, at)
}

/** If this fact took away the last pausing acceptance, escalation resumes at once. */
export function resumeIfNobodyPauses (draft: Draft, at: EpochMs, reason: Reason): boolean {
  if (draft.alarm.phase.is !== 'helped' || draft.alarm.people.some(pauses)) return false
  resume(draft, at, reason)
  return true
}

/** R9: everybody of the present step declined or can't be reached: the next step now. */
export function advanceIfNobodyIsLeft (draft: Draft, at: EpochMs): void {
  const { phase, kind } = draft.alarm
  if (kind === 'test') return
  if (phase.is === 'calling' && !inStep(draft, phase.step).some(isStillHoped)) {
    advance(draft, at, 'ALL_DECLINED_OR_UNREACHABLE')
    return
  }
  shortenWait(draft, at)
  askAllIfAllDeclined(draft, at)
}

/** R9: nobody of the step was shown it, and every device of it would have said so. */
export function isProvenUnseen (draft: Draft, step: number): boolean {
  const reachable = inStep(draft, step).filter((p) => p.reach !== 'none')
  return reachable.every((p) => p.reach === 'provable' && (p.called === null || !isShown(p.called.level)))
}

/** R10: "cannot" is asked again only when all have declined, and then at most half-hourly. */
export function askAllIfAllDeclined (draft: Draft, at: EpochMs): void {
  const { phase, people, askedAllAt } = draft.alarm
  if (phase.is !== 'exhausted') return
  const told = people.filter((p) => p.standing === 'in' && p.told !== null && p.reach !== 'none')
  if (told.length === 0 || !told.every((p) => p.answer.is === 'cannot')) return
  if (askedAllAt !== null && askedAllAt <= at && at - askedAllAt < askAllMs) return
  draft.change({ askedAllAt: at })
  draft.note(at, 'ALL_ASKED_AGAIN')
  for (const p of told) draft.tell(p.who.id, 'again', at, null)
}

/**
 * Everyone who owes an answer is asked once more, and their reminders begin anew. So does whoever is there and holds
 * nothing back any more: in a circle of one nobody else is left to ask, and the alarm would end silently.
 */
export function askOpenAgain (draft: Draft, at: EpochMs): void {
  for (const p of draft.alarm.people) {
    if (isOpen(p) || isThereUncounted(p)) draft.tell(p.who.id, 'again', at, 0)
  }
}

/** Everyone whose turn has come, whether they were told before or could not be reached then (R11, R12). */
export function tellEveryoneSoFar (draft: Draft, which: (person: Person) => boolean, at: EpochMs): void {
  for (const p of draft.alarm.people) {
    if (!which(p)) continue
    if (p.told === null) {
      if (p.reach !== 'none' && p.step <= stepOf(draft)) draft.tell(p.who.id, 'alert', at, 0)
      continue
    }
    if (p.answer.is === 'cannot') draft.revise(p.who.id, { answer: { is: 'none' } })
    draft.tell(p.who.id, 'again', at, 0)
  }
}

/** Told, and neither refused nor on the way nor there. */
export function isOpen (p: Person): boolean {
  return p.standing === 'in' && p.told !== null && (p.answer.is === 'none' || p.answer.is === 'overdue')
}

/** Arrived, and silent since or overtaken by a later fact (a press, "we need more", no second yes). */
export function isThereUncounted (p: Person): boolean {
  return p.standing === 'in' && p.told !== null && p.answer.is === 'arrived' && !p.answer.pauses
}

/** R10, R12: reminders run for whoever owes an answer, and for whoever has to repeat an acceptance after a new press. */
export function isReminded (p: Person): boolean {
  return p.standing === 'in' && p.told !== null && p.told.remindAt !== null && p.answer.is !== 'cannot' && !pauses(p)
}

export function pauses (p: Person): boolean {
  return p.standing === 'in' && (p.answer.is === 'coming' || p.answer.is === 'arrived') && p.answer.pauses
}

/** R12, R11 (need more): what was accepted before holds nothing back until it is repeated. */
export function stopPausing (draft: Draft): void {
  draft.change({ people: draft.alarm.people.map(withoutPause) })
}

export function withoutPause (p: Person): Person {
  const { answer } = p
  if (answer.is === 'arrived') return revised(p, { answer: { is: 'arrived', at: answer.at, pauses: false } })
  if (answer.is !== 'coming') return p
  return revised(p, { answer: { is: 'coming', at: answer.at, minutes: answer.minutes, pauses: false, arriveBy: answer.arriveBy, asked: answer.asked } })
}

/** A step with nobody left is over at once; one whose person is coming in 20 minutes still waits its time. */
function isStillHoped (p: Person): boolean {
  return p.answer.is === 'coming' || p.answer.is === 'arrived' || (p.reach !== 'none' && p.answer.is !== 'cannot')
}

function reachesIn (draft: Draft, step: number): readonly Reach[] {
  const reaches: Reach[] = []
  for (const p of inStep(draft, step)) if (p.reach !== 'none') reaches.push(p.reach)
  return reaches
}

function inStep (draft: Draft, step: number): readonly Person[] {
  return draft.alarm.people.filter((p) => p.step === step && p.standing === 'in')
}

/** The newest step that was told; -1 before the first. */
export function stepOf (draft: Draft): number { return draft.alarm.phase.step }
