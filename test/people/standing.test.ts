/** Incident: one worker put her own friend before every door, and another took the only helper out of a room at night. */
import t from 'tap'
import { must, smallHouse, told } from './small-house.ts'

t.test('R4: nobody stands before a door by one worker\'s word alone, where there are more', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const did = await house.button(room)
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const ben = await house.responder(mira, 'Ben')
  const steps = [{ waitS: 30, people: [ben] }]
  must(await house.people.standings.agree(mira, venue.id, ben))
  t.match(await house.people.standings.set(room.id, steps, mira), { code: 'NOT_OF_THIS_VENUE' })
  t.match(await house.people.standings.agree(zoe, venue.id, ben), { code: 'NOT_HER_CONTACT' }, 'on people she knows')
  const { code } = must(await house.people.pairing.begin(zoe))
  must(await house.people.pairing.confirm(zoe, ben, must(await house.people.pairing.joinAs(code, ben)).confirm))
  must(await house.people.standings.agree(zoe, venue.id, ben))
  must(await house.people.standings.set(room.id, steps, mira))
  t.same(told(house.press(did)), { standing: [ben] })
  t.match((await house.people.journals.list(zoe)).find((line) => line.what === 'standing-changed'), { by: 'colleague', room: room.id })
  t.match((await house.people.journals.list(mira)).find((line) => line.what === 'standing-changed'), { by: 'you' })
})

t.test('R4: she takes her agreement back: out at once, of the alarms of this room that run too', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const did = await house.button(room)
  const mira = await house.worker(venue)
  const ben = await house.responder(mira, 'Ben')
  await house.circle(mira, [[ben]])
  must(await house.people.standings.agree(mira, venue.id, ben))
  must(await house.people.standings.set(room.id, [{ waitS: 30, people: [ben] }], mira))
  t.ok(house.people.standings.isArmed(room.id))
  must(await house.people.standings.disagree(mira, venue.id, ben))
  t.equal(house.press(did).use, 'unarmed')
  t.same(house.left, [`${room.id}/${ben}`])
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [ben] }, 'her own circle is another matter')
  t.match(await house.people.standings.disagree(mira, venue.id, ben), { code: 'NOT_AGREED' })
})

t.test('R4: one worker does not take out whom another agreed on', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const [paul, petra] = [await house.referencePerson(venue, 'Paul'), await house.referencePerson(venue, 'Petra')]
  must(await house.people.standings.agree(mira, venue.id, paul))
  must(await house.people.standings.set(room.id, [{ waitS: 30, people: [paul, petra] }], mira))
  t.match(await house.people.standings.set(room.id, [], zoe), { code: 'OTHERS_AGREED' })
  must(await house.people.standings.set(room.id, [{ waitS: 20, people: [paul] }], zoe))
  must(await house.people.standings.set(room.id, [], mira))
  t.notOk(house.people.standings.isArmed(room.id))
})

t.test('who decides: the workers of this venue; a worker of another is answered as if the room were not', async (t) => {
  const house = await smallHouse(t)
  const [venue, other] = [await house.venue(), await house.venue('independent', 'Autre')]
  const room = await house.room(venue)
  const eva = await house.worker(other, 'Eva')
  const paul = await house.referencePerson(venue)
  t.match(await house.people.standings.set(room.id, [], eva), { code: 'NOT_HER_VENUE' })
  t.match(await house.people.standings.agree(eva, venue.id, paul), { code: 'NOT_HER_VENUE' })
  t.same(house.people.standings.of(eva).map((each) => each.venue), [other.id])
})

t.test('what she sees: her own people and the venue\'s by name, a colleague\'s contact without', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const [mira, zoe] = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const ben = await house.responder(mira, 'Ben')
  const paul = await house.referencePerson(venue)
  must(await house.people.standings.agree(mira, venue.id, ben))
  const [hers] = house.people.standings.of(mira)
  const [others] = house.people.standings.of(zoe)
  t.match(hers?.people.find((p) => p.responder === ben), { name: 'Ben', agreed: true, may: false })
  t.match(others?.people.find((p) => p.responder === ben), { name: null, agreed: false, may: false })
  t.match(others?.people.find((p) => p.responder === paul), { name: 'Paul', may: true })
  t.match(hers?.rooms, [{ room: room.id, label: 'Room 3', armed: false, steps: [] }])
})

