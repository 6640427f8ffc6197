/**
 * What drills teach, published without anybody (R20, R21). Incident: one table said how many phones had shown the call by
 * ten seconds and another how many people had answered by then; the difference was one woman's one friend, who never answers.
 */
import fc from 'fast-check'
import t from 'tap'
import { disclose, maySay, roundTrips } from '../../server/people/disclosure.ts'
import type { Group } from '../../server/people/disclosure.ts'
import { codeOf, rank, roundTripIn, roundTripOf, tally, WITHINS } from '../../server/people/round-trip.ts'
import type { Within } from '../../server/people/round-trip.ts'
import type { ContributionRow } from '../../server/store/statistic-writes.ts'
import { count, HERE, row, shares } from './crowd.ts'

const runs = { numRuns: 300 }

/** Each worker's people, drill after drill: mostly quick, some late, some never; a few houses weigh more than others. */
const drills: fc.Arbitrary<readonly ContributionRow[]> = fc.record({
  venues: fc.integer({ min: 2, max: 6 }),
  slowest: fc.integer({ min: 1, max: WITHINS.length - 1 })
}).chain(({ venues, slowest }) => fc.array(fc.record({
  venue: fc.integer({ min: 0, max: venues - 1 }),
  trips: fc.array(fc.record({ shown: fc.integer({ min: 0, max: slowest }), later: fc.integer({ min: 0, max: slowest }), n: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: fc.constant(12) }) }), { minLength: 1, maxLength: 6 })
}), { minLength: 8, maxLength: 60 })).map((workers) => workers.flatMap(({ venue, trips }, i) => trips.map(({ shown, later, n }) => row({
  worker: `w${i}`, venue: `v${venue}`, counted: 'drill-person', n, result: codeOf({ shown: WITHINS[shown] ?? 'not-by-120-s', answered: WITHINS[Math.max(shown, later)] ?? 'not-by-120-s' })
}))))

type Table = 'drillsShown' | 'drillsAnswered'
const IS = { drillsShown: 'shown', drillsAnswered: 'answered' } as const

function behind (rows: readonly ContributionRow[], table: Table, { results }: Pick<Group, 'results'>): readonly ContributionRow[] {
  return rows.filter(({ result }) => results.includes(roundTripIn(result)[IS[table]]))
}
/** Every sum of figures of one table. */
function sums (groups: readonly Group[]): readonly Group[] {
  return groups.reduce<readonly Group[]>((made, group) => [...made, group, ...made.map((sum) => ({ results: [...sum.results, ...group.results], n: sum.n + group.n }))], [])
}

t.test('every figure of a drill has ten workers and three venues behind it, none above half, rounded by itself; groups stand in order', async (t) => {
  let said = 0
  fc.assert(fc.property(drills, (rows) => {
    const tables = roundTrips(rows)
    return (['drillsShown', 'drillsAnswered'] as const).every((table) => {
      const groups = tables[table] ?? []
      said += groups.length
      if (groups.length > 0 && groups.flatMap(({ results }) => results).join() !== WITHINS.join()) return false
      return groups.every((group) => {
        const these = behind(rows, table, group)
        return maySay(these) && group.n % 5 === 0 && Math.abs(group.n - count(these)) <= 2
      })
    })
  }), runs)
  t.ok(said > 300, `${said} figures`)
})

t.test('one table taken from the other leaves nobody who may not be spoken of by themselves', async (t) => {
  let subtracted = 0
  let merged = 0
  fc.assert(fc.property(drills, (rows) => {
    const { drillsShown, drillsAnswered } = roundTrips(rows)
    if (drillsShown === null || drillsAnswered === null) return true
    if (drillsAnswered.length < drillsShown.length) merged += 1
    const pairs = sums(drillsShown).flatMap((shown) => sums(drillsAnswered).map((answered) => ({ shown: behind(rows, 'drillsShown', shown), answered: behind(rows, 'drillsAnswered', answered) })))
    return pairs.every(({ shown, answered }) => {
      const [more, less] = shown.length >= answered.length ? [shown, answered] : [answered, shown]
      // Only what lies wholly in the other leaves people behind; else two unknowns are left.
      if (less.length === 0 || more.length === less.length || !less.every((one) => more.includes(one))) return true
      subtracted += 1
      const left = more.filter((one) => !less.includes(one))
      return shares(left, 'worker').length >= 10 && shares(left, 'venue').length >= 3
    })
  }), runs)
  t.ok(subtracted > 300, `${subtracted} subtractions`)
  t.ok(merged > 0, `${merged} times answers were told less finely`)
})

