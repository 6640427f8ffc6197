/** What she does after the press: take it back, press again, be forced, give her PIN when it is over. */
import type { AlarmEvent } from '../../../server/alarm/alarm.ts'
import { isOpenAsPerceived } from '../../../server/alarm/lanes.ts'
import type { Episode } from './episode.ts'
import { hear } from './hear.ts'
import type { Her as HerPort, House } from './run.ts'

export class Her implements HerPort {
  readonly #house: House

  constructor (house: House) { this.#house = house }

  /** Her telephone shows the alarm from now on: what she wants to do about it she can do. */
  received (episode: Episode): void {
    const { run } = this.#house
    const { press } = episode
    if (press.cause === 'test') return
    if (press.cancelAt !== null) run.kernel.at(press.cancelAt, this.#cancel, episode)
    if (press.cause !== 'incident') return
    if (press.saysSafeAt !== null && press.saysSafeAt < Infinity) run.kernel.at(Math.max(press.saysSafeAt, run.now), this.#saySafe, episode)
    if (press.forcedAt !== null && press.forcedAt < press.safeAt) run.kernel.at(press.forcedAt, this.#forced, episode)
    if (press.againAt !== null && press.againAt < press.safeAt) run.kernel.at(press.againAt, this.#pressAgain, episode)
    this.#pinAt(episode, press.safeAt)
  }

  /** Somebody is there. */
  helped (episode: Episode): void { if (episode.press.cause !== 'test') this.#pinAt(episode, this.#house.run.now) }

  /** Nobody is asked any more: of an accident she sees that evening, at the latest, that her telephone still shows it. */
  unresolved (episode: Episode): void { if (episode.press.cause === 'accident') this.#pinAt(episode, this.#house.run.now) }

  /** The sooner of: danger over by itself, help there. */
  #pinAt (episode: Episode, overAt: number): void {
    const { run } = this.#house
    if (episode.forcedAt !== null || overAt === Infinity) return
    const at = Math.max(overAt, run.now) + episode.press.pinMs
    if (at === Infinity) return
    if (episode.pin !== null) run.kernel.cancel(episode.pin)
    episode.pin = run.kernel.at(at, this.#pin, episode)
  }

  readonly #pin = (episode: Episode): void => {
    episode.pin = null
    this.#give(episode, 'true', this.#pin)
  }

  readonly #cancel = (episode: Episode): void => {
    if (this.#give(episode, 'true', this.#cancel)) episode.cancelledAt = this.#house.run.now
  }

  readonly #forced = (episode: Episode): void => {
    const open = this.#house.alarms.openOf(episode.press.worker)?.episodes ?? []
    if (!this.#give(episode, 'duress', this.#forced)) return
    // It seems over for all that was pressed into this alarm.
    for (const each of open) each.forcedAt ??= this.#house.run.now
    if (episode.pin !== null) this.#house.run.kernel.cancel(episode.pin)
    episode.pin = null
  }

  /** Without her PIN it ends nothing: whoever comes reads it as unproven (R14). */
  readonly #saySafe = (episode: Episode): void => {
    if (this.#say(episode, 'says that she is safe', { is: 'said-safe' }, this.#saySafe)) episode.saidSafeAt = this.#house.run.now
  }

  /** False: nothing of hers is open, or the service is down; then she tries again when it is back. */
  #give (episode: Episode, pin: 'true' | 'duress', again: (episode: Episode) => void): boolean {
    return this.#say(episode, pin === 'true' ? 'her PIN' : 'her duress PIN', { is: 'pin', pin }, again)
  }

  #say (episode: Episode, what: string, event: AlarmEvent, again: (episode: Episode) => void): boolean {
    const { run, alarms } = this.#house
    const open = alarms.openOf(episode.press.worker)
    if (open === null || !open.episodes.includes(episode) || !isOpenAsPerceived(open.alarm)) return false
    const up = run.world.service.upAt(run.now)
    if (up === run.now) {
      run.moment([episode], what)
      alarms.apply(open, event)
      return true
    }
    if (up < Infinity) run.kernel.at(up, again, episode)
    return false
  }

  /** Nobody is there yet: she presses again. */
  readonly #pressAgain = (episode: Episode): void => {
    const { run, alarms } = this.#house
    const { press } = episode
    if (episode.arrivedAt !== null || press.againAt === null) return
    episode.pressedAgainAt = press.againAt
    run.moment([episode], 'pressed again')
    press.heardAgain ??= hear(press.room, press.againAt, press.key + AGAIN)
    if (press.heardAgain.at < run.world.lastMs) run.kernel.at(press.heardAgain.at, (again: Episode) => { alarms.hear(again, true) }, episode)
  }
}

/** Sets the second press of an episode apart from every first one. */
const AGAIN = 2 ** 31
