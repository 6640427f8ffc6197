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
import type { ResponderType, Scenario } from '../../../device-sim/scenario/scenario.ts'
import { deriveKeys } from '../../../firmware-protocol/keys.ts'
import type { AlarmId, Minutes, Note, ResponderId, What, WorkerId } from '../../../server/alarm/alarm.ts'
import { secondYesMs } from '../../../server/alarm/limits.ts'
import type { AnswerGiven } from '../../../server/engine/desk.ts'
import { houseOf } from '../../../server/engine/house.ts'
import type { Messenger, Telling } from '../../../server/engine/ports.ts'
import { LOOPBACK, KeptLog, until } from '../../broker/room.ts'
import { MemoryButtons, MemoryDisk } from '../../broker/memory-house.ts'
import { circle, house as houseLane, lina, responder, SmallDirectory, SmallHouse } from '../../engine/small-house.ts'
import { MemoryStore } from '../../store/memory-store.ts'
import { DID, ROOT } from '../post.ts'
import { LATENCY_S } from './scripted-world.ts'

/** What a push service takes to take it, and a person to say that it is over, as the model has it. */
const TAKEN_MS = 100
const OVER_MS = 60_000
const MINUTES: readonly Minutes[] = [5, 10, 20, 30]
/** A frame that is not acknowledged after so many turns of the event loop waits for the clock. */
const TURNS_MOST = 10_000
const LIVED_MS = 3 * 3_600_000

const value = ({ draw }: { readonly draw: { readonly is: string, readonly value?: number } }): number => draw.value ?? Infinity

/** One person's side of one alarm. */
class Person {
  readonly id: ResponderId
  readonly type: ResponderType
  trip: 'none' | 'under-way' | 'arrived' = 'none'
  arrivesAt = Infinity
  cancelAnswer: (() => void) | null = null
  cancelTrip = (): void => {}
  constructor (id: ResponderId, type: ResponderType) { this.id = id; this.type = type }
}

export class LiveTwin implements Messenger {
  readonly #scenario: Scenario
  readonly #store = new MemoryStore()
  readonly #people = new Map<string, Person>()
  readonly #alarms = new Set<AlarmId>()
  readonly #house: SmallHouse
  #heard = 0
  /** Frames between the button's socket and PUBACK. */
  #onTheWay = 0
  #pressedMs = 0
  #duress = false
  #helped = false
  #cancelPin = (): void => {}

