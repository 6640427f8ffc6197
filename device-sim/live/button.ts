import type { ConfigBody, FaultCode, Feedback, PressKind, SentUp, StateBody, SyncBody } from '../../firmware-protocol/bodies.ts'
import { takesConfig, takesState, type ButtonView } from '../../firmware-protocol/button-light.ts'
import { answerSync, retryWaitMs } from '../../firmware-protocol/button-queue.ts'
import { decodeDown, encodeUp } from '../../firmware-protocol/codec.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys, type ButtonKeys } from '../../firmware-protocol/keys.ts'
import { DEFAULT_BEAT_S, SEEN_EVERY_MS } from '../../firmware-protocol/limits.ts'
import { assertNever } from '../../firmware-protocol/misuse.ts'
import { COUNT_MAX } from '../../firmware-protocol/wire.ts'
import type { ButtonOptions } from './button-options.ts'
import { newFlash, type Flash, type FlashEvent } from './flash.ts'
import { HeldEvents, type HeldEvent, type Kept } from './held-events.ts'
import type { SimClock } from './ports.ts'
import { Radio } from './radio.ts'
import { Voice } from './voice.ts'

/** How long a sleeper listens after it has nothing more to say: for a config, a sync, a last light. */
const LISTEN_MS = 2_000

/** A button as protocol.md says it behaves: own queue in flash, retries, re-encoding, lights, sleep, reconnects. */
export class SimButton {
  readonly did: Did
  readonly #options: ButtonOptions
  readonly #keys: ButtonKeys
  readonly #flash: Flash
  readonly #clock: SimClock
  readonly #radio: Radio
  readonly #voice: Voice
  #events: HeldEvents
  #power: 'off' | 'awake' | 'asleep' = 'off'
  #dseq = 0
  #shown = 0
  #nonce: Uint8Array | null = null
  #cancelBeat = (): void => {}
  #cancelSeen: (() => void) | null = null
  #cancelSleep = (): void => {}

