import type { LiveResponderAlarm, ServerMessage } from '../../server/contract/live.ts'
import { AnswerRefused } from './browser.ts'
import type { Browser } from './browser.ts'
import { Page } from './page.ts'
import type { SimClock } from './ports.ts'

/** An answer that did not reach the service is sent again this often, so many times. */
const ANSWER_AGAIN_MS = 1_000
const ANSWER_TRIES_MAX = 60

/** What this person does when called: after how long, and what they say. `null`: never answers. */
export type Habit = {
  readonly showAfterMs: number
  readonly answer: { readonly afterMs: number, readonly is: 'coming', readonly minutes: 5 | 10 | 20 | 30, readonly arriveAfterMs: number | null } |
  { readonly afterMs: number, readonly is: 'cannot' } | null
  /** After arriving: says it is over. null: stays silent. */
  readonly overAfterMs: number | null
}
export type ResponderWatch = {
  readonly told?: (alarm: string, what: string, atMono: number) => void
  readonly answered?: (alarm: string, is: string, atMono: number) => void
  readonly sees?: (alarms: readonly LiveResponderAlarm[], atMono: number) => void
  readonly failed?: (code: string) => void
}

/** A responder with a phone: an open page that rings, shows, answers after a while, arrives and says when it is over. */
export class SimResponder {
  readonly name: string
  readonly browser: Browser
  readonly #clock: SimClock
  readonly #habit: Habit
  readonly #watch: ResponderWatch
  readonly #page: Page
  readonly #answering = new Set<string>()
  readonly #timers = new Set<() => void>()

  constructor (of: { name: string, browser: Browser, clock: SimClock, habit: Habit, watch?: ResponderWatch }) {
    this.name = of.name
    this.browser = of.browser
    this.#clock = of.clock
    this.#habit = of.habit
    this.#watch = of.watch ?? {}
    this.#page = new Page({ browser: of.browser, as: 'responder', clock: of.clock, heard: (message, atMono) => { this.#heard(message, atMono) } })
  }

  open (): Promise<void> { return this.#page.open() }

  close (): void {
    this.#page.close()
    for (const cancel of this.#timers) cancel()
    this.#timers.clear()
  }

  #heard (message: ServerMessage, atMono: number): void {
    switch (message.type) {
      case 'told': return this.#told(message.alarm, message.n, message.what, atMono)
      case 'responder-alarms': return this.#sees(message.alarms, atMono)
      case 'hello':
      case 'worker-alarms':
      case 'worker-home':
      case 'gone':
      case 'pong': return
      case 'error': this.#watch.failed?.(message.code)
    }
  }

  #told (alarm: string, n: number, what: string, atMono: number): void {
    this.#watch.told?.(alarm, what, atMono)
    this.#later(this.#habit.showAfterMs, () => { this.#page.send({ type: 'receipt', alarm, n, level: 'shown' }) })
    if (what === 'coming' || what === 'stand-down') return
    if (what === 'ask-over') {
      // Somebody who never answers does not confirm either.
      if (this.#habit.answer !== null) this.#later(1_000, () => this.#say(alarm, { is: 'over' }))
      return
    }
    this.#answer(alarm)
  }

  #sees (alarms: readonly LiveResponderAlarm[], atMono: number): void {
    this.#watch.sees?.(alarms, atMono)
    for (const { alarm, phase, answer } of alarms) {
      if (phase === 'over') this.#answering.delete(alarm)
      else if (answer.is === 'none') this.#answer(alarm)
    }
  }

  /** Once per alarm, however often the phone rings. */
  #answer (alarm: string): void {
    const { answer } = this.#habit
    if (answer === null || this.#answering.has(alarm)) return
    this.#answering.add(alarm)
    this.#later(answer.afterMs, () => {
      if (answer.is === 'cannot') return this.#say(alarm, { is: 'cannot' })
      this.#say(alarm, { is: 'coming', minutes: answer.minutes })
      if (answer.arriveAfterMs !== null) this.#later(answer.arriveAfterMs, () => { this.#arrive(alarm) })
    })
  }

  #arrive (alarm: string): void {
    this.#say(alarm, { is: 'arrived' })
    if (this.#habit.overAfterMs !== null) this.#later(this.#habit.overAfterMs, () => this.#say(alarm, { is: 'over' }))
  }

  /** Said again while the service does not answer at all: a phone that finds no network keeps what was typed. */
  #say (alarm: string, given: { readonly is: string, readonly minutes?: number }, tries = 1): void {
    this.browser.post(`/api/v1/alerts/${encodeURIComponent(alarm)}/answer`, given).then(
      () => { this.#watch.answered?.(alarm, given.is, this.#clock.mono()) },
      (cause: unknown) => {
        if (!(cause instanceof AnswerRefused) && tries < ANSWER_TRIES_MAX) return this.#later(ANSWER_AGAIN_MS, () => { this.#say(alarm, given, tries + 1) })
        this.#watch.failed?.(cause instanceof AnswerRefused ? cause.code : 'UNREACHABLE')
      }
    )
  }

  #later (afterMs: number, act: () => void): void {
    const cancel = this.#clock.after(afterMs, () => {
      this.#timers.delete(cancel)
      act()
    })
    this.#timers.add(cancel)
  }
}
