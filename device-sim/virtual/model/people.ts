/** What responders do once they know: answer, leave, walk, climb, arrive, say that it is over. */
import type { Minutes, What } from '../../../server/alarm/alarm.ts'
import { secondYesMs } from '../../../server/alarm/limits.ts'
import { responderView } from '../../../server/alarm/views.ts'
import type { Episode, Part } from './episode.ts'
import { DAY_MS, MONTH_MS, SECOND_MS, ms } from './hours.ts'
import type { House, People as PeoplePort, Running } from './run.ts'

/** Length of stairs from one floor to the next, m: 3 m high at 32 degrees. */
export const STAIRS_M_A_FLOOR = 5.6
/** Somebody who is there says that it is over so long after it is, s. */
export const OVER_S = 60
/** Whoever arrives looks so long before they say that they need more, s. */
export const LOOK_S = 30
const MINUTES: readonly Minutes[] = [5, 10, 20, 30]
type Errand = { readonly running: Running, readonly part: Part }

export class People implements PeoplePort {
  readonly #house: House

  constructor (house: House) { this.#house = house }

  noticed (running: Running, part: Part, what: What, n: number): void {
    switch (what) {
      case 'alert':
      case 'again':
      case 'duress': return this.#called(running, part, n)
      case 'ask-arrival': return this.#answerLater(running, part, n)
      case 'ask-over':
        if (part.trip === 'arrived') this.#answerLater(running, part, n)
        return
      // Somebody else comes: whoever has not answered yet need not.
      case 'coming': return this.#standBy(part)
      case 'stand-down': return this.stoodDown(part)
    }
  }

  #called (running: Running, part: Part, n: number): void {
    const { run } = this.#house
    const { who, episode } = part
    if (!part.noticed) {
      part.noticed = true
      if (episode.press.cause === 'accident') run.burden(who).falseAlarms.push(run.now)
    }
    // A test asks nobody to come.
    if (running.alarm.kind === 'test') return
    part.isWilling ??= this.#isWilling(part)
    if (part.isWilling) this.#answerLater(running, part, n)
    else if (!part.declines) this.#declineLater(running, part)
  }

