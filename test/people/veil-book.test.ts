/** Incident: the service restarted in the night, and in the morning her list had grown back before his eyes. */
import t from 'tap'
import { VEIL_KEPT_MS } from '../../server/people/limits.ts'
import { openHouse, smallHouse } from './small-house.ts'

t.test('R16: what was shown under duress outlives a restart, is sealed, and is gone a month after the last time', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  t.equal(house.people.veils.of(mira), null)
  await house.people.veils.keep(mira, '{"shown":[["contact:Ana",false]],"lines":[]}')
  const again = await openHouse(house.store, house.file, house.clock)
  t.equal(again.people.veils.of(mira), '{"shown":[["contact:Ana",false]],"lines":[]}')
  const rows = house.store.reader.all<{ sealed: Buffer }>('SELECT sealed FROM veil')
  t.equal(rows.length, 1)
  t.notOk(rows[0]?.sealed.includes('contact:'), 'nobody reads it in the database alone')
  house.clock.jump(VEIL_KEPT_MS - 1)
  t.ok(again.people.veils.of(mira))
  house.clock.jump(1)
  t.equal(again.people.veils.of(mira), null)
  await again.open.stop()
})

t.test('R16: new PINs set with her own end the lie; with another worker it has nothing to do', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [mira, zoe] = [await house.worker(venue), await house.worker(venue, 'Zoe')]
  for (const worker of [mira, zoe]) await house.people.veils.keep(worker, 'what was shown')
  await house.people.veils.forget(mira)
  t.equal(house.people.veils.of(mira), null)
  t.equal(house.people.veils.of(zoe), 'what was shown')
  t.equal(house.store.reader.all('SELECT 1 FROM veil').length, 1)
})
