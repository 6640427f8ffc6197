import type { ConfigBody, FaultCode, Feedback, Health, PressKind, SentUp, StateBody, SyncBody } from '../../firmware-protocol/bodies.ts'
import { takesConfig, takesState, type ButtonView } from '../../firmware-protocol/button-light.ts'
import { answerSync, retryWaitMs } from '../../firmware-protocol/button-queue.ts'
import { decodeDown, encodeUp } from '../../firmware-protocol/codec.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys, type ButtonKeys } from '../../firmware-protocol/keys.ts'
import { DEFAULT_BEAT_S, KEEP_ALIVE_S, PUBACK_WAIT_MS, SEEN_EVERY_MS } from '../../firmware-protocol/limits.ts'
import { assertNever } from '../../firmware-protocol/misuse.ts'
import { downTopic, upTopic } from '../../firmware-protocol/topics.ts'
import { COUNT_MAX } from '../../firmware-protocol/wire.ts'
import { newFlash, type Flash } from './flash.ts'
import { HeldEvents, type HeldEvent } from './held-events.ts'
import type { Connect, Link, SimClock } from './ports.ts'

/** Waits before a lost connection is tried again; the last one repeats. */
const RECONNECT_MS: readonly number[] = [0, 500, 1_000, 2_000, 5_000]

export type ButtonOptions = {
  readonly did: Did
  readonly root: Uint8Array
  readonly connect: Connect
  readonly clock: SimClock
  readonly flash?: Flash
  readonly health?: () => Health
  /** Told of what a stopwatch beside the button would see. */
  readonly watch?: ButtonWatch
}
export type ButtonWatch = {
  readonly sent?: (body: SentUp) => void
  readonly puback?: (body: SentUp) => void
  readonly took?: (state: StateBody) => void
  readonly connected?: () => void
  readonly lost?: () => void
}

/** A button as protocol.md says it behaves: own queue in flash, retries, re-encoding, lights, reconnects. */
export class SimButton {
  readonly did: Did
  readonly #options: ButtonOptions
  readonly #keys: ButtonKeys
  readonly #flash: Flash
  readonly #clock: SimClock
  #events: HeldEvents
  #bornMs: number
  #seq = 0
  #dseq = 0
  #shown = 0
  #link: Link | null = null
  #connected = false
  #off = true
  #losses = 0
  #nonce: Uint8Array | null = null
  #willSeq = 0
  #unacked = new Set<() => void>()
  #cancelBeat = (): void => {}
  #cancelSeen = (): void => {}
  #cancelReconnect = (): void => {}

  constructor (options: ButtonOptions) {
    this.#options = options
    this.did = options.did
    this.#keys = deriveKeys(options.root, options.did)
    this.#clock = options.clock
    this.#flash = options.flash ?? newFlash(DEFAULT_BEAT_S)
    this.#events = new HeldEvents(this.#flash)
    this.#bornMs = this.#clock.mono()
  }

  // ---- what a hand, a battery and a cable do

