/** Anything that can happen to an alarm, for fast-check. */
import fc from 'fast-check'
import type { AlarmEvent, ConsentId, EpochMs, Kind, Lane, Plan, PressId, ResponderId } from '../../server/alarm/alarm.ts'
import { hers, house, hours, minasTest, minutes, person, pressOf, seconds, standing } from './room.ts'

export const names = ['Ana', 'Luc', 'Mia', 'Tom', 'Zoe', 'stranger'] as const
export const anyone = fc.constantFrom(...names).map((name) => name as ResponderId)
export const anyKind = fc.constantFrom<Kind>('test', 'assist', 'alarm', 'silent-alarm')
export const realKind = fc.constantFrom<Kind>('assist', 'alarm', 'silent-alarm')
export const anyLane = fc.constantFrom<Lane>(hers, hers, hers, house, standing, minasTest)
export const anyReach = fc.constantFrom('none' as const, 'unknown' as const, 'provable' as const, 'provable' as const)

/** Up to five people in up to three steps; the last one may be an authority. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
  people: fc.array(fc.record({ step: fc.nat(2), reach: anyReach, mayKnow: fc.boolean() }), { maxLength: 5 }),
  authority: fc.boolean(),
  waitMs: fc.constantFrom(seconds(5), seconds(30), seconds(60), minutes(5))
}).map(({ people, authority, waitMs }) => ({
  steps: [0, 1, 2].map((step) => ({
    waitMs,
    people: people.flatMap((p, i) => p.step === step
      ? [person(names[i] ?? 'Ana', { ...p, ...(authority && i === people.length - 1 ? { consent: 'consent-1' } : {}) })]
      : [])
  }))
}))

export type Happening = { readonly afterMs: number, readonly what: (now: EpochMs) => AlarmEvent }

export const anyPause = fc.constantFrom(
  0, 0, 0, 1, seconds(1), seconds(10), seconds(20), seconds(30), seconds(59), minutes(1), minutes(5), minutes(10),
  minutes(14), minutes(15), minutes(16), minutes(31), hours(1), hours(13))

/** Pauses within which a service that was away is still expected to make up for every moment. */
export const shortPause = fc.constantFrom(0, 0, 1, seconds(1), seconds(7), seconds(10), seconds(20), seconds(30), seconds(59))

const answer = fc.oneof(
  fc.record({ is: fc.constant('coming' as const), from: anyone, minutes: fc.constantFrom(5 as const, 10 as const, 20 as const, 30 as const) }),
  fc.record({ is: fc.constantFrom('cannot' as const, 'arrived' as const, 'arrived' as const, 'need-more' as const, 'over' as const, 'over' as const), from: anyone })
)
export const anyReceipt = fc.record({
  is: fc.constant('receipt' as const),
  from: anyone,
  n: fc.integer({ min: 0, max: 6 }),
  level: fc.constantFrom('queued' as const, 'attempted' as const, 'accepted' as const, 'shown' as const, 'seen' as const)
})
const reach = fc.record({ is: fc.constant('reach' as const), of: anyone, reach: anyReach })
const removal: fc.Arbitrary<AlarmEvent> = fc.oneof(
  anyone.map((who) => ({ is: 'left' as const, who })),
  fc.constant({ is: 'revoked' as const, consent: 'consent-1' as ConsentId })
)
const doubted = fc.record({
  is: fc.constant('doubted' as const),
  press: fc.constantFrom('press-1' as PressId, 'press-2' as PressId),
  doubt: fc.constantFrom('none' as const, 'may-be-replay' as const)
})
const ending = fc.constantFrom<AlarmEvent>({ is: 'said-safe' }, { is: 'pin', pin: 'true' }, { is: 'pin', pin: 'duress' }, { is: 'her-lanes-over' }, { is: 'superseded' })

const pressed: fc.Arbitrary<(now: EpochMs) => AlarmEvent> = fc.record({ id: fc.nat(5), kind: anyKind })
  .map(({ id, kind }) => (now) => ({ is: 'pressed', press: pressOf(`press-${id}`, kind, now) }))

const still = <E extends AlarmEvent>(of: fc.Arbitrary<E>): fc.Arbitrary<(now: EpochMs) => AlarmEvent> => of.map((event) => () => event)

const living = [
  { arbitrary: still(answer), weight: 8 }, { arbitrary: still(anyReceipt), weight: 5 }, { arbitrary: still(reach), weight: 2 },
  { arbitrary: pressed, weight: 2 }, { arbitrary: still(removal), weight: 1 }, { arbitrary: still(doubted), weight: 1 }
] as const

export const happeningsOf = (pause: fc.Arbitrary<number>, most = 30): fc.Arbitrary<readonly Happening[]> => fc.array(fc.record({
  afterMs: pause,
  what: fc.oneof(...living, { arbitrary: still(ending), weight: 1 })
}), { maxLength: most })

/** A running alarm that nobody ends. */
export const lifeOf = (pause: fc.Arbitrary<number>, most = 20): fc.Arbitrary<readonly Happening[]> => fc.array(fc.record({
  afterMs: pause,
  what: fc.oneof(...living)
}), { maxLength: most })
