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
const MINUTES: readonly Minutes[] = [5, 10, 20, 30]

/** What people see of her. */
export type Plight = {
  readonly isSafe: () => boolean
  readonly safeMs: () => number
  readonly isUnderDuress: () => boolean
  /** Nobody looks longer than until then. */
  readonly endMs: () => number
  readonly helped: () => void
}

type Parameter = Parameters<typeof value>[0]
/** A value of a parameter, and whether what has this share happens: as scripted, or by chance. */
export type Chances = { readonly draw: (parameter: Parameter) => number, readonly happens: (share: Parameter) => boolean }
const SCRIPTED: Chances = { draw: value, happens: (share) => value(share) === 1 }

/** One person's side of one alarm. */
class Person {
  readonly id: ResponderId
  readonly type: ResponderType
  trip: 'none' | 'under-way' | 'arrived' = 'none'
  arrivesAt = Infinity
  /** Drawn when they first notice. */
  isWilling: boolean | null = null
  hasDeclined = false
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
    const push = this.#scenario.push.latency
    if (person.type.duty === null) clock.after(TAKEN_MS, () => { engine.receipt(alarm, to, n, 'accepted') })
    clock.after((person.type.duty === null ? this.#chances.draw(push) : LATENCY_S) * SECOND_MS, () => {
      const misses = this.#chances.happens(person.type.missedDay)
      engine.receipt(alarm, to, n, misses ? 'shown' : 'seen')
      if (!misses) this.#noticed(person, alarm, what)
    })
  }

  #noticed (person: Person, alarm: AlarmId, what: What): void {
    switch (what) {
      case 'alert':
      case 'again':
      case 'duress': return this.#called(person, alarm)
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

  #called (person: Person, alarm: AlarmId): void {
    person.isWilling ??= this.#chances.happens(person.type.answersDay)
    if (person.isWilling) this.#answerLater(person, alarm)
    else this.#declineOnce(person, alarm)
  }

  /** Not coming: says so once, if they are one who does. */
  #declineOnce (person: Person, alarm: AlarmId): void {
    if (!this.#chances.happens(person.type.declines) || person.hasDeclined) return
    person.hasDeclined = true
    person.cancelAnswer = this.#house.clock.after(this.#chances.draw(person.type.reaction) * SECOND_MS, () => {
      person.cancelAnswer = null
      void this.#house.engine.answer(alarm, person.id, { is: 'cannot' })
    })
  }

  #calm (person: Person): void {
    person.cancelAnswer?.()
    person.cancelAnswer = null
  }

  #answerLater (person: Person, alarm: AlarmId): void {
    person.cancelAnswer ??= this.#house.clock.after(this.#chances.draw(person.type.reaction) * SECOND_MS, () => {
      person.cancelAnswer = null
      const { clock, engine } = this.#house
      const say = (given: AnswerGiven): void => { void engine.answer(alarm, person.id, given) }
      if (person.trip === 'arrived') return say({ is: this.#plight.isSafe() ? 'over' : 'arrived' })
      if (person.trip === 'none') this.#setOut(person, alarm)
      const left = (person.arrivesAt - clock.mono()) / 60_000
      say({ is: 'coming', minutes: MINUTES.find((each) => each >= left) ?? 30 })
    })
  }

  #setOut (person: Person, alarm: AlarmId): void {
    const { turnout, distance, walking } = person.type
    const { clock, engine } = this.#house
    const wayMs = Math.round(this.#chances.draw(turnout) * SECOND_MS) + Math.round(this.#chances.draw(distance) / this.#chances.draw(walking) * SECOND_MS)
    person.trip = 'under-way'
    person.arrivesAt = clock.mono() + wayMs
    person.cancelTrip = clock.after(wayMs, () => {
      person.trip = 'arrived'
      void engine.answer(alarm, person.id, { is: 'arrived' })
      if (this.#chances.happens(person.type.needsMore)) clock.after(LOOK_MS, () => { if (!this.#plight.isSafe()) void engine.answer(alarm, person.id, { is: 'need-more' }) })
      clock.after(Math.max(0, this.#plight.safeMs() - clock.mono()) + OVER_MS, () => { this.#sayOver(person, alarm) })
      this.#plight.helped()
    })
  }

  /** Under duress her PIN ends nothing: those who came must say it, twice if they are alone (R15). */
  #sayOver (person: Person, alarm: AlarmId): void {
    const { clock, engine } = this.#house
    if (!this.#plight.isUnderDuress() || clock.mono() > this.#plight.endMs()) return
    void engine.answer(alarm, person.id, { is: 'over' })
    clock.after(secondYesMs, () => { this.#sayOver(person, alarm) })
  }
}
