/** Incident: a study whose intervals were too narrow, and a policy chosen on noise. Every number here was published, or has a closed form. */
import t from 'tap'
import fc from 'fast-check'
import { meanAndSd, tInterval, wilson } from '../../../device-sim/statistics/interval.ts'
import { normalCdf, normalQuantile } from '../../../device-sim/statistics/normal.ts'
import { bootstrapQuantile, quantileOf } from '../../../device-sim/statistics/quantile.ts'
import { incompleteBeta, logGamma, lowerGamma, upperGamma } from '../../../device-sim/statistics/special.ts'
import { chiSquareQuantile, chiSquareTail, studentCdf, studentQuantile } from '../../../device-sim/statistics/student.ts'
import { pairedDifference } from '../../../device-sim/statistics/paired.ts'
import { near } from './near.ts'
import { uniforms } from './lcg.ts'

t.test('special functions agree with closed forms and with SciPy 1.17', async (t) => {
  near(t, logGamma(0.5), Math.log(Math.sqrt(Math.PI)), 1e-13, 'Γ(1/2) = √π')
  near(t, logGamma(5), Math.log(24), 1e-13, 'Γ(5) = 4!')
  near(t, logGamma(171), 706.5730622457875, 1e-13)
  near(t, incompleteBeta(0.3, 2, 5), 0.579825, 1e-12, 'the binomial sum: P(at least 2 of 6) with p = 0.3')
  near(t, incompleteBeta(0.999, 50, 0.5), 0.7523690199653766, 1e-11)
  near(t, incompleteBeta(0.01, 100, 3), 5.04950500000001e-197, 1e-10)
  near(t, upperGamma(3, 10), 61 * Math.exp(-10), 1e-12, 'the Poisson sum: e⁻¹⁰ (1 + 10 + 50)')
  near(t, lowerGamma(50, 40), 0.07033506665939494, 1e-11)
})

t.test('quantiles as the tables have them (Fisher & Yates 1963; SciPy for the broken one)', async (t) => {
  for (const [freedom, p975, p995] of [[1, 12.706, 63.657], [2, 4.303, 9.925], [5, 2.571, 4.032], [10, 2.228, 3.169], [30, 2.042, 2.750], [120, 1.980, 2.617]] as const) {
    t.equal(studentQuantile(0.975, freedom).toFixed(3), p975.toFixed(3), `t ${freedom}`)
    t.equal(studentQuantile(0.995, freedom).toFixed(3), p995.toFixed(3), `t ${freedom}`)
  }
  near(t, studentQuantile(0.975, 4.5), 2.6589123472044034, 1e-10, 'broken degrees of freedom, as Welch has them')
  near(t, studentQuantile(0.75, 1), 1, 1e-12, 'Cauchy: tan(π/4)')
  near(t, chiSquareQuantile(0.95, 1), 3.841458820694124, 1e-10)
  near(t, chiSquareQuantile(0.99, 99), 134.64161685578915, 1e-10)
  near(t, chiSquareTail(2 * Math.log(20), 2), 0.05, 1e-12, 'two degrees of freedom: exponential')
  near(t, normalQuantile(0.975), 1.959963984540054, 1e-12)
  near(t, normalQuantile(1e-10), -6.361340902404056, 1e-9)
  near(t, normalCdf(-6), 9.865876450376946e-10, 1e-11)
})

t.test('a quantile is the inverse of its distribution, on both sides and far out', async () => {
  fc.assert(fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), fc.double({ min: 0.6, max: 500, noNaN: true }), (p, freedom) => {
    if (Math.abs(studentCdf(studentQuantile(p, freedom), freedom) - p) > 1e-9) throw new Error('Student')
    if (Math.abs(normalCdf(normalQuantile(p)) - p) > 1e-12) throw new Error('normal')
    if (Math.abs(1 - chiSquareTail(chiSquareQuantile(p, freedom), freedom) - p) > 1e-9) throw new Error('chi-square')
  }), { numRuns: 200 })
})

t.test("Student's interval on Gosset's own sleep data (Student 1908: ten patients, mean gain 1.58 h)", async (t) => {
  const gain = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
  const { value, low, high, n, sd } = tInterval(gain)
  t.equal(n, 10)
  near(t, value, 1.58, 1e-12)
  near(t, sd, 1.2299954832798732, 1e-10)
  near(t, low, 0.7001142, 1e-6, 'as t.test(extra, paired) of R prints it')
  near(t, high, 2.4598858, 1e-6)
})

