/** A room in a story: a press, people with phones, and time. It runs the core as the engine does, one due time after another. */
import assert from 'node:assert/strict'
import type {
  Alarm, AlarmEvent, AlarmId, ConsentId, Effect, EpochMs, Kind, Lane, Level, Minutes, Note, Plan, PlanPerson, Press, PressId,
  Reach, Reason, ResponderId, RoomId, VenueId, What, WorkerId
} from '../../server/alarm/alarm.ts'
import { isLive, isOpenAsPerceived } from '../../server/alarm/lanes.ts'
import { dueAt, isDue, open, transition } from '../../server/alarm/transition.ts'
import type { Turn } from '../../server/alarm/transition.ts'
import { light, responderView, workerView } from '../../server/alarm/views.ts'
import type { Light, ResponderView, WorkerView } from '../../server/alarm/views.ts'

export const seconds = (n: number): number => n * 1_000
export const minutes = (n: number): number => n * 60_000
export const hours = (n: number): number => n * 3_600_000

export const evening = Date.UTC(2026, 10, 23, 22, 0, 0) as EpochMs
export const mina = 'Mina' as WorkerId
export const hers: Lane = { is: 'hers', worker: mina }
export const house: Lane = { is: 'house', venue: 'venue' as VenueId, room: 'room 3' as RoomId }
export const standing: Lane = { is: 'standing', room: 'room 3' as RoomId }
export const minasTest: Lane = { is: 'test', by: 'worker', worker: mina }

export type Traits = { readonly reach?: Reach, readonly mayKnow?: boolean, readonly consent?: string }

export function person (name: string, { reach = 'provable', mayKnow = false, consent }: Traits = {}): PlanPerson {
  const id = name as ResponderId
  return {
    who: consent === undefined ? { kind: 'trusted', id } : { kind: 'authority', id, consent: consent as ConsentId },
    reach,
    mayKnow
  }
}

/** Steps of people, told one after another, 30 s apart unless said otherwise. */
export function circle (...steps: readonly (readonly (PlanPerson | string)[])[]): Plan {
  return { steps: steps.map((people) => ({ waitMs: seconds(30), people: people.map((p) => typeof p === 'string' ? person(p) : p) })) }
}

export function waiting (plan: Plan, ...waitMs: readonly number[]): Plan {
  return { steps: plan.steps.map((s, i) => ({ ...s, waitMs: waitMs[i] ?? s.waitMs })) }
}

export function pressOf (id: string, kind: Kind, pressedAt: EpochMs, doubt: Press['doubt'] = 'none'): Press {
  return { id: id as PressId, kind, pressedAt, doubt }
}

export type Heard = { readonly at: number, readonly event: AlarmEvent }
export type Said = { readonly at: number, readonly effect: Effect }

export class Room {
  readonly #plan: Plan
  readonly #lane: Lane
  #alarm: Alarm | null = null
  #now = evening
  #presses = 0
  #mark = 0
  readonly heard: Heard[] = []
  readonly said: Said[] = []
  readonly notes: Note[] = []

  constructor (plan: Plan, lane: Lane = hers) {
    this.#plan = plan
    this.#lane = lane
  }

