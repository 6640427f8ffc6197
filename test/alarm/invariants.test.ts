/** What must never happen, whatever the world does. Each invariant is somebody hurt, or somebody outed, if it breaks. */
import fc from 'fast-check'
import t from 'tap'
import type { Alarm, AlarmEvent, AlarmId, EpochMs } from '../../server/alarm/alarm.ts'
import { open, transition } from '../../server/alarm/transition.ts'
import type { Turn } from '../../server/alarm/transition.ts'
import { responderView, workerView } from '../../server/alarm/views.ts'
import { anyKind, anyLane, anyPlan, anyReceipt, happeningsOf, anyPause, names, realKind, shortPause } from './chance.ts'
import type { Happening } from './chance.ts'
import { evening, hers, holds, pressOf, Room } from './room.ts'

const often = { numRuns: 1_500 }

function live (room: Room, happenings: readonly Happening[]): Room {
  for (const { afterMs, what } of happenings) {
    room.pass(afterMs)
    room.hears(what(room.now))
  }
  return room
}

t.test('after every turn: nothing is still due, an open alarm has a future, nobody is told twice, nor from outside, nor after leaving', async (t) => {
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    live(new Room(plan, lane).press(kind), happenings).pass(3_600_000)
  }), often)
  t.pass('no counterexample')
})

t.test('an alarm never ends silently: while it runs and nobody is there or on the way, somebody is rung at least hourly', async (t) => {
  let hours = 0
  fc.assert(fc.property(anyPlan, realKind, happeningsOf(anyPause), (plan, kind, happenings) => {
    const room = live(new Room(plan, hers).press(kind), happenings)
    const canHear = (): boolean => room.alarm.people.some((p) => p.standing === 'in' && p.told !== null && p.reach !== 'none')
    for (let hour = 0; hour < 3 && canHear() && isRunning(room); hour++) {
      const from = room.said.length
      room.pass(3_660_000)
      if (!isRunning(room)) return true
      hours++
      if (!room.said.slice(from).some(({ effect }) => effect.do === 'tell')) return false
    }
    return true
  }), often)
  t.ok(hours > 1_000, `${hours} hours were watched`)
})

t.test('after the end nobody is called: whoever was told hears that it is over, once, and nothing else', async (t) => {
  let ended = 0
  fc.assert(fc.property(anyPlan, anyLane, realKind, happeningsOf(anyPause, 12), happeningsOf(anyPause, 8), (plan, lane, kind, before, after) => {
    const room = live(new Room(plan, lane).press(kind), before)
    const from = room.said.length
    const told = new Set(room.alarm.people.filter((p) => p.told !== null && p.told.what !== 'stand-down').map((p) => p.who.id))
    if (room.phase === 'closed' || room.phase === 'settled') return true
    if (room.pin('true').phase !== 'closed') return true
    ended++
    live(room, after).pass(3_600_000)
    const heard = room.said.slice(from).flatMap(({ effect }) => effect.do === 'tell' ? [[effect.to.id, effect.what] as const] : [])
    return heard.every(([who, what]) => what === 'stand-down' && told.delete(who))
  }), often)
  t.ok(ended > 300)
})

function isRunning ({ phase }: Room): boolean {
  return phase !== 'unresolved' && phase !== 'closed' && phase !== 'settled'
}

t.test('the circle of an alarm is the plan she had when she pressed: it may shrink, and nothing in it changes', async (t) => {
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    const planned = plan.steps.flatMap(({ people }, step) => people.map((p) => JSON.stringify([p.who, p.mayKnow, step])))
    const { alarm } = live(new Room(plan, lane).press(kind), happenings)
    return alarm.people.every((p) => planned.includes(JSON.stringify([p.who, p.mayKnow, p.step])))
  }), { numRuns: 500 })
  t.pass('no counterexample')
})

t.test('no authority is told without a consent, outside her own lane, or after the consent is revoked', async (t) => {
  let told = 0
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    const room = live(new Room(plan, lane).press(kind), happenings).pass(120_000)
    const revokedAt = room.heard.findIndex(({ event }) => event.is === 'revoked')
    const after = revokedAt === -1 ? Infinity : (room.heard[revokedAt]?.at ?? 0)
    for (const { at, effect } of room.said) {
      if (effect.do !== 'tell' || effect.to.kind !== 'authority') continue
      told++
      if (lane.is !== 'hers' || kind === 'test' || effect.when !== 'durable' || effect.to.consent !== 'consent-1' || at > after) return false
    }
    return true
  }), often)
  t.ok(told > 100, 'authorities were told often enough for this to mean something')
})

t.test('replaying the events gives the identical state, through JSON at every step', async (t) => {
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    const room = live(new Room(plan, lane).press(kind), happenings)
    let turn: Turn = open('alarm-1' as AlarmId, lane, pressOf('press-1', kind, evening), plan, evening)
    for (const { at, event } of room.heard) turn = transition(JSON.parse(JSON.stringify(turn.alarm)) as Alarm, event, at as EpochMs)
    return JSON.stringify(turn.alarm) === JSON.stringify(room.alarm)
  }), { numRuns: 500 })
  t.pass('no counterexample')
})

