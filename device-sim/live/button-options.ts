import type { Health, SentUp, StateBody } from '../../firmware-protocol/bodies.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { Flash } from './flash.ts'
import type { Connect, SimClock } from './ports.ts'

export type ButtonOptions = {
  readonly did: Did
  readonly root: Uint8Array
  readonly connect: Connect
  readonly clock: SimClock
  readonly flash?: Flash
  /** Sleeps between presses and beats, to spare a battery. */
  readonly sleeper?: boolean
  readonly health?: () => Health
  /** Last seq of a boot: the wire's greatest, unless a run wants to see how a button goes on after it. */
  readonly seqMax?: number
  /** Added to each wait before a lost connection is tried again while no event is held, ms: drawn anew each time. Absent: none. */
  readonly jitterMs?: () => number
  /** Told of what a stopwatch beside the button would see. */
  readonly watch?: ButtonWatch
}

export type ButtonWatch = {
  readonly sent?: (body: SentUp) => void
  readonly puback?: (body: SentUp) => void
  readonly took?: (state: StateBody) => void
  /** A downlink that was not taken, with the code of protocol.md or of the codec. */
  readonly left?: (why: string) => void
  readonly connected?: () => void
  readonly lost?: () => void
}
