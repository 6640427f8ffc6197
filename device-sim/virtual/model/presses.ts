/** Hands on buttons: incidents in which she presses, presses by accident, tests. No policy changes when a hand presses. */
import { sample } from '../chance/sample.ts'
import type { Stream } from '../chance/stream.ts'
import { DAY_MS, HOUR_MS, YEAR_MS, lengthH, ms } from './hours.ts'
import { forgottenIn, missedIn } from './check-ins.ts'
import { pressOf } from './press.ts'
import type { Press } from './press.ts'
import { onShiftAt, turnOf } from './turns.ts'
import type { Draws, Room, Worker } from './world.ts'

/** Worked hours that a year's rate of incidents is a rate of. */
const WORKED_H_A_YEAR = 1_600
export function pressesOf (room: Room, draws: Draws, endMs: number): readonly Press[] {
  return [...room.workers.flatMap((worker) => onShift(worker, draws, endMs)), ...byAccident(room, draws, endMs)].filter(({ at }) => at < endMs)
}

/** What happens to one worker while she is on shift. */
function onShift (worker: Worker, draws: Draws, endMs: number): readonly Press[] {
  const { room, entity } = worker
  const { workers, workersPerRoom } = room.venue.type
  const roomH = lengthH(workers.shift)
  const shiftH = roomH / workersPerRoom
  const worked = draws.trait(entity, 'worked', workers.worked)
  const days = draws.of(entity, 'shift')
  const isWorked = (day: number): boolean => worked >= 1 || days.at(day + 1) < worked
  const times = (rateAnHour: number, gaps: Stream): readonly number[] => {
    const all: number[] = []
    if (!(rateAnHour > 0)) return all
    const hours = endMs / DAY_MS * shiftH
    for (let h = gap(gaps, rateAnHour); h < hours; h += gap(gaps, rateAnHour)) {
      const day = Math.floor(h / shiftH)
      if (isWorked(day)) all.push(Math.round(day * DAY_MS + (workers.shift.from + shiftH * turnOf(worker, day) + h - day * shiftH) * HOUR_MS))
    }
    return all
  }
  const incidents = times(draws.trait(entity, 'incidents', workers.incidents) / WORKED_H_A_YEAR, draws.of(entity, 'incident'))
  // Of a room-year, whoever works: each has her part of it.
  const aWorkedHour = (aRoomYear: number): number => roomH * worked > 0 ? aRoomYear / (365 * roomH * worked) : 0
  const tests = times(aWorkedHour(draws.trait(room.entity, 'tests', workers.tests)), draws.of(entity, 'test'))
  const forgotten = times(aWorkedHour(draws.trait(room.entity, 'forgets', workers.forgets)), draws.of(entity, 'forgotten'))
  return [
    ...pressedIn(worker, draws, incidents, endMs),
    ...forgottenIn(worker, draws, forgotten),
    ...tests.map((at, ordinal) => pressOf(worker, 'test', ordinal, at, null, 0))
  ]
}

function pressedIn (worker: Worker, draws: Draws, incidents: readonly number[], endMs: number): readonly Press[] {
  const { workers } = worker.room.venue.type
  if (incidents.length === 0) return []
  const pressing = draws.trait(worker.entity, 'presses', workers.presses)
  const forced = draws.trait(worker.entity, 'forced share', workers.forced)
  const silent = draws.trait(worker.entity, 'silent share', workers.silent)
  const again = draws.trait(worker.entity, 'again share', workers.pressesAgain)
  const quiet = draws.trait(worker.entity, 'quiet share', workers.quiet)
  const saysSafe = draws.trait(worker.entity, 'says safe share', workers.saysSafe)
  const promised = draws.trait(worker.entity, 'check-in share', workers.checkIns)
  // One stream, and a place in it for each question of each incident.
  const story = draws.of(worker.entity, 'incident story')
  return incidents.flatMap((begun, ordinal) => {
    const u = (question: number): number => story.at(ordinal * 16 + question)
    if (u(0) >= pressing) return u(11) < promised ? missedIn(worker, ordinal, begun, endMs, u) : []
    const at = begun + ms(sample(workers.pressDelay.draw, u(1)))
    if (!(at < endMs)) return []
    const isQuiet = u(9) < quiet
    const safeAt = at + ms(sample(workers.danger.draw, u(4)))
    return [pressOf(worker, 'incident', ordinal, at, null, ms(sample(workers.pin.draw, u(3))), {
      silent: !isQuiet && u(2) < silent,
      quiet: isQuiet,
      safeAt,
      saysSafeAt: u(10) < saysSafe ? safeAt + ms(sample(workers.saysSafeDelay.draw, u(12))) : null,
      forcedAt: u(5) < forced ? at + ms(sample(workers.forcedDelay.draw, u(6))) : null,
      againAt: u(7) < again ? at + ms(sample(workers.pressAgainDelay.draw, u(8))) : null
    })]
  })
}

function byAccident (room: Room, draws: Draws, endMs: number): readonly Press[] {
  const { workers } = room.venue.type
  const rate = draws.trait(room.entity, 'accidents', workers.accidents) / YEAR_MS
  if (!(rate > 0)) return []
  const gaps = draws.of(room.entity, 'accident')
  const story = draws.of(room.entity, 'accident story')
  const presses: Press[] = []
  for (let at = gap(gaps, rate); at < endMs; at += gap(gaps, rate)) {
    const ordinal = presses.length
    const worker = onShiftAt(room, Math.round(at))
    const cancels = draws.trait(worker.entity, 'cancels', workers.cancels)
    const u = (question: number): number => story.at(ordinal * 4 + question)
    const pressedAt = Math.round(at)
    const cancelAt = u(0) < cancels ? pressedAt + ms(sample(workers.cancelDelay.draw, u(1))) : null
    presses.push(pressOf(worker, 'accident', ordinal, pressedAt, cancelAt, ms(sample(workers.pin.draw, u(2)))))
  }
  return presses
}

function gap (gaps: Stream, rate: number): number { return -Math.log1p(-gaps.next()) / rate }
