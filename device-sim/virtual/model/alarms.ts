/**
 * The service around the core, as `server/engine` is: applies facts, carries out effects, lets the disk follow, feeds
 * time to what is due. Decides nothing: every decision is a turn of `server/alarm`.
 */
import type { AlarmEvent, Press as CorePress, Effect, Kind, LaneKey, PressId } from '../../../server/alarm/alarm.ts'
import { endsWithHerLanes, isLive, isOpenAsPerceived } from '../../../server/alarm/lanes.ts'
import { dueAt, open, transition } from '../../../server/alarm/transition.ts'
import type { Turn } from '../../../server/alarm/transition.ts'
import { Cast, alarmIdOf, epoch, reachOf } from './circle.ts'
import type { LanePlan } from './circle.ts'
import type { Episode } from './episode.ts'
import { checkEnd, checkLeft, checkOpen, checkTelling } from './invariants.ts'
import type { Press } from './press.ts'
import { recordTurn } from './recording.ts'
import type { Alarms, House, Running } from './run.ts'
import type { Responder } from './responder.ts'
import type { Worker } from './world.ts'

/** A transaction and its fsync. */
export const DISK_MS = 10

export class Service implements Alarms {
  readonly #house: House
  /** What is open in each lane as she perceives it. */
  readonly #lanes = new Map<LaneKey, Running>()
  /** Every alarm that a press of this room opened and that is not settled. */
  readonly #byPress = new Map<Press, Running[]>()
  readonly #casts = new Map<Worker, Cast>()

  constructor (house: House) { this.#house = house }

  /** The service has the press of this episode: its lanes are opened or joined. Not before the service is up. */
  hear (episode: Episode, isAgain: boolean): void {
    const { run, her } = this.#house
    const { press } = episode
    const kind = kindOf(press)
    if (!isAgain) episode.receivedAt = run.now
    run.moment([episode], 'received', undefined, { again: isAgain, kind })
    const { push } = run.world.scenario
    const cast = this.#castOf(press.worker)
    // A quiet check, and a promise that was missed, are of her own lane alone.
    const house = kind === 'test' || kind === 'assist' || press.isMissed ? null : cast.houseLane(push, run.now)
    const hers = this.#raise(episode, cast.herLane(kind, push, run.now), kind, isAgain)
    if (house !== null) beside(hers, this.#raise(episode, house, kind, isAgain))
    if (!isAgain) her.received(episode)
  }

  openOf (worker: Worker): Running | null {
    return this.#lanes.get(this.#castOf(worker).hers.key) ?? null
  }

  #castOf (worker: Worker): Cast {
    const known = this.#casts.get(worker)
    if (known !== undefined) return known
    const cast = new Cast(worker, this.#house.run.policy)
    this.#casts.set(worker, cast)
    return cast
  }

  /** Nothing is left that waits for nothing. */
  checkLeft (): void {
    for (const running of this.#lanes.values()) checkLeft(this.#house.run, running)
  }

  apply (running: Running, event: AlarmEvent): void {
    const turn = transition(running.alarm, event, epoch(this.#house.run.now))
    if (turn.alarm === running.alarm) return
    // A receipt of which nothing is said and nothing follows raised a level: no timer moved. Half of all facts are such.
    if (event.is === 'receipt' && turn.notes.length === 0 && turn.effects.length === 0) running.alarm = turn.alarm
    else this.#take(running, turn)
  }

  #raise (episode: Episode, { lane, key, plan, circle }: LanePlan, kind: Kind, isAgain: boolean): Running {
    const { run } = this.#house
    const { press } = episode
    const id = `${press.room.number}.${press.key}${isAgain ? '.again' : ''}` as PressId
    const pressedAt = epoch(isAgain ? press.againAt ?? press.at : press.at)
    // Written out: what is spread has a shape of its own each time, and is slow to read from then on.
    const heard: CorePress = press.isMissed
      ? { id, kind, pressedAt, doubt: 'none', missed: { dueAt: epoch(press.at), unreachableSince: null, forced: false } }
      : { id, kind, pressedAt, doubt: 'none' }
    const into = this.#lanes.get(key)
    if (into !== undefined) {
      if (!into.episodes.includes(episode)) into.episodes.push(episode)
      this.#remember(press, into)
      if (!into.isWatched) this.#lookAgain(into)
      this.#take(into, transition(into.alarm, { is: 'pressed', press: heard }, epoch(run.now)))
      return into
    }
    const turn = open(alarmIdOf(press.room, press.number, isAgain ? `${lane.is} again` : lane.is), lane, heard, plan, epoch(run.now))
    const running: Running = { alarm: turn.alarm, lane: key, room: press.room, worker: lane.is === 'house' ? null : press.worker, episodes: [episode], circle, besides: [], timer: null, timerAt: Infinity, isWatched: false }
    checkOpen(run, running, this.#lanes.has(key))
    this.#lanes.set(key, running)
    this.#remember(press, running)
    this.#take(running, turn)
    return running
  }

  #remember (press: Press, running: Running): void {
    const known = this.#byPress.get(press)
    if (known === undefined) this.#byPress.set(press, [running])
    else if (!known.includes(running)) known.push(running)
  }

  /** Whether somebody's page is open can change while the alarm runs, and the core is told. */
  #watchPages (running: Running): void {
    running.isWatched = true
    for (const { who } of running.alarm.people) {
      const responder = this.#house.run.world.responders[Number(who.id)]
      if (responder !== undefined && responder.type.duty !== null) this.#watchPage(running, responder)
    }
  }

  /** What changed while nobody looked. */
  #lookAgain (running: Running): void {
    const { world, now } = this.#house.run
    for (const { who } of running.alarm.people) {
      const responder = world.responders[Number(who.id)]
      if (responder !== undefined) this.apply(running, { is: 'reach', of: who.id, reach: reachOf(responder, world.scenario.push, now) })
    }
  }

  #watchPage (running: Running, who: Responder): void {
    const { run } = this.#house
    // A service that is down sees no page open or close; once it is up it sees which are there.
    const changes = who.pageChangesAfter(run.now)
    const next = changes < run.world.lastMs ? run.world.service.upAt(changes) : Infinity
    if (!(next < run.world.lastMs)) return
    run.kernel.at(next, () => {
      // Nobody looks any more: another press begins to look again.
      if (!isCalling(running)) {
        running.isWatched = false
        return
      }
      this.apply(running, { is: 'reach', of: who.id, reach: reachOf(who, run.world.scenario.push, run.now) })
      this.#watchPage(running, who)
    }, null)
  }

  #take (running: Running, turn: Turn): void {
    const { run } = this.#house
    const wasOpen = isOpenAsPerceived(running.alarm)
    running.alarm = turn.alarm
    recordTurn(run, running, turn)
    for (const effect of turn.effects) this.#carryOut(running, effect)
    if (running.worker !== null && turn.notes.some(({ reason }) => reason === 'UNRESOLVED')) for (const episode of running.episodes) this.#house.her.unresolved(episode)
    if (!isLive(running.alarm)) this.#settled(running)
    if (!running.isWatched && isCalling(running)) this.#watchPages(running)
    this.#setTimer(running)
    if (isOpenAsPerceived(running.alarm)) return
    this.#ended(running, wasOpen || this.#lanes.get(running.lane) === running)
  }

