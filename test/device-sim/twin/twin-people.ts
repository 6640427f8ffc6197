/** What people do of an alarm, as the model's constants say it, written a second time: by the engine's own doors, on the fake clock. */
import type { AlarmId, Minutes, ResponderId, What } from '../../../server/alarm/alarm.ts'
import { secondYesMs } from '../../../server/alarm/limits.ts'
import type { AnswerGiven } from '../../../server/engine/desk.ts'
import type { Telling } from '../../../server/engine/ports.ts'
import { SECOND_MS } from '../../../device-sim/virtual/model/hours.ts'
import type { ResponderType, Scenario } from '../../../device-sim/scenario/scenario.ts'
import { responder, type SmallHouse } from '../../engine/small-house.ts'
import { LATENCY_S, value } from './scripted-world.ts'

/** What a push service takes to take it, a person to say that it is over, or to look round before they ask for more, as the model has it. */
const TAKEN_MS = 100
const OVER_MS = 60_000
const LOOK_MS = 30_000
/** Each further alert is answered with another tap. */
const TAP_MS = 3_000
const MINUTES: readonly Minutes[] = [5, 10, 20, 30]

/** What people see of her. */
export type Plight = {
  readonly isSafe: () => boolean
  readonly safeMs: () => number
  /** Nobody looks longer than until then. */
  readonly endMs: () => number
  readonly helped: () => void
}

type Parameter = Parameters<typeof value>[0]
/** A value of a parameter, and whether what has this share happens: as scripted, or by chance. */
export type Chances = { readonly draw: (parameter: Parameter) => number, readonly happens: (share: Parameter) => boolean }
const SCRIPTED: Chances = { draw: value, happens: (share) => value(share) === 1 }

/** What this person was told last in one alarm, and the last of it that they saw. */
type Told = { n: number, what: What, seen: number }

/** One person, in however many alarms. */
class Person {
  readonly id: ResponderId
  readonly type: ResponderType
  trip: 'none' | 'under-way' | 'arrived' = 'none'
  arrivesAt = Infinity
  /** Drawn when they first notice. */
  isWilling: boolean | null = null
  readonly told = new Map<AlarmId, Told>()
  /** Alarms that they know of and were not told the end of; that wait for their word; in which they said "I cannot". */
  readonly lanes = new Set<AlarmId>()
  readonly asked = new Set<AlarmId>()
  readonly declined = new Set<AlarmId>()
  cancelAnswer: (() => void) | null = null
  cancelTrip = (): void => {}
  constructor (id: ResponderId, type: ResponderType) { this.id = id; this.type = type }
}

export class TwinPeople {
  readonly #scenario: Scenario
  readonly #house: SmallHouse
  readonly #plight: Plight
  readonly #people = new Map<string, Person>()
  readonly #chances: Chances
  /** Alarms that go on after a false end. */
  readonly #forced = new Set<AlarmId>()
  /** When anybody was first told of an alarm: what one press opens begins in one turn. */
  readonly #begun = new Map<AlarmId, number>()

