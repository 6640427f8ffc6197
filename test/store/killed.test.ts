import t from 'tap'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import type { SqliteStore } from '../../server/store/sqlite/sqlite-store.ts'
import { storeProcess } from './child-process.ts'
import { fileIn, openedStore } from './opened-store.ts'

/** After how many acknowledgements the service is killed; writes are in flight at every one of these moments. */
const KILLED_AFTER = [0, 1, 2, 5, 17, 40, 99, 150, 233, 400]

t.test('the service is killed again and again in the middle of its writes: what was acknowledged is there, whole', async (t) => {
  const file = fileIn(t)
  const acknowledged = new Map<string, number>()
  const counted = new Set<string>()
  for (const [round, after] of KILLED_AFTER.entries()) {
    await killedAfter(file, round, after, acknowledged, counted)
    const store = await openedStore(t, { file })
    t.equal(store.reader.get<{ integrity_check: string }>('PRAGMA integrity_check')?.integrity_check, 'ok')
    t.same(await missing(store, acknowledged), [], `round ${round}: ${acknowledged.size} alarms acknowledged`)
    t.same([...counted].filter((did) => store.reader.get('SELECT 1 FROM button_memory WHERE did = ?', did) === null), [])
    t.same(await halfDone(store), [])
    await store.close()
  }
  t.ok(acknowledged.size >= 200, `${acknowledged.size} alarms`)
})

async function killedAfter (file: string, round: number, after: number, acknowledged: Map<string, number>, counted: Set<string>): Promise<void> {
  const { child, lines, ended } = storeProcess('press', file, `round ${round}`)
  let heard = 0
  // Everything it said counts, also what it said between our signal and its end.
  for await (const line of lines) {
    const [word, json] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
    if (word === 'acknowledged') {
      const [id, seq] = JSON.parse(json) as [string, number]
      acknowledged.set(id, seq)
    } else if (word === 'counted') {
      counted.add(JSON.parse(json) as string)
    }
    if (line === 'ready' ? after === 0 : ++heard === after) child.kill('SIGKILL')
  }
  if (await ended !== 'SIGKILL') throw new Error('The service ended by itself')
}

async function missing (store: SqliteStore, acknowledged: ReadonlyMap<string, number>): Promise<readonly string[]> {
  const rows = await Promise.all([...acknowledged].map(async ([id, seq]) => ({ id, seq, row: await store.alarms.load(id as AlarmId) })))
  return rows.filter(({ seq, row }) => row === null || row.seq < seq || row.presses.length === 0 || row.card === null).map(({ id }) => id)
}

/** An alarm and its record are written together or not at all. */
async function halfDone (store: SqliteStore): Promise<readonly string[]> {
  const rows = await store.alarms.live()
  const whole = await Promise.all(rows.map(async ({ id, seq }) => ({ id, seq, record: await store.alarms.happenings(id) })))
  return whole.filter(({ seq, record }) => record.length !== seq || record.at(-1)?.seq !== seq).map(({ id }) => id)
}