  get alarm (): Alarm {
    assert.ok(this.#alarm, 'nobody has pressed')
    return this.#alarm
  }

  get now (): EpochMs { return this.#now }

  /** Seconds since the story began. */
  get clockS (): number { return (this.#now - evening) / 1_000 }

  press (kind: Kind = 'alarm', { doubt = 'none', ageMs = 0, id = `press-${++this.#presses}` }: { doubt?: Press['doubt'], ageMs?: number, id?: string } = {}): this {
    const press = pressOf(id, kind, (this.#now - ageMs) as EpochMs, doubt)
    if (this.#alarm === null) this.#take(open('alarm-1' as AlarmId, this.#lane, press, this.#plan, this.#now))
    else this.hears({ is: 'pressed', press })
    return this
  }

  hears (event: AlarmEvent): this {
    this.heard.push({ at: this.#now, event })
    this.#take(transition(this.alarm, event, this.#now))
    return this
  }

  /** Lets time pass; what falls due on the way happens at its own time. */
  pass (ms: number): this {
    const until = this.#now + ms
    for (let turns = 0; ; turns++) {
      assert.ok(turns < 5_000, 'the alarm spins')
      const due = dueAt(this.alarm)
      if (due === null || due > until) break
      this.#now = Math.max(due, this.#now) as EpochMs
      this.hears({ is: 'time' })
    }
    this.#now = until as EpochMs
    return this
  }

  /** The wall clock jumps, or the service was away: nobody fed `time` in between. */
  jump (ms: number): this {
    this.#now = (this.#now + ms) as EpochMs
    return this
  }

  says (name: string, what: 'cannot' | 'arrived' | 'need-more' | 'over'): this { return this.hears({ is: what, from: name as ResponderId }) }
  coming (name: string, inMinutes: Minutes): this { return this.hears({ is: 'coming', from: name as ResponderId, minutes: inMinutes }) }
  pin (pin: 'true' | 'duress' = 'true'): this { return this.hears({ is: 'pin', pin }) }
  reach (name: string, reach: Reach): this { return this.hears({ is: 'reach', of: name as ResponderId, reach }) }
  leaves (name: string): this { return this.hears({ is: 'left', who: name as ResponderId }) }

  /** A receipt for the newest telling, or for number `n`. */
  receipt (name: string, level: Level, n = this.personOf(name).told?.n ?? 0): this {
    return this.hears({ is: 'receipt', from: name as ResponderId, n, level })
  }

  shown (...names: readonly string[]): this {
    for (const name of names) this.receipt(name, 'shown')
    return this
  }

  personOf (name: string): Alarm['people'][number] {
    const found = this.alarm.people.find((p) => p.who.id === name)
    assert.ok(found, `${name} is not in this circle`)
    return found
  }

  /** Who was alerted so far, in the order of their first alert. */
  get told (): readonly string[] {
    const names = this.said.flatMap(({ effect }) => effect.do === 'tell' && effect.what !== 'stand-down' && effect.what !== 'coming' ? [effect.to.id] : [])
    return [...new Set(names)]
  }

  /** What was told since the last time anybody asked, as "Ana alert". */
  get news (): readonly string[] {
    const fresh = this.said.slice(this.#mark)
    this.#mark = this.said.length
    return fresh.flatMap(({ effect }) => effect.do === 'tell' ? [`${effect.to.id} ${effect.what}`] : [])
  }

  /** From here on only what is new is news. */
  listen (): this {
    this.#mark = this.said.length
    return this
  }

  /** When somebody was told this, in seconds since the story began. */
  toldAtS (name: string, what: What): readonly number[] {
    return this.said.flatMap(({ at, effect }) => effect.do === 'tell' && effect.to.id === name && effect.what === what ? [(at - evening) / 1_000] : [])
  }

  get warnings (): readonly Reason[] { return this.said.flatMap(({ effect }) => effect.do === 'warn' ? [effect.reason] : []) }
  get reasons (): readonly Reason[] { return this.notes.map((n) => n.reason) }
  get her (): WorkerView { return workerView(this.alarm) }
  get workerSees (): WorkerView['phase'] { return this.her.phase }
  get light (): Light { return light(this.alarm) }
  get phase (): Alarm['phase']['is'] { return this.alarm.phase.is }
  get isOpen (): boolean { return isOpenAsPerceived(this.alarm) }
  get isLive (): boolean { return isLive(this.alarm) }
  sees (name: string): ResponderView | null { return responderView(this.alarm, name as ResponderId) }
  answerOf (name: string): string { return this.personOf(name).answer.is }

  #take (turn: Turn): void {
    holds(turn, this.#now)
    this.#alarm = turn.alarm
    this.notes.push(...turn.notes)
    for (const effect of turn.effects) this.said.push({ at: this.#now, effect })
  }
}

/** What is true after every turn of every story. */
export function holds ({ alarm, effects }: Turn, now: EpochMs): void {
  assert.ok(!isDue(alarm, now), `still due after its turn: ${JSON.stringify(alarm.phase)}`)
  const due = dueAt(alarm)
  if (alarm.phase.is === 'settled') assert.equal(due, null)
  else if (alarm.phase.is !== 'unresolved') assert.ok(due !== null && due > now, `an open alarm without a future: ${JSON.stringify(alarm.phase)}`)
  const told = effects.flatMap((e) => e.do === 'tell' ? [e.to.id] : [])
  assert.equal(new Set(told).size, told.length, 'one person was told twice in one turn')
  for (const effect of effects) {
    if (effect.do !== 'tell') continue
    const person = alarm.people.find((p) => p.who.id === effect.to.id)
    assert.ok(person, 'somebody outside the circle was told')
    assert.notEqual(person.standing, 'gone', 'somebody who left was told')
    if (effect.what === 'coming' || effect.what === 'stand-down') assert.equal(effect.when, 'durable')
    if (effect.to.kind === 'authority') {
      assert.equal(effect.when, 'durable')
      assert.ok(effect.to.consent)
    } else if (effect.what !== 'coming' && effect.what !== 'stand-down') assert.equal(effect.when, 'now')
  }
}