  #ended (running: Running, isNew: boolean): void {
    if (!isNew) return
    if (this.#lanes.get(running.lane) === running) this.#lanes.delete(running.lane)
    checkEnd(this.#house.run, running)
    for (const sibling of this.#siblings(running)) {
      if (endsWithHerLanes(sibling.alarm, this.#siblings(sibling).map(({ alarm }) => alarm))) this.apply(sibling, { is: 'her-lanes-over' })
    }
  }

  #siblings (of: Running): readonly Running[] {
    const all = new Set<Running>()
    for (const { press } of of.episodes) for (const running of this.#byPress.get(press) ?? []) if (running !== of) all.add(running)
    return [...all]
  }

  #settled (running: Running): void {
    for (const { press } of running.episodes) {
      const left = this.#byPress.get(press)?.filter((other) => other !== running && isLive(other.alarm)) ?? []
      if (left.length === 0) this.#byPress.delete(press)
    }
  }

  #carryOut (running: Running, effect: Effect): void {
    if (effect.do === 'warn') return
    if (effect.when === 'now') return this.#tell(running, effect)
    this.#house.run.kernel.after(DISK_MS, (told: Effect & { readonly do: 'tell' }) => { this.#tell(running, told) }, effect)
  }

  #tell (running: Running, { to, n, what }: Effect & { readonly do: 'tell' }): void {
    const { run, phones } = this.#house
    const who = run.world.responders[Number(to.id)]
    if (who === undefined) return
    checkTelling(run, running, to, who)
    phones.tell(running, who, n, what)
  }

  /** One event at the nearest due time, or when the service is back. */
  #setTimer (running: Running): void {
    const { run } = this.#house
    const due = dueAt(running.alarm)
    const at = due === null ? Infinity : run.world.service.upAt(Math.max(due, run.now))
    if (at === running.timerAt) return
    if (running.timer !== null) run.kernel.cancel(running.timer)
    running.timerAt = at
    running.timer = at < Infinity ? run.kernel.at(at, this.#wake, running) : null
  }

  readonly #wake = (running: Running): void => {
    running.timer = null
    running.timerAt = Infinity
    const turn = transition(running.alarm, { is: 'time' }, epoch(this.#house.run.now))
    if (turn.alarm === running.alarm) this.#setTimer(running)
    else this.#take(running, turn)
  }
}

function kindOf ({ cause, silent, quiet }: Press): Kind {
  if (cause === 'test') return 'test'
  if (quiet) return 'assist'
  return silent ? 'silent-alarm' : 'alarm'
}

/** One press opened or joined both. */
function beside (one: Running, other: Running): void {
  if (one.besides.includes(other)) return
  one.besides.push(other)
  other.besides.push(one)
}

/** Somebody may still be told something. */
function isCalling ({ alarm: { phase } }: Running): boolean { return phase.is === 'calling' || phase.is === 'helped' || phase.is === 'exhausted' }
