/** Incident: one reference person went home at six, the next thought it was seven, and a press in between told nobody. */
import fc from 'fast-check'
import t from 'tap'
import { joined, within, without } from '../../server/store/hours.ts'
import type { Span } from '../../server/store/hours.ts'
import type { EpochMs } from '../../server/people/words.ts'
import { HOUR, MINUTE, must, smallHouse, told } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

const at = (house: SmallHouse, hours: number): EpochMs => house.clock.now() + hours * HOUR as EpochMs

t.test('R4: the house lane follows the rota; with nobody on it, all of the venue are told', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const did = await house.button(await house.room(venue))
  const [paul, rita] = [await house.referencePerson(venue, 'Paul'), await house.referencePerson(venue, 'Rita')]
  must(await house.people.rotas.add(paul, at(house, 0), at(house, 6)))
  must(await house.people.rotas.add(rita, at(house, 6), at(house, 8)))
  t.same(told(house.press(did)), { house: [paul] })
  await house.clock.pass(6 * HOUR)
  t.same(told(house.press(did)), { house: [rita] })
  await house.clock.pass(2 * HOUR)
  t.same(new Set(told(house.press(did)).house), new Set([paul, rita]))
})

t.test('a hand-over is offered and accepted; until then the one who offered stays on duty: no hole between', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const did = await house.button(await house.room(venue))
  const [paul, rita] = [await house.referencePerson(venue, 'Paul'), await house.referencePerson(venue, 'Rita')]
  const [start, end] = [at(house, 0), at(house, 8)]
  must(await house.people.rotas.add(paul, start, end))
  t.match(await house.people.rotas.offer(rita, start, end), { code: 'NOT_THEIR_HOURS' })
  const { id } = must(await house.people.rotas.offer(paul, at(house, 4), end))
  const seen = must(await house.people.rotas.mine(rita)).rota
  t.match(seen, { hours: [], handovers: [{ id, mine: false }] })
  t.notMatch(JSON.stringify(seen), /Paul/, 'nobody is named')
  t.match(await house.people.rotas.accept(paul, id), { code: 'HANDOVER_NOT_FOUND' }, 'not by themselves')
  await house.clock.pass(5 * HOUR)
  t.same(told(house.press(did)), { house: [paul] }, 'its time has come and nobody accepted: still on duty')
  must(await house.people.rotas.accept(rita, id))
  t.same(told(house.press(did)), { house: [rita] })
  t.match(must(await house.people.rotas.mine(rita)).rota.hours, [{ fromAt: house.clock.now(), untilAt: end }])
  t.same(must(await house.people.rotas.mine(paul)).rota.hours, [])
  t.match(await house.people.rotas.accept(rita, id), { code: 'HANDOVER_NOT_FOUND' }, 'once')
  t.match(house.people.rotas.gaps(venue.id), [{ fromAt: end }])
})

t.test('what they have cut or handed over since is not theirs to give', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const [paul, rita] = [await house.referencePerson(venue, 'Paul'), await house.referencePerson(venue, 'Rita')]
  must(await house.people.rotas.add(paul, at(house, 1), at(house, 3)))
  const { id } = must(await house.people.rotas.offer(paul, at(house, 1), at(house, 3)))
  must(await house.people.rotas.cut(paul, at(house, 1)))
  t.same(must(await house.people.rotas.mine(rita)).rota.handovers, [])
  t.match(await house.people.rotas.accept(rita, id), { code: 'HANDOVER_NOT_FOUND' })
  t.same(must(await house.people.rotas.mine(rita)).rota.hours, [])
  t.match(await house.people.rotas.cut(paul, at(house, 1)), { code: 'HOURS_NOT_FOUND' })
})

t.test('gaps of the next twelve hours: times, never names; none where the law asks for nobody', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const free = await house.venue('independent', 'Autre')
  const paul = await house.referencePerson(venue)
  const elsewhere = await house.referencePerson(free, 'Petra')
  t.same(house.people.rotas.gaps(venue.id), [{ fromAt: at(house, 0), untilAt: at(house, 12) }])
  must(await house.people.rotas.add(paul, at(house, 2), at(house, 4)))
  must(await house.people.rotas.add(paul, at(house, 4), at(house, 5)))
  must(await house.people.rotas.add(paul, at(house, 11), at(house, 20)))
  t.same(house.people.rotas.gaps(venue.id), [{ fromAt: at(house, 0), untilAt: at(house, 2) }, { fromAt: at(house, 5), untilAt: at(house, 11) }])
  t.same(must(await house.people.rotas.mine(paul)).rota.gaps, house.people.rotas.gaps(venue.id))
  t.equal(house.people.rotas.gaps(free.id), null)
  for (const stranger of [elsewhere, await house.organisation(venue), await house.responder(await house.worker(venue))]) {
    t.match(await house.people.rotas.mine(stranger), { code: 'NO_ROTA' })
    t.match(await house.people.rotas.add(stranger, at(house, 0), at(house, 1)), { code: 'NO_ROTA' })
  }
  for (const [from, until] of [[1, 1], [2, 1], [-3, -1], [0, 25], [1490, 1491]] as const) t.match(await house.people.rotas.add(paul, at(house, from), at(house, until)), { code: 'DUTY_RANGE' })
})

t.test('R21: hours that are over go; a hand-over that nobody took too', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const paul = await house.referencePerson(venue)
  must(await house.people.rotas.add(paul, at(house, 0), at(house, 2)))
  must(await house.people.rotas.offer(paul, at(house, 0), at(house, 2)))
  await house.clock.pass(2 * HOUR + MINUTE)
  t.match(must(await house.people.rotas.mine(paul)).rota, { hours: [], handovers: [] }, 'shown no more at once')
  await house.clock.pass(24 * HOUR)
  await house.open.retain([])
  await house.open.directory.refresh()
  t.equal(house.open.directory.picture.places.duties.size, 0)
  t.same(await house.disk.handovers(venue.id), [])
})

t.test('whatever is handed over and accepted: no hole, and no hour that nobody had', async () => {
  const spans = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 12 })).map(([from, length]): Span => ({ fromAt: from, untilAt: from + length })), { maxLength: 6 })
  const covers = (hours: readonly Span[], hour: number) => hours.some((each) => each.fromAt <= hour && (each.untilAt ?? Infinity) > hour)
  fc.assert(fc.property(spans, spans, fc.nat(50), fc.integer({ min: 1, max: 20 }), (theirs, others, from, length) => {
    const given = within(theirs, { fromAt: from, untilAt: from + length })
    const [left, got] = [without(theirs, given), joined([...others, ...given])]
    for (let hour = 0; hour < 60; hour++) {
      if (covers([...left, ...got], hour) !== covers([...theirs, ...others], hour)) throw new Error('a hole, or an hour that nobody had')
      if (covers(left, hour) && hour >= from && hour < from + length) throw new Error('handed over and kept')
    }
    if (joined(got).length !== got.length) throw new Error('pieces that touch')
  }), { numRuns: 60 })
})
