import t from 'tap'
import type { ResponderId } from '../../server/people/words.ts'
import { circleOf, HOUR, must, smallHouse, told } from './small-house.ts'

t.test('a responder is live only after she heard their code', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const { code } = must(await house.people.pairing.begin(mira))
  t.ok(await house.people.pairing.look(code))
  const { session, confirm } = must(await house.people.pairing.join(code, { name: 'Ana', kind: 'contact', language: 'en', device: 'x' }))
  const ana = session.who.id as ResponderId
  t.match(await house.people.pairing.join(code, { name: 'Eve', kind: 'contact', language: 'en', device: 'x' }), { code: 'CODE_NOT_FOUND' }, 'one code, one person')
  t.match(house.people.pairing.contacts(mira), [{ responder: ana, name: 'Ana', confirmed: false }])
  t.match(await house.people.circles.put(mira, circleOf([[ana]]), 0), { code: 'NOT_CONFIRMED' })
  const wrong = confirm === '000000' ? '000001' : '000000'
  t.match(await house.people.pairing.confirm(mira, ana, wrong), { code: 'CONFIRM_WRONG' })
  must(await house.people.pairing.confirm(mira, ana, `${confirm.slice(0, 3)} ${confirm.slice(3)}`))
  await house.circle(mira, [[ana]])
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [ana] })
  const late = must(await house.people.pairing.begin(mira))
  await house.clock.pass(HOUR)
  t.match(await house.people.pairing.join(late.code, { name: 'Bea', kind: 'contact', language: 'en', device: 'x' }), { code: 'CODE_NOT_FOUND' })
})

t.test('five wrong codes and the pairing begins anew', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const { code } = must(await house.people.pairing.begin(mira))
  const { session, confirm } = must(await house.people.pairing.join(code, { name: 'Ana', kind: 'contact', language: 'en', device: 'x' }))
  const ana = session.who.id as ResponderId
  for (let i = 0; i < 4; i++) t.match(await house.people.pairing.confirm(mira, ana, 'x'), { code: 'CONFIRM_WRONG' })
  t.match(await house.people.pairing.confirm(mira, ana, 'x'), { code: 'CONFIRM_TRIES_OVER' })
  t.match(await house.people.pairing.confirm(mira, ana, confirm), { code: 'CONTACT_NOT_FOUND' })
})

t.test('one responder, two workers: two contacts, and leaving leaves both, running alarms too', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [mira, zoe] = [await house.worker(venue), await house.worker(venue, 'Zoe')]
  const ana = await house.responder(mira)
  const { code } = must(await house.people.pairing.begin(zoe))
  const { confirm } = must(await house.people.pairing.joinAs(code, ana))
  must(await house.people.pairing.confirm(zoe, ana, confirm))
  await house.circle(mira, [[ana]])
  await house.circle(zoe, [[ana]])
  const again = must(await house.people.pairing.begin(zoe))
  t.match(await house.people.pairing.joinAs(again.code, ana), { code: 'ALREADY_JOINED' })
  t.match(house.people.responders.self(ana), { name: 'Ana', kind: 'contact', circles: 2 })
  must(await house.people.responders.leave(ana))
  t.same(house.left, [`*/${ana}`], 'every lane that runs lets her go, house and standing lanes too')
  t.same(house.phone(mira).lanes, [])
  t.same(house.people.pairing.contacts(zoe), [])
})

t.test('removed: not told a moment later, although the disk is dead', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const [ana, ben] = [await house.responder(mira), await house.responder(mira, 'Ben')]
  await house.circle(mira, [[ana, ben]])
  house.disk.writes = false
  await t.rejects(house.people.pairing.remove(mira, ben), { code: 'STORE_FAILED' })
  t.same(told(house.phone(mira)), { [`hers:${mira}`]: [ana] })
  t.same(house.left, [`${mira}/${ben}`])
  t.match(await house.people.pairing.remove(mira, 'stranger' as ResponderId), { code: 'CONTACT_NOT_FOUND' })
})

