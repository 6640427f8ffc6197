import Database from 'better-sqlite3'
import t from 'tap'
import { laneKey } from '../../server/alarm/lanes.ts'
import { circleOf, HOUR, must, smallHouse, told } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

async function scene (t: Parameters<typeof smallHouse>[0]) {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const did = await house.button(room)
  const mira = await house.worker(venue)
  const ana = await house.responder(mira)
  const police = await house.responder(mira, 'Post 5', 'authority')
  return { house, venue, room, did, mira, ana, police }
}

/** Straight at the file, past every service. */
function raw (t: Parameters<typeof smallHouse>[0], house: SmallHouse): Database.Database {
  const db = new Database(house.file)
  db.pragma('foreign_keys = ON')
  t.teardown(() => db.close())
  return db
}

t.test('an authority enters by her own consent of this shift, and leaves with the shift', async (t) => {
  const { house, room, did, mira, ana, police } = await scene(t)
  t.match(await house.people.consents.give(mira, police, 'v1'), { code: 'NO_SHIFT' })
  await house.onShift(mira, room)
  t.match(await house.people.circles.put(mira, circleOf([[ana], [police]]), 0), { code: 'AUTHORITY_NEEDS_CONSENT' })
  t.match(await house.people.consents.give(mira, ana, 'v1'), { code: 'NOT_AN_AUTHORITY' })
  const consent = await house.consent(mira, police)
  t.equal(await house.consent(mira, police), consent, 'asked twice, given once')
  t.same(told(house.press(did)), {}, 'consent alone puts nobody in her circle')
  t.match(await house.people.circles.put(mira, circleOf([[police]]), 0), { code: 'NO_TRUSTED_PERSON' })
  await house.circle(mira, [[ana], [police]])
  t.match(house.press(did).lanes[0]?.plan.steps[1]?.people[0]?.who, { kind: 'authority', id: police, consent })
  t.match(house.people.consents.list(mira), [{ id: consent, wording: 'v1', givenAt: house.clock.now(), live: true }])
  t.equal(await house.open.directory.consentHolds(consent, police), true)
  t.equal(await house.open.directory.consentHolds(consent, ana), false)
  must(await house.people.shifts.end(mira))
  t.equal(await house.open.directory.consentHolds(consent, police), false)
  t.same(house.people.circles.get(mira)?.steps.map((s) => s.people), [[ana]])
  await house.onShift(mira, room)
  t.same(told(house.press(did)), { [`hers:${mira}`]: [ana] }, 'the next shift begins without')
})

t.test('the shift ends while her alarm goes on: the consent holds until the alarm is over', async (t) => {
  const { house, room, mira, police } = await scene(t)
  await house.onShift(mira, room)
  const consent = await house.consent(mira, police)
  const lane = laneKey({ is: 'hers', worker: mira })
  await house.store.alarms.append({ id: 'a' as never, lane, expectedSeq: 0, seq: 1, open: true, live: true, dueAt: null, state: {} as never, happenings: [], card: null, presses: [] })
  must(await house.people.shifts.end(mira))
  t.equal(await house.open.directory.consentHolds(consent, police), true)
  await house.clock.pass(25 * HOUR)
  await house.open.retain([mira])
  t.equal(await house.open.directory.consentHolds(consent, police), true, 'the daily job waits for her alarm')
  t.match(await house.people.consents.revoke(mira, consent), { ok: true })
  t.equal(await house.open.directory.consentHolds(consent, police), false)
})

t.test('revoked: at once, running alarms included, the disk dead or not', async (t) => {
  const { house, room, did, mira, ana, police } = await scene(t)
  await house.onShift(mira, room)
  const consent = await house.consent(mira, police)
  await house.circle(mira, [[ana], [police]])
  house.disk.writes = false
  await t.rejects(house.people.consents.revoke(mira, consent), { code: 'STORE_FAILED' }, 'she is told that it is not saved')
  t.same(house.revoked, [consent])
  t.equal(await house.open.directory.consentHolds(consent, police), false)
  t.same(told(house.press(did)), { [`hers:${mira}`]: [ana] })
  house.disk.writes = true
  await house.clock.pass(1_000)
  while (house.people.consents.list(mira)[0]?.revokedAt === null) await new Promise(setImmediate)
  t.equal(house.people.consents.list(mira)[0]?.live, false, 'and it was saved when the disk came back')
})