t.test('a fact that changes nothing returns the identical alarm, nothing to do and nothing to say', async (t) => {
  let unchanged = 0
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    const room = live(new Room(plan, lane).press(kind), happenings)
    const last = room.heard.at(-1)
    if (last === undefined || last.event.is === 'need-more') return true
    const again = transition(room.alarm, last.event, room.now)
    if (JSON.stringify(again.alarm) !== JSON.stringify(room.alarm)) return again.alarm !== room.alarm
    unchanged++
    return again.alarm === room.alarm && again.effects.length === 0 && again.notes.length === 0
  }), often)
  t.ok(unchanged > 300)
})

t.test('duplicated or reordered receipts change nothing', async (t) => {
  const withOrder = fc.array(anyReceipt, { maxLength: 8 }).chain((receipts) => fc.record({
    receipts: fc.constant(receipts),
    shuffled: fc.shuffledSubarray([...receipts, ...receipts], { minLength: receipts.length * 2 })
  }))
  fc.assert(fc.property(anyPlan, realKind, happeningsOf(anyPause, 12), withOrder, (plan, kind, happenings, { receipts, shuffled }) => {
    const { alarm, now } = live(new Room(plan, hers).press(kind), happenings)
    const hear = (events: readonly AlarmEvent[]): Alarm => events.reduce((a, event) => transition(a, event, now).alarm, alarm)
    return JSON.stringify(sorted(hear(receipts))) === JSON.stringify(sorted(hear(shuffled)))
  }), often)
  t.pass('no counterexample')
})

/** People shown it in the same millisecond may be listed in any order. */
function sorted (alarm: Alarm): Alarm {
  return { ...alarm, facts: [...alarm.facts].sort((a, b) => JSON.stringify(a) < JSON.stringify(b) ? -1 : 1) }
}

t.test('what was due before a fact happens before it: feeding time or not ends in the same decisions', async (t) => {
  fc.assert(fc.property(anyPlan, realKind, happeningsOf(shortPause), (plan, kind, happenings) => {
    const punctual = new Room(plan, hers).press(kind)
    const late = new Room(plan, hers).press(kind)
    for (const { afterMs, what } of happenings) {
      punctual.pass(afterMs).hears(newest(what(punctual.now), punctual.alarm))
      late.jump(afterMs).hears(newest(what(late.now), late.alarm))
    }
    // Whoever a step would have told in the very turn of the end is left in peace; told a moment earlier, they hear of it.
    const decided = ({ alarm }: Room): unknown => [alarm.phase, alarm.over, alarm.people.map((p) => [p.who.id, p.standing, p.answer.is, alarm.ended !== null || p.told === null])]
    return JSON.stringify(decided(punctual)) === JSON.stringify(decided(late))
  }), often)
  t.pass('no counterexample')
})

/** One turn tells one person once, so that the numbers differ: a receipt is for the newest telling, or for the first. */
function newest (event: AlarmEvent, alarm: Alarm): AlarmEvent {
  if (event.is !== 'receipt') return event
  return { ...event, n: alarm.people.find((p) => p.who.id === event.from)?.told?.n ?? 1 }
}

t.test('numbers of tellings only grow, so that a dedupe key never means two things', async (t) => {
  fc.assert(fc.property(anyPlan, anyKind, happeningsOf(anyPause), (plan, kind, happenings) => {
    const newest = new Map<string, number>()
    for (const { effect } of live(new Room(plan, hers).press(kind), happenings).said) {
      if (effect.do !== 'tell') continue
      if (effect.n <= (newest.get(effect.to.id) ?? 0)) return false
      newest.set(effect.to.id, effect.n)
    }
    return true
  }), often)
  t.pass('no counterexample')
})

t.test('no view ever names somebody else, or shows anything to a stranger', async (t) => {
  fc.assert(fc.property(anyPlan, anyLane, anyKind, happeningsOf(anyPause), (plan, lane, kind, happenings) => {
    const { alarm } = live(new Room(plan, lane).press(kind), happenings)
    for (const name of names) {
      const view = responderView(alarm, name as never)
      const person = alarm.people.find((p) => p.who.id === name)
      if (view === null) continue
      if (person === undefined || person.told === null || person.standing === 'gone') return false
      const text = JSON.stringify(view)
      if (names.some((other) => other !== name && text.includes(other))) return false
    }
    return JSON.stringify(workerView(alarm)).length > 0
  }), often)
  t.pass('no counterexample')
})

t.test('a clock that jumps by a day, forward or back, loses no timer and spins on none', async (t) => {
  let jumped = 0
  fc.assert(fc.property(anyPlan, realKind, happeningsOf(anyPause, 12), fc.constantFrom(-86_400_000, 86_400_000, -3_600_000, -60_000), (plan, kind, happenings, jumpMs) => {
    const room = live(new Room(plan, hers).press(kind), happenings)
    if (room.phase === 'unresolved' || room.phase === 'settled') return
    const now = (room.now + jumpMs) as EpochMs
    const turn = transition(room.alarm, { is: 'time' }, now)
    holds(turn, now)
    if (room.alarm.phase.is !== 'closed') {
      jumped++
      // An alarm may shout for a jump; it may never fall silent for one.
      if (turn.alarm.phase.is === 'unresolved') throw new Error('the jump silenced an alarm')
    }
  }), often)
  t.ok(jumped > 300)
})
