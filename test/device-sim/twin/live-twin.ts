/**
 * The same script lived for real: a simulated button on a real link to a real broker, the real engine, and people who do
 * what the scenario's constants say. Only the clock is fake; while a frame is on a real socket, it stands.
 */
import { startBroker, type Broker } from '../../../broker/broker.ts'
import { BadLink, GOOD_LINK } from '../../../device-sim/live/bad-link.ts'
import { SimButton } from '../../../device-sim/live/button.ts'
import { lightConnect } from '../../../device-sim/live/light-link.ts'
import type { Connect } from '../../../device-sim/live/ports.ts'
import { SECOND_MS } from '../../../device-sim/virtual/model/hours.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import { deriveKeys } from '../../../firmware-protocol/keys.ts'
import type { AlarmId, Note } from '../../../server/alarm/alarm.ts'
import { houseOf } from '../../../server/engine/house.ts'
import type { Telling } from '../../../server/engine/ports.ts'
import type { Append, AppendResult, Happening } from '../../../server/store/alarm-store.ts'
import { LOOPBACK, KeptLog, until } from '../../broker/room.ts'
import { MemoryButtons, MemoryDisk } from '../../broker/memory-house.ts'
import { lina, SmallHouse } from '../../engine/small-house.ts'
import { MemoryStore } from '../../store/memory-store.ts'
import { DID, ROOT } from '../post.ts'
import { LATENCY_S, value, type Script } from './scripted-world.ts'
import { TwinDirectory } from './twin-directory.ts'
import { TwinPeople } from './twin-people.ts'

/** A frame that is not acknowledged after so many turns of the event loop waits for the clock. */
const TURNS_MOST = 10_000
const LIVED_MS = 3 * 3_600_000

/** Knows in which order alarms wrote to it: two of one lane, one after the other or side by side, have one log. */
class LoggedStore extends MemoryStore {
  readonly written: { readonly alarm: AlarmId, readonly happening: Happening }[] = []

  override async append (append: Append): Promise<AppendResult> {
    const done = await super.append(append)
    if (done.ok) this.written.push(...structuredClone(append.happenings).map((happening) => ({ alarm: append.id, happening })))
    return done
  }
}

export class LiveTwin {
  readonly #scenario: Scenario
  readonly #script: Script
  readonly #store = new LoggedStore()
  readonly #people: TwinPeople
  readonly #house: SmallHouse
  #heard = 0
  /** Frames between the button's socket and PUBACK. */
  #onTheWay = 0
  #pressedMs = 0
  #duress = false
  #helped = false
  #cancelPin = (): void => {}