t.test('a circle is checked whole; two phones can\'t overwrite each other; who is taken out is dropped', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [mira, zoe] = [await house.worker(venue), await house.worker(venue, 'Zoe')]
  const [ana, ben, foreign] = [await house.responder(mira), await house.responder(mira, 'Ben'), await house.responder(zoe, 'Cleo')]
  const put = async (edit: Parameters<typeof house.people.circles.put>[1], version = 0) => await house.people.circles.put(mira, edit, version)
  const step = (more: object) => ({ ...circleOf([]), steps: [{ waitS: 30, assistWaitS: null, people: [ana], ...more }] })
  t.match(await put(circleOf([])), { code: 'CIRCLE_EMPTY' })
  t.match(await put(circleOf([[ana], []])), { code: 'STEP_EMPTY' })
  t.match(await put(circleOf([[ana], [ana]])), { code: 'TWICE_IN_CIRCLE' })
  t.match(await put(circleOf([[ana], [foreign]])), { code: 'NOT_HER_CONTACT' })
  t.match(await put({ ...circleOf([[ana]]), mayKnow: [foreign] }), { code: 'NOT_HER_CONTACT' })
  t.match(await put({ ...circleOf([[ana]]), sees: { [foreign]: { alias: true, room: true, address: true } } }), { code: 'NOT_HER_CONTACT' })
  for (const waitS of [0, 4, 61, 7.5, NaN]) t.match(await put(step({ waitS })), { code: 'WAIT_RANGE' })
  for (const assistWaitS of [0, 601, 1.5]) t.match(await put(step({ assistWaitS })), { code: 'WAIT_RANGE' })
  t.match(await put(circleOf(Array.from({ length: 11 }, () => [ana]))), { code: 'TOO_MANY_STEPS' })
  t.match(await put({ ...circleOf([[ana]]), note: 'x'.repeat(281) }), { code: 'TEXT_TOO_LONG' })
  const { circle } = must(await put({ ...circleOf([[ana], [ben]]), mayKnow: [ben], note: '  blue door ' }))
  t.match(circle, { version: 1, note: 'blue door', mayKnow: [ben], steps: [{ people: [ana] }, { people: [ben] }] })
  t.match(await put(circleOf([[ana]])), { code: 'CIRCLE_CHANGED' })
  t.same(house.left, [])
  must(await put(circleOf([[ana]]), 1))
  t.same(house.left, [`${mira}/${ben}`])
  t.equal(house.people.circles.get('nobody' as never), null)
})

t.test('PIN and duress PIN: same answer shape, both always computed, wrong ones wait, raising never does', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  await house.circle(mira, [[ana]])
  const { pins } = house.people
  t.equal(await pins.verify(mira, '1234', 'phone'), 'unset')
  t.match(await pins.set(mira, { current: null, pin: '12a4', duress: null }, 'phone'), { code: 'PIN_FORMAT' })
  t.match(await pins.set(mira, { current: null, pin: '1234', duress: '123456' }, 'phone'), { code: 'PIN_FORMAT' }, 'a length would tell which')
  t.match(await pins.set(mira, { current: null, pin: '1234', duress: '1235' }, 'phone'), { code: 'PIN_TOO_CLOSE' })
  t.match(await pins.set(mira, { current: null, pin: '1234', duress: '9999' }, 'phone'), { code: 'NOBODY_MAY_KNOW' })
  await house.circle(mira, [[ana]], { mayKnow: [ana] })
  must(await pins.set(mira, { current: null, pin: '1234', duress: '9999' }, 'phone'))
  t.equal(house.people.workers.self(mira)?.hasPin, true)
  t.equal(await pins.verify(mira, '1234', 'phone'), 'true')
  t.equal(await pins.verify(mira, '9999', 'phone'), 'duress')
  t.match(await pins.set(mira, { current: null, pin: '5678', duress: null }, 'phone'), { code: 'PIN_WRONG' })
  t.match(await pins.set(mira, { current: '9999', pin: '5678', duress: null }, 'phone'), { ok: true }, 'under duress it says yes')
  t.equal(await pins.verify(mira, '1234', 'phone'), 'true', 'and her own PIN stays')
  t.equal(await pins.verify(mira, '5678', 'phone'), 'duress', 'what she was forced to set lies from now on')
  t.equal(await pins.verify(mira, '9999', 'phone'), 'wrong', 'as whoever forced her expects of the old one')
  t.match(await house.people.circles.put(mira, circleOf([[ana]]), house.people.circles.get(mira)!.version), { ok: true }, 'the last mark may go: a refusal would tell that there is a second PIN')
  for (let i = 0; i < 4; i++) t.equal(await pins.verify(mira, '0000', 'phone'), 'wrong')
  t.equal(await pins.verify(mira, '1234', 'phone'), 'wait')
  t.equal(house.phone(mira).lanes.length, 1, 'she raises all the same')
  await house.clock.pass(31_000)
  t.equal(await pins.verify(mira, '1234', 'phone'), 'true')
  const guesses = await Promise.all(Array.from({ length: 12 }, async () => await pins.verify(mira, '0000', 'phone')))
  t.equal(guesses.filter((verdict) => verdict === 'wrong').length, 5, 'many at once are one after the other')
})

t.test('the PIN takes the same work whatever is set and whatever is typed', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const [bare, set] = [await house.worker(venue), await house.worker(venue, 'Zoe')]
  const ana = await house.responder(set)
  await house.circle(set, [[ana]], { mayKnow: [ana] })
  must(await house.people.pins.set(set, { current: null, pin: '1234', duress: '9999' }, 'phone'))
  const cases: ReadonlyArray<readonly [typeof bare, string]> = [[bare, '1234'], [set, '1234'], [set, '9999'], [set, '0000']]
  const least = cases.map(() => Infinity)
  // Processor time, not the wall's: other tests run beside this one. In turns, so that a busy moment meets all alike.
  for (let round = 0; round < 4; round++) {
    for (const [i, [worker, pin]] of cases.entries()) {
      const start = process.cpuUsage()
      await house.people.pins.verify(worker, pin, 'phone')
      const { user, system } = process.cpuUsage(start)
      least[i] = Math.min(least[i] ?? Infinity, user + system)
    }
  }
  t.ok(Math.max(...least) < 1.7 * Math.min(...least), `one hash instead of two would halve it: ${least.join(', ')} µs`)
})
