/** Incident: the rota showed a gap for every hour in which the house was closed, and nobody looked at it any more when one was real. */
import t from 'tap'
import { clockHours, openIn, openingOf } from '../../server/people/opening.ts'
import { HOUR, must, smallHouse } from './small-house.ts'

const rows = (...pieces: readonly (readonly [number, string, string])[]) => pieces.map(([weekday, from, until]) => ({ venue: 'v', ...openingOf({ weekday, from, until }) }))
const at = (text: string): number => Date.parse(text)
const window = (from: string, hours: number) => ({ fromAt: at(from), untilAt: at(from) + hours * HOUR })
const said = (spans: readonly { fromAt: number, untilAt: number | null }[]) => spans.map(({ fromAt, untilAt }) => [fromAt, untilAt ?? 0].map((ms) => new Date(ms).toISOString().slice(0, 16)).join(' '))

t.test('by the rooms\' own clock, over midnight, in winter and in summer', async (t) => {
  const opening = rows([5, '20:00', '04:00'])
  t.same(said(openIn(opening, window('2026-01-09T12:00Z', 24))), ['2026-01-09T19:00 2026-01-10T03:00'], 'a Friday in January')
  t.same(said(openIn(opening, window('2026-07-10T12:00Z', 24))), ['2026-07-10T18:00 2026-07-11T02:00'], 'in July')
  t.same(said(openIn(opening, window('2026-01-10T01:00Z', 12))), ['2026-01-10T01:00 2026-01-10T03:00'], 'the night that began yesterday')
  t.same(openIn(opening, window('2026-01-08T05:00Z', 12)), [], 'closed')
  t.same(said(openIn(rows([7, '10:00', '10:00']), window('2026-01-11T00:00Z', 48))), ['2026-01-11T09:00 2026-01-12T09:00'], 'a whole day')
})

t.test('the night in which clocks are set: none of its hours is lost', async (t) => {
  const opening = rows([6, '22:00', '02:30'])
  t.same(said(openIn(opening, window('2026-10-24T12:00Z', 24))), ['2026-10-24T20:00 2026-10-25T01:30'], 'half past two comes twice: until the second')
  t.same(said(openIn(opening, window('2026-03-28T12:00Z', 24))), ['2026-03-28T21:00 2026-03-29T01:30'], 'and in spring not at all: an hour later')
  const sunday = rows([7, '20:00', '23:00'])
  t.same(said(openIn(sunday, window('2026-10-25T12:00Z', 24))), ['2026-10-25T19:00 2026-10-25T22:00'], 'the evening of that day')
  t.same(said(openIn(sunday, window('2026-03-29T12:00Z', 24))), ['2026-03-29T18:00 2026-03-29T21:00'])
})

t.test('a gap is an open hour that nobody covers; with no hours set every hour counts', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const paul = await house.referencePerson(venue, 'Paul')
  const now = house.clock.now()
  t.match(house.people.rotas.gaps(venue.id), [{ fromAt: now, untilAt: now + 12 * HOUR }])
  // Open from two to six hours from now, whatever day that is.
  const [from, until] = [2, 6].map((hours) => brussels(now + hours * HOUR))
  const opening = openingOf({ weekday: from?.weekday ?? 1, from: from?.clock ?? '', until: until?.clock ?? '' })
  must(await house.people.venues.setOpening(venue.id, [opening]))
  t.same(house.people.venues.opening(venue.id).map(clockHours), [{ weekday: from?.weekday, from: from?.clock, until: until?.clock }])
  const [gap] = house.people.rotas.gaps(venue.id) ?? []
  t.ok(Math.abs((gap?.fromAt ?? 0) - now - 2 * HOUR) < 60_000 && Math.abs((gap?.untilAt ?? 0) - now - 6 * HOUR) < 60_000, 'only what is open')
  must(await house.people.rotas.add(paul, (now + HOUR) as never, (now + 7 * HOUR) as never))
  t.same(house.people.rotas.gaps(venue.id), [], 'and covered')
  t.match(await house.people.venues.setOpening(venue.id, [opening, opening]), { code: 'OPENING_RANGE' })
  must(await house.people.venues.setOpening(venue.id, []))
  t.equal(house.people.rotas.gaps(venue.id)?.length, 2)
})

function brussels (ms: number): { readonly weekday: number, readonly clock: string } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Brussels', weekday: 'short', hour: '2-digit', minute: '2-digit' }).formatToParts(ms)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return { weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(part('weekday')) + 1, clock: `${part('hour')}:${part('minute')}` }
}
