/** Responders with an open session: real sockets that hear, show, answer, arrive and say that it is over, as this run's people would. */
import { InvalidInput } from '../invalid-input.ts'
import { Browser } from './browser.ts'
import { chance } from './chance.ts'
import type { HouseResponder } from './house-file.ts'
import type { SimClock } from './ports.ts'
import { SimResponder, type Habit } from './responder.ts'
import type { ToldBook } from './told.ts'

/** Who is not greeted by then makes the run impossible: nobody would hear what it measures. */
const GREETED_MS = 15_000
/** From a telling to `shown`: a phone in a hand. */
const SHOW_MS = 20

/** ms; each person draws their own once. */
export type Manner = { readonly answers: number, readonly reactionMs: readonly [number, number], readonly arriveMs: readonly [number, number], readonly overMs: number, readonly seed: number }

export class Phones {
  /** What the service refused of what they said, counted by its code. */
  readonly refused = new Map<string, number>()
  /** What they answered, counted. */
  readonly answered = new Map<string, number>()
  readonly #responders: readonly SimResponder[]
  readonly #clock: SimClock

  constructor (people: readonly HouseResponder[], of: { readonly origin: string, readonly clock: SimClock, readonly manner: Manner, readonly told: () => ToldBook | null, readonly ms: () => number }) {
    this.#clock = of.clock
    const random = chance(of.manner.seed)
    this.#responders = people.map(({ responder, session }) => new SimResponder({
      name: responder,
      browser: new Browser(of.origin, session),
      clock: of.clock,
      habit: habitOf(of.manner, random),
      watch: {
        told: (alarm, what) => { of.told()?.told(alarm, what, of.ms()) },
        sees: (alarms) => { of.told()?.sees(alarms) },
        answered: (_alarm, is) => { this.answered.set(is, (this.answered.get(is) ?? 0) + 1) },
        failed: (code) => { this.refused.set(code, (this.refused.get(code) ?? 0) + 1) }
      }
    }))
  }

  /** Resolves when every page was greeted. */
  async open (): Promise<void> {
    let greeted = 0
    const all = Promise.all(this.#responders.map(async (responder) => {
      await responder.open()
      greeted += 1
    }))
    let cancel = (): void => {}
    const late = new Promise<'late'>((resolve) => { cancel = this.#clock.after(GREETED_MS, () => { resolve('late') }) })
    const first = await Promise.race([all, late])
    cancel()
    if (first === 'late') throw new InvalidInput('RESPONDERS_NOT_GREETED', `${this.#responders.length - greeted} of ${this.#responders.length} responders were not greeted by the service within ${GREETED_MS / 1_000} s: is --http right, and are their sessions still open?`)
  }

  close (): void { for (const responder of this.#responders) responder.close() }
}

function habitOf ({ answers, reactionMs, arriveMs, overMs }: Manner, random: () => number): Habit {
  const [willAnswer, reaction, arrive] = [random(), random(), random()]
  const between = ([least, most]: readonly [number, number], share: number): number => least + (most - least) * share
  return {
    showAfterMs: SHOW_MS,
    answer: willAnswer >= answers ? null : { afterMs: between(reactionMs, reaction), is: 'coming', minutes: 5, arriveAfterMs: between(arriveMs, arrive) },
    overAfterMs: overMs
  }
}
