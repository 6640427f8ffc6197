/** What her phone may show. Only proven facts; a missing receipt is said to be missing. */
import { assertNever } from './alarm.ts'
import type { Alarm, Closing, EpochMs, Person, Phase, WorkerRow, WorkerView } from './alarm.ts'
import { isShown } from './light.ts'
import { missedSeen, spokenPress } from './presses.ts'

/** From the end on, the value frozen at the end: nothing that happens after a duress PIN can reach her screen (R15). */
export function workerView (alarm: Alarm): WorkerView {
  return alarm.ended?.view ?? buildWorkerView(alarm, null)
}

export function buildWorkerView (alarm: Alarm, ended: { readonly at: EpochMs, readonly why: Closing } | null): WorkerView {
  const people = alarm.people.filter((p) => p.standing !== 'gone')
  const { phase } = alarm
  const press = spokenPress(alarm)
  return {
    alarm: alarm.id,
    kind: alarm.kind,
    openedAt: alarm.openedAt,
    pressedAt: press?.pressedAt ?? alarm.openedAt,
    doubt: press?.doubt ?? 'none',
    phase: ended === null ? phaseWord(phase) : 'ended',
    step: Math.max(phase.step, 0),
    steps: alarm.steps.length,
    nextAt: ended === null && phase.is === 'calling' && phase.step + 1 < alarm.steps.length && alarm.kind !== 'test' ? phase.nextAt : null,
    rows: people.map((p) => row(p, phase.step)),
    facts: ended === null ? alarm.facts : [...alarm.facts, { at: ended.at, reason: 'CLOSED', why: ended.why }],
    counts: {
      told: count(people, (p) => p.told !== null),
      shown: count(people, (p) => p.called !== null && isShown(p.called.level)),
      coming: count(people, (p) => p.answer.is === 'coming'),
      arrived: count(people, (p) => p.answer.is === 'arrived')
    },
    saidSafe: alarm.saidSafe,
    missed: missedSeen(alarm),
    overSaidAt: alarm.over?.at ?? null,
    ended
  }
}

function count (people: readonly Person[], is: (person: Person) => boolean): number {
  let n = 0
  for (const person of people) if (is(person)) n++
  return n
}

function row (p: Person, stepTold: number): WorkerRow {
  const { answer } = p
  return {
    responder: p.who.id,
    step: p.step,
    told: p.told !== null,
    receipt: p.called,
    shownIsProvable: p.reach === 'provable',
    answer: answer.is,
    answeredAt: answer.is === 'none' ? null : answer.at,
    minutes: answer.is === 'coming' ? answer.minutes : null,
    arriveBy: answer.is === 'coming' ? answer.arriveBy : null,
    unreachable: p.reach === 'none',
    skipped: p.reach === 'none' && p.told === null && p.step <= stepTold
  }
}

function phaseWord (phase: Phase): WorkerView['phase'] {
  switch (phase.is) {
    case 'calling': return 'calling'
    case 'helped': return 'helped'
    case 'exhausted': return 'nobody-yet'
    case 'unresolved': return 'unresolved'
    case 'closed':
    case 'settled': return 'ended'
    default: return assertNever(phase)
  }
}
