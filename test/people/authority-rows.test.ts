/** Incident: a script that "only tidied the database" put the police back into a circle. What the services refuse, the rows refuse too. */
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { must, smallHouse } from './small-house.ts'

/** Mira on shift with a live consent, Post 5 in her circle; and somebody who writes past every service. */
async function scene (t: Test, pragmas: readonly string[] = ['foreign_keys = ON']) {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const mira = await house.worker(venue)
  const [ana, post] = [await house.responder(mira), await house.responder(mira, 'Post 5', 'authority')]
  await house.onShift(mira, room)
  const consent = await house.consent(mira, post)
  await house.circle(mira, [[ana], [post]])
  const db = new Database(house.file)
  for (const pragma of pragmas) db.pragma(pragma)
  t.teardown(() => db.close())
  const inCircle = (): number => db.prepare('SELECT count(*) FROM circle_person WHERE responder = ?').pluck().get(post) as number
  const runs = (sql: string, ...args: readonly unknown[]) => () => db.prepare(sql).run(...args)
  return { house, room, mira, ana, post, consent, db, inCircle, runs }
}

const COPY = 'INSERT OR REPLACE INTO consent SELECT id, worker, responder, kind, shift, wording, given_at, NULL FROM consent WHERE id = ?'

t.test('R6: a consent that was taken back comes back by no statement', async (t) => {
  const { house, mira, post, consent, inCircle, runs } = await scene(t)
  must(await house.people.consents.revoke(mira, consent))
  t.equal(inCircle(), 0)
  t.throws(runs('UPDATE consent SET revoked_at = NULL WHERE id = ?', consent), /CONSENT_IS_FIXED/)
  t.throws(runs('UPDATE OR REPLACE consent SET revoked_at = NULL WHERE id = ?', consent), /CONSENT_IS_FIXED/)
  t.throws(runs(COPY, consent), /CONSENT_IS_FIXED/, 'nor by REPLACE, which deletes without asking')
  t.throws(runs(`INSERT INTO consent SELECT id, worker, responder, kind, shift, wording, given_at, NULL FROM consent WHERE id = ? ON CONFLICT (id) DO UPDATE SET revoked_at = NULL`, consent), /CONSENT_IS_FIXED/)
  t.throws(runs("INSERT INTO circle_person SELECT ?, ?, 'authority', 0, 9, ?", mira, post, consent), /AUTHORITY_WITHOUT_CONSENT/)
  t.equal(await house.open.directory.consentHolds(consent, post), false)
})

t.test('R6: what she read, when, for which shift and for whom can not be rewritten', async (t) => {
  const { house, mira, ana, post, consent, runs } = await scene(t)
  for (const [column, value] of [['wording', 'v9'], ['given_at', 1], ['responder', ana], ['worker', 'another'], ['shift', 'another'], ['id', 'another'], ['kind', 'contact']] as const) {
    t.throws(runs(`UPDATE consent SET ${column} = ? WHERE id = ?`, value, consent), /CONSENT_IS_FIXED|CHECK/, column)
  }
  t.throws(runs("UPDATE responder SET kind = 'contact' WHERE id = ?", post), /FOREIGN KEY/)
  t.match(house.people.consents.list(mira), [{ wording: 'v1', live: true }])
})

t.test('R6: no consent for a shift that is over, nor for somebody she has not confirmed', async (t) => {
  const { house, mira, post, consent, db, inCircle, runs } = await scene(t)
  const give = (id: string) => runs("INSERT INTO consent (id, worker, responder, kind, shift, wording, given_at) SELECT ?, worker, responder, kind, shift, 'v1', 1 FROM consent WHERE id = ?", id, consent)
  db.prepare('UPDATE contact SET confirmed_at = NULL, confirm_hash = ? WHERE responder = ?').run(Buffer.alloc(32), post)
  t.equal(inCircle(), 0, 'who is not confirmed any more is in no circle')
  t.throws(give('one'), /CONSENT_OF_NO_SHIFT/)
  db.prepare('UPDATE contact SET confirmed_at = 1, confirm_hash = NULL WHERE responder = ?').run(post)
  must(await house.people.shifts.end(mira))
  t.throws(give('two'), /CONSENT_OF_NO_SHIFT/)
  t.throws(runs('UPDATE shift SET ended_at = NULL WHERE worker = ?', mira), /SHIFT_IS_FIXED/)
  db.prepare('INSERT OR REPLACE INTO shift SELECT id, worker, room, place, started_at, planned_end_at, NULL, proven_at, feedback, house FROM shift WHERE worker = ?').run(mira)
  t.equal(db.prepare('SELECT count(*) FROM consent').pluck().get(), 0, 'a shift that is written anew has no consent')
  t.equal(await house.open.directory.consentHolds(consent, post), false)
})

t.test('R6: an end of the shift, by whatever statement, takes the authority out; so does deleting the consent', async (t) => {
  for (const sql of ['UPDATE shift SET ended_at = 5', 'UPDATE OR REPLACE shift SET ended_at = 5', 'DELETE FROM consent', 'DELETE FROM shift', 'UPDATE consent SET revoked_at = 5']) {
    const { db, inCircle } = await scene(t, ['foreign_keys = ON', 'recursive_triggers = ON'])
    t.equal(inCircle(), 1)
    db.exec(sql)
    t.equal(inCircle(), 0, sql)
  }
})

t.test('R6: even a writer who switched the keys off does not make her press call them', async (t) => {
  const { house, mira, ana, post, consent, db, runs } = await scene(t, ['foreign_keys = OFF', 'recursive_triggers = OFF'])
  t.throws(runs('UPDATE circle_person SET consent = NULL WHERE responder = ?', post), /CHECK|AUTHORITY_WITHOUT_CONSENT/)
  must(await house.people.consents.revoke(mira, consent))
  db.prepare("INSERT INTO circle_person (worker, responder, kind, step, place, consent) VALUES (?, ?, 'contact', 1, 9, NULL)").run(mira, post)
  t.equal(await house.open.directory.refresh(), true)
  const people = house.phone(mira).lanes.flatMap(({ plan }) => plan.steps.flatMap((step) => step.people.map(({ who }) => who)))
  t.same(people, [{ kind: 'trusted', id: ana }], 'what was declared at pairing decides, whatever a row calls them')
})
