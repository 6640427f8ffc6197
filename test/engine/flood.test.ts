/** Incident: the address of a phone shortcut was passed on, and a stranger's script rang her people until they went silent. */
import fc from 'fast-check'
import t from 'tap'
import { reminderWaitMs } from '../../server/alarm/limits.ts'
import { MemoryStore } from '../store/memory-store.ts'
import { SmallHouse, lina } from './small-house.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const token = 'shortcut-1'

async function called (): Promise<{ house: SmallHouse, flood: (presses: number, everyMs: number) => Promise<void>, toldAna: () => number }> {
  const house = await new SmallHouse().start()
  let n = 0
  const flood = async (presses: number, everyMs: number): Promise<void> => {
    for (let i = 0; i < presses; i++) {
      n += 1
      house.engine.pressByPhone(lina, 'alarm', `flood-${n}`, token)
      await house.clock.pass(everyMs)
    }
  }
  return { house, flood, toldAna: () => house.ears.toldOnce.filter((told) => told.startsWith('Ana ')).length }
}

t.test('hundreds a minute raise once; whoever is on the way is not called back by each of them; the last press is not lost', async (t) => {
  const { house, flood, toldAna } = await called()
  await flood(1, 5 * SECOND)
  t.same(house.ears.toldOnce, ['Ana alert 1'])
  await house.coming('Ana', 10)
  await flood(200, 100)
  t.equal(house.engine.workerAlarms(lina).length, 1)
  t.equal(house.sees('Ana').view.answer.counts, true, 'she is on the way, and nothing says otherwise yet')
  t.equal(toldAna(), 1)
  await house.clock.pass(10 * SECOND)
  t.equal(house.sees('Ana').view.answer.counts, false, 'what was pressed meanwhile is heard: R12, once')
  t.equal(toldAna(), 2)
  await house.engine.stop()
})

t.test('her own phone, and a stronger word, are never held back', async (t) => {
  const { house, flood, toldAna } = await called()
  house.engine.pressByPhone(lina, 'assist', 'quiet', token)
  await house.coming('Ana', 10)
  await flood(1, 0)
  t.equal(house.engine.workerAlarms(lina)[0]?.view.kind, 'alarm', 'a quiet check became an alarm at once')
  t.equal(toldAna(), 2)
  await house.coming('Ana', 10)
  await flood(20, 100)
  t.equal(toldAna(), 2)
  house.engine.pressByPhone(lina, 'alarm', 'by her own hand')
  t.equal(toldAna(), 3)
  await house.engine.stop()
})

t.test('the service is stopped while a press waits: it is let in, and the next life knows it', async (t) => {
  const store = new MemoryStore()
  const house = await new SmallHouse({ store }).start()
  house.engine.pressByPhone(lina, 'alarm', 'one', token)
  await house.clock.pass(SECOND)
  await house.coming('Ana', 10)
  house.engine.pressByPhone(lina, 'alarm', 'two', token)
  await house.clock.pass(SECOND)
  t.equal(house.sees('Ana').view.answer.counts, true)
  await house.engine.stop()
  const next = await new SmallHouse({ store, clock: house.clock }).start()
  t.equal(next.sees('Ana').view.answer.counts, false, 'what was pressed is heard: R12')
  await next.engine.stop()
})

t.test('once she has ended it, a press that waited opens nothing, and a new one does', async (t) => {
  const { house, flood } = await called()
  await flood(1, SECOND)
  await house.coming('Ana', 10)
  await flood(50, 100)
  await house.engine.pin(lina, house.sees('Ana').view.alarm, 'true')
  const open = () => house.engine.workerAlarms(lina).filter(({ view }) => view.ended === null).length
  await house.clock.pass(2 * MINUTE)
  t.equal(open(), 0)
  t.equal(house.engine.pressByPhone(lina, 'alarm', 'flood-40', token).verdict, 'known', 'nor does its repetition')
  t.equal(house.engine.pressByPhone(lina, 'alarm', 'after the end', token).verdict, 'raised', 'a press after the end is a press')
  await house.clock.pass(0)
  t.equal(open(), 1)
  await house.engine.stop()
})

t.test('a repeated key is known; what a flood leaves in the alarm is bounded by its pace', async (t) => {
  const { house, flood } = await called()
  await flood(1, SECOND)
  await house.coming('Ana', 10)
  t.equal(house.engine.pressByPhone(lina, 'alarm', 'twice', token).verdict, 'joined')
  t.equal(house.engine.pressByPhone(lina, 'alarm', 'twice', token).verdict, 'known')
  await flood(1_200, 500)
  const state = (await house.disk.live())[0]
  t.ok((state?.presses.length ?? 0) <= 12, `${state?.presses.length ?? 0} presses are kept of 1,200`)
  await house.engine.stop()
})

t.test('however a token is pressed: an alarm runs after each press, and nobody is called more often than by reminders (never)', async () => {
  const burst = fc.record({ presses: fc.integer({ min: 1, max: 30 }), everyMs: fc.constantFrom(50, 700, 9_000), answers: fc.constantFrom('coming', 'cannot', 'nothing') })
  await fc.assert(fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 6 }), async (bursts) => {
    const { house, flood, toldAna } = await called()
    const startedAt = house.clock.mono()
    for (const { presses, everyMs, answers } of bursts) {
      await flood(presses, everyMs)
      if (house.engine.workerAlarms(lina).every(({ view }) => view.ended !== null)) throw new Error('a press that raised nothing')
      if (answers === 'coming') await house.coming('Ana', 10)
      if (answers === 'cannot') await house.answer('Ana', 'cannot')
    }
    const told = toldAna()
    let most = 1
    for (let at = 0; at <= house.clock.mono() - startedAt; most++) at += reminderWaitMs(most - 1)
    await house.engine.stop()
    // Reminders and presses each keep the pace; "ask once more" follows an answer she took back.
    if (told > 2 * most + bursts.length) throw new Error(`Ana was called ${told} times, ${most} would be the pace`)
  }), { numRuns: 25 })
})
