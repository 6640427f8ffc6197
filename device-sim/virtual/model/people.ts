/** What responders do once they know: answer, leave, arrive, say that it is over. The way there is in `ways.ts`. */
import type { AlarmEvent, Minutes, ResponderId, What } from '../../../server/alarm/alarm.ts'
import { secondYesMs } from '../../../server/alarm/limits.ts'
import { responderView } from '../../../server/alarm/views.ts'
import type { Episode, Part } from './episode.ts'
import { DAY_MS, MONTH_MS, SECOND_MS, ms } from './hours.ts'
import { isOver } from './run.ts'
import type { House, People as PeoplePort, Running } from './run.ts'
import { Ways, episodesOf } from './ways.ts'
import type { Visit } from './ways.ts'

/** Somebody who is there says that it is over so long after it is, s. */
export const OVER_S = 60
/** Whoever arrives looks so long before they say that they need more, s. */
export const LOOK_S = 30
/** Each lane is an alert of its own, and its answer another tap: so long after the one before. */
const TAP_MS = 3_000
const MINUTES: readonly Minutes[] = [5, 10, 20, 30]
type Errand = { readonly running: Running, readonly part: Part }

export class People implements PeoplePort {
  readonly #house: House
  readonly #ways: Ways
  /** Lanes in which somebody has said "I cannot" to a press. */
  readonly #declined = new Map<Part, Running[]>()

  constructor (house: House) {
    this.#house = house
    this.#ways = new Ways(house, (visit) => { this.#arrived(visit) })
  }

  noticed (running: Running, part: Part, what: What, n: number): void {
    switch (what) {
      case 'alert':
      case 'again':
      case 'duress': return this.#called(running, part, n)
      case 'ask-arrival': return this.#answerLater(running, part, n)
      case 'ask-over':
        if (this.#isThere(part)) this.#answerLater(running, part, n)
        return
      // Somebody else comes: whoever has not answered yet need not.
      case 'coming': return this.#inEach(running, part, this.#standBy)
      case 'stand-down': return this.#inEach(running, part, this.#standDown)
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
    if (!part.lanes.includes(running)) part.lanes.push(running)
    part.isWilling ??= this.#ways.visitTo(who, episode.press.room) !== null || this.#isWilling(part)
    if (part.isWilling) this.#answerLater(running, part, n)
    else if (this.#declines(part) && this.#declined.get(part)?.includes(running) !== true) this.#answerLater(running, part, 0)
  }

  /** Not coming: some say so, after the time that an answer takes, and once in each lane. */
  #declines ({ who, episode: { press } }: Part): boolean {
    const declines = who.trait('declines', who.type.declines)
    return declines > 0 && who.chance('declines', press, 0) < declines
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

  /** One reaction, whatever has called them: lanes that are noticed meanwhile are answered with it. */
  #answerLater (running: Running, part: Part, n: number): void {
    const { run } = this.#house
    const { who, episode: { press } } = part
    if (!part.asked.includes(running)) part.asked.push(running)
    if (part.answering !== null) return
    const delay = ms(who.draw('reaction', who.type.reaction, press, this.#visitOf(part) === null ? 0 : n))
    if (delay < Infinity) part.answering = run.kernel.after(delay, this.#answer, part)
  }

  readonly #answer = (part: Part): void => {
    const { run } = this.#house
    part.answering = null
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) {
      // "Not sent": they try until it is.
      if (up < Infinity) part.answering = run.kernel.at(part.who.backAt(up, part.episode.press), this.#answer, part)
      return
    }
    for (let running = part.asked.shift(); running !== undefined; running = part.asked.shift()) {
      if (!this.#say(running, part)) continue
      if (part.asked.length > 0) part.answering = run.kernel.after(TAP_MS, this.#answer, part)
      return
    }
  }

  /** False: nothing is asked of them there any more. */
  #say (running: Running, part: Part): boolean {
    if (isOver(running)) return false
    const { run } = this.#house
    const from = part.who.id
    if (part.isWilling !== true) {
      this.#declined.set(part, [...this.#declined.get(part) ?? [], running])
      run.moment(running.episodes, 'declines', part.who, { lane: running.alarm.lane.is })
      return this.#tell(running, { is: 'cannot', from })
    }
    const view = responderView(running.alarm, from)
    if (view === null || view.phase === 'over') return false
    if (this.#isThere(part)) {
      // Pressed again while they are there: no way to go.
      this.#isWith(this.#ways.setOut(part))
      return this.#tell(running, { is: this.#isSafe(part.episode) ? 'over' : 'arrived', from })
    }
    // They have been there, have gone on to another room, and nothing new is asked of them.
    if (view.answer.is === 'arrived' && view.answer.counts) return false
    const { arrivesAt } = this.#ways.setOut(part)
    const left = (arrivesAt - run.now) / SECOND_MS / 60
    const minutes = MINUTES.find((each) => each >= left) ?? 30
    run.moment(running.episodes, 'answers', part.who, { minutes, lane: running.alarm.lane.is })
    return this.#tell(running, { is: 'coming', from, minutes })
  }

  #tell (running: Running, event: AlarmEvent): true {
    this.#house.alarms.apply(running, event)
    return true
  }

  #visitOf ({ who, episode: { press } }: Part): Visit | null { return this.#ways.visitTo(who, press.room) }
  #isThere (part: Part): boolean { return this.#visitOf(part)?.isThere === true }
  #isSafe ({ press }: Episode): boolean { return this.#house.run.now >= press.safeAt }

  /** Whatever this person knows of the presses of this alarm: what the house told them hangs on the press that opened hers, which need not be one of the house's. */
  #inEach (running: Running, { who }: Part, act: (errand: Errand) => void): void {
    for (const { parts } of running.besides.length === 0 ? running.episodes : new Set([running, ...running.besides].flatMap(({ episodes }) => episodes))) {
      const part = parts.get(who)
      if (part !== undefined) act({ running, part })
    }
  }

  readonly #standBy = ({ running, part }: Errand): void => {
    if (part.answering !== null && this.#visitOf(part) === null) this.#unask(running, part)
  }

  readonly #standDown = ({ running, part }: Errand): void => {
    this.#unask(running, part)
    remove(part.lanes, running)
    if (part.lanes.length === 0) this.#ways.standDown(part, running.episodes)
  }

  #unask (running: Running, part: Part): void {
    remove(part.asked, running)
    if (part.answering === null || part.asked.length > 0) return
    this.#house.run.kernel.cancel(part.answering)
    part.answering = null
  }

  // ---- there

  #arrived (visit: Visit): void {
    const { run } = this.#house
    if (run.story !== null) run.moment(episodesOf(visit), 'arrives', visit.way.who)
    for (const part of visit.parts) {
      for (const [i, running] of part.lanes.entries()) {
        if (i === 0) this.#sayArrived({ running, part })
        else run.kernel.after(i * TAP_MS, this.#sayArrived, { running, part })
      }
    }
    this.#isWith(visit)
  }

  /** Every press of this room has somebody there. */
  #isWith (visit: Visit): void {
    const { run, her } = this.#house
    const { way: { who } } = visit
    for (const each of episodesOf(visit)) {
      if (each.there.includes(who)) continue
      each.there.push(who)
      each.arrivals++
      if (each.arrivedAt !== null) each.redundantArrivals++
      else {
        each.arrivedAt = run.now
        her.helped(each)
      }
    }
  }

