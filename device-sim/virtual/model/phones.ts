/** From the service's hand to somebody's eyes: an open page, or the push channel with its delays, losses and outages. */
import { judge, ttlS } from '../../../server/alarm/delivery.ts'
import { isWanted, outstanding } from '../../../server/alarm/outbox.ts'
import type { Told, What } from '../../../server/alarm/alarm.ts'
import { sample } from '../chance/sample.ts'
import { partFor, partOf } from './episode.ts'
import type { Episode } from './episode.ts'
import type { Press } from './press.ts'
import { SECOND_MS, ms } from './hours.ts'
import { reachOf } from './circle.ts'
import { isOver } from './run.ts'
import type { House, Phones as PhonesPort, Running, Telling } from './run.ts'
import type { Responder } from './responder.ts'

/** A push service that is down answers so, and is asked again as the service asks. */
const PUSH_DOWN = { is: 'status', status: 503, retryAfterMs: null } as const
/** A push service takes a message in this time. */
export const TAKEN_MS = 100
/** What is shown so soon after another is looked at, or not, with it. */
const GLANCE_MS = 5_000

export class Phones implements PhonesPort {
  readonly #house: House
  /** How the last alert that somebody's telephone or page showed went, of alarms that have lanes beside them. */
  readonly #glances = new Map<Responder, { readonly at: number, readonly lane: Running, readonly isMissed: boolean }>()

  constructor (house: House) { this.#house = house }

  tell (running: Running, who: Responder, n: number, what: What): void {
    const { run } = this.#house
    this.#count(running, who, n, what)
    const telling: Telling = { running, who, n, what, givenAt: run.now, failures: 0 }
    if (who.type.duty !== null) this.#toPage(telling)
    else this.#push(telling)
  }

  #count (running: Running, who: Responder, n: number, what: What): void {
    const { run } = this.#house
    const isAlert = what !== 'coming' && what !== 'stand-down'
    for (const episode of running.episodes) {
      episode.tellings++
      if (!isAlert) continue
      episode.told.add(who)
      episode.firstAlertAt ??= run.now
    }
    if (isAlert) run.burden(who).alerts++
    run.moment(running.episodes, 'told', who, { n, saying: what, lane: running.alarm.lane.is })
  }

