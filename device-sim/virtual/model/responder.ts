/** Somebody who may be called: what they are for a whole replication, and their streams. */
import type { ResponderId } from '../../../server/alarm/alarm.ts'
import type { Parameter, ResponderType } from '../../scenario/scenario.ts'
import { Outages, renewal } from '../chance/outages.ts'
import { sample } from '../chance/sample.ts'
import type { Stream } from '../chance/stream.ts'
import { SECOND_MS, changesAfter, isWithin } from './hours.ts'
import { OF_ONE_PRESS } from './press.ts'
import type { Press } from './press.ts'
import type { Draws } from './world.ts'

export type Chance = 'push' | 'page' | 'missed' | 'answers' | 'reaction' | 'turnout' | 'walking' | 'stairs' | 'declines' | 'needs more' | 'back'

/** A page that lost the service tries again at least this often. */
const PAGE_BACK_MS = 5_000

export class Responder {
  readonly number: number
  readonly id: ResponderId
  readonly type: ResponderType
  readonly entity: string
  readonly venue: string
  readonly reachable: Outages
  /** In (0, 1), for what is asked of a person once and is true of a share of people. */
  readonly lot: number
  readonly #draws: Draws
  readonly #streams = new Map<Chance, Stream>()
  readonly #traits = new Map<string, number>()

  constructor (number: number, type: ResponderType, entity: string, venue: string, draws: Draws) {
    this.number = number
    this.id = String(number) as ResponderId
    this.type = type
    this.entity = entity
    this.venue = venue
    this.#draws = draws
    this.lot = draws.of(entity, 'lot').at(0)
    this.reachable = renewal(type.reachable.up.draw, type.reachable.down.draw, draws.of(entity, 'reachable up'), draws.of(entity, 'reachable down'), SECOND_MS)
  }

  /** One number that this person has: how far away, how often a telephone is missed. */
  trait (purpose: string, parameter: Parameter): number {
    if (parameter.draw.is === 'constant') return parameter.draw.value
    const known = this.#traits.get(purpose)
    if (known !== undefined) return known
    const drawn = this.#draws.trait(this.entity, purpose, parameter)
    this.#traits.set(purpose, drawn)
    return drawn
  }

  /** An even number for one thing about one press; `nth` tells tellings of one press apart. */
  chance (of: Chance, press: Press, nth: number): number {
    let stream = this.#streams.get(of)
    if (stream === undefined) {
      stream = this.#draws.of(this.entity, of)
      this.#streams.set(of, stream)
    }
    return stream.at(press.key * OF_ONE_PRESS + Math.min(nth, OF_ONE_PRESS - 1))
  }

  draw (of: Chance, { draw }: Parameter, press: Press, nth: number): number {
    return draw.is === 'constant' ? draw.value : sample(draw, this.chance(of, press, nth))
  }

  isOnDuty (at: number): boolean { return this.type.duty !== null && isWithin(this.type.duty, at) }

  isAsleep (at: number): boolean { return this.type.duty === null && isWithin(this.type.sleep, at) }

  /** Whose page is open and connected. Others have a telephone, of which nobody knows whether it is switched off. */
  hasPage (at: number): boolean { return this.isOnDuty(at) && !this.reachable.isDown(at) }

  /** The page of whoever has one open, or an answer on its way, gets through again so long after the service came `up`. */
  backAt (up: number, press: Press): number { return up === Infinity ? up : up + Math.round(this.chance('back', press, 0) * PAGE_BACK_MS) }

  /** When `hasPage` may differ next. */
  pageChangesAfter (at: number): number {
    return this.type.duty === null ? Infinity : Math.min(changesAfter(this.type.duty, at), this.reachable.changesAfter(at))
  }
}
