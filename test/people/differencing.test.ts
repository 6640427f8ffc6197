/**
 * Attacks on published figures, carried out. Incident: a yearly report gave a total beside its parts, one part was left
 * out "for privacy", and a subtraction told which woman had called for help.
 */
import fc from 'fast-check'
import t from 'tap'
import { ACCEPTANCES } from '../../server/alarm/outcome.ts'
import { CELLS, disclose, OTHERS_LEAST_SHARE, ROUNDED_TO, rounded } from '../../server/people/disclosure.ts'
import type { Group } from '../../server/people/disclosure.ts'
import { count, crowd, HERE, published, row, shares, truth } from './crowd.ts'

const SLACK = (ROUNDED_TO - 1) / 2
const runs = { numRuns: 300 }
const groupsOf = (rows: Parameters<typeof published>[0]): readonly Group[] => published(rows).alarms ?? []
/** Every sum that an attacker can make of what is published, each a set of results whose true number it narrows. */
function sums (groups: readonly Group[]): readonly Group[] {
  return groups.reduce<readonly Group[]>((made, group) => [...made, group, ...made.map((sum) => ({ results: [...sum.results, ...group.results], n: sum.n + group.n }))], [])
}

t.test('every figure has ten workers and three venues behind it, none above half', async (t) => {
  let said = 0
  fc.assert(fc.property(crowd, (rows) => {
    for (const group of groupsOf(rows)) {
      said += 1
      const behind = rows.filter(({ result }) => group.results.includes(result))
      const workers = shares(behind, 'worker')
      const venues = shares(behind, 'venue')
      if (workers.length < 10 || venues.length < 3) return false
      if ((workers[0] ?? 0) * 2 > count(behind) || (venues[0] ?? 0) * 2 > count(behind)) return false
      if (group.n % 5 !== 0 || Math.abs(group.n - count(behind)) > SLACK) return false
    }
    return true
  }), runs)
  t.ok(said > 100, `the property looked at ${said} figures`)
})

t.test('the subtraction: a part taken from a whole leaves nothing that may not be said by itself', async (t) => {
  let seen = 0
  fc.assert(fc.property(crowd, (rows) => {
    const groups = groupsOf(rows)
    // All that can be subtracted: any sum of figures from any other. What is left is a sum of figures again.
    for (const whole of sums(groups)) {
      for (const part of sums(groups)) {
        if (part === whole || !part.results.every((result) => whole.results.includes(result))) continue
        seen += 1
        const left = whole.results.filter((result) => !part.results.includes(result))
        const behind = rows.filter(({ result }) => left.includes(result))
        if (left.length > 0 && (shares(behind, 'worker').length < 10 || shares(behind, 'venue').length < 3)) return false
      }
    }
    // The groups are the whole: there is no other total to subtract them from, and each result is in one of them.
    return groups.length === 0 || [...groups.flatMap(({ results }) => results)].sort().join() === [...ACCEPTANCES].sort().join()
  }), runs)
  t.ok(seen > 100, `${seen} subtractions`)
})

t.test('the complement: a result that may not stand alone is never the only one missing', async (t) => {
  fc.assert(fc.property(crowd, (rows) => groupsOf(rows).every((group) => {
    const small = group.results.filter((result) => shares(rows.filter((r) => r.result === result), 'worker').length < 10)
    if (small.length === 0) return true
    // A noughts-and-few result is covered by others that carry the ten workers.
    return group.results.length >= 2
  })), runs)
  const rows = [...Array.from({ length: 12 }, (_, i) => row({ worker: `w${i}`, venue: `v${i % 4}`, n: 3 })), row({ worker: 'w3', venue: 'v3', result: 'nobody', n: 1 })]
  t.same(groupsOf(rows), [{ results: [...ACCEPTANCES], n: 35 }], 'one woman whom nobody answered: only the whole is said')
})

t.test('with and without one worker, and one venue: a figure moves by no more than what was there, give or take the rounding', async (t) => {
  let compared = 0
  fc.assert(fc.property(crowd, fc.constantFrom('worker' as const, 'venue' as const), fc.nat(), (rows, by, pick) => {
    const names = [...new Set(rows.map((each) => each[by]))]
    const target = names[pick % names.length]
    const without = rows.filter((each) => each[by] !== target)
    const before = sums(groupsOf(rows))
    const after = sums(groupsOf(without))
    for (const one of before) {
      const same = after.find(({ results }) => [...results].sort().join() === [...one.results].sort().join())
      if (same === undefined) continue
      compared += 1
      // Each of the figures that were added up is rounded by itself, and gives the attacker that much less.
      const hers = truth(rows, one) - truth(without, one)
      if (Math.abs((one.n - same.n) - hers) > 2 * SLACK * ACCEPTANCES.length) return false
    }
    for (const one of groupsOf(rows)) {
      const same = groupsOf(without).find(({ results }) => results.join() === one.results.join())
      if (same !== undefined && Math.abs((one.n - same.n) - (truth(rows, one) - truth(without, one))) > 2 * SLACK) return false
    }
    return true
  }), runs)
  t.ok(compared > 100, `${compared} figures stood in both tables`)
})

