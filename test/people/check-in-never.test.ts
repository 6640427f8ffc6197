/** Incident: a promise fell due twice, another not at all, and once the police stood before her door for an empty battery. */
import fc from 'fast-check'
import t from 'tap'
import { steady } from '../../server/clock/steady-clock.ts'
import { Engine } from '../../server/engine/engine.ts'
import { identity } from '../../server/engine/identity.ts'
import type { ByPin } from '../../server/people/check-in-services.ts'
import { Ears } from '../engine/small-house.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { HOUR, MINUTE, must, smallHouse } from './small-house.ts'

type Move =
  | { readonly do: 'make' | 'extend', readonly minutes: number, readonly pin: ByPin }
  | { readonly do: 'confirm', readonly pin: ByPin }
  | { readonly do: 'pass', readonly minutes: number }
  | { readonly do: 'jump', readonly hours: number }
  | { readonly do: 'page', readonly open: boolean }

const pin = fc.constantFrom<ByPin>('true', 'duress')
const minutes = fc.integer({ min: 5, max: 12 })
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('make' as const, 'extend' as const), minutes, pin }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('confirm' as const), pin }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 2, max: 14 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('jump' as const), hours: fc.constantFrom(-24, 24) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('page' as const), open: fc.boolean() }) }
)

const GRACE_MINUTES = 1

/** What the rules say of the same story, in whole minutes. */
class Expected {
  now = 0
  shown: number | null = null
  forced: number | null = null
  raised = 0
  unseen = 0

  answer (by: ByPin, next: number | null): void {
    if (by === 'duress') {
      const due = Math.min(this.shown ?? Infinity, this.forced ?? Infinity)
      this.forced = due === Infinity ? null : due
      // Overdue already, and she only had her grace left: those marked learn it at once.
      if (this.forced !== null && this.forced <= this.now) { this.unseen += 1; this.forced = null }
    } else this.forced = null
    this.shown = next
  }

  minute (): void {
    this.now += 1
    if (this.forced !== null && this.now >= this.forced) { this.unseen += 1; this.forced = null }
    if (this.shown !== null && this.now >= this.shown + GRACE_MINUTES) { this.raised += 1; this.shown = null }
  }
}

t.test('whatever she answers and clocks do: each promise is raised once or not at all, nobody sees one before, never an authority (never)', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  let counted = 0
  await fc.assert(fc.asyncProperty(fc.array(move, { minLength: 4, maxLength: 14 }), async (moves) => {
    const mira = await house.worker(venue)
    const [ana, ben, police] = [await house.responder(mira), await house.responder(mira, 'Ben'), await house.responder(mira, 'Post 5', 'authority')]
    must(await house.people.shifts.startAtPlace(mira, 'Rue Verte 7', house.wish({ plannedEndAt: (house.clock.now() + 12 * HOUR) as never })))
    await house.consent(mira, police)
    await house.circle(mira, [[ana, ben, police]], { mayKnow: [ana] })
    const ears = new Ears()
    const engine = new Engine({ store: new MemoryStore(), directory: house.open.directory, messenger: ears, clock: steady(house.clock), identity: identity(Buffer.alloc(32, 7)), log: { warn: () => {}, info: () => {} } })
    house.open.runs(engine)
    let pages = 1
    const stop = house.open.watch({ desk: engine, reminders: { remind: () => {} }, pagesOf: () => pages, log: { warn: () => {} } })
    const { checkIns } = house.people
    const expected = new Expected()
    const seen = { raised: new Set<string>(), unseen: new Set<string>() }
    const look = async (): Promise<void> => {
      for (const { view } of engine.workerAlarms(mira)) {
        if (view.ended !== null) continue
        seen.raised.add(view.alarm)
        if (view.missed === null) throw new Error('raised without saying why')
        await engine.pin(mira, view.alarm, 'true')
      }
      for (const { alarm, what, authority, to } of ears.tellings) {
        if (authority || to === police) throw new Error('an authority was told of a check-in')
        if (what === 'duress') seen.unseen.add(alarm)
        if (what === 'duress' && to !== ana) throw new Error('somebody unmarked learnt of duress')
      }
      if (seen.raised.size !== expected.raised || seen.unseen.size !== expected.unseen) throw new Error(`raised ${seen.raised.size}/${seen.unseen.size}, expected ${expected.raised}/${expected.unseen} after ${expected.now} min`)
      if ((checkIns.of(mira) !== null) !== (expected.shown !== null)) throw new Error('her page shows something else')
    }
    try {
      for (const one of moves) {
        switch (one.do) {
          case 'make': {
            const made = await checkIns.make(mira, { forMs: one.minutes * MINUTE, graceMs: GRACE_MINUTES * MINUTE, then: 'alarm' })
            if (made.ok !== (expected.shown === null)) throw new Error('a promise beside a promise')
            if (made.ok) expected.shown = expected.now + one.minutes
            break
          }
          case 'extend':
            if ((await checkIns.extend(mira, one.minutes * MINUTE, one.pin)).ok) expected.answer(one.pin, expected.now + one.minutes)
            break
          case 'confirm':
            must(await checkIns.confirm(mira, one.pin))
            expected.answer(one.pin, null)
            break
          case 'jump': house.clock.jump(one.hours * HOUR); break
          case 'page': pages = one.open ? 1 : 0; break
          case 'pass':
            for (let n = 0; n < one.minutes; n++) {
              await house.clock.pass(MINUTE)
              expected.minute()
              await house.store.alarms.probe()
              await look()
            }
        }
        await look()
      }
      counted += expected.raised + expected.unseen
    } finally {
      stop()
      await engine.stop()
      await house.open.people.checkIns.confirm(mira, 'true')
    }
  }), { numRuns: 30 })
  t.ok(counted > 5, `${counted} promises fell due`)
})
