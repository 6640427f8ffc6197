/** Incident: her list was changed from a phone she had lost, and nothing told her. */
import t from 'tap'
import { must, smallHouse } from './small-house.ts'

t.test('what she changes on her list is in her own record, the newest first, and in nobody else\'s', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const mira = await house.worker(venue)
  const eva = await house.worker(venue, 'Eva')
  const ana = await house.responder(mira)
  await house.clock.pass(1_000)
  await house.circle(mira, [[ana]])
  await house.clock.pass(1_000)
  must(await house.people.pairing.remove(mira, ana))
  const lines = await house.people.journals.list(mira)
  t.match(lines, [{ what: 'contact-removed', by: 'you', responder: ana }, { what: 'circle-changed', by: 'you' }, { what: 'contact-confirmed', by: 'you', responder: ana }])
  t.ok(lines[0] !== undefined && lines[1] !== undefined && lines[0].at > lines[1].at)
  t.same(await house.people.journals.list(eva), [])
})

t.test('a change that was refused leaves no line', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  const before = await house.people.journals.list(mira)
  t.match(await house.people.consents.give(mira, ana, 'v1'), { code: 'NOT_AN_AUTHORITY' })
  t.same(await house.people.journals.list(mira), before)
})