t.test('R4: a room with no lane possible is not armed and says so, to the venue and to her at the start of her shift', async (t) => {
  const house = await smallHouse(t)
  const [free, employed] = [await house.venue(), await house.venue('employed', 'Maison')]
  const [room, law] = [await house.room(free), await house.room(employed)]
  await house.button(law)
  t.notOk(house.people.standings.isArmed(room.id))
  t.notOk(house.people.standings.isArmed(law.id), 'no reference person yet')
  const paul = await house.referencePerson(employed)
  t.ok(house.people.standings.isArmed(law.id))
  const mira = await house.worker(free)
  await house.onShift(mira, room)
  t.equal(house.people.shifts.current(mira)?.armed, false, 'nobody on her list, nobody for the room')
  t.notOk(house.people.standings.isArmed(room.id))
  await house.circle(mira, [[await house.responder(mira)]])
  t.equal(house.people.shifts.current(mira)?.armed, true)
  t.notOk(house.people.standings.isArmed(room.id), 'what the venue reads does not depend on who is on shift')
  const zoe = await house.worker(employed, 'Zoe')
  await house.onShift(zoe, law)
  t.equal(house.people.shifts.current(zoe)?.armed, true)
  must(await house.people.shifts.change(zoe, { house: false }))
  t.equal(house.people.shifts.current(zoe)?.armed, false, 'she switched the only lane off')
  must(await house.people.responders.leave(paul))
  t.notOk(house.people.standings.isArmed(law.id))
})

t.test('R4, R5: an agreement taken back drops them from the alarms of the room at once, although the disk is dead; so does taking them off her list', async (t) => {
  for (const way of ['agreement', 'list', 'they left her list', 'they left everything'] as const) {
    const house = await smallHouse(t)
    const venue = await house.venue()
    const room = await house.room(venue)
    const did = await house.button(room)
    const mira = await house.worker(venue)
    const ben = await house.responder(mira, 'Ben')
    must(await house.people.standings.agree(mira, venue.id, ben))
    must(await house.people.standings.set(room.id, [{ waitS: 30, people: [ben] }], mira))
    house.disk.writes = false
    const { people } = house
    const goes: Readonly<Record<typeof way, () => Promise<unknown>>> = {
      agreement: async () => await people.standings.disagree(mira, venue.id, ben),
      list: async () => await people.pairing.remove(mira, ben),
      'they left her list': async () => await people.responders.leaveOne(ben, people.responders.circles(ben)[0]!.circle),
      'they left everything': async () => await people.responders.leave(ben)
    }
    await t.rejects(goes[way](), { code: 'STORE_FAILED' })
    t.ok(house.left.includes(`${room.id}/${ben}`), `${way}: out of the alarm that runs`)
    t.equal(house.press(did).use, 'unarmed', `${way}: nor told by the next press`)
    t.match(people.standings.of(mira), [{ rooms: [{ armed: false, steps: [] }], people: [] }], `${way}: and she sees it`)
    house.disk.writes = true
    for (let n = 0; n < 20; n++) await house.clock.pass(500)
    // Somebody else's change makes it read again: what was taken back does not come back with it.
    await house.room(venue, `another ${way}`)
    t.equal(house.press(did).use, 'unarmed', `${way}: when the disk is back`)
    if (way === 'they left everything') continue
    if (way !== 'agreement') {
      const { code } = must(await people.pairing.begin(mira))
      must(await people.pairing.confirm(mira, ben, must(await people.pairing.joinAs(code, ben)).confirm))
    }
    must(await people.standings.agree(mira, venue.id, ben))
    must(await people.standings.set(room.id, [{ waitS: 30, people: [ben] }], mira))
    t.same(told(house.press(did)), { standing: [ben] }, `${way}: until she agrees anew`)
  }
})

t.test('R4: another worker takes them off her list: who is not agreed on by enough any more is out of the alarms that run', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const [mira, zoe, ida] = [await house.worker(venue), await house.worker(venue, 'Zoe'), await house.worker(venue, 'Ida')]
  const ben = await house.responder(mira, 'Ben')
  const { code } = must(await house.people.pairing.begin(zoe))
  must(await house.people.pairing.confirm(zoe, ben, must(await house.people.pairing.joinAs(code, ben)).confirm))
  for (const worker of [mira, zoe]) must(await house.people.standings.agree(worker, venue.id, ben))
  must(await house.people.standings.set(room.id, [{ waitS: 30, people: [ben] }], ida))
  must(await house.people.pairing.remove(zoe, ben))
  t.same([...house.left].sort(), [`${zoe}/${ben}`, `${room.id}/${ben}`].sort())
})
