/**
 * Every wait of the core, by name, in milliseconds, with the rule of domain.md that it comes from; and the check of a
 * plan before it is used. `open` never refuses a plan (somebody may be pressing): it clamps. Whoever edits a circle
 * calls `checkPlan` first and shows the faults.
 */
import type { EpochMs, Kind, Plan, Reach } from './alarm.ts'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs

/** R1: after this much failure of the store answers and stand-downs act from memory and are labelled "not saved". */
export const notSavedAfterMs = 5 * secondMs

/** R9: the wait of a step that says nothing else. */
export const stepWaitMs = 30 * secondMs
/** A step that waits less gives nobody time to answer. */
export const stepWaitLeastMs = 5 * secondMs
/** R9: longest wait of a step, for alarms. */
export const stepWaitMostMs = 60 * secondMs
/** R9: longest wait when nobody in the step can prove `shown`. */
export const unprovableWaitMostMs = 30 * secondMs
/** R9: "longer only for assist". */
export const assistWaitMostMs = 10 * minuteMs
/** R9: nobody in the step `shown` after this: next step now. */
export const unseenMs = 20 * secondMs

/** R10: again at 30 s intervals for 3 min, then after 2, 5, 10, 30 min; the last one repeats. */
export const reminderMs: readonly number[] = [
  ...Array.from({ length: 6 }, () => 30 * secondMs),
  2 * minuteMs, 5 * minuteMs, 10 * minuteMs, 30 * minuteMs
]
export const reminderMostMs = 30 * minuteMs
/** R10: those who declined are asked again at most this often; an exhausted alarm beats at this pace. */
export const askAllMs = 30 * minuteMs
/** R10: from exhausted to unresolved. */
export const giveUpMs = 12 * hourMs

/** R11: these minutes pause escalation and set the arrival timer. */
export const pausingMinutesMost = 10
/** R11: overdue, asked once, so long to answer. */
export const arrivalAnswerMs = 60 * secondMs
export const arriveMostMs = pausingMinutesMost * minuteMs
/** R11: arrived and then silent: asked after 15 and 30 min, at 45 min escalation resumes. */
export const silenceMs = 15 * minuteMs
export const silenceAsksMost = 2

/** R12: a press older than this when it arrives is told as "late" (R7). */
export const lateMs = 10 * minuteMs

/** R13: a test that nobody shows is over after this. */
export const drillMs = 2 * minuteMs

/** R14: no second yes in this time: escalation resumes. R15: the same one may confirm after this. */
export const secondYesMs = 15 * minuteMs

/** How long a stand-down is retried, and stays visible, after the end. Fixed, so that a false end looks like a true one. */
export const settleMs = 10 * minuteMs

/**
 * A timer that is overdue happens at its own time, but not further back than this: a wall clock that jumped a day, or a
 * service that was down, must not run an alarm to its give-up in one turn.
 */
export const catchUpMs = 60 * secondMs

/** A wall clock that is set back by less than this has not jumped: a fresh timer must not fire at once for it. */
export const jumpSlackMs = 5 * secondMs

/** Lists that the world can grow. */
export const pressesMost = 64
export const factsMost = 256
/** Tellings per person whose late receipts still count. */
export const callsMost = 8

export const stepsMost = 10
export const peoplePerStepMost = 20

/** R9: how long this step waits before the next one is told. */
export function waitOf (kind: Kind, waitMs: number, reaches: readonly Reach[]): number {
  const asked = Number.isFinite(waitMs) && waitMs > 0 ? Math.max(waitMs, stepWaitLeastMs) : stepWaitMs
  if (kind === 'assist') return Math.min(asked, assistWaitMostMs)
  const most = reaches.includes('provable') ? stepWaitMostMs : unprovableWaitMostMs
  return Math.min(asked, most)
}

/** R10: from the telling, or from the reminder number `reminders`, to the next one. */
export function reminderWaitMs (reminders: number): number {
  return reminderMs[reminders] ?? reminderMostMs
}

export function later (at: EpochMs, ms: number): EpochMs {
  return (at + ms) as EpochMs
}

export type PlanFault =
  | { readonly code: 'PLAN_EMPTY' | 'PLAN_TOO_MANY_STEPS' | 'PLAN_NO_TRUSTED_PERSON' }
  | { readonly code: 'STEP_EMPTY' | 'STEP_TOO_MANY_PEOPLE' | 'STEP_WAIT_TOO_SHORT' | 'STEP_WAIT_TOO_LONG', readonly step: number }
  | { readonly code: 'PERSON_TWICE' | 'AUTHORITY_WITHOUT_CONSENT', readonly step: number, readonly who: string }

/** All faults at once, in the order of the steps. Empty: the plan may be used for alarms of this kind. */
export function checkPlan (plan: Plan, kind: Kind = 'alarm'): readonly PlanFault[] {
  const faults: PlanFault[] = []
  const seen = new Set<string>()
  if (plan.steps.length === 0) faults.push({ code: 'PLAN_EMPTY' })
  if (plan.steps.length > stepsMost) faults.push({ code: 'PLAN_TOO_MANY_STEPS' })
  for (const [step, { waitMs, people }] of plan.steps.entries()) {
    if (people.length === 0) faults.push({ code: 'STEP_EMPTY', step })
    if (people.length > peoplePerStepMost) faults.push({ code: 'STEP_TOO_MANY_PEOPLE', step })
    if (!(waitMs >= stepWaitLeastMs)) faults.push({ code: 'STEP_WAIT_TOO_SHORT', step })
    if (waitMs > waitMostMs(kind)) faults.push({ code: 'STEP_WAIT_TOO_LONG', step })
    for (const { who } of people) {
      if (seen.has(who.id)) faults.push({ code: 'PERSON_TWICE', step, who: who.id })
      if (who.kind === 'authority' && !who.consent) faults.push({ code: 'AUTHORITY_WITHOUT_CONSENT', step, who: who.id })
      seen.add(who.id)
    }
  }
  const trusted = plan.steps.some((s) => s.people.some((p) => p.who.kind === 'trusted'))
  if (plan.steps.length > 0 && !trusted) faults.push({ code: 'PLAN_NO_TRUSTED_PERSON' })
  return faults
}

function waitMostMs (kind: Kind): number {
  return kind === 'assist' ? assistWaitMostMs : stepWaitMostMs
}
