/** Incident: a study stopped in a lucky lull, after nine replications, and its interval was wrong. */
import t from 'tap'
import fc from 'fast-check'
import { convergence, hoadRobinson, lookAheadAt } from '../../../device-sim/statistics/stopping.ts'
import { tInterval } from '../../../device-sim/statistics/interval.ts'

const rule = { halfWidth: 0.05, lookAhead: 5, least: 3, most: 1_000 }
const alternating = (n: number): number[] => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 11 : 9))

t.test('by hand: 11, 9, 11, 9, ... is known to 5 % from the 19th on (t₁₈ 2.101 × √(1.0526 / 19) / 10.053 = 0.0492; the 18th: 0.0512)', async (t) => {
  t.strictSame(hoadRobinson(alternating(23), rule), { is: 'more', replications: null, recommended: null }, 'the look-ahead is not over')
  t.strictSame(hoadRobinson(alternating(24), rule), { is: 'precise', replications: 24, recommended: 19 })
  t.strictSame(hoadRobinson(alternating(500), rule), { is: 'precise', replications: 24, recommended: 19 }, 'what comes after the stop changes nothing')
})

t.test('a lull is not enough: one wild replication in the look-ahead starts it anew', async (t) => {
  const wild = [...alternating(22), 60, ...alternating(900)]
  const stop = hoadRobinson(wild, rule)
  t.equal(stop.is, 'precise')
  t.ok((stop.recommended ?? 0) > 100, `recommended ${stop.recommended}`)
  t.equal((stop.replications ?? 0) - (stop.recommended ?? 0), lookAheadAt(stop.recommended ?? 0, 5))
})

t.test('the look-ahead grows with the run (Hoad, Robinson & Davies 2010: k n / 100 beyond 100)', async (t) => {
  t.strictSame([3, 100, 119, 120, 1_000].map((n) => lookAheadAt(n, 5)), [5, 5, 5, 6, 50])
})

t.test('floor and cap hold, and all alike is precise at once', async (t) => {
  t.strictSame(hoadRobinson(Array(8).fill(7), rule), { is: 'precise', replications: 8, recommended: 3 })
  t.strictSame(hoadRobinson(Array(40).fill(7), { ...rule, least: 20 }), { is: 'precise', replications: 25, recommended: 20 })
  t.strictSame(hoadRobinson(Array.from({ length: 60 }, (_, i) => i % 2 * 100), { ...rule, most: 50 }), { is: 'cap', replications: 50, recommended: null })
  t.strictSame(hoadRobinson(Array(50).fill(null), { ...rule, most: 60 }), { is: 'more', replications: null, recommended: null }, 'nothing measured is not precise')
  t.strictSame(hoadRobinson(Array(20).fill(0), rule), { is: 'precise', replications: 8, recommended: 3 }, 'always nothing is known exactly')
})

t.test('asked after every replication or once at the end, by anybody, the rule answers the same', async () => {
  fc.assert(fc.property(fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: 8, max: 12, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(null) }), { minLength: 1, maxLength: 90 }), (values) => {
    const whole = hoadRobinson(values, rule)
    const first = values.findIndex((_, i) => hoadRobinson(values.slice(0, i + 1), rule).is !== 'more')
    if ((whole.replications ?? 0) !== first + 1) throw new Error(`${whole.replications} is not ${first + 1}`)
  }), { numRuns: 60 })
})

t.test('the running interval is the interval of what there is so far', async () => {
  fc.assert(fc.property(fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 30 }), (values) => {
    for (const { n, mean, low } of convergence(values)) {
      const interval = tInterval(values.slice(0, n))
      if (!(Object.is(mean, interval.value) || Math.abs(mean - interval.value) < 1e-6)) throw new Error('mean')
      if (Number.isFinite(low) && Math.abs(low - interval.low) > 1e-4) throw new Error(`low ${low} is not ${interval.low}`)
    }
  }), { numRuns: 100 })
})
