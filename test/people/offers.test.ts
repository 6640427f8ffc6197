/** Incident: the manager was on everybody's list because he had put himself there, and he knew who had taken him off. */
import Database from 'better-sqlite3'
import t from 'tap'
import type { OfferId, ResponderId, WorkerId } from '../../server/people/words.ts'
import { HOUR, MINUTE, must, smallHouse, told } from './small-house.ts'
import type { SmallHouse, Venue } from './small-house.ts'

async function offered (house: SmallHouse, responder: ResponderId): Promise<{ offer: OfferId, code: string }> {
  const { offer } = must(await house.people.offers.make(responder))
  return { offer, code: await codeOf(house, responder) }
}

async function codeOf (house: SmallHouse, responder: ResponderId): Promise<string> {
  return (await house.people.offers.mine(responder))[0]?.code ?? ''
}

async function colleague (house: SmallHouse, worker: WorkerId, venue: Venue): Promise<ResponderId> {
  const { session } = must(await house.people.offers.makeAsColleague(worker, venue.id, { name: 'Rose', language: 'fr', device: 'Phone' }, null))
  return session!.who.id as ResponderId
}

t.test('R5: she takes an offer when she has heard the code; it is her contact then, and in no circle before she puts it there', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const mira = await house.worker(venue)
  const paul = await house.referencePerson(venue)
  t.same(await house.people.offers.seen(mira), [], 'nobody is offered before they offer themselves')
  const { offer, code } = await offered(house, paul)
  t.match(await house.people.offers.seen(mira), [{ offer, name: 'Paul', kind: 'reference-person', state: 'open' }])
  t.same(house.people.pairing.contacts(mira), [], 'an offer joins nothing by itself')
  const wrong = code === '000000' ? '000001' : '000000'
  t.match(await house.people.offers.take(mira, offer, wrong), { code: 'CONFIRM_WRONG' })
  t.same(house.people.pairing.contacts(mira), [])
  must(await house.people.offers.take(mira, offer, `${code.slice(0, 3)} ${code.slice(3)}`))
  t.match(house.people.pairing.contacts(mira), [{ responder: paul, confirmed: true, mayKnow: false, sees: { alias: false, room: true, address: false } }])
  t.same(house.people.circles.get(mira)?.steps, [], 'in no circle')
  t.equal(house.phone(mira).use, 'unarmed')
  await house.circle(mira, [[paul]])
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [paul] })
  t.match((await house.people.offers.seen(mira))[0], { state: 'taken' })
  t.match((await house.people.journals.list(mira)).filter((line) => line.what === 'offer-taken'), [{ by: 'you', responder: paul }])
  must(await house.people.offers.take(mira, offer, code))
  t.equal((await house.people.journals.list(mira)).filter((line) => line.what === 'offer-taken').length, 1, 'once more changes nothing')
})

t.test('R5: nobody but she learns whether she took or left it', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const paul = await house.referencePerson(venue)
  const { offer, code } = await offered(house, paul)
  const seen = async () => JSON.stringify([await house.people.offers.mine(paul), await house.people.offers.atVenue(venue.id), await house.people.offers.seen(zoe)])
  const before = await seen()
  must(await house.people.offers.leave(mira, offer))
  t.match(await house.people.offers.seen(mira), [{ state: 'left' }])
  t.equal(await seen(), before)
  must(await house.people.offers.take(mira, offer, code))
  t.equal(await seen(), before, 'not a byte differs on his screen, the venue\'s or a colleague\'s')
})

t.test('R5: an offer taken back, by them or by the venue, touches nobody who took it', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const paul = await house.referencePerson(venue)
  const first = await offered(house, paul)
  must(await house.people.offers.take(mira, first.offer, first.code))
  await house.circle(mira, [[paul]])
  must(await house.people.offers.withdraw(paul, first.offer))
  t.match(await house.people.offers.take(zoe, first.offer, first.code), { code: 'OFFER_NOT_FOUND' })
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [paul] })
  const again = await offered(house, paul)
  const elsewhere = await house.venue('employed', 'Elsewhere')
  t.match(await house.people.offers.bar(elsewhere.id, again.offer), { code: 'OFFER_NOT_FOUND' })
  must(await house.people.offers.bar(venue.id, again.offer))
  t.same(await house.people.offers.seen(zoe), [])
  t.match(await house.people.offers.mine(paul), [{ code: null }])
  t.match(await house.people.offers.make(paul), { code: 'OFFER_BARRED' }, 'it is not undone by making it anew')
  t.match(await house.people.offers.withdraw(paul, again.offer), { code: 'OFFER_NOT_FOUND' }, 'nor by taking it back')
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [paul] })
})

