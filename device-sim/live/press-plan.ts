/** Who presses when: by stages, each button at its own pace, or as a virtual run did. In the order of time; pure. */
import type { PressKind } from '../../firmware-protocol/bodies.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { PressRow } from '../virtual/model/replication.ts'
import { chance } from './chance.ts'
import type { PlannedPress } from './crowd.ts'
import { lengthOf, plannedTimes, turns, type Arrivals, type Stage } from './schedule.ts'

const UNASKED_MS = 60_000
/** A replay ends so long after its last press. */
const AFTER_LAST_MS = 1_000

/** `forMs`, and each press's `atMs`: as run, divided by the time scale already. */
export type PressPlan = { readonly presses: Iterable<PlannedPress>, readonly forMs: number }
export type PaceWish = {
  readonly buttons: number
  readonly stages: readonly Stage[] | null
  readonly arrivals: Arrivals
  readonly pressEveryMs: number
  readonly forMs: number | null
  readonly timeScale: number
  readonly kind: PressKind
  readonly seed: number
}

export function pressPlan (wish: PaceWish): PressPlan {
  const { stages, timeScale, forMs } = wish
  const plannedMs = stages === null ? forMs ?? UNASKED_MS : Math.min(forMs ?? Infinity, lengthOf(stages) * 1_000)
  const presses = stages === null ? inRounds(wish) : inStages(wish, stages)
  return { presses: scaled(presses, timeScale, plannedMs), forMs: plannedMs / timeScale }
}

function * inStages ({ buttons, arrivals, kind, seed }: PaceWish, stages: readonly Stage[]): Generator<PlannedPress> {
  const random = chance(seed)
  const whose = turns(buttons, chance(seed + 1))
  for (const atS of plannedTimes(stages, arrivals, random)) yield { atMs: atS * 1_000, button: whose.next().value as number, kind }
}

/** Each button every so long, spread over the first round, so that a thousand buttons are not one burst. */
function * inRounds ({ buttons, pressEveryMs, kind, seed }: PaceWish): Generator<PlannedPress> {
  const random = chance(seed)
  const first = Array.from({ length: buttons }, (_, button) => ({ atMs: pressEveryMs * random(), button })).sort((a, b) => a.atMs - b.atMs)
  for (let round = 0; ; round++) for (const { atMs, button } of first) yield { atMs: atMs + round * pressEveryMs, button, kind }
}

function * scaled (presses: Iterable<PlannedPress>, timeScale: number, untilMs: number): Generator<PlannedPress> {
  for (const press of presses) {
    if (press.atMs >= untilMs) return
    yield { ...press, atMs: press.atMs / timeScale }
  }
}

export type ReplayWish = { readonly fromS: number, readonly forMs: number | null, readonly timeScale: number, readonly buttons: number }

/** What a replay needs to know of a press of a virtual run. */
export type VirtualPress = Pick<PressRow, 'venue' | 'venueNumber' | 'room' | 'cause' | 'silent' | 'pressedAt'>

/** The rooms of the virtual run that pressed: so many buttons its replay needs. */
export function roomsOf (presses: readonly VirtualPress[]): readonly string[] { return [...new Set(presses.map(roomOf))] }

/** The presses of one virtual replication, room by room on real buttons; throws `InvalidInput` when they are too few. */
export function replayPlan (virtual: readonly VirtualPress[], { fromS, forMs, timeScale, buttons }: ReplayWish): PressPlan {
  const rooms = new Map(roomsOf(virtual).map((room, index) => [room, index]))
  if (rooms.size > buttons) throw new InvalidInput('REPLAY_NEEDS_BUTTONS', `${rooms.size} rooms of this run pressed, and there are ${buttons} buttons`)
  const untilS = fromS + (forMs ?? Infinity) / 1_000
  const rows = virtual.filter(({ pressedAt }) => pressedAt >= fromS && pressedAt < untilS).sort((a, b) => a.pressedAt - b.pressedAt)
  const last = rows.at(-1)
  if (last === undefined) throw new InvalidInput('REPLAY_EMPTY', 'nobody presses in this part of the run')
  const presses = rows.map((row) => ({ atMs: (row.pressedAt - fromS) * 1_000 / timeScale, button: rooms.get(roomOf(row)) ?? 0, kind: kindOf(row) }))
  return { presses, forMs: forMs === null ? (last.pressedAt - fromS) * 1_000 / timeScale + AFTER_LAST_MS : forMs / timeScale }
}

function roomOf ({ venue, venueNumber, room }: VirtualPress): string { return `${venue} ${venueNumber} ${room}` }
function kindOf ({ cause, silent }: VirtualPress): PressKind { return cause === 'test' ? 'test' : silent ? 'silent-alarm' : 'alarm' }