  constructor (options: ButtonOptions) {
    this.#options = options
    this.did = options.did
    this.#keys = deriveKeys(options.root, options.did)
    this.#clock = options.clock
    this.#flash = options.flash ?? newFlash(DEFAULT_BEAT_S)
    this.#events = new HeldEvents(this.#flash)
    this.#voice = new Voice(this.#flash, options.clock, options.health ?? (() => ({ batteryPct: 90 })), options.seqMax ?? COUNT_MAX)
    this.#radio = new Radio({
      did: options.did,
      mqttPassword: this.#keys.mqttPassword,
      connect: options.connect,
      clock: options.clock,
      will: () => this.#will(),
      // Whoever holds an event comes before those who only come back.
      jitterMs: () => this.#events.all.length > 0 ? 0 : options.jitterMs?.() ?? 0,
      ready: () => { this.#greet() },
      heard: (payload) => { this.#hear(payload) },
      lost: () => { this.#lost() }
    })
  }

  // ---- what a hand, a battery and a cable do

  /** Cold boot: a new boot number, stored before the radio. */
  powerOn (): void {
    if (this.#power !== 'off') return
    this.#power = 'awake'
    this.#flash.boot = Math.min(this.#flash.boot + 1, COUNT_MAX)
    this.#voice.boot()
    this.#dseq = 0
    this.#shown = 0
    this.#nonce = null
    this.#events = new HeldEvents(this.#flash)
    this.#radio.switchOn()
  }

  /** Somebody pulls the battery: nothing more is sent, the broker says the will. */
  powerOff (): void { this.#quiet('off', 'cut') }

  /** Somebody switches it off: it says goodbye first. */
  switchOff (): void {
    this.#send(() => this.#voice.bye('off'))
    this.#quiet('off', 'end')
  }

  /** Flash is worn out or was wiped: it forgets its boots, its settings and every event. Its keys are kept elsewhere. */
  loseFlash (): void {
    this.powerOff()
    Object.assign(this.#flash, newFlash(DEFAULT_BEAT_S))
    this.#events = new HeldEvents(this.#flash)
  }

  /** What the press became in flash, or null: a button without power does nothing, and a full one may drop a test. */
  press (kind: PressKind = 'alarm'): FlashEvent | null {
    if (this.#power === 'off') return null
    const kept = this.#events.press(kind, this.#flash.boot, this.uptimeMs)
    this.#kept(kept)
    this.#watchSeen()
    return kept.event?.flash ?? null
  }

  fault (fcode: FaultCode): void {
    if (this.#power === 'off') return
    this.#kept(this.#events.fault(fcode, this.#flash.boot, this.uptimeMs))
  }

  // ---- what a person standing there could read

  get uptimeMs (): number { return this.#voice.uptimeMs }
  get isConnected (): boolean { return this.#radio.isConnected }
  get isAsleep (): boolean { return this.#power === 'asleep' }
  get mode (): number { return this.#flash.mode }
  get beatS (): number { return this.#flash.beatS }
  /** Presses that are not yet clear, with what is known about each, whether the room may see it or not. */
  get lights (): readonly (Feedback | null)[] { return this.#events.feedback(this.uptimeMs) }
  /** What the room can see, hear or feel: nothing in the dark, nothing of a silent alarm, never that nobody answers (R18). */
  get visible (): readonly Feedback[] { return this.#events.visible(this.#flash.mode, this.uptimeMs) }
  get holds (): number { return this.#events.all.length }

  // ---- power and connection

  #quiet (power: 'off' | 'asleep', how: 'end' | 'cut'): void {
    this.#power = power
    this.#radio.switchOff(how)
    this.#rest()
  }

  /** Every timer stops; what is in flash stays. */
  #rest (): void {
    this.#cancelBeat()
    this.#cancelSleep()
    this.#cancelSeen?.()
    this.#cancelSeen = null
    for (const event of this.#events.all) event.cancelRetry()
  }

  #wake (): void {
    this.#cancelSleep()
    this.#power = 'awake'
    this.#radio.switchOn()
  }

  /** A sleeper with nothing left to say says so, and comes back within the time it promised. */
  #sleepLater (): void {
    this.#cancelSleep()
    if (this.#options.sleeper !== true || this.#power !== 'awake') return
    this.#cancelSleep = this.#clock.after(LISTEN_MS, () => {
      if (this.holds > 0 || !this.#radio.isConnected) return
      this.#send(() => this.#voice.bye('sleeping'))
      this.#quiet('asleep', 'end')
      this.#cancelSleep = this.#clock.after(this.#flash.beatS * 1_000, () => { this.#wake() })
    })
  }

  /** After every connect, without waiting: SUBSCRIBE, each event not yet clear, then hello. */
  #greet (): void {
    this.#options.watch?.connected?.()
    this.#sayAll()
    this.#watchSeen()
    this.#sleepLater()
  }

  #lost (): void {
    this.#rest()
    this.#options.watch?.lost?.()
  }

  // ---- sending

  /** null: no seq is left for one, and another boot begins. */
  #will (): Uint8Array | null {
    if (this.#voice.isUsedUp) {
      this.#rebootSoon()
      return null
    }
    return encodeUp(this.#voice.will(), this.did, this.#keys.up)
  }

  /** Counters never wrap: a button whose seq is used up reboots, and what it holds in flash is said in the new boot. */
  #rebootSoon (): void {
    this.#clock.after(0, () => {
      if (this.#power !== 'awake' || !this.#voice.isUsedUp) return
      this.powerOff()
      this.powerOn()
    })
  }

  #send (say: () => SentUp): void {
    if (!this.#radio.isConnected) return
    if (this.#voice.isUsedUp) return this.#rebootSoon()
    const body = say()
    this.#options.watch?.sent?.(body)
    this.#beatLater()
    this.#radio.publish(encodeUp(body, this.did, this.#keys.up), () => {
      if (body.is === 'fault') this.#faultTaken(body.event)
      this.#options.watch?.puback?.(body)
    })
  }

  #kept ({ event, lost }: Kept): void {
    if (event !== null) this.#sendEvent(event)
    if (lost) this.fault('events-lost')
    if (this.#power === 'asleep') this.#wake()
    else this.#radio.hurry()
  }

  #faultTaken (event: Parameters<HeldEvents['find']>[0]): void {
    const held = this.#events.find(event)
    if (held !== null) this.#events.clear(held)
    this.#sleepLater()
  }

  #sayAll (): void {
    for (const event of this.#events.all) this.#sendEvent(event)
    this.#sendHello()
  }

  /** Each sending is encoded anew: new seq, new age, same event. */
  #sendEvent (held: HeldEvent): void {
    held.cancelRetry()
    if (!this.#radio.isConnected) return
    this.#send(() => this.#voice.event(held))
    held.sent += 1
    if (held.sent === 1) held.firstSentMs = this.uptimeMs
    if (held.state !== null) return
    held.cancelRetry = this.#clock.after(retryWaitMs(held.sent, this.uptimeMs - held.firstSentMs), () => { this.#sendEvent(held) })
  }

  #sendHello (): void {
    if (!this.#radio.isConnected) return
    this.#send(() => this.#voice.hello(this.#shown, this.#nonce))
    this.#nonce = null
  }

  /** A beat is due when nothing else was said for that long. */
  #beatLater (): void {
    this.#cancelBeat()
    this.#cancelBeat = this.#clock.after(this.#flash.beatS * 1_000, () => { this.#send(() => this.#voice.beat()) })
  }

  /** From the press until clear: `seen` every 20 s, however often she presses meanwhile. */
  #watchSeen (): void {
    if (this.#cancelSeen !== null || !this.#events.hasPress || !this.#radio.isConnected) return
    this.#cancelSeen = this.#clock.after(SEEN_EVERY_MS, () => {
      this.#cancelSeen = null
      if (this.#events.hasPress) this.#sendSeen()
      this.#watchSeen()
    })
  }

  #sendSeen (): void { this.#send(() => this.#voice.seen(this.#shown)) }

  // ---- hearing

  #hear (payload: Uint8Array): void {
    const decoded = decodeDown(payload, this.did, this.#keys.down)
    if (!decoded.ok) return this.#options.watch?.left?.(decoded.code)
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
    const taking = takesState(this.#view(), state)
    if (!taking.takes) return this.#options.watch?.left?.(taking.why)
    this.#dseq = state.dseq
    this.#shown = state.dseq
    this.#events.take(state)
    this.#options.watch?.took?.(state)
    this.#sendSeen()
    this.#sleepLater()
  }

  #hearConfig (config: ConfigBody): void {
    const taking = takesConfig(this.#view(), config)
    if (!taking.takes) return this.#options.watch?.left?.(taking.why)
    this.#dseq = config.dseq
    this.#flash.beatS = config.beatS
    this.#flash.mode = config.mode
    this.#sendHello()
  }

  #hearSync (sync: SyncBody): void {
    this.#nonce = sync.nonce
    const answer = answerSync(this.#flash.boot, sync)
    if (answer.is !== 'restart') return this.#sayAll()
    this.#flash.boot = answer.boot
    this.#voice.restart()
    this.#dseq = 0
    this.#radio.reconnect()
  }
}