  /** Cold boot: a new boot number, stored before the radio. */
  powerOn (): void {
    if (!this.#off) return
    this.#off = false
    this.#flash.boot = Math.min(this.#flash.boot + 1, COUNT_MAX)
    this.#bornMs = this.#clock.mono()
    this.#seq = 0
    this.#dseq = 0
    this.#shown = 0
    this.#events = new HeldEvents(this.#flash)
    this.#open()
  }

  /** Somebody pulls the battery: nothing more is sent, the broker says the will. */
  powerOff (): void {
    this.#off = true
    this.#link?.cut()
    this.#dropped()
  }

  /** Says goodbye and disconnects. */
  sleep (): void {
    this.#send({ is: 'bye', ...this.#up(), why: 'sleeping' })
    this.#off = true
    this.#link?.end()
    this.#dropped()
  }

  press (kind: PressKind = 'alarm'): void {
    const { event, lost } = this.#events.press(kind, this.#flash.boot, this.uptimeMs)
    this.#sendEvent(event)
    if (lost) this.fault('events-lost')
    this.#watchSeen()
  }

  fault (fcode: FaultCode): void {
    this.#sendEvent(this.#events.fault(fcode, this.#flash.boot, this.uptimeMs).event)
  }

  // ---- what a person standing there could read

  get uptimeMs (): number { return Math.round(this.#clock.mono() - this.#bornMs) }
  get isConnected (): boolean { return this.#connected }
  get mode (): number { return this.#flash.mode }
  get beatS (): number { return this.#flash.beatS }
  /** Presses that are not yet clear, with what their light would mean in a mode that shows lights. */
  get lights (): readonly (Feedback | null)[] { return this.#events.feedback(this.uptimeMs).map((l) => l.feedback) }
  get holds (): number { return this.#events.all.length }

  // ---- connection

  #open (): void {
    if (this.#off || this.#link !== null) return
    this.#willSeq = this.#nextSeq()
    const will = encodeUp({ is: 'bye', boot: this.#flash.boot, seq: this.#willSeq, uptimeMs: this.uptimeMs, why: 'will' }, this.did, this.#keys.up)
    const options = { username: this.did, password: this.#keys.mqttPassword, will: { topic: upTopic(this.did), payload: will }, keepAliveS: KEEP_ALIVE_S }
    const link = this.#options.connect(options, {
      connected: () => { if (this.#link === link) this.#greet(link) },
      message: (payload) => { if (this.#link === link) this.#hear(payload) },
      lost: () => { if (this.#link === link) this.#dropped() }
    })
    this.#link = link
  }

  /** After every connect, without waiting: SUBSCRIBE, each event not yet clear, then hello. */
  #greet (link: Link): void {
    this.#connected = true
    this.#losses = 0
    this.#options.watch?.connected?.()
    link.subscribe(downTopic(this.did))
    for (const event of this.#events.all) this.#sendEvent(event)
    this.#sendHello()
    this.#beatLater()
    this.#watchSeen()
  }

  #dropped (): void {
    const wasConnected = this.#connected
    this.#link = null
    this.#connected = false
    for (const cancel of this.#unacked) cancel()
    this.#unacked.clear()
    this.#cancelBeat()
    this.#cancelSeen()
    this.#cancelReconnect()
    for (const event of this.#events.all) event.cancelRetry()
    if (wasConnected) this.#options.watch?.lost?.()
    if (this.#off) return
    const waitMs = RECONNECT_MS[Math.min(this.#losses, RECONNECT_MS.length - 1)] ?? 0
    this.#losses += 1
    this.#cancelReconnect = this.#clock.after(waitMs, () => { this.#open() })
  }

  #reconnect (): void {
    this.#link?.cut()
    this.#dropped()
  }

  // ---- sending

  #nextSeq (): number {
    this.#seq = Math.min(this.#seq + 1, COUNT_MAX)
    return this.#seq
  }

  #up (): { boot: number, seq: number, uptimeMs: number } {
    return { boot: this.#flash.boot, seq: this.#nextSeq(), uptimeMs: this.uptimeMs }
  }

  #health (): Health { return this.#options.health?.() ?? { batteryPct: 90 } }

  #send (body: SentUp): void {
    if (this.#link === null || !this.#connected) return
    this.#options.watch?.sent?.(body)
    const forget = this.#clock.after(PUBACK_WAIT_MS, () => {
      this.#unacked.delete(forget)
      this.#reconnect()
    })
    this.#unacked.add(forget)
    void this.#link.publish(upTopic(this.did), encodeUp(body, this.did, this.#keys.up)).then(() => {
      forget()
      this.#unacked.delete(forget)
      this.#options.watch?.puback?.(body)
      if (body.is === 'fault') this.#faultTaken(body.event)
    })
  }

  #faultTaken (event: Parameters<HeldEvents['find']>[0]): void {
    const held = this.#events.find(event)
    if (held !== null) this.#events.clear(held)
  }

  /** Each sending is encoded anew: new seq, new age, same event. */
  #sendEvent (held: HeldEvent): void {
    held.cancelRetry()
    if (!this.#connected) return
    const { flash } = held
    const age = held.pressedMs === null ? {} : { ageMs: Math.max(0, this.uptimeMs - held.pressedMs) }
    if (flash.what.is === 'fault') this.#send({ is: 'fault', ...this.#up(), event: flash.event, ...age, fcode: flash.what.fcode })
    else this.#send({ is: 'press', ...this.#up(), event: flash.event, kind: flash.what.kind, ...age, ...(flash.merged > 0 ? { merged: flash.merged } : {}), health: this.#health() })
    held.sent += 1
    if (held.sent === 1) held.firstSentMs = this.uptimeMs
    if (held.state !== null) return
    held.cancelRetry = this.#clock.after(retryWaitMs(held.sent, this.uptimeMs - held.firstSentMs), () => { this.#sendEvent(held) })
  }

  #sendHello (): void {
    const nonce = this.#nonce === null ? {} : { nonce: this.#nonce }
    this.#nonce = null
    this.#send({
      is: 'hello',
      ...this.#up(),
      health: this.#health(),
      fw: 'sim-1',
      model: 'sim',
      beatS: this.#flash.beatS,
      pending: this.#events.all.length,
      shown: this.#shown,
      ...nonce,
      mode: this.#flash.mode,
      will: this.#willSeq
    })
  }

  #beatLater (): void {
    this.#cancelBeat()
    this.#cancelBeat = this.#clock.after(this.#flash.beatS * 1_000, () => {
      this.#send({ is: 'beat', ...this.#up(), health: this.#health() })
      this.#beatLater()
    })
  }

  /** From the press until clear: `seen` every 20 s. */
  #watchSeen (): void {
    this.#cancelSeen()
    if (!this.#events.all.some((h) => h.flash.what.is === 'press')) return
    this.#cancelSeen = this.#clock.after(SEEN_EVERY_MS, () => {
      this.#sendSeen()
      this.#watchSeen()
    })
  }

  #sendSeen (): void { this.#send({ is: 'seen', ...this.#up(), shown: this.#shown }) }

  // ---- hearing

  #hear (payload: Uint8Array): void {
    const decoded = decodeDown(payload, this.did, this.#keys.down)
    if (!decoded.ok) return
    switch (decoded.body.is) {
      case 'state': return this.#hearState(decoded.body)
      case 'config': return this.#hearConfig(decoded.body)
      case 'sync': return this.#hearSync(decoded.body)
      case 'unknown': return
      default: assertNever(decoded.body)
    }
  }

  #view (): ButtonView {
    return { boot: this.#flash.boot, dseq: this.#dseq, uptimeMs: this.uptimeMs, holds: this.#events.all.map((h) => h.flash.event) }
  }

  #hearState (state: StateBody): void {
    if (!takesState(this.#view(), state).takes) return
    this.#dseq = state.dseq
    this.#shown = state.dseq
    this.#events.take(state)
    this.#options.watch?.took?.(state)
    this.#sendSeen()
  }

  #hearConfig (config: ConfigBody): void {
    if (!takesConfig(this.#view(), config).takes) return
    this.#dseq = config.dseq
    this.#flash.beatS = config.beatS
    this.#flash.mode = config.mode
    this.#sendHello()
    this.#beatLater()
  }

  #hearSync (sync: SyncBody): void {
    this.#nonce = sync.nonce
    const answer = answerSync(this.#flash.boot, sync)
    if (answer.is === 'restart') {
      this.#flash.boot = answer.boot
      this.#seq = 0
      this.#dseq = 0
      this.#reconnect()
      return
    }
    for (const event of this.#events.all) this.#sendEvent(event)
    this.#sendHello()
  }
}
