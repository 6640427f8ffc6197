/**
 * What one incident comes to in anonymous statistics (R21): a class, never a time. One press is one incident, however many
 * lanes it opened. Written down for people in `docs/statistics.md`. Whose it was and when leave this file only to find
 * the cell that it counts in.
 */
import type { Alarm, EpochMs, RoomId, VenueId, WorkerId } from './alarm.ts'
import type { Note } from './transition.ts'

/** How long until a person took an alarm, counted from the press (BS 8484 asks for 10 s and 40 s). */
export const ACCEPTANCES = ['to-10-s', 'to-40-s', 'to-5-min', 'after-5-min', 'nobody', 'false-press'] as const
/** How long until a device proved that it showed a test. */
export const SHOWINGS = ['to-10-s', 'to-40-s', 'after-40-s', 'not-shown'] as const
export type Acceptance = typeof ACCEPTANCES[number]
export type Showing = typeof SHOWINGS[number]

/** Loud and silent alarms are one: to tell them apart would divide small numbers further. */
export type Counted = 'alarm' | 'quiet-check' | 'test'
/** Nobody's own: no worker is behind it whom it could be told of, or who could take it back. */
export type Place = { readonly is: 'room', readonly room: RoomId } | { readonly is: 'venue', readonly venue: VenueId }

export type Outcome = {
  readonly of: { readonly is: 'worker', readonly worker: WorkerId } | Place
  readonly counted: Counted
  readonly result: Acceptance | Showing
  readonly pressedAt: EpochMs
  readonly overAt: EpochMs
}

/** `record`: every note of the alarm, oldest first; what the alarm itself keeps of them is bounded. */
export type Told = { readonly alarm: Alarm, readonly record: readonly Note[] }
type Dated = Told & { readonly from: EpochMs }

const secondMs = 1_000
const firstMostMs = 10 * secondMs
const secondMostMs = 40 * secondMs
const thirdMostMs = 300 * secondMs
/** She took it back sooner than this: a false press. Later it is an alarm that nobody took, and she gave up waiting. */
const takenBackMs = 60 * secondMs

/** Settled, or 12 h after everybody was asked in vain: whatever comes of it now, nobody had come. */
export function isCountable ({ phase }: Pick<Alarm, 'phase'>): boolean { return phase.is === 'settled' || phase.is === 'unresolved' }

/**
 * `told`: every alarm that these presses opened. null: one is not over, or there is nothing to count (what was
 * superseded lives on in another; a drill is measured by itself). Her lane speaks for the incident where there is one, and
 * house and standing lanes only add who took it; by themselves they are an alarm of the room. An alarm under duress is
 * over when it truly is, and is then counted like any other by what really happened.
 */
export function outcomeOf (told: readonly Told[]): Outcome | null {
  if (!told.every(({ alarm }) => isCountable(alarm))) return null
  const lanes = told.filter(({ alarm }) => !isSuperseded(alarm) && !isDrill(alarm)).map((one) => ({ ...one, from: pressOf(one.alarm) })).sort(byAge)
  const hers = lanes.filter(({ alarm }) => alarm.lane.is === 'hers')
  const speaking = hers.length > 0 ? hers : lanes
  const [first] = speaking
  if (first === undefined) return null
  const kinds = speaking.map(({ alarm }) => alarm.kind)
  const counted = kinds.every((kind) => kind === 'test') ? 'test' : kinds.some((kind) => kind === 'alarm' || kind === 'silent-alarm') ? 'alarm' : 'quiet-check'
  const result = counted === 'test' ? showing(lanes) : acceptance(lanes, hers)
  return { of: ownerOf(first.alarm), counted, result, pressedAt: first.from, overAt: Math.max(...lanes.map(overAt)) as EpochMs }
}

/** The first that was called; where several were, nothing but chance says whose it is: it is counted once. */
function byAge (a: Dated, b: Dated): number { return a.from - b.from || (a.alarm.id < b.alarm.id ? -1 : 1) }

function ownerOf ({ lane }: Alarm): Outcome['of'] {
  if (lane.is === 'house') return { is: 'venue', venue: lane.venue }
  return 'worker' in lane ? { is: 'worker', worker: lane.worker } : { is: 'room', room: lane.room }
}

function isSuperseded ({ phase }: Alarm): boolean { return phase.is === 'settled' && phase.why === 'superseded' }

function isDrill ({ lane }: Alarm): boolean { return lane.is === 'test' && lane.by === 'drill' }

function overAt ({ alarm, record }: Told): number { return record.at(-1)?.at ?? alarm.openedAt }

/** The press that it is counted from: the first that was no test, for an alarm that grew out of one. */
function pressOf (alarm: Alarm): EpochMs {
  const press = alarm.presses.find(({ kind }) => alarm.kind === 'test' || kind !== 'test')
  return press === undefined || press.doubt === 'time-uncertain' || press.doubt === 'may-be-replay' ? alarm.openedAt : press.pressedAt
}

/** Whoever took it first, in whatever lane, from the press that called them. */
function acceptance (lanes: readonly Dated[], hers: readonly Dated[]): Acceptance {
  const waitsMs = lanes.flatMap(({ record, from }) => {
    const taken = record.find(({ reason }) => reason === 'COMING' || reason === 'ARRIVED')
    return taken === undefined ? [] : [taken.at - from]
  })
  if (waitsMs.length === 0) return isFalsePress(lanes, hers) ? 'false-press' : 'nobody'
  const waitedMs = Math.min(...waitsMs)
  if (waitedMs <= firstMostMs) return 'to-10-s'
  if (waitedMs <= secondMostMs) return 'to-40-s'
  return waitedMs <= thirdMostMs ? 'to-5-min' : 'after-5-min'
}

/**
 * Each whom it called took it back with her own true PIN, nobody had answered at all, and within a minute of the press
 * she had ended it or said that she was safe. An end under duress is none; neither is "I am safe" alone, which somebody
 * may have made her say. A press that nobody can own up to is never called false.
 */
function isFalsePress (lanes: readonly Dated[], hers: readonly Dated[]): boolean {
  if (lanes.some(({ record }) => record.some(({ reason }) => reason === 'CANNOT'))) return false
  return hers.length > 0 && hers.every(({ alarm: { duress, phase }, record, from }) => !duress && phase.is === 'settled' && phase.why === 'pin' &&
    record.some(({ at, reason }) => (reason === 'CLOSED' || reason === 'SAID_SAFE') && at - from <= takenBackMs))
}

function showing (lanes: readonly Dated[]): Showing {
  const waitsMs = lanes.flatMap(({ record, from }) => {
    const shown = record.find(({ reason }) => reason === 'SHOWN')
    return shown === undefined ? [] : [shown.at - from]
  })
  if (waitsMs.length === 0) return 'not-shown'
  const waitedMs = Math.min(...waitsMs)
  if (waitedMs <= firstMostMs) return 'to-10-s'
  return waitedMs <= secondMostMs ? 'to-40-s' : 'after-40-s'
}