t.test('whoever knows everybody else\'s number exactly is left with as many answers as the rounding has', async (t) => {
  let asked = 0
  fc.assert(fc.property(crowd, fc.nat(), (rows, pick) => {
    for (const group of groupsOf(rows)) {
      const behind = rows.filter(({ result }) => group.results.includes(result))
      const target = behind[pick % behind.length]
      if (target === undefined) return false
      asked += 1
      const others = count(behind.filter((each) => each !== target))
      // All numbers of hers that give this very figure: the attacker can't tell them apart.
      const possible = Array.from({ length: target.n + 2 * ROUNDED_TO }, (_, n) => n).filter((n) => rounded(others + n) === group.n)
      if (!possible.includes(target.n)) return false
      // Only nought cuts the window short: nobody contributes less.
      if (possible.length < ROUNDED_TO && possible[0] !== 0) return false
    }
    return true
  }), runs)
  t.ok(asked > 100, `${asked} figures were asked`)
})

t.test('the second largest takes their own away: what is left is at least a fifth more than the largest', async (t) => {
  let seen = 0
  fc.assert(fc.property(crowd, fc.constantFrom('worker' as const, 'venue' as const), (rows, by) => {
    for (const group of groupsOf(rows)) {
      const [largest = 0, second = 0] = shares(rows.filter(({ result }) => group.results.includes(result)), by)
      seen += 1
      // Their best guess at the largest: all that is not theirs.
      if (truth(rows, group) - second < largest * (1 + OTHERS_LEAST_SHARE)) return false
    }
    return true
  }), runs)
  t.ok(seen > 100)
  const giants = [...Array.from({ length: 6 }, (_, i) => row({ worker: `a${i}`, venue: 'one', n: 8 })), ...Array.from({ length: 6 }, (_, i) => row({ worker: `b${i}`, venue: 'two', n: 8 })), row({ worker: 'c', venue: 'three', n: 2 })]
  t.equal(published(giants).alarms, null, 'two houses that know one another: 48, 48 and 2 pass "none above half", and tell each other all')
})

t.test('consecutive quarters: everybody did the same again, and one worker joined; the subtraction leaves nine answers', async (t) => {
  let compared = 0
  fc.assert(fc.property(crowd, fc.constantFrom(...ACCEPTANCES), fc.integer({ min: 1, max: 20 }), (first, result, n) => {
    const second = [...first, row({ worker: 'the newcomer', venue: 'v0', result, n })]
    for (const after of groupsOf(second)) {
      const before = groupsOf(first).find(({ results }) => results.join() === after.results.join())
      if (before === undefined) continue
      compared += 1
      const hers = after.results.includes(result) ? n : 0
      // What she may have done, for somebody who knows nothing but both tables and that nobody else changed.
      const possible = Array.from({ length: 2 * SLACK + 1 }, (_, i) => before.n - SLACK + i)
        .flatMap((truly) => Array.from({ length: 60 }, (_, h) => h).filter((h) => rounded(truly + h) === after.n))
      if (!possible.includes(hers)) return false
      const answers = new Set(possible).size
      if (answers < 4 * SLACK + 1 && !possible.includes(0)) return false
    }
    return true
  }), runs)
  t.ok(compared > 100, `${compared} figures stood in both quarters`)
})

t.test('which cells are listed, and in what order, is the same whoever contributed', async (t) => {
  const list = (rows: Parameters<typeof published>[0]) => disclose({ contributions: rows, roomHours: [] }, () => 0).map(({ region, type }) => `${region} ${type}`)
  fc.assert(fc.property(crowd, (rows) => list(rows).join() === list([]).join()), runs)
  t.equal(CELLS.length, 9)
  t.same(published([]), { alarms: null, quietChecks: null, tests: null, drills: null, drillsShown: null, drillsAnswered: null, roomHours: null })
})

t.test('room hours: three venues of ten workers, none above half', async (t) => {
  const hours = (each: readonly number[], workers = 10) => disclose({
    contributions: [], roomHours: each.map((seconds, i) => ({ ...HERE, venue: `v${i}`, seconds: seconds * 3_600, workingS: seconds * 3_500 }))
  }, () => workers).find(({ region, type }) => region === HERE.region && type === HERE.type)?.body.roomHours
  t.same(hours([1000, 1000, 1000]), { hours: 3000, workingHours: 2915 })
  t.equal(hours([1000, 1000]), null)
  t.equal(hours([1000, 1000, 1000], 9), null)
  t.equal(hours([5000, 1000, 1000]), null, 'one above half')
  t.equal(hours([1000, 1000, 100]), null, 'the second largest would know the largest')
  t.equal(hours([1000, 1000, 0]), null, 'a venue that was never watched is none')
})
