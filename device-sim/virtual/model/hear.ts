/** A press on its way to the service: sent, and sent again as the button's protocol says, until the service has it. */
import { EVENTS_HELD_MAX } from '../../../firmware-protocol/limits.ts'
import { retryWaitMs } from '../../../firmware-protocol/button-queue.ts'
import type { Outages } from '../chance/outages.ts'
import { sample } from '../chance/sample.ts'
import { ms } from './hours.ts'
import { OF_ONE_PRESS } from './press.ts'
import type { LostWhy } from './replication.ts'
import type { Room } from './world.ts'

/** Whoever was cut off tries to connect at least this often. */
const RECONNECT_MS = 5_000
/** Sendings beyond which a press that is always lost counts as never heard; about a day of them. */
const SENDINGS_MOST = OF_ONE_PRESS - EVENTS_HELD_MAX

export type Heard = { readonly at: number, readonly why: LostWhy | null }
export type Link = { readonly why: LostWhy, readonly outages: Outages }

/** Everything between this button and the service, the nearest first. */
export function chainOf (room: Omit<Room, 'chain'>, service: Outages): readonly Link[] {
  const { venue } = room
  return [
    { why: 'battery', outages: room.battery },
    { why: 'button', outages: room.failure },
    ...(venue.button.mainsPowered ? [{ why: 'power' as const, outages: venue.mains }] : []),
    { why: 'power', outages: venue.power },
    ...(venue.gateway === null ? [] : [{ why: 'gateway' as const, outages: venue.gateway }]),
    { why: 'network', outages: venue.link },
    { why: 'service', outages: service }
  ]
}

/** The service itself knows that a promise was missed: no button, no network; once it is up. */
export function notice (service: Outages, at: number): Heard {
  const up = service.upAt(at)
  return { at: up, why: up === at ? null : 'service' }
}

/** @returns when the service has it (Infinity: never), and what was first in the way */
export function hear (room: Room, pressedAt: number, key: number): Heard {
  const { chain } = room
  const dead = chain.find(({ why, outages }) => isOfTheButton(why, room) && outages.isDown(pressedAt))
  // A button without power notices no hand: nothing is kept that could be sent later.
  if (dead !== undefined) return { at: Infinity, why: dead.why }
  const { frames, venue: { network, button, gateway } } = room
  const lossShare = 1 - (1 - frames.linkLoss) * (1 - frames.loss)
  let why: LostWhy | null = null
  let at = pressedAt
  if (gateway === null) at += ms(sample(network.wake.draw, frames.wake.at(key)))
  let firstAt: number | null = null
  let heardAt = Infinity
  for (let sent = 1; sent <= SENDINGS_MOST && at < heardAt; sent++) {
    const nth = key * OF_ONE_PRESS + sent
    const up = upAgain(chain, at)
    if (up.at === Infinity) return { at: heardAt, why: why ?? up.why }
    if (up.at > at) at = up.at + Math.round(frames.reconnect.at(nth) * RECONNECT_MS)
    why ??= up.why
    firstAt ??= at
    if (frames.lost.at(nth) < lossShare) why ??= 'network'
    else {
      const arrives = at + ms(sample(button.link.draw, frames.link.at(nth)) + sample(network.latency.draw, frames.latency.at(nth)))
      if (upAgain(chain, arrives).at === arrives) heardAt = Math.min(heardAt, arrives)
    }
    at += retryWaitMs(sent, at - firstAt)
  }
  return { at: heardAt, why: heardAt === Infinity ? why ?? 'network' : why }
}

function isOfTheButton (why: LostWhy, room: Room): boolean {
  return why === 'battery' || why === 'button' || (why === 'power' && room.venue.button.mainsPowered)
}

/** When all of it is up at once, from `at` on, and what was in the way at first. */
function upAgain (chain: readonly Link[], from: number): Heard {
  let why: LostWhy | null = null
  let at = from
  for (let i = 0; i < chain.length; i++) {
    const link = chain[i] as Link
    const up = link.outages.upAt(at)
    if (up === at) continue
    why ??= link.why
    if (up === Infinity) return { at: up, why }
    at = up
    i = -1
  }
  return { at, why }
}
