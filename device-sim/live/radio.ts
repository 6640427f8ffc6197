import type { Did } from '../../firmware-protocol/ids.ts'
import { KEEP_ALIVE_S, PUBACK_WAIT_MS } from '../../firmware-protocol/limits.ts'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import type { Connect, Link, SimClock } from './ports.ts'

/** Waits before a lost connection is tried again; the last one repeats. */
const RECONNECT_MS: readonly number[] = [0, 500, 1_000, 2_000, 5_000]
/** How long a CONNECT may take before it is given up. */
const CONNECT_WAIT_MS = 5_000

export type RadioPorts = {
  readonly did: Did
  readonly mqttPassword: string
  readonly connect: Connect
  readonly clock: SimClock
  /** Signs a new will; each connection has its own. null: this boot is at its end, no connection is made. */
  readonly will: () => Uint8Array | null
  /** Spreads those who come back, ms: a house whose power returns is not one burst. */
  readonly jitterMs: () => number
  /** Connected and subscribed. */
  readonly ready: () => void
  readonly heard: (payload: Uint8Array) => void
  /** The connection is gone; while the radio is on, another is on its way. */
  readonly lost: () => void
}

/** The button's radio: one connection at a time, given up when an answer is late, tried again for as long as it is on. */
export class Radio {
  readonly #ports: RadioPorts
  readonly #unacked = new Set<() => void>()
  #link: Link | null = null
  #connected = false
  #on = false
  #losses = 0
  #cancelOpen = (): void => {}

  constructor (ports: RadioPorts) { this.#ports = ports }

  get isConnected (): boolean { return this.#connected }

  switchOn (): void {
    if (this.#on) return
    this.#on = true
    this.#losses = 0
    this.#open()
  }

  /** `end`: says DISCONNECT, the will is void. `cut`: silence, the broker says the will. */
  switchOff (how: 'end' | 'cut'): void {
    this.#on = false
    this.#cancelOpen()
    this.#link?.[how]()
    this.#dropped()
  }

  /** Somebody pressed: a wait before the next try is over. */
  hurry (): void {
    if (!this.#on || this.#link !== null) return
    this.#cancelOpen()
    this.#open()
  }

  reconnect (): void {
    this.#link?.cut()
    this.#dropped()
  }

  /** `acknowledged` at PUBACK. None in 3 s: the connection is closed and made again. */
  publish (frame: Uint8Array, acknowledged: () => void): void {
    const { clock, did } = this.#ports
    if (this.#link === null || !this.#connected) return
    const forget = clock.after(PUBACK_WAIT_MS, () => {
      this.#unacked.delete(forget)
      this.reconnect()
    })
    this.#unacked.add(forget)
    void this.#link.publish(upTopic(did), frame).then(() => {
      forget()
      this.#unacked.delete(forget)
      // Only what the broker really handles proves a connection: one that is closed at once must not be tried in a hot loop.
      this.#losses = 0
      acknowledged()
    })
  }

  #open (): void {
    if (!this.#on || this.#link !== null) return
    const { clock, connect, did, mqttPassword } = this.#ports
    const will = this.#ports.will()
    if (will === null) return
    this.#cancelOpen = clock.after(CONNECT_WAIT_MS, () => { this.reconnect() })
    const link: Link = connect({ username: did, password: mqttPassword, will: { topic: upTopic(did), payload: will }, keepAliveS: KEEP_ALIVE_S }, {
      connected: () => { if (this.#link === link) this.#ready(link) },
      message: (payload) => { if (this.#link === link) this.#ports.heard(payload) },
      lost: () => { if (this.#link === link) this.#dropped() }
    })
    this.#link = link
  }

  #ready (link: Link): void {
    this.#cancelOpen()
    this.#connected = true
    link.subscribe(downTopic(this.#ports.did))
    this.#ports.ready()
  }

  #dropped (): void {
    const wasConnected = this.#connected
    this.#cancelOpen()
    this.#link = null
    this.#connected = false
    for (const forget of this.#unacked) forget()
    this.#unacked.clear()
    if (this.#on) {
      const waitMs = RECONNECT_MS[Math.min(this.#losses, RECONNECT_MS.length - 1)] ?? 0
      this.#losses += 1
      this.#cancelOpen = this.#ports.clock.after(waitMs + this.#ports.jitterMs(), () => { this.#open() })
    }
    if (wasConnected) this.#ports.lost()
  }
}