  /** When the service is back and the page has found it; null: it is there. Infinity: never. */
  #backAt ({ part: { who, episode: { press } } }: Errand): number | null {
    const { run } = this.#house
    const up = run.world.service.upAt(run.now)
    return up === run.now ? null : who.backAt(up, press)
  }

  readonly #sayArrived = (errand: Errand): void => {
    const { run, alarms } = this.#house
    const { running, part } = errand
    const back = this.#backAt(errand)
    if (back !== null) {
      if (back < Infinity) run.kernel.at(back, this.#sayArrived, errand)
      return
    }
    alarms.apply(running, { is: 'arrived', from: part.who.id })
    this.#lookAround(errand)
    if (running.alarm.duress || part.episode.press.cause === 'incident') {
      run.kernel.at(Math.max(run.now, part.episode.press.safeAt) + OVER_S * SECOND_MS, this.#sayOver, errand)
    }
  }

  /** They are there and she is in danger still: some find that they are too few. */
  #lookAround (errand: Errand): void {
    const { who, episode } = errand.part
    const needs = who.trait('needs more', who.type.needsMore)
    if (needs === 0 || episode.press.cause !== 'incident' || who.chance('needs more', episode.press, 0) >= needs) return
    this.#house.run.kernel.after(LOOK_S * SECOND_MS, this.#sayNeedMore, errand)
  }

  readonly #sayNeedMore = (errand: Errand): void => {
    const { run, alarms } = this.#house
    const { running, part } = errand
    // Over meanwhile: then it has passed.
    if (isOver(running) || this.#isSafe(part.episode)) return
    const back = this.#backAt(errand)
    if (back !== null) {
      if (back < Infinity) run.kernel.at(back, this.#sayNeedMore, errand)
      return
    }
    run.moment(running.episodes, 'needs more', part.who)
    alarms.apply(running, { is: 'need-more', from: part.who.id })
  }

  /** Under duress her PIN ends nothing: those who came must say it, twice if they are alone (R15). */
  readonly #sayOver = (errand: Errand): void => {
    const { run, alarms } = this.#house
    const { running, part } = errand
    if (isOver(running)) return
    const from: ResponderId = part.who.id
    const view = responderView(running.alarm, from)
    if (!running.alarm.duress || view === null || view.phase === 'over') return
    const back = this.#backAt(errand)
    if (back === null) {
      // Whoever was there before she was forced is asked anew, and says so first.
      if (view.answer.is !== 'arrived') alarms.apply(running, { is: 'arrived', from })
      alarms.apply(running, { is: 'over', from })
    }
    if (back === Infinity || run.now > run.world.endMs + DAY_MS) return
    run.kernel.at(back ?? run.now + secondYesMs, this.#sayOver, errand)
  }
}

function remove (from: Running[], running: Running): void {
  const at = from.indexOf(running)
  if (at >= 0) from.splice(at, 1)
}
