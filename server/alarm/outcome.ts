/**
 * What one alarm comes to in anonymous statistics (R21): a class, never a time. Written down for people in
 * `docs/statistics.md`. Whose alarm it was and when leave this file only to find the cell that it counts in.
 */
import { assertNever } from './alarm.ts'
import type { Alarm, EpochMs, Kind, WorkerId } from './alarm.ts'
import type { Note } from './transition.ts'

/** How long until a person took an alarm, counted from the press (BS 8484 asks for 10 s and 40 s). */
export const ACCEPTANCES = ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press'] as const
/** How long until a device proved that it showed a test. */
export const SHOWINGS = ['to-10-s', 'to-40-s', 'after-40-s', 'not-shown'] as const
export type Acceptance = typeof ACCEPTANCES[number]
export type Showing = typeof SHOWINGS[number]

/** Loud and silent alarms are one: to tell them apart would divide small numbers further. */
export type Counted = 'alarm' | 'quiet-check' | 'test'

export type Outcome = {
  readonly worker: WorkerId
  readonly counted: Counted
  readonly result: Acceptance | Showing
  readonly pressedAt: EpochMs
  readonly overAt: EpochMs
}

const secondMs = 1_000
const firstMostMs = 10 * secondMs
const secondMostMs = 40 * secondMs
const thirdMostMs = 300 * secondMs
/** She took it back sooner than this: a false press. Later it is an alarm that nobody took, and she gave up waiting. */
const takenBackMs = 60 * secondMs

/**
 * null: it has not settled, its press lives on in another alarm, or it is no worker's own (a house or standing lane
 * repeats what hers counts, or belongs to nobody who could take it back). `record`: every note of the alarm, oldest
 * first; what the alarm itself keeps of them is bounded. An alarm under duress settles when it truly does, and is then
 * counted like any other by what really happened.
 */
export function outcomeOf (alarm: Alarm, record: readonly Note[]): Outcome | null {
  const { lane, phase } = alarm
  if (phase.is !== 'settled' || phase.why === 'superseded') return null
  const worker = lane.is === 'hers' || (lane.is === 'test' && lane.by === 'worker') ? lane.worker : null
  if (worker === null) return null
  const counted = countedAs(alarm.kind)
  const from = pressOf(alarm)
  const result = counted === 'test' ? showing(record, from) : acceptance(alarm, record, from)
  return { worker, counted, result, pressedAt: from, overAt: record.at(-1)?.at ?? alarm.openedAt }
}

function countedAs (kind: Kind): Counted {
  switch (kind) {
    case 'alarm':
    case 'silent-alarm': return 'alarm'
    case 'assist': return 'quiet-check'
    case 'test': return 'test'
    default: return assertNever(kind)
  }
}

/** The press that it is counted from: the first that was no test, for an alarm that grew out of one. */
function pressOf (alarm: Alarm): EpochMs {
  const press = alarm.presses.find(({ kind }) => alarm.kind === 'test' || kind !== 'test')
  return press === undefined || press.doubt === 'time-uncertain' || press.doubt === 'may-be-replay' ? alarm.openedAt : press.pressedAt
}

function acceptance (alarm: Alarm, record: readonly Note[], from: EpochMs): Acceptance {
  const taken = record.find(({ reason }) => reason === 'COMING' || reason === 'ARRIVED')
  if (taken === undefined) return isFalsePress(alarm, record, from) ? 'false-press' : 'nobody'
  const waitedMs = taken.at - from
  if (waitedMs <= firstMostMs) return 'to-10-s'
  if (waitedMs <= secondMostMs) return 'to-40-s'
  return waitedMs <= thirdMostMs ? 'to-5-min' : 'after-5-min'
}

/**
 * Her own true PIN ended it, nobody had answered at all, and within a minute of the press she had ended it or said that
 * she was safe. An end under duress is none; neither is "I am safe" alone, which somebody may have made her say.
 */
function isFalsePress (alarm: Alarm, record: readonly Note[], from: EpochMs): boolean {
  if (alarm.duress || alarm.phase.is !== 'settled' || alarm.phase.why !== 'pin') return false
  if (record.some(({ reason }) => reason === 'CANNOT')) return false
  return record.some(({ at, reason }) => (reason === 'CLOSED' || reason === 'SAID_SAFE') && at - from <= takenBackMs)
}

function showing (record: readonly Note[], from: EpochMs): Showing {
  const shown = record.find(({ reason }) => reason === 'SHOWN')
  if (shown === undefined) return 'not-shown'
  const waitedMs = shown.at - from
  if (waitedMs <= firstMostMs) return 'to-10-s'
  return waitedMs <= secondMostMs ? 'to-40-s' : 'after-40-s'
}