t.test('one replication, or none, says nothing, and says that', async (t) => {
  t.match(tInterval([3]), { value: 3, low: -Infinity, high: Infinity, n: 1 })
  t.match(tInterval([null, null]), { value: NaN, n: 0 })
  t.match(tInterval([2, null, 2, 2]), { value: 2, low: 2, high: 2, n: 3 })
})

t.test("Wilson's interval as Newcombe 1998, table I, has it", async (t) => {
  for (const [successes, trials, low, high] of [[81, 263, '0.2553', '0.3662'], [15, 148, '0.0624', '0.1605'], [0, 20, '0.0000', '0.1611'], [1, 29, '0.0061', '0.1718']] as const) {
    const interval = wilson(successes, trials)
    t.strictSame([interval.low.toFixed(4), interval.high.toFixed(4)], [low, high], `${successes} of ${trials}`)
  }
  t.match(wilson(0, 0), { low: 0, high: 1 })
})

t.test('a share lies in its interval, the interval in [0, 1], and the mirror has the mirrored one', async () => {
  fc.assert(fc.property(fc.nat(1_000), fc.nat(1_000), fc.double({ min: 0.5, max: 0.999, noNaN: true }), (a, b, level) => {
    if (a + b === 0) return
    const [one, other] = [wilson(a, a + b, level), wilson(b, a + b, level)]
    if (!(one.low >= 0 && one.low <= one.value && one.value <= one.high && one.high <= 1)) throw new Error(JSON.stringify(one))
    if (Math.abs(one.low - (1 - other.high)) > 1e-12) throw new Error('not mirrored')
  }), { numRuns: 300 })
})

t.test('quantiles of the pool: the smallest value that enough lie at or below, also when some never happened', async (t) => {
  t.equal(quantileOf([1, 2, 3, 4], 0.5), 2)
  t.equal(quantileOf([1, 2, 3, 4], 0.51), 3)
  t.equal(quantileOf([1, 2, Infinity], 0.9), Infinity)
  t.ok(Number.isNaN(quantileOf([], 0.5)))
  t.equal(quantileOf(Array.from({ length: 10 }, (_, i) => i + 1), 0.7), 7, '0.7 × 10 is a little more than 7 in binary')
})

t.test('the bootstrap resamples replications: alarms of one replication that are all alike add nothing', async (t) => {
  const uniform = uniforms(1)
  const alone = Array.from({ length: 40 }, () => [uniform()])
  const repeated = alone.map(([x = 0]) => Array.from({ length: 50 }, () => x))
  t.strictSame(bootstrapQuantile(repeated, 0.5, uniforms(7)), bootstrapQuantile(alone, 0.5, uniforms(7)), 'fifty copies are not fifty alarms')
  t.match(bootstrapQuantile([[1, 2]], 0.5, uniforms(7)), { value: 1, low: -Infinity, high: Infinity }, 'one replication says nothing about others')
  t.match(bootstrapQuantile([[], []], 0.5, uniforms(7)), { value: NaN })
})

t.test('the bootstrap is what sorting every resample would give', async () => {
  fc.assert(fc.property(fc.array(fc.array(fc.oneof(fc.nat(20), fc.constant(Infinity)), { maxLength: 6 }), { minLength: 2, maxLength: 6 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (replications, p) => {
    const fast = bootstrapQuantile(replications, p, uniforms(3), { resamples: 1 })
    if (Number.isNaN(fast.value)) return
    const uniform = uniforms(3)
    const pool = replications.map(() => replications[Math.floor(uniform() * replications.length)] ?? []).flat().sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    const slow = quantileOf(pool, p)
    if (pool.length > 0 && !Object.is(fast.low, slow)) throw new Error(`${fast.low} is not ${slow}`)
  }), { numRuns: 300 })
})

t.test('pairs share their luck: the interval of the difference is that of the differences (Student 1908)', async (t) => {
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
  const difference = pairedDifference(first, second)
  near(t, difference.value, 1.58, 1e-12)
  near(t, difference.low, 0.7001142, 1e-6)
  near(t, difference.correlation, 0.7951702058335777, 1e-10, 'as cor() of R has it')
  t.ok(difference.varianceLeft < 0.3, 'pairing left less than a third of the variance')
  t.match(pairedDifference([1, null, 3], [2, 5, null]), { n: 1, value: 1 }, 'half a pair is none')
})

t.test('mean and spread do not lose digits on values far from zero', async (t) => {
  near(t, meanAndSd([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).sd ** 2, 30, 1e-9)
})
