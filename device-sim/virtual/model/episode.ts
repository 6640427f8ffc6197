/** What became of one press, as far as it has happened. Times in virtual milliseconds; null: not (yet). */
import type { Closing } from '../../../server/alarm/alarm.ts'
import type { Handle } from '../kernel/queue.ts'
import { isNight, seconds } from './hours.ts'
import { lateMs } from '../../../server/alarm/limits.ts'
import { neededUntil } from './press.ts'
import type { Press } from './press.ts'
import type { PressRow } from './replication.ts'
import type { Responder } from './responder.ts'
import { isOver } from './run.ts'
import type { Running } from './run.ts'

/** One person and one press: what they know of it and do about it, in however many lanes of it they are. */
export type Part = {
  readonly who: Responder
  readonly episode: Episode
  /** Somebody told them, at least once. */
  noticed: boolean
  woken: boolean
  /** Whether they will come, once they know; drawn when they first notice. */
  isWilling: boolean | null
  /** Lanes in which they know of it and were not told that it is over. */
  readonly lanes: Running[]
  /** Lanes that wait for their word, in the order in which they noticed them. */
  readonly asked: Running[]
  answering: Handle | null
}
export type Episode = {
  readonly press: Press
  pressedAgainAt: number | null
  /** The service took her duress PIN. */
  forcedAt: number | null
  saidSafeAt: number | null
  receivedAt: number | null
  firstAlertAt: number | null
  firstShownAt: number | null
  firstSeenAt: number | null
  acceptedAt: number | null
  arrivedAt: number | null
  cancelledAt: number | null
  closedAt: number | null
  closing: Closing | null
  steps: number
  tellings: number
  trips: number
  arrivals: number
  redundantArrivals: number
  wakings: number
  readonly told: Set<Responder>
  /** Who has arrived. */
  readonly there: Responder[]
  readonly parts: Map<Responder, Part>
  pin: Handle | null
}

export function newEpisode (press: Press): Episode {
  return {
    press, pressedAgainAt: null, forcedAt: null, saidSafeAt: null, receivedAt: null, firstAlertAt: null, firstShownAt: null, firstSeenAt: null, acceptedAt: null, arrivedAt: null, cancelledAt: null, closedAt: null,
    closing: null, steps: 0, tellings: 0, trips: 0, arrivals: 0, redundantArrivals: 0, wakings: 0, told: new Set(), there: [], parts: new Map(), pin: null
  }
}

export function partOf (episode: Episode, who: Responder): Part {
  const known = episode.parts.get(who)
  if (known !== undefined) return known
  const part: Part = { who, episode, noticed: false, woken: false, isWilling: null, lanes: [], asked: [], answering: null }
  episode.parts.set(who, part)
  return part
}

/** What this person makes of an alarm hangs on the press that opened it: in the house's lane, the one that opened hers. */
export function partFor (running: Running, who: Responder): Part {
  const { lane } = running.alarm
  const of = lane.is === 'house' ? running.besides.findLast((beside) => !isOver(beside)) ?? running : running
  const [first] = of.episodes
  if (first === undefined) throw new RangeError('an alarm without a press')
  return partOf(first, who)
}

/** The service had it in time to be of use: not later than what R7 calls late. */
export function isLost ({ press, receivedAt }: Episode): boolean {
  return receivedAt === null || receivedAt - press.at > lateMs
}

export function rowOf (episode: Episode): PressRow {
  const { press } = episode
  const { venue } = press.room
  return {
    press: press.number,
    venue: venue.type.name,
    venueNumber: venue.number,
    room: press.room.inVenue + 1,
    worker: press.worker.inRoom + 1,
    cause: press.cause,
    silent: press.silent,
    quiet: press.quiet,
    missed: press.isMissed,
    night: isNight(press.at),
    forced: episode.forcedAt !== null,
    pressedAt: seconds(press.at),
    pressedAgainAt: at(episode.pressedAgainAt),
    forcedAt: at(episode.forcedAt),
    saidSafeAt: at(episode.saidSafeAt),
    receivedAt: at(episode.receivedAt),
    firstAlertAt: at(episode.firstAlertAt),
    firstShownAt: at(episode.firstShownAt),
    firstSeenAt: at(episode.firstSeenAt),
    acceptedAt: at(episode.acceptedAt),
    arrivedAt: at(episode.arrivedAt),
    neededUntil: finite(neededUntil(press)),
    cancelledAt: at(episode.cancelledAt),
    closedAt: at(episode.closedAt),
    closing: episode.closing,
    steps: episode.steps,
    told: episode.told.size,
    tellings: episode.tellings,
    wakings: episode.wakings,
    trips: episode.trips,
    arrivals: episode.arrivals,
    redundantArrivals: episode.redundantArrivals,
    lostWhy: isLost(episode) ? press.heard?.why ?? 'network' : null
  }
}

function at (time: number | null): number | null { return time === null ? null : seconds(time) }
function finite (time: number): number | null { return time < Infinity ? seconds(time) : null }
