/** Who presses when: by stages, each button at its own pace, or as a virtual run did. In the order of time; pure. */
import type { PressKind } from '../../firmware-protocol/bodies.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { PressRow } from '../virtual/model/replication.ts'
import { chance } from './chance.ts'
import type { PlannedPress } from './crowd.ts'
import { lengthOf, plannedTimes, turns, type Arrivals, type Stage } from './schedule.ts'

const UNASKED_MS = 60_000
/** A replay ends so long after the last that was done. */
const AFTER_LAST_MS = 1_000
/** Real milliseconds, whatever the scale: a request must have come back before the press. */
const WINDOW_AHEAD_MS = 1_000

/** `forMs`, and each press's `atMs`: as run, divided by the time scale already. */
export type PressPlan = {
  readonly presses: Iterable<PlannedPress>
  readonly forMs: number
  /** Of a replay: what she did on her phone, in the order of its times; and promises that were missed, which nobody can do again. */
  readonly replay?: { readonly hers: readonly HerAct[], readonly missedPromises: number, /** Another press of the room was too near. */ readonly testsWithoutWindow: number }
}
export const herActs = ['test window', 'PIN', 'duress PIN', '"I am safe"'] as const
/** `atMs`: as run. A window is opened so long before its press. */
export type HerAct = { readonly atMs: number, readonly button: number, readonly what: typeof herActs[number] }
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
export type VirtualPress = Pick<PressRow, 'venue' | 'venueNumber' | 'room' | 'cause' | 'silent' | 'quiet' | 'missed' | 'pressedAt' | 'pressedAgainAt' | 'forcedAt' | 'saidSafeAt' | 'cancelledAt'>

/** The rooms of the virtual run that pressed: so many buttons its replay needs. */
export function roomsOf (presses: readonly VirtualPress[]): readonly string[] { return [...new Set(presses.filter(({ missed }) => !missed).map(roomOf))] }

/**
 * The presses of one virtual replication, room by room on real buttons, each as the kind that it was, and her second presses;
 * throws `InvalidInput` when the buttons are too few. What she did on her phone is told beside them; what nobody did is only counted.
 */
export function replayPlan (virtual: readonly VirtualPress[], { fromS, forMs, timeScale, buttons }: ReplayWish): PressPlan {
  const rooms = new Map(roomsOf(virtual).map((room, index) => [room, index]))
  if (rooms.size > buttons) throw new InvalidInput('REPLAY_NEEDS_BUTTONS', `${rooms.size} rooms of this run pressed, and there are ${buttons} buttons`)
  const untilS = fromS + (forMs ?? Infinity) / 1_000
  const isIn = (at: number | null): at is number => at !== null && at >= fromS && at < untilS
  const hands = virtual.filter(({ missed }) => !missed).flatMap((row) => [row.pressedAt, row.pressedAgainAt].filter(isIn).map((at) => ({ row, at }))).sort((a, b) => a.at - b.at)
  const last = hands.at(-1)
  if (last === undefined) throw new InvalidInput('REPLAY_EMPTY', 'nobody presses in this part of the run')
  const msOf = (at: number): number => (at - fromS) * 1_000 / timeScale
  const presses = hands.map(({ row, at }) => ({ atMs: msOf(at), button: rooms.get(roomOf(row)) ?? 0, kind: kindOf(row) }))
  const windows = windowsOf(presses)
  const hers = [...windows, ...onHerPhone(virtual, rooms, isIn, msOf)].sort((a, b) => a.atMs - b.atMs)
  return {
    presses,
    forMs: forMs === null ? Math.max(msOf(last.at), hers.at(-1)?.atMs ?? 0) + AFTER_LAST_MS : forMs / timeScale,
    replay: {
      hers,
      testsWithoutWindow: presses.filter(({ kind }) => kind === 'test').length - windows.length,
      missedPromises: virtual.filter(({ missed, pressedAt }) => missed && isIn(pressedAt)).length
    }
  }
}

/** A window takes the next press of its room for a test: none is opened where another press would come into it. */
function windowsOf (presses: readonly PlannedPress[]): readonly HerAct[] {
  const before = new Map<number, number>()
  return presses.flatMap(({ atMs, button, kind }) => {
    const isAlone = atMs - WINDOW_AHEAD_MS > (before.get(button) ?? -Infinity)
    before.set(button, atMs)
    return kind === 'test' && isAlone ? [{ atMs: Math.max(0, atMs - WINDOW_AHEAD_MS), button, what: 'test window' as const }] : []
  })
}

/** Of a promise that is not replayed there is nothing to take back. */
function onHerPhone (virtual: readonly VirtualPress[], rooms: ReadonlyMap<string, number>, isIn: (at: number | null) => at is number, msOf: (at: number) => number): readonly HerAct[] {
  return virtual.filter(({ missed }) => !missed).flatMap((row) => {
    const acts = [['PIN', row.cancelledAt], ['duress PIN', row.forcedAt], ['"I am safe"', row.saidSafeAt]] as const
    return acts.flatMap(([what, at]) => isIn(at) ? [{ atMs: msOf(at), button: rooms.get(roomOf(row)) ?? 0, what }] : [])
  })
}

function roomOf ({ venue, venueNumber, room }: VirtualPress): string { return `${venue} ${venueNumber} ${room}` }
function kindOf ({ cause, silent, quiet }: VirtualPress): PressKind {
  if (cause === 'test') return 'test'
  if (quiet) return 'assist'
  return silent ? 'silent-alarm' : 'alarm'
}