  constructor (scenario: Scenario, house: SmallHouse, plight: Plight, chances = SCRIPTED) {
    this.#scenario = scenario
    this.#chances = chances
    this.#house = house
    this.#plight = plight
    scenario.venues[0]?.responders.forEach((type) => { this.#people.set(type.role, new Person(responder(type.role), type)) })
  }

  tell ({ alarm, to, n, what }: Telling): void {
    const person = this.#people.get(to)
    if (person === undefined) throw new RangeError(`nobody is called ${to}`)
    const { clock, engine } = this.#house
    if (!this.#begun.has(alarm)) this.#begun.set(alarm, clock.mono())
    if (what === 'duress') this.#forced.add(alarm)
    person.told.set(alarm, { n, what, seen: person.told.get(alarm)?.seen ?? 0 })
    const push = this.#scenario.push.latency
    if (person.type.duty === null) clock.after(TAKEN_MS, () => { engine.receipt(alarm, to, n, 'accepted') })
    clock.after((person.type.duty === null ? this.#chances.draw(push) : LATENCY_S) * SECOND_MS, () => { this.#show(person, alarm, n, what) })
  }

  #show (person: Person, alarm: AlarmId, n: number, what: What): void {
    const beside = [...person.told].filter(([other]) => other !== alarm && this.#begun.get(other) === this.#begun.get(alarm))
    if (beside.length > 0 && (person.told.get(alarm)?.seen ?? 0) >= n) return
    if (this.#chances.happens(person.type.missedDay)) this.#house.engine.receipt(alarm, person.id, n, 'shown')
    else {
      this.#see(person, alarm, n, what)
      // Whoever looks sees what the other lane has told them, too.
      for (const [other, told] of beside) if (told.seen < told.n && told.what !== 'stand-down') this.#see(person, other, told.n, told.what)
    }
  }

  #see (person: Person, alarm: AlarmId, n: number, what: What): void {
    const told = person.told.get(alarm)
    if (told !== undefined) told.seen = Math.max(told.seen, n)
    this.#house.engine.receipt(alarm, person.id, n, 'seen')
    this.#noticed(person, alarm, what)
  }

  #noticed (person: Person, alarm: AlarmId, what: What): void {
    switch (what) {
      case 'alert':
      case 'again':
      case 'duress': return this.#called(person, alarm)
      case 'ask-arrival': return this.#answerLater(person, alarm)
      case 'ask-over': return person.trip === 'arrived' ? this.#answerLater(person, alarm) : undefined
      case 'coming': return person.trip === 'none' ? this.#calm(person, alarm) : undefined
      case 'stand-down':
        this.#calm(person, alarm)
        person.lanes.delete(alarm)
        if (person.trip !== 'under-way' || person.lanes.size > 0) return
        person.cancelTrip()
        person.trip = 'none'
    }
  }

  /** Not coming: says so once in each alarm, if they are one who does. */
  #called (person: Person, alarm: AlarmId): void {
    person.lanes.add(alarm)
    person.isWilling ??= this.#chances.happens(person.type.answersDay)
    if (person.isWilling || (this.#chances.happens(person.type.declines) && !person.declined.has(alarm))) this.#answerLater(person, alarm)
  }

  #calm (person: Person, alarm: AlarmId): void {
    person.asked.delete(alarm)
    if (person.asked.size > 0) return
    person.cancelAnswer?.()
    person.cancelAnswer = null
  }

  /** One reaction, whatever has called them. */
  #answerLater (person: Person, alarm: AlarmId): void {
    person.asked.add(alarm)
    person.cancelAnswer ??= this.#house.clock.after(this.#chances.draw(person.type.reaction) * SECOND_MS, () => { this.#answer(person) })
  }

  #answer (person: Person): void {
    const [alarm] = person.asked
    person.cancelAnswer = null
    if (alarm === undefined) return
    person.asked.delete(alarm)
    this.#say(person, alarm)
    if (person.asked.size > 0) person.cancelAnswer = this.#house.clock.after(TAP_MS, () => { this.#answer(person) })
  }

  #say (person: Person, alarm: AlarmId): void {
    const { clock, engine } = this.#house
    const say = (given: AnswerGiven): void => { void engine.answer(alarm, person.id, given) }
    if (person.isWilling !== true) {
      person.declined.add(alarm)
      return say({ is: 'cannot' })
    }
    if (person.trip === 'arrived') return say({ is: this.#plight.isSafe() ? 'over' : 'arrived' })
    if (person.trip === 'none') this.#setOut(person)
    const left = (person.arrivesAt - clock.mono()) / 60_000
    say({ is: 'coming', minutes: MINUTES.find((each) => each >= left) ?? 30 })
  }

  #setOut (person: Person): void {
    const { turnout, distance, walking } = person.type
    const { clock } = this.#house
    const wayMs = Math.round(this.#chances.draw(turnout) * SECOND_MS) + Math.round(this.#chances.draw(distance) / this.#chances.draw(walking) * SECOND_MS)
    person.trip = 'under-way'
    person.arrivesAt = clock.mono() + wayMs
    person.cancelTrip = clock.after(wayMs, () => {
      person.trip = 'arrived'
      for (const [i, alarm] of [...person.lanes].entries()) {
        if (i === 0) this.#arrived(person, alarm)
        else clock.after(i * TAP_MS, () => { this.#arrived(person, alarm) })
      }
      this.#plight.helped()
    })
  }

  #arrived (person: Person, alarm: AlarmId): void {
    const { clock, engine } = this.#house
    void engine.answer(alarm, person.id, { is: 'arrived' })
    if (this.#chances.happens(person.type.needsMore)) clock.after(LOOK_MS, () => { if (!this.#plight.isSafe()) void engine.answer(alarm, person.id, { is: 'need-more' }) })
    clock.after(Math.max(0, this.#plight.safeMs() - clock.mono()) + OVER_MS, () => { this.#sayOver(person, alarm) })
  }

  /** Under duress her PIN ends nothing: those who came must say it, twice if they are alone (R15). */
  #sayOver (person: Person, alarm: AlarmId): void {
    const { clock, engine } = this.#house
    if (!this.#forced.has(alarm) || clock.mono() > this.#plight.endMs()) return
    void engine.answer(alarm, person.id, { is: 'over' })
    clock.after(secondYesMs, () => { this.#sayOver(person, alarm) })
  }
}