  constructor (scenario: Scenario) {
    this.#scenario = scenario
    const [venue] = scenario.venues
    const [policy] = scenario.policies
    venue?.responders.forEach((type) => { this.#people.set(type.role, new Person(responder(type.role), type)) })
    const directory = new SmallDirectory()
    const step = (people: readonly string[]) => ({ waitMs: 30_000, people: people.map((role) => policy?.mayKnow.includes(role) === true ? `${role}*` : role) })
    directory.lanes = [{ lane: { is: 'hers', worker: lina }, plan: circle(...policy?.steps.map(({ people }) => step(people)) ?? []) }]
    if (policy?.houseLane !== null && policy?.houseLane !== undefined) directory.lanes.push({ lane: houseLane, plan: circle(step([policy.houseLane])) })
    this.#house = new SmallHouse({ store: this.#store, directory })
    Object.assign(this.#house.ears, { tell: (telling: Telling) => { this.tell(telling) } })
  }

  /** Presses once and lives on until it is long over. Notes of each lane, times in ms after the press. */
  async live (): Promise<readonly (Note & { readonly lane: string })[]> {
    await this.#house.start()
    const broker = await this.#broker()
    const link = new BadLink(this.#counted(lightConnect(`mqtt://127.0.0.1:${broker.ports.mqtt}`, this.#house.clock)), { ...GOOD_LINK, delayMs: { least: LATENCY_S * SECOND_MS, most: LATENCY_S * SECOND_MS } }, this.#house.clock, 1)
    const button = new SimButton({ did: DID, root: ROOT, connect: link.connect, clock: this.#house.clock })
    try {
      button.powerOn()
      await this.#hang(() => button.isConnected)
      await this.#press(button)
      await this.#her(button)
      return await this.#log()
    } finally {
      button.powerOff()
      await broker.close()
    }
  }

  tell ({ alarm, to, n, what }: Telling): void {
    this.#alarms.add(alarm)
    const person = this.#people.get(to)
    if (person === undefined) throw new RangeError(`nobody is called ${to}`)
    const { clock, engine } = this.#house
    const push = this.#scenario.push.latency
    if (person.type.duty === null) clock.after(TAKEN_MS, () => { engine.receipt(alarm, to, n, 'accepted') })
    clock.after((person.type.duty === null ? value(push) : LATENCY_S) * SECOND_MS, () => {
      const misses = value(person.type.missedDay) === 1
      engine.receipt(alarm, to, n, misses ? 'shown' : 'seen')
      if (!misses) this.#noticed(person, alarm, what)
    })
  }

  #noticed (person: Person, alarm: AlarmId, what: What): void {
    switch (what) {
      case 'alert':
      case 'again':
      case 'duress': return value(person.type.answersDay) === 1 ? this.#answerLater(person, alarm) : undefined
      case 'ask-arrival': return this.#answerLater(person, alarm)
      case 'ask-over': return person.trip === 'arrived' ? this.#answerLater(person, alarm) : undefined
      case 'coming': return person.trip === 'none' ? this.#calm(person) : undefined
      case 'stand-down':
        this.#calm(person)
        if (person.trip !== 'under-way') return
        person.cancelTrip()
        person.trip = 'none'
    }
  }

  #calm (person: Person): void {
    person.cancelAnswer?.()
    person.cancelAnswer = null
  }

  #answerLater (person: Person, alarm: AlarmId): void {
    person.cancelAnswer ??= this.#house.clock.after(value(person.type.reaction) * SECOND_MS, () => {
      person.cancelAnswer = null
      const { clock, engine } = this.#house
      const say = (given: AnswerGiven): void => { void engine.answer(alarm, person.id, given) }
      if (person.trip === 'arrived') return say({ is: this.#isSafe ? 'over' : 'arrived' })
      if (person.trip === 'none') this.#setOut(person, alarm)
      const left = (person.arrivesAt - clock.mono()) / 60_000
      say({ is: 'coming', minutes: MINUTES.find((each) => each >= left) ?? 30 })
    })
  }

  #setOut (person: Person, alarm: AlarmId): void {
    const { turnout, distance, walking } = person.type
    const { clock, engine } = this.#house
    const wayMs = Math.round(value(turnout) * SECOND_MS) + Math.round(value(distance) / value(walking) * SECOND_MS)
    person.trip = 'under-way'
    person.arrivesAt = clock.mono() + wayMs
    person.cancelTrip = clock.after(wayMs, () => {
      person.trip = 'arrived'
      void engine.answer(alarm, person.id, { is: 'arrived' })
      clock.after(Math.max(0, this.#safeMs - clock.mono()) + OVER_MS, () => { this.#sayOver(person, alarm) })
      if (!this.#helped) this.#pinAt(clock.mono())
      this.#helped = true
    })
  }

  /** Under duress her PIN ends nothing: those who came must say it, twice if they are alone (R15). */
  #sayOver (person: Person, alarm: AlarmId): void {
    const { clock, engine } = this.#house
    if (!this.#duress || clock.mono() > this.#pressedMs + LIVED_MS) return
    void engine.answer(alarm, person.id, { is: 'over' })
    clock.after(secondYesMs, () => { this.#sayOver(person, alarm) })
  }

  // ---- she

  get #worker () {
    const worker = this.#scenario.venues[0]?.workers
    if (worker === undefined) throw new RangeError('the scenario has a venue')
    return worker
  }

  get #safeMs (): number { return this.#pressedMs + value(this.#worker.danger) * SECOND_MS }
  get #isSafe (): boolean { return this.#house.clock.mono() >= this.#safeMs }

  #pinAt (overMs: number): void {
    if (this.#duress) return
    this.#cancelPin()
    const { clock } = this.#house
    this.#cancelPin = clock.after(Math.max(overMs, clock.mono()) - clock.mono() + value(this.#worker.pin) * SECOND_MS, () => { this.#give('true') })
  }

  #give (pin: 'true' | 'duress'): void {
    const { engine } = this.#house
    const open = engine.workerAlarms(lina as WorkerId).find(({ view }) => view.ended === null)
    if (open === undefined) return
    void engine.pin(lina, open.view.alarm, pin)
    if (pin === 'true') return
    this.#duress = true
    this.#cancelPin()
  }

  async #press (button: SimButton): Promise<void> {
    const { clock } = this.#house
    this.#pressedMs = clock.mono()
    button.press()
    await clock.pass(LATENCY_S * SECOND_MS)
    await until(() => this.#heard === 1)
    this.#pinAt(this.#safeMs)
  }

  /** What she does later, in its order; then everybody lives on, until it is settled. */
  async #her (button: SimButton): Promise<void> {
    const { clock } = this.#house
    const { forced, forcedDelay, pressesAgain, pressAgainDelay } = this.#worker
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
    const rows = await Promise.all([...this.#alarms].map((alarm) => this.#store.load(alarm)))
    return rows.some((row) => row?.live === true)
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
    for (const alarm of this.#alarms) {
      const lane = (await this.#store.load(alarm))?.state.lane.is ?? ''
      for (const happening of await this.#store.happenings(alarm)) notes.push(...happening.notes.map((note) => ({ ...note, at: note.at - pressedAt as Note['at'], lane })))
    }
    return notes
  }
}
