/** Incident: somebody who had moved away stayed on four lists, nobody knew, and readiness counted on him. */
import Database from 'better-sqlite3'
import t from 'tap'
import type { EpochMs } from '../../server/people/words.ts'
import { HOUR, must, openHouse, smallHouse, told } from './small-house.ts'

t.test('R19: "available" is said for tonight, is over by itself, and survives a restart', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  const until = house.clock.now() + 6 * HOUR as EpochMs
  t.equal(house.people.responders.self(ana)?.availableUntil, null)
  must(await house.people.responders.setAvailable(ana, until))
  t.equal(house.people.responders.self(ana)?.availableUntil, until)
  t.equal(house.people.pairing.contacts(mira)[0]?.availableUntil, until, 'she sees it on her list')
  const again = await openHouse(house.store, house.file, house.clock)
  t.equal(again.people.responders.self(ana)?.availableUntil, until)
  await again.open.stop()
  await house.clock.pass(6 * HOUR)
  t.equal(house.people.responders.self(ana)?.availableUntil, null)
  must(await house.people.responders.setAvailable(ana, house.clock.now() + HOUR as EpochMs))
  must(await house.people.responders.setAvailable(ana, null))
  t.equal(house.people.responders.self(ana)?.availableUntil, null)
  for (const range of [0, -HOUR, 25 * HOUR]) t.match(await house.people.responders.setAvailable(ana, house.clock.now() + range as EpochMs), { code: 'AVAILABLE_RANGE' })
})

t.test('R19: the clock is set back a week: nobody stays available for a week', async (t) => {
  const house = await smallHouse(t)
  const ana = await house.responder(await house.worker(await house.venue()))
  must(await house.people.responders.setAvailable(ana, house.clock.now() + HOUR as EpochMs))
  house.clock.jump(-7 * 24 * HOUR)
  t.equal(house.people.responders.self(ana)?.availableUntil, null)
})

t.test('R9: who is not available is told all the same: only readiness leans on it', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  await house.circle(mira, [[ana]])
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [ana] })
})

t.test('R5: a responder leaves one circle, at once, running alarms too; she is told, the others notice nothing', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const ana = await house.responder(mira)
  const { code } = must(await house.people.pairing.begin(zoe))
  must(await house.people.pairing.confirm(zoe, ana, must(await house.people.pairing.joinAs(code, ana)).confirm))
  await house.circle(mira, [[ana]], { sees: { [ana]: { alias: true, room: true, address: false } } })
  await house.circle(zoe, [[ana]])
  const circles = house.people.responders.circles(ana)
  t.same(circles.map((c) => c.alias).sort(), ['Mira', null], 'an alias only where she shows it')
  const hers = circles.find((c) => c.alias === 'Mira')!.circle
  t.notOk([mira, zoe].includes(hers as never), 'a word of its own, not her id')
  t.match(await house.people.responders.leaveOne(ana, 'of-nobody'), { code: 'CIRCLE_NOT_FOUND' })
  await house.clock.pass(1_000)
  must(await house.people.responders.leaveOne(ana, hers))
  t.same(house.left, [`${mira}/${ana}`], 'dropped from what runs')
  t.same(house.people.circles.get(mira)?.steps, [])
  t.match(house.people.pairing.left(mira), [{ name: 'Ana' }])
  t.match(await house.people.journals.list(mira), [{ what: 'contact-left', by: 'responder' }, {}, {}])
  t.same(told(house.phone(zoe)), { [`hers:${zoe}`]: [ana] })
  t.same(house.people.pairing.left(zoe), [])
  must(await house.people.pairing.forgetLeft(mira))
  t.same(house.people.pairing.left(mira), [])
})

t.test('R5: leaving acts although the disk is full, and is written when it can', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const [ana, luc] = [await house.responder(mira), await house.responder(mira, 'Luc')]
  await house.circle(mira, [[ana], [luc]])
  house.disk.writes = false
  await t.rejects(house.people.responders.leaveOne(ana, house.people.responders.circles(ana)[0]!.circle), { code: 'STORE_FAILED' })
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [luc] })
  house.disk.writes = true
  for (let turn = 0; turn < 50 && house.people.pairing.left(mira).length === 0; turn++) {
    await house.clock.pass(1_000)
    await new Promise((resolve) => { setImmediate(resolve) })
  }
  t.match(house.people.pairing.left(mira), [{ name: 'Ana' }])
})

t.test('leaving all: every worker is told; what is kept goes after 30 days', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  await house.clock.pass(1_000)
  must(await house.people.responders.leave(ana))
  t.match(house.people.pairing.left(mira), [{ name: 'Ana' }])
  t.match((await house.people.journals.list(mira))[0], { what: 'contact-left', by: 'responder' })
  await house.clock.pass(31 * 24 * HOUR)
  await house.open.retain([])
  await house.open.directory.refresh()
  t.same(house.people.pairing.left(mira), [])
})

t.test('R6: an organisation that has not said in writing that it never forwards is an authority', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const join = async (declared: { readonly neverForwards?: string }) => {
    const { code } = must(await house.people.pairing.begin(mira))
    return must(await house.people.pairing.join(code, { name: 'Centrale', kind: 'organisation', language: 'fr', device: 'Desk', ...declared }))
  }
  const silent = await join({})
  t.equal(silent.kind, 'authority')
  const signed = await join({ neverForwards: 'v1' })
  t.equal(signed.kind, 'organisation')
  const contacts = house.people.pairing.contacts(mira)
  t.same(contacts.map(({ kind, neverForwardsAt }) => [kind, neverForwardsAt]).sort(), [['authority', null], ['organisation', house.clock.now()]])
  const db = new Database(house.file)
  t.teardown(() => db.close())
  db.pragma('foreign_keys = ON')
  t.throws(() => db.prepare('DELETE FROM declaration').run(), /DECLARATION_IS_FIXED/, 'what was signed stays signed')
  db.exec('DROP TRIGGER declaration_taken_back; DELETE FROM declaration')
  t.throws(() => db.prepare('UPDATE contact SET joined_at = 1 WHERE kind = ?').run('organisation'), /NOT_DECLARED/, 'the database refuses the row too')
})

t.test('each device is told in its own way', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const [ana, luc] = [await house.responder(mira), await house.responder(mira, 'Luc')]
  const subscribe = async (url: string) => must(await house.people.endpoints.subscribe(ana, { url, p256dh: 'p', auth: 'a', text: 'full', language: 'fr', provesShown: true })).id
  const [phone, tablet] = [await subscribe('https://push.example/1'), await subscribe('https://push.example/2')]
  must(await house.people.endpoints.change(ana, tablet, { text: 'discreet' }))
  t.match(new Map(house.people.endpoints.list(ana).map((e) => [e.id, e.text])), new Map([[phone, 'full'], [tablet, 'discreet']]))
  t.match(house.open.directory.of(ana).map((e) => e.text).sort(), ['discreet', 'full'])
  t.match(await house.people.endpoints.change(luc, tablet, { text: 'full' }), { code: 'ENDPOINT_NOT_FOUND' })
})
