import fc from 'fast-check'
import t from 'tap'
import type { AlarmId, LaneKey } from '../../server/alarm/alarm.ts'
import type { AlarmStore, Append } from '../../server/store/alarm-store.ts'
import { hashOf, LivedAlarm } from './lived-alarm.ts'
import { MemoryStore } from './memory-store.ts'
import { openedStore } from './opened-store.ts'

type Step = { readonly alarm: number, readonly lane: number, readonly behind: number, readonly forward: number, readonly open: boolean, readonly live: boolean, readonly press: number }

const step: fc.Arbitrary<Step> = fc.record({
  alarm: fc.nat({ max: 3 }),
  lane: fc.nat({ max: 1 }),
  /** How far the author's knowledge is behind the disk's. */
  behind: fc.nat({ max: 1 }),
  forward: fc.integer({ min: 1, max: 3 }),
  open: fc.boolean(),
  live: fc.boolean(),
  press: fc.nat({ max: 5 })
})
const state = new LivedAlarm('any', 'mira')

t.test('whatever two nodes append in whatever order, SQLite and the plain model say and hold the same', async (t) => {
  const sqlite = (await openedStore(t)).alarms
  let runs = 0
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const run = `run ${runs++}`
    const model = new MemoryStore()
    for (const step of steps) {
      const append = await appendOf(model, run, step)
      t.same(await sqlite.append(append), await model.append(append))
    }
    t.same(await heldBy(sqlite, run), await heldBy(model, run))
    t.ok(lanesAreSingle(await sqlite.live()))
  }), { numRuns: 60 })
})

async function appendOf (model: MemoryStore, run: string, { alarm, lane, behind, forward, open, live, press }: Step): Promise<Append> {
  const id = `${run} alarm ${alarm}` as AlarmId
  const found = await model.load(id)
  const expectedSeq = Math.max(0, (found?.seq ?? 0) - behind)
  const seq = expectedSeq + forward
  const happenings = Array.from({ length: forward }, (_, i) => ({ ...state.append().happenings[0]!, seq: expectedSeq + 1 + i }))
  const laneOf = found?.lane ?? `${run} lane ${lane}` as LaneKey
  return { ...state.append(), id, lane: laneOf, expectedSeq, seq, open, live, happenings, presses: [hashOf(`${run} press ${press}`)] }
}

async function heldBy (store: AlarmStore, run: string): Promise<object> {
  const ids = [0, 1, 2, 3].map((alarm) => `${run} alarm ${alarm}` as AlarmId)
  return {
    rows: await Promise.all(ids.map((id) => store.load(id))),
    records: await Promise.all(ids.map((id) => store.happenings(id))),
    live: (await store.live()).filter((row) => row.id.startsWith(`${run} `)),
    known: [0, 1, 2, 3, 4, 5].map((press) => store.known(hashOf(`${run} press ${press}`)))
  }
}

function lanesAreSingle (rows: readonly { readonly lane: string, readonly open: boolean }[]): boolean {
  const open = rows.filter((row) => row.open).map((row) => row.lane)
  return new Set(open).size === open.length
}
