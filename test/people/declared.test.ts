/** Incident: a reference person, whom nobody had asked, passed each room number on to the police. R6: who is told without being chosen by her has signed. */
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { must, smallHouse, told } from './small-house.ts'

/** Mira alone at a venue of employees; Ben is on her list, and has signed nothing. */
async function scene (t: Test) {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const room = await house.room(venue)
  const did = await house.button(room)
  const mira = await house.worker(venue)
  const { code } = must(await house.people.pairing.begin(mira))
  const joined = must(await house.people.pairing.join(code, { name: 'Ben', kind: 'contact', language: 'fr', device: 'Phone' }))
  const ben = joined.session.who.id as never
  must(await house.people.pairing.confirm(mira, ben, joined.confirm))
  return { house, venue, room, did, mira, ben }
}

t.test('R6: nobody stands for a room before they have declared that nothing is passed on; her own circle is her own choice', async (t) => {
  const { house, venue, room, did, mira, ben } = await scene(t)
  await house.circle(mira, [[ben]])
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [ben] })
  t.match(await house.people.standings.agree(mira, venue.id, ben), { code: 'NOT_DECLARED' })
  t.match(await house.people.standings.set(room.id, [{ waitS: 30, people: [ben] }], mira), { code: 'NOT_OF_THIS_VENUE' })
  must(await house.people.responders.declare(ben, 'v1'))
  t.equal(house.people.responders.self(ben)?.neverForwardsAt, house.clock.now())
  must(await house.people.standings.agree(mira, venue.id, ben))
  must(await house.people.standings.set(room.id, [{ waitS: 30, people: [ben] }], mira))
  t.same(told(house.press(did)), { standing: [ben] })
})

t.test('R6: no reference person comes in without their declaration, and an authority can not sign one', async (t) => {
  const { house, venue, mira } = await scene(t)
  const { code } = must(await house.people.invites.make('reference-person', venue.id))
  t.match(await house.people.invites.accept(code, { role: 'reference-person', name: 'Paul', language: 'fr', device: 'Phone', neverForwards: ' ' }), { code: 'TEXT_EMPTY' })
  const post = await house.responder(mira, 'Post 5', 'authority')
  t.match(await house.people.responders.declare(post, 'v1'), { code: 'AUTHORITY_FORBIDDEN' })
  t.equal(house.open.directory.neverForwards(post), false, 'whatever an authority has signed')
})

t.test('R6: what the services refuse, the rows refuse too; and what was signed stays signed', async (t) => {
  const { house, venue, room, mira, ben } = await scene(t)
  const paul = await house.referencePerson(venue)
  const db = new Database(house.file)
  db.pragma('foreign_keys = ON')
  t.teardown(() => db.close())
  const runs = (sql: string, ...args: readonly unknown[]) => () => db.prepare(sql).run(...args)
  t.throws(runs("INSERT INTO venue_responder (venue, responder, kind) VALUES (?, ?, 'contact')", venue.id, ben), /NOT_DECLARED/)
  t.throws(runs("INSERT INTO standing_agreement (venue, responder, kind, worker) VALUES (?, ?, 'contact', ?)", venue.id, ben, mira), /NOT_DECLARED/)
  t.throws(runs("INSERT INTO standing_person (room, responder, kind, step) VALUES (?, ?, 'contact', 0)", room.id, ben), /NOT_DECLARED|NOT_AGREED/)
  t.throws(runs('INSERT INTO duty (venue, responder, from_at) VALUES (?, ?, 1)', venue.id, ben), /NOT_DECLARED/)
  t.throws(runs("UPDATE OR REPLACE venue_responder SET responder = ?, kind = 'contact'", ben), /NOT_DECLARED/)
  t.throws(runs('DELETE FROM declaration WHERE responder = ?', paul), /DECLARATION_IS_FIXED/)
  t.throws(runs('UPDATE declaration SET responder = ?', ben), /DECLARATION_IS_FIXED/)
  db.prepare('DELETE FROM responder WHERE id = ?').run(paul)
  t.equal(db.prepare('SELECT count(*) FROM declaration').pluck().get(), 0, 'it goes with whoever signed it')
})

t.test('R6: even a writer who struck a declaration out does not make a press call them', async (t) => {
  const { house, venue, did } = await scene(t)
  const paul = await house.referencePerson(venue)
  t.same(told(house.press(did)), { house: [paul] })
  const db = new Database(house.file)
  db.exec('DROP TRIGGER declaration_taken_back; DELETE FROM declaration; UPDATE people_change SET n = n + 1')
  db.close()
  t.equal(await house.open.directory.refresh(), true)
  t.same(told(house.press(did)), {})
  t.equal(house.open.directory.neverForwards(paul), false, 'nor does an alarm that runs already: it is asked before each sending')
})