  /** A write to a page proves nothing until the page says so; where none is open it is written when one opens. */
  readonly #toPage = (telling: Telling): void => {
    const { run } = this.#house
    const { who, running, n } = telling
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) return this.#afresh(telling, this.#toPage, who.backAt(up, pressOf(running)))
    if (!who.hasPage(run.now)) return this.#again(telling, this.#toPage, who.pageChangesAfter(run.now))
    const { network } = running.room.venue
    const delay = ms(who.draw('page', network.latency, pressOf(running), n))
    if (delay < Infinity) run.kernel.after(delay, this.#show, telling)
  }

  readonly #push = (telling: Telling): void => {
    const { run } = this.#house
    const { running, who, n, what } = telling
    const up = run.world.service.upAt(run.now)
    if (up !== run.now) return this.#afresh(telling, this.#push, up)
    const endsAt = telling.givenAt + ttlS(what) * SECOND_MS
    if (run.world.pushDown.isDown(run.now)) {
      telling.failures++
      const verdict = judge(PUSH_DOWN, telling.failures, false)
      if (verdict.do === 'retry' && run.now + verdict.afterMs < endsAt) return this.#again(telling, this.#push, run.now + verdict.afterMs)
      Object.assign(telling, { failures: 0, givenAt: run.world.pushDown.upAt(run.now) })
      return this.#again(telling, this.#push, telling.givenAt)
    }
    run.kernel.after(TAKEN_MS, this.#taken, telling)
    const { push } = run.world.scenario
    const slow = run.world.pushSlow.reduce((times, slowed) => run.now >= slowed.from && run.now < slowed.to ? times * slowed.times : times, 1)
    const delay = ms(sample(push.latency.draw, who.chance('push', pressOf(running), n)) * slow)
    const shownAt = delay < Infinity ? who.reachable.upAt(run.now + delay) : Infinity
    if (shownAt <= endsAt) run.kernel.at(shownAt, this.#show, telling)
    else run.moment(running.episodes, 'push lost', who, { n, why: run.now + delay > endsAt ? 'late' : 'unreachable' })
  }

  /** A service that starts tells again, as new, what nobody had taken when it stopped: nothing of it is in its memory any more. */
  #afresh (telling: Telling, how: (telling: Telling) => void, at: number): void {
    const { run } = this.#house
    if (!(at < run.world.lastMs)) return
    run.kernel.at(at, () => {
      if (!outstanding(telling.running.alarm).some(({ to, n }) => to.id === telling.who.id && n === telling.n)) return
      Object.assign(telling, { failures: 0, givenAt: run.now })
      how(telling)
    }, null)
  }

  /** Later, unless by then it is no more wanted: answered, over, or replaced by a newer one. */
  #again (telling: Telling, how: (telling: Telling) => void, at: number): void {
    const { run } = this.#house
    if (at < run.world.lastMs) {
      run.kernel.at(at, () => { if (isWanted(telling.running.alarm, telling.who.id, telling.n)) how(telling) }, null)
    }
  }

  /** The push service has it, and delivers it whatever becomes of the service; which may be down before it heard so. */
  readonly #taken = (telling: Telling): void => {
    const { service } = this.#house.run.world
    const { now } = this.#house.run
    if (service.isDown(now)) this.#afresh(telling, this.#push, service.upAt(now))
    else this.#house.alarms.apply(telling.running, { is: 'receipt', from: telling.who.id, n: telling.n, level: 'accepted' })
  }

  /** On the screen. Seen at once, or missed: a silent phone, a pocket, a sleeper. */
  readonly #show = (telling: Telling): void => {
    const { run } = this.#house
    const { running, who, n, what } = telling
    const isAsleep = who.isAsleep(run.now)
    if (running.besides.length > 0 && hasSeen(running, who, n)) return
    if (this.#isMissed(telling, isAsleep)) {
      run.moment(running.episodes, 'missed', who, { n, asleep: isAsleep })
      if (reachOf(who, run.world.scenario.push, run.now) === 'provable') this.#receipt(running, who, n, 'shown')
      return
    }
    this.#see(running, who, n, what, isAsleep)
    // Whoever looks sees all that they were told, each on its line.
    for (const beside of running.besides) {
      const told = isOver(beside) ? null : toldIn(beside, who)
      if (told !== null && told.level !== 'seen') this.#see(beside, who, told.n, told.what, isAsleep)
    }
  }

  /** What comes for another lane in the same breath is missed or seen with the first: one telephone, one pair of eyes. */
  #isMissed ({ running, who, n }: Telling, isAsleep: boolean): boolean {
    const { now } = this.#house.run
    const share = isAsleep ? who.trait('missed night', who.type.missedNight) : who.trait('missed day', who.type.missedDay)
    const isMissed = who.chance('missed', pressOf(running), n) < share
    if (running.besides.length === 0) return isMissed
    const before = this.#glances.get(who)
    if (before !== undefined && before.lane !== running && now - before.at <= GLANCE_MS) return before.isMissed
    this.#glances.set(who, { at: now, lane: running, isMissed })
    return isMissed
  }

  #see (running: Running, who: Responder, n: number, what: What, isAsleep: boolean): void {
    const { run, people } = this.#house
    const isAlert = what !== 'coming' && what !== 'stand-down'
    let wakes = false
    for (const episode of running.episodes) {
      const part = partOf(episode, who)
      if (isAlert) episode.firstSeenAt ??= run.now
      if (!isAlert || !isAsleep || part.woken) continue
      part.woken = true
      episode.wakings++
      wakes = true
    }
    if (wakes) run.burden(who).wakings++
    run.moment(running.episodes, 'seen', who, { n, saying: what, woken: isAsleep && isAlert, lane: running.alarm.lane.is })
    this.#receipt(running, who, n, 'seen')
    people.noticed(running, partFor(running, who), what, n)
  }

  /** A page says it until the service has it; a telephone that nobody has opened says it once. */
  #receipt (running: Running, who: Responder, n: number, level: 'shown' | 'seen'): void {
    const { run, alarms } = this.#house
    const up = run.world.service.upAt(run.now)
    if (up === run.now) alarms.apply(running, { is: 'receipt', from: who.id, n, level })
    else if (up < Infinity && (level === 'seen' || who.type.duty !== null)) run.kernel.at(who.backAt(up, pressOf(running)), () => { this.#receipt(running, who, n, level) }, null)
  }
}

/** The episode that opened it; chances are keyed by its press. */
function firstOf ({ episodes }: Running): Episode {
  const [first] = episodes
  if (first === undefined) throw new RangeError('an alarm without a press')
  return first
}
function pressOf (running: Running): Press { return firstOf(running).press }

/** What this person was told last, unless they were dismissed. */
function toldIn ({ alarm }: Running, who: Responder): Told | null {
  return alarm.people.find((person) => person.who.id === who.id && person.standing === 'in')?.told ?? null
}
/** Looked at with another lane's. */
function hasSeen (running: Running, who: Responder, n: number): boolean {
  const told = toldIn(running, who)
  return told !== null && told.level === 'seen' && told.n >= n
}