t.test('the one friend who sees and never answers is not to be found', async (t) => {
  const trip = (shown: Within, answered: Within): string => codeOf({ shown, answered })
  const quick = Array.from({ length: 24 }, (_, i) => row({ worker: `w${i}`, venue: `v${i % 4}`, counted: 'drill-person', result: trip('by-5-s', 'by-10-s') }))
  const never = Array.from({ length: 12 }, (_, i) => row({ worker: `w${i}`, venue: `v${i % 4}`, counted: 'drill-person', result: trip('not-by-120-s', 'not-by-120-s') }))
  const hers = row({ worker: 'w3', venue: 'v3', counted: 'drill-person', result: trip('by-5-s', 'not-by-120-s') })
  const { drillsShown, drillsAnswered } = roundTrips([...quick, ...never, hers])
  t.same(drillsShown, [{ results: ['by-5-s'], n: 25 }, { results: WITHINS.slice(1), n: 10 }])
  t.same(drillsAnswered, [{ results: [...WITHINS], n: 35 }], 'by ten seconds all but one who had been shown it had answered: no line is drawn there')
})

t.test('with and without one worker, a figure moves by no more than what was hers, give or take the rounding', async (t) => {
  let compared = 0
  fc.assert(fc.property(drills, fc.nat(), (rows, pick) => {
    const target = rows[pick % rows.length]?.worker
    const without = rows.filter(({ worker }) => worker !== target)
    return (['drillsShown', 'drillsAnswered'] as const).every((table) => (roundTrips(rows)[table] ?? []).every((one) => {
      const same = roundTrips(without)[table]?.find(({ results }) => results.join() === one.results.join())
      if (same === undefined) return true
      compared += 1
      return Math.abs(one.n - same.n - (count(behind(rows, table, one)) - count(behind(without, table, one)))) <= 4
    }))
  }), runs)
  t.ok(compared > 100, `${compared} figures`)
})

t.test('a drill is one of a crowd too; nobody\'s alarms make no crowd of workers', async (t) => {
  const cell = (rows: readonly ContributionRow[]) => disclose({ contributions: rows, roomHours: [] }, () => 99).find(({ region, type }) => region === HERE.region && type === HERE.type)?.body
  const drill = (n: number) => Array.from({ length: n }, (_, i) => row({ worker: `w${i}`, venue: `v${i % 3}`, counted: 'drill', result: 'drill', n: 2 }))
  t.same(cell(drill(12))?.drills, [{ results: ['drill'], n: 25 }])
  t.equal(cell(drill(9))?.drills, null)
  const rooms = Array.from({ length: 30 }, (_, i) => row({ worker: '', venue: `v${i % 3}`, n: 1 }))
  t.equal(cell(rooms)?.alarms, null, 'thirty alarms of rooms, and of no worker')
  const hers = Array.from({ length: 12 }, (_, i) => row({ worker: `w${i}`, venue: `v${i % 3}` }))
  t.equal(cell([...hers, ...rooms])?.alarms?.reduce((sum, { n }) => sum + n, 0), 40, 'beside twelve workers they are told: 42')
  t.equal(cell([...hers, ...rooms.map((one) => ({ ...one, venue: 'v0', n: 3 }))])?.alarms, null, 'and weigh on their house')
})

t.test('classes, by the marks; an answer proves that it was shown, who could not be told proves nothing', async (t) => {
  t.same(roundTripOf({ shownMs: 5_000, answeredMs: 5_001 }), { shown: 'by-5-s', answered: 'by-10-s' })
  t.same(roundTripOf({ shownMs: 120_000, answeredMs: 120_001 }), { shown: 'by-120-s', answered: 'not-by-120-s' })
  t.same(roundTripOf({ shownMs: null, answeredMs: 25_000 }), { shown: 'by-30-s', answered: 'by-30-s' })
  t.same(roundTripOf({ shownMs: null, answeredMs: null }), { shown: 'not-by-120-s', answered: 'not-by-120-s' })
  t.same(tally([{ shownMs: 1, answeredMs: 2 }, { shownMs: 3, answeredMs: 4 }, { shownMs: 9_000, answeredMs: null }]), [{ result: 'by-5-s/by-5-s', n: 2 }, { result: 'by-10-s/not-by-120-s', n: 1 }])
  t.equal(rank('by-5-s'), 0)
})