t.test('a colleague offers herself, by her own choice; the venue does not learn of it', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const elsewhere = await house.venue('independent', 'Elsewhere')
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const rose = await colleague(house, zoe, venue)
  const [seen] = await house.people.offers.seen(mira)
  t.match(seen, { name: 'Rose', kind: 'colleague', state: 'open' })
  t.same(await house.people.offers.seen(zoe), [], 'her own is no offer to herself')
  t.same(await house.people.offers.atVenue(venue.id), [])
  t.match(await house.people.offers.makeAsColleague(zoe, elsewhere.id, { name: 'Rose', language: 'fr', device: 'Phone' }, rose), { code: 'NOT_OF_THIS_VENUE' })
  must(await house.people.offers.take(mira, seen!.offer, await codeOf(house, rose)))
  t.match(house.people.pairing.contacts(mira), [{ responder: rose, name: 'Rose', confirmed: true }])
  const stranger = await house.worker(elsewhere, 'Eva')
  t.same(await house.people.offers.seen(stranger), [])
  t.match(await house.people.offers.take(stranger, seen!.offer, await codeOf(house, rose)), { code: 'OFFER_NOT_FOUND' })
})

t.test('R6: no authority is ever offered: refused by the service, and the row by the database', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const mira = await house.worker(venue)
  const police = await house.responder(mira, 'Post 5', 'authority')
  const ana = await house.responder(mira)
  t.match(await house.people.offers.make(police), { code: 'NOT_OF_THIS_VENUE' })
  t.match(await house.people.offers.make(ana), { code: 'NOT_OF_THIS_VENUE' }, 'nor anybody whom the operator did not invite')
  const { code } = must(await house.people.invites.make('organisation', venue.id))
  t.match(await house.people.invites.accept(code, { role: 'organisation', name: 'Centrale', language: 'fr', device: 'Desk', neverForwards: ' ' }), { code: 'TEXT_EMPTY' }, 'no venue\'s organisation without its declaration')
  t.match(await house.people.offers.make(await house.organisation(venue)), { ok: true })
  const db = new Database(house.file)
  t.teardown(() => db.close())
  db.pragma('foreign_keys = ON')
  const row = db.prepare('INSERT INTO offer (id, venue, responder, kind, member, worker, at) VALUES (?, ?, ?, ?, ?, ?, 1)')
  t.throws(() => row.run('x', venue.id, police, 'authority', police, null), /CHECK/)
  t.throws(() => row.run('x', venue.id, police, 'organisation', police, null), /FOREIGN KEY/, 'nor under another kind')
  t.throws(() => row.run('x', venue.id, police, 'colleague', null, mira), /FOREIGN KEY/)
  t.throws(() => row.run('x', venue.id, ana, 'organisation', ana, null), /FOREIGN KEY/)
})

t.test('the code changes by itself; the one that was read a moment ago is right still', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const mira = await house.worker(venue)
  const paul = await house.referencePerson(venue)
  const { offer, code } = await offered(house, paul)
  await house.clock.pass(10 * MINUTE)
  t.not(await codeOf(house, paul), code)
  t.match(await house.people.offers.look(mira, offer, code), { ok: true })
  await house.clock.pass(10 * MINUTE)
  t.match(await house.people.offers.take(mira, offer, code), { code: 'CONFIRM_WRONG' })
  house.clock.jump(-20 * HOUR)
  must(await house.people.offers.take(mira, offer, await codeOf(house, paul)))
})

t.test('they leave everything: the offer goes with them; the colleague is erased: hers too', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const paul = await house.referencePerson(venue)
  await offered(house, paul)
  await colleague(house, zoe, venue)
  t.equal((await house.people.offers.seen(mira)).length, 2)
  must(await house.people.responders.leave(paul))
  const db = new Database(house.file)
  db.pragma('foreign_keys = ON')
  db.prepare('DELETE FROM worker WHERE id = ?').run(zoe)
  db.close()
  t.same(await house.people.offers.seen(mira), [])
})