  /** Not coming: some say so, after the time that an answer takes. */
  #declineLater (running: Running, part: Part): void {
    const { who, episode: { press } } = part
    const declines = who.trait('declines', who.type.declines)
    if (declines === 0 || part.answering !== null || who.chance('declines', press, 0) >= declines) return
    part.declines = true
    const delay = ms(who.draw('reaction', who.type.reaction, press, 0))
    if (delay < Infinity) part.answering = this.#house.run.kernel.after(delay, this.#decline, { running, part })
  }

  readonly #decline = ({ running, part }: Errand): void => {
    const { run, alarms } = this.#house
    part.answering = null
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) {
      if (up < Infinity) part.answering = run.kernel.at(part.who.backAt(up, part.episode.press), this.#decline, { running, part })
      return
    }
    if (isOver(running)) return
    run.moment(running.episodes, 'declines', part.who)
    alarms.apply(running, { is: 'cannot', from: part.who.id })
  }

  /** Tired of false alarms of the last 30 days, this one not counted. */
  #isWilling ({ who, episode }: Part): boolean {
    const { run } = this.#house
    const { type } = who
    const answers = who.isAsleep(run.now) ? who.trait('answers night', type.answersNight) : who.trait('answers day', type.answersDay)
    const fatigue = who.trait('fatigue', type.fatigue)
    const recent = run.burden(who).falseAlarms.filter((at) => at < run.now && run.now - at <= MONTH_MS).length
    return who.chance('answers', episode.press, 0) < answers * fatigue ** recent
  }

  #answerLater (running: Running, part: Part, n: number): void {
    const { run } = this.#house
    if (part.answering !== null) return
    const { who, episode } = part
    const delay = ms(who.draw('reaction', who.type.reaction, episode.press, part.trip === 'none' ? 0 : n))
    if (delay < Infinity) part.answering = run.kernel.after(delay, this.#answer, { running, part })
  }

  readonly #answer = ({ running, part }: Errand): void => {
    const { run, alarms } = this.#house
    part.answering = null
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) {
      // "Not sent": they try until it is.
      if (up < Infinity) part.answering = run.kernel.at(part.who.backAt(up, part.episode.press), this.#answer, { running, part })
      return
    }
    if (isOver(running)) return
    const view = responderView(running.alarm, part.who.id)
    if (view === null || view.phase === 'over') return
    const from = part.who.id
    if (part.trip === 'arrived') return alarms.apply(running, { is: this.#isSafe(part.episode) ? 'over' : 'arrived', from })
    if (part.trip === 'none' || part.trip === 'turned-back') this.#setOut(running, part)
    const left = (part.arrivesAt - run.now) / SECOND_MS / 60
    const minutes = MINUTES.find((each) => each >= left) ?? 30
    run.moment(running.episodes, 'answers', part.who, { minutes })
    alarms.apply(running, { is: 'coming', from, minutes })
  }

  #isSafe ({ press }: Episode): boolean { return this.#house.run.now >= press.safeAt }

  #standBy (part: Part): void {
    if (part.answering === null || part.trip !== 'none') return
    this.#house.run.kernel.cancel(part.answering)
    part.answering = null
  }

  stoodDown (part: Part): void {
    const { kernel } = this.#house.run
    if (part.answering !== null) kernel.cancel(part.answering)
    part.answering = null
    if (part.trip !== 'preparing' && part.trip !== 'under-way') return
    if (part.moving !== null) kernel.cancel(part.moving)
    if (part.trip === 'under-way') this.#needless(part)
    part.trip = 'turned-back'
    part.arrivesAt = Infinity
  }

  // ---- the way

  #setOut (running: Running, part: Part): void {
    const { run } = this.#house
    const { who, episode: { press } } = part
    const { type } = who
    const night = who.isAsleep(run.now) ? who.trait('night turnout', type.nightTurnout) : 1
    const turnout = ms(who.draw('turnout', type.turnout, press, 0) * night)
    const walk = who.trait('distance', type.distance) / who.draw('walking', type.walking, press, 0)
    const climb = press.room.floor * STAIRS_M_A_FLOOR / who.draw('stairs', type.stairs, press, 0)
    const leavesAt = run.now + turnout
    part.trip = 'preparing'
    part.arrivesAt = leavesAt + ms(walk + climb)
    part.moving = run.kernel.at(leavesAt, this.#leave, { running, part })
  }

  readonly #leave = ({ running, part }: Errand): void => {
    const { run } = this.#house
    part.trip = 'under-way'
    part.episode.trips++
    run.burden(part.who).trips++
    run.moment(running.episodes, 'leaves', part.who)
    part.moving = run.kernel.at(part.arrivesAt, this.#arrive, { running, part })
  }

  readonly #arrive = ({ running, part }: Errand): void => {
    const { run, her } = this.#house
    const { episode } = part
    part.trip = 'arrived'
    part.moving = null
    run.moment(running.episodes, 'arrives', part.who)
    for (const each of running.episodes) {
      each.arrivals++
      if (each.arrivedAt !== null) each.redundantArrivals++
    }
    if (episode.press.cause !== 'incident' || this.#isSafe(episode)) this.#needless(part)
    const isFirst = episode.arrivedAt === null
    for (const each of running.episodes) each.arrivedAt ??= run.now
    this.#sayArrived({ running, part })
    if (isFirst) for (const each of running.episodes) her.helped(each)
  }

  readonly #sayArrived = ({ running, part }: Errand): void => {
    const { run, alarms } = this.#house
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) {
      if (up < Infinity) run.kernel.at(part.who.backAt(up, part.episode.press), this.#sayArrived, { running, part })
      return
    }
    alarms.apply(running, { is: 'arrived', from: part.who.id })
    this.#lookAround({ running, part })
    if (running.alarm.duress || part.episode.press.cause === 'incident') {
      run.kernel.at(Math.max(run.now, part.episode.press.safeAt) + OVER_S * SECOND_MS, this.#sayOver, { running, part })
    }
  }

  /** They are there and she is in danger still: some find that they are too few. */
  #lookAround ({ running, part }: Errand): void {
    const { who, episode } = part
    const needs = who.trait('needs more', who.type.needsMore)
    if (needs === 0 || episode.press.cause !== 'incident' || who.chance('needs more', episode.press, 0) >= needs) return
    this.#house.run.kernel.after(LOOK_S * SECOND_MS, this.#sayNeedMore, { running, part })
  }

  readonly #sayNeedMore = ({ running, part }: Errand): void => {
    const { run, alarms } = this.#house
    // Over meanwhile: then it has passed.
    if (isOver(running) || this.#isSafe(part.episode)) return
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) {
      if (up < Infinity) run.kernel.at(part.who.backAt(up, part.episode.press), this.#sayNeedMore, { running, part })
      return
    }
    run.moment(running.episodes, 'needs more', part.who)
    alarms.apply(running, { is: 'need-more', from: part.who.id })
  }

  /** Under duress her PIN ends nothing: those who came must say it, twice if they are alone (R15). */
  readonly #sayOver = ({ running, part }: Errand): void => {
    const { run, alarms } = this.#house
    if (isOver(running)) return
    const view = responderView(running.alarm, part.who.id)
    if (!running.alarm.duress || view === null || view.phase === 'over') return
    const from = part.who.id
    const at = run.world.service.upAt(run.now)
    if (at === run.now) {
      // Whoever was there before she was forced is asked anew, and says so first.
      if (view.answer.is !== 'arrived') alarms.apply(running, { is: 'arrived', from })
      alarms.apply(running, { is: 'over', from })
    }
    if (at === Infinity || run.now > run.world.endMs + DAY_MS) return
    run.kernel.at(at === run.now ? at + secondYesMs : part.who.backAt(at, part.episode.press), this.#sayOver, { running, part })
  }

  #needless (part: Part): void {
    if (part.isTripNeedless) return
    part.isTripNeedless = true
    this.#house.run.burden(part.who).needlessTrips++
  }
}

/** Over for everybody: nobody's view has to be made to know it. */
function isOver ({ alarm: { phase } }: Running): boolean { return phase.is === 'closed' || phase.is === 'settled' }
