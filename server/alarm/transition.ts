/**
 * The whole core behind two functions. Pure: the same alarm, fact and time give the same turn, on every node, in the
 * service and in the simulator. A fact that changes nothing returns the identical alarm and nothing to do.
 */
import type { Alarm, AlarmEvent, AlarmId, EpochMs, Lane, Person, Plan, PlanPerson, Press } from './alarm.ts'
import { openForced } from './ending.ts'
import { tellNextStep, tellStep } from './escalate.ts'
import { apply } from './facts.ts'
import { drillMs, later } from './limits.ts'
import { dated, noteDoubt, noteMissed } from './presses.ts'
import { runDue } from './timers.ts'
import { Draft } from './turn.ts'
import type { Turn } from './turn.ts'

export type { Note } from './alarm.ts'
export type { Turn } from './turn.ts'
export { dueAt, isDue } from './timers.ts'

/**
 * A press opens an alarm for one lane. The plan is copied in: it may shrink later, never grow. A plan with faults is
 * clamped, never refused: somebody is pressing.
 */
export function open (id: AlarmId, lane: Lane, press: Press, plan: Plan, now: EpochMs): Turn {
  const first = dated(press, now)
  const draft = new Draft({
    version: 1,
    id,
    lane,
    kind: first.kind,
    openedAt: now,
    steps: plan.steps.map(({ waitMs }) => ({ waitMs })),
    presses: [first],
    people: [],
    phase: { is: 'calling', step: -1, waitMs: 0, nextAt: now, unseenAt: null },
    over: null,
    saidSafe: null,
    askedAllAt: null,
    duress: false,
    ended: null,
    facts: []
  })
  draft.note(now, 'OPENED', { kind: first.kind })
  noteDoubt(draft, first, now)
  noteMissed(draft, first, now)
  draft.change({ people: admitted(draft, plan, now) })
  if (draft.alarm.people.length === 0) {
    draft.note(now, 'NOBODY_TO_TELL')
    draft.warn('NOBODY_TO_TELL')
  }
  if (first.missed?.forced === true) openForced(draft, now)
  else if (first.kind === 'test') rehearse(draft, now)
  else tellNextStep(draft, now)
  return draft.close()
}

export function transition (alarm: Alarm, event: AlarmEvent, now: EpochMs): Turn {
  const draft = new Draft(alarm)
  runDue(draft, now)
  apply(draft, event, now)
  return draft.close()
}

/** R13: the first step is told once, quietly; nobody after it, ever. */
function rehearse (draft: Draft, at: EpochMs): void {
  tellStep(draft, 0, at)
  draft.phase({ is: 'calling', step: 0, waitMs: drillMs, nextAt: later(at, drillMs), unseenAt: null })
}

/** The first mention of a person counts. An authority enters only a lane of hers, and only by her consent (R6). */
function admitted (draft: Draft, plan: Plan, at: EpochMs): readonly Person[] {
  const people: Person[] = []
  for (const [step, { people: planned }] of plan.steps.entries()) {
    for (const p of planned) {
      if (people.some((known) => known.who.id === p.who.id)) continue
      if (isAdmitted(draft.alarm, p)) people.push(newcomer(p, step))
      else {
        draft.note(at, 'AUTHORITY_REFUSED', { who: p.who.id, step })
        draft.warn('AUTHORITY_REFUSED')
      }
    }
  }
  return people
}

function isAdmitted (alarm: Alarm, { who }: PlanPerson): boolean {
  if (who.kind !== 'authority') return true
  // R17: nobody pressed, and it may be that only a battery is empty.
  if (alarm.presses[0]?.missed !== undefined) return false
  return alarm.lane.is === 'hers' && alarm.kind !== 'test' && Boolean(who.consent)
}

function newcomer ({ who, reach, mayKnow }: PlanPerson, step: number): Person {
  return { who, step, mayKnow, reach, standing: 'in', told: null, calls: noCalls, called: null, answer: noAnswer }
}

const noCalls: Person['calls'] = []
const noAnswer: Person['answer'] = { is: 'none' }