t.test('a consent that cannot be read does not hold', async (t) => {
  const { house, room, mira, police } = await scene(t)
  await house.onShift(mira, room)
  const consent = await house.consent(mira, police)
  house.disk.reads = false
  t.equal(await house.open.directory.consentHolds(consent, police), false)
})

t.test('the database itself refuses: whoever writes, by whatever way', async (t) => {
  const { house, venue, room, mira, ana, police } = await scene(t)
  await house.onShift(mira, room)
  await house.circle(mira, [[ana]])
  const db = raw(t, house)
  const insert = (kind: string, responder: string, consent: string | null) => () => db.prepare(
    'INSERT INTO circle_person (worker, responder, kind, step, place, consent) VALUES (?, ?, ?, 0, 9, ?)').run(mira, responder, kind, consent)
  t.throws(insert('authority', police, null), /AUTHORITY_WITHOUT_CONSENT|CHECK/)
  t.throws(insert('contact', police, null), /FOREIGN KEY/, 'nobody can be called something else')
  t.throws(insert('authority', police, 'made-up'), /AUTHORITY_WITHOUT_CONSENT/)
  t.throws(() => db.prepare("UPDATE responder SET kind = 'contact' WHERE id = ?").run(police), /FOREIGN KEY/, 'nor become it')
  t.throws(() => db.prepare("UPDATE circle_person SET responder = ?, kind = 'authority' WHERE worker = ?").run(police, mira), /AUTHORITY_WITHOUT_CONSENT|CHECK/)
  t.throws(() => db.prepare("INSERT INTO venue_responder (venue, responder, kind) VALUES (?, ?, 'authority')").run(venue.id, police), /CHECK/)
  t.throws(() => db.prepare("INSERT INTO venue_responder (venue, responder, kind) VALUES (?, ?, 'contact')").run(venue.id, police), /FOREIGN KEY/)
  db.prepare('INSERT INTO standing_step (room, step, wait_ms) VALUES (?, 0, 30000)').run(room.id)
  t.throws(() => db.prepare("INSERT INTO standing_person (room, responder, kind, step) VALUES (?, ?, 'authority', 0)").run(room.id, police), /CHECK|NOT_AGREED/)
  t.throws(() => db.prepare("INSERT INTO standing_person (room, responder, kind, step) VALUES (?, ?, 'contact', 0)").run(room.id, ana), /NOT_AGREED/)
  const consent = await house.consent(mira, police)
  insert('authority', police, consent)()
  db.prepare('UPDATE consent SET revoked_at = 1 WHERE id = ?').run(consent)
  t.equal(db.prepare('SELECT count(*) AS n FROM circle_person WHERE responder = ?').pluck().get(police), 0, 'a revoked consent takes its authority out')
  t.throws(insert('authority', police, consent), /AUTHORITY_WITHOUT_CONSENT/)
  t.throws(() => db.prepare('UPDATE consent SET revoked_at = NULL WHERE id = ?').run(consent), /CONSENT_IS_FIXED/, 'and never comes back')
})

t.test('a standing circle, a house lane and an agreement never hold an authority', async (t) => {
  const { house, venue, room, mira, police } = await scene(t)
  t.match(await house.people.standings.agree(mira, venue.id, police), { code: 'AUTHORITY_FORBIDDEN' })
  t.match(await house.people.standings.set(room.id, [{ waitS: 30, people: [police] }]), { code: 'AUTHORITY_FORBIDDEN' })
  t.match(await house.people.venues.setDuty(venue.id, police, house.clock.now(), null), { code: 'NOT_A_REFERENCE_PERSON' })
})

t.test('another worker\'s consent is nobody\'s', async (t) => {
  const { house, venue, room, mira, police } = await scene(t)
  await house.onShift(mira, room)
  const consent = await house.consent(mira, police)
  const zoe = await house.worker(venue, 'Zoe')
  t.match(await house.people.consents.revoke(zoe, consent), { code: 'CONSENT_NOT_FOUND' })
  t.match(await house.people.consents.give(zoe, police, 'v1'), { code: 'NOT_HER_CONTACT' })
  t.equal(await house.open.directory.consentHolds(consent, police), true)
})