  constructor (scenario: Scenario, script: Script) {
    this.#scenario = scenario
    this.#script = script
    this.#house = new SmallHouse({ store: this.#store, directory: new TwinDirectory(scenario) })
    this.#people = new TwinPeople(scenario, this.#house, {
      isSafe: () => this.#house.clock.mono() >= this.#safeMs,
      safeMs: () => this.#safeMs,
      endMs: () => this.#pressedMs + LIVED_MS,
      helped: () => {
        if (!this.#helped) this.#pinAt(this.#house.clock.mono())
        this.#helped = true
      }
    })
    Object.assign(this.#house.ears, {
      tell: (telling: Telling) => { this.#people.tell(telling) }
    })
  }

  /** Presses once and lives on until it is long over. Notes as they were written, whichever their alarm, times in ms after the press. */
  async live (): Promise<readonly (Note & { readonly lane: string })[]> {
    await this.#house.start()
    const broker = await this.#broker()
    const link = new BadLink(this.#counted(lightConnect(`mqtt://127.0.0.1:${broker.ports.mqtt}`, this.#house.clock)), { ...GOOD_LINK, delayMs: { least: LATENCY_S * SECOND_MS, most: LATENCY_S * SECOND_MS } }, this.#house.clock, 1)
    const button = new SimButton({ did: DID, root: ROOT, connect: link.connect, clock: this.#house.clock })
    try {
      button.powerOn()
      await this.#hang(() => button.isConnected)
      await (this.#script.missed === undefined ? this.#press(button) : this.#missPromise(this.#script.missed))
      await this.#her(button)
      return await this.#log()
    } finally {
      button.powerOff()
      await broker.close()
    }
  }

  // ---- she

  get #worker () {
    const worker = this.#scenario.venues[0]?.workers
    if (worker === undefined) throw new RangeError('the scenario has a venue')
    return worker
  }

  get #safeMs (): number { return this.#pressedMs + value(this.#worker.danger) * SECOND_MS }

  #pinAt (overMs: number): void {
    if (this.#duress) return
    this.#cancelPin()
    const { clock } = this.#house
    this.#cancelPin = clock.after(Math.max(overMs, clock.mono()) - clock.mono() + value(this.#worker.pin) * SECOND_MS, () => { this.#give('true') })
  }

  #saySafe (): void {
    const open = this.#open
    if (open !== undefined) void this.#house.engine.saidSafe(lina, open.view.alarm)
  }

  get #open () { return this.#house.engine.workerAlarms(lina).find(({ view }) => view.ended === null) }

  #give (pin: 'true' | 'duress'): void {
    const { engine } = this.#house
    const open = this.#open
    if (open === undefined) return
    void engine.pin(lina, open.view.alarm, pin)
    if (pin === 'true') return
    this.#duress = true
    this.#cancelPin()
  }

  async #press (button: SimButton): Promise<void> {
    const { clock } = this.#house
    this.#pressedMs = clock.mono()
    button.press(this.#script.quiet === true ? 'assist' : 'alarm')
    await clock.pass(LATENCY_S * SECOND_MS)
    await until(() => this.#heard === 1)
    this.#pinAt(this.#safeMs)
  }

  /** Nobody presses: the service's own watch says that her time was over. */
  async #missPromise (kind: 'assist' | 'alarm'): Promise<void> {
    const { clock, engine } = this.#house
    this.#pressedMs = clock.mono()
    const now = clock.now()
    await engine.checkInMissed({ worker: lina, checkIn: 'promise', promisedAt: now - 1, missed: { dueAt: now, unreachableSince: null, forced: false }, raisedAt: now, kind }).recorded
    this.#pinAt(this.#safeMs)
  }

  /** What she does later, in its order; then everybody lives on, until it is settled. */
  async #her (button: SimButton): Promise<void> {
    const { clock } = this.#house
    const { forced, forcedDelay, pressesAgain, pressAgainDelay, saysSafe, saysSafeDelay } = this.#worker
    if (value(saysSafe) === 1) clock.after(this.#safeMs + value(saysSafeDelay) * SECOND_MS - clock.mono(), () => { this.#saySafe() })
    if (value(forced) === 1) clock.after(this.#pressedMs + value(forcedDelay) * SECOND_MS - clock.mono(), () => { this.#give('duress') })
    if (value(pressesAgain) === 1) {
      await this.#passTo(this.#pressedMs + value(pressAgainDelay) * SECOND_MS)
      button.press()
      await clock.pass(LATENCY_S * SECOND_MS)
      await until(() => this.#heard === 2)
    }
    button.powerOff()
    while (clock.mono() < this.#pressedMs + LIVED_MS && await this.#isLive()) await clock.pass(60_000)
  }

  async #isLive (): Promise<boolean> {
    return (await this.#store.live()).length > 0
  }

  /** A frame's way at a time; what is on a real socket then has arrived before the clock moves on. */
  async #passTo (ms: number): Promise<void> {
    const { clock } = this.#house
    while (clock.mono() < ms) {
      await clock.pass(Math.min(LATENCY_S * SECOND_MS, ms - clock.mono()))
      for (let turn = 0; this.#onTheWay > 0 && turn < TURNS_MOST; turn++) await new Promise((resolve) => { setImmediate(resolve) })
    }
  }

  #counted (connect: Connect): Connect {
    return (options, events) => {
      const lost = (): void => {
        this.#onTheWay = 0
        events.lost()
      }
      const link = connect(options, { ...events, lost })
      return {
        subscribe: (topic) => { link.subscribe(topic) },
        publish: async (topic, payload) => {
          this.#onTheWay += 1
          await link.publish(topic, payload)
          this.#onTheWay -= 1
        },
        end: () => { link.end() },
        cut: () => { link.cut() }
      }
    }
  }

  async #hang (holds: () => boolean): Promise<void> {
    while (!holds()) {
      await this.#house.clock.pass(1)
      await new Promise((resolve) => { setImmediate(resolve) })
    }
  }

  async #broker (): Promise<Broker> {
    const { engine, steady } = this.#house
    const buttons = new MemoryButtons()
    buttons.known.set(DID, { did: DID, keys: deriveKeys(ROOT, DID), wish: { beatS: 30, mode: 0 } })
    const house = houseOf({ engine, buttons: { heard: () => {}, silent: () => {}, trouble: () => {} }, saveFault: async () => {}, clock: steady })
    const broker = await startBroker({
      ports: {
        house: {
          ...house,
          press: (press) => {
            const answer = house.press(press)
            if (answer.verdict !== 'known') this.#heard += 1
            return answer
          }
        },
        buttons,
        memories: new MemoryDisk()
      },
      config: { mqtt: LOOPBACK },
      clock: steady,
      log: new KeptLog()
    })
    engine.onLights((dids) => { for (const did of dids) broker.lightsChanged(did as typeof DID) })
    return broker
  }

  async #log (): Promise<readonly (Note & { readonly lane: string })[]> {
    const { clock } = this.#house
    const pressedAt = clock.now() - (clock.mono() - this.#pressedMs)
    const notes: (Note & { readonly lane: string })[] = []
    for (const { alarm, happening } of this.#store.written) {
      const lane = (await this.#store.load(alarm))?.state.lane.is ?? ''
      notes.push(...happening.notes.map((note) => ({ ...note, at: note.at - pressedAt as Note['at'], lane })))
    }
    return notes
  }
}
