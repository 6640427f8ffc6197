/** Incident: the lie took one hash and one write less, and a stop watch told. The same work for either PIN, counted. */
import t from 'tap'
import type { Pins } from '../../server/people/pin.ts'
import type { House } from './house.ts'
import { DURESS_PIN, TRUE_PIN, twins } from './twins.ts'
import type { Twin } from './twins.ts'

type Work = { readonly hashes: number, readonly appends: number, readonly commits: number, readonly operations: number }

/** What one act costs: argon2 computations, writes of alarms, transactions, and operations in them. */
async function workOf (twin: Twin, act: () => Promise<unknown>): Promise<Work> {
  const { house } = twin
  await twin.quiet()
  const before = counted(house)
  await act()
  const after = counted(house)
  return { hashes: after.hashes - before.hashes, appends: after.appends - before.appends, commits: after.commits - before.commits, operations: after.operations - before.operations }
}

function counted (house: House): Work {
  const { commits } = house.store.writer.stats
  return { hashes: (house.people.pins as Pins).argon.computed, appends: house.disk.writes, commits, operations: house.store.writer.stats.operations }
}

t.test('R16: an unlock is two hashes and no write, whichever PIN it was', async (t) => {
  const [twin] = await twins(t)
  const works: Work[] = []
  // The first of all makes the hash that stands in where no PIN is set.
  await twin.phone('lina').post('/api/v1/unlock', { pin: TRUE_PIN })
  for (const pin of [TRUE_PIN, DURESS_PIN, '0000']) works.push(await workOf(twin, async () => { await twin.phone('lina').post('/api/v1/unlock', { pin }) }))
  for (const work of works) t.same(work, { hashes: 2, appends: 0, commits: 0, operations: 0 })
})

t.test('R15: the end of an alarm is the same hashes and the same writes', async (t) => {
  const works: Work[] = []
  for (const twin of await twins(t)) {
    await twin.press(1)
    await twin.phone('lina').post('/api/v1/unlock', { pin: TRUE_PIN })
    await twin.phone('lina').post('/api/v1/lock')
    const { alarms } = (await twin.phone('lina').get('/api/v1/alarms')).json<{ alarms: { alarm: string }[] }>()
    works.push(await workOf(twin, async () => { await twin.phone('lina').post(`/api/v1/alarms/${alarms[0]?.alarm ?? ''}/close`, { pin: twin.pin }) }))
  }
  t.match(works[0], { hashes: 2, appends: 1, commits: 1, operations: 1 })
  t.same(works[1], works[0])
})

t.test('R16: new PINs are four hashes and one write, though the old ones were forced out of her', async (t) => {
  const works: Work[] = []
  for (const twin of await twins(t)) {
    await twin.phone('lina').post('/api/v1/unlock', { pin: TRUE_PIN })
    works.push(await workOf(twin, async () => {
      const reply = await twin.phone('lina').ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: twin.pin, pin: '2580', duress: null } })
      t.equal(reply.statusCode, 204)
    }))
    t.equal((await twin.phone('lina').post('/api/v1/unlock', { pin: '2580' })).statusCode, 204, 'what was set opens')
    t.equal((await twin.phone('lina').post('/api/v1/unlock', { pin: twin.pin })).statusCode, 403, 'what was there before does not')
  }
  t.match(works[0], { hashes: 4, commits: 1 })
  t.same(works[1], works[0])
})
