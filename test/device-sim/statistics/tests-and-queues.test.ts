/** Incident: a check that could not fail, and a closed form that was wrong itself. Each test is shown something true and something false. */
import t from 'tap'
import fc from 'fast-check'
import { chiSquareTest, kolmogorovTail, ksTest, ksTwoSamples, serialCorrelation, tost, tostQuantile } from '../../../device-sim/statistics/goodness.ts'
import { gini, lorenz, shareOfBusiest } from '../../../device-sim/statistics/inequality.ts'
import { erlangB, erlangC, littlesLaw, mmc, steadyAvailability } from '../../../device-sim/statistics/queueing.ts'
import { near } from './near.ts'
import { uniforms } from './lcg.ts'

const sample = (n: number, uniform: () => number, of = (u: number): number => u): number[] => Array.from({ length: n }, () => of(uniform()))
const unit = (x: number): number => Math.min(1, Math.max(0, x))

t.test("Kolmogorov's critical values as tabled (Smirnov 1948; Massey 1951, exact, for 10, 20 and 50)", async (t) => {
  near(t, kolmogorovTail(1.3581), 0.05, 1e-3)
  near(t, kolmogorovTail(1.6276), 0.01, 1e-3)
  for (const [n, critical] of [[10, 0.409], [20, 0.294], [50, 0.188]] as const) near(t, ksTest(sample(n, uniforms(n)), unit).critical, critical, 0.01, `n = ${n}`)
})

t.test('Kolmogorov-Smirnov rejects 5 in 100 of what is true, and all of what is a tenth off', async (t) => {
  const uniform = uniforms(1)
  const passed = Array.from({ length: 1_000 }, () => ksTest(sample(50, uniform), unit).passes).filter(Boolean).length
  t.ok(passed > 930 && passed < 970, `${passed} of 1,000`)
  t.notOk(ksTest(sample(2_000, uniform, (u) => u * 0.9), unit).passes)
  t.ok(ksTwoSamples(sample(800, uniform), sample(900, uniform)).passes)
  t.notOk(ksTwoSamples(sample(800, uniform), sample(900, uniform, (u) => u ** 1.3)).passes)
})

t.test('what never happened counts: a law that stops at 70 % against one that goes on', async (t) => {
  const uniform = uniforms(2)
  const defect = sample(2_000, uniform, (u) => (u < 0.7 ? u : Infinity))
  t.ok(ksTest(defect, (x) => Math.min(0.7, x)).passes)
  t.notOk(ksTest(defect, (x) => Math.min(0.8, x)).passes, 'a tenth more should have come')
  t.notOk(ksTwoSamples(defect, sample(2_000, uniform)).passes)
})

t.test('a law that jumps is met at its jump, from both sides', async (t) => {
  const uniform = uniforms(3)
  const atHalf = sample(2_000, uniform, (u) => (u < 0.5 ? 0.5 : u))
  const cdf = (x: number): number => (x < 0.5 ? 0 : unit(x))
  t.ok(ksTest(atHalf, cdf, 0.05, (x) => (x <= 0.5 ? 0 : unit(x))).passes)
  t.notOk(ksTest(atHalf, cdf).passes, 'without the limit from the left the jump itself looks like a distance')
})

t.test('chi-square of a die (Knuth, TAOCP 3.3.1: 2 dice, 144 throws, V = 7 7/48)', async (t) => {
  const counts = [2, 4, 10, 12, 22, 29, 21, 15, 14, 9, 6]
  const expected = [4, 8, 12, 16, 20, 24, 20, 16, 12, 8, 4]
  const test = chiSquareTest(counts, expected)
  near(t, test.statistic, 7 + 7 / 48, 1e-12)
  near(t, test.critical, 18.307038053275146, 1e-9, 'ten degrees of freedom')
  t.ok(test.passes)
  t.notOk(chiSquareTest([4, 10, 10, 13, 20, 18, 18, 11, 13, 14, 13], expected).passes, "Knuth's loaded pair: V = 29 59/120")
  t.ok(serialCorrelation(sample(5_000, uniforms(4))).passes)
  const walk = uniforms(5)
  let last = 0
  t.notOk(serialCorrelation(sample(5_000, walk, (u) => (last = 0.9 * last + 0.1 * u))).passes)
})

t.test('two one-sided tests: numbers of SciPy 1.17 (ttest_ind, Welch, shifted by the margin)', async (t) => {
  const a = [1.1, 2.0, 1.5, 3.2, 2.2, 1.9]
  const b = [1.3, 2.1, 1.4, 3.0, 2.6, 2.4, 1.8]
  const within = tost(a, b, 0.8)
  near(t, within.p, 0.04640938984427892, 1e-9)
  near(t, within.low, -0.5781681838247074, 1e-9)
  near(t, within.high, 0.782930088586612, 1e-9)
  t.ok(within.equivalent)
  t.notOk(tost(a, b, 0.7).equivalent, 'not shown is not equal')
  t.ok(tost([2, 2], [2.1, 2.1], 0.2).equivalent)
  t.notOk(tost([2, 2], [2.1, 2.1], 0.05).equivalent)
})

t.test('the test says "equivalent" exactly when its interval lies within the margin', async () => {
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 3, maxLength: 12 })
  fc.assert(fc.property(numbers, numbers, fc.double({ min: 0.1, max: 6, noNaN: true }), (a, b, margin) => {
    const { low, high, equivalent } = tost(a, b, margin)
    if (equivalent !== (low > -margin && high < margin)) throw new Error(`${low} to ${high}, ${margin}`)
  }), { numRuns: 200 })
})

t.test('equivalence of quantiles: the same law is, one that is two fifths slower is not', async (t) => {
  const uniform = uniforms(6)
  const waits = (): number[] => sample(1_500, uniform, (u) => -Math.log(1 - u))
  const [a, b] = [waits(), waits()]
  t.ok(tostQuantile(a, b, 0.5, 0.15, uniforms(7), { resamples: 200 }).equivalent)
  t.notOk(tostQuantile(a, b.map((x) => 1.4 * x), 0.5, 0.15, uniforms(7), { resamples: 200 }).equivalent)
})

t.test('inequality: all alike, one bears all, and 1 to 4 by hand', async (t) => {
  t.equal(gini([3, 3, 3]), 0)
  near(t, gini([0, 0, 0, 8]), 0.75, 1e-12)
  near(t, gini([4, 2, 1, 3]), 0.25, 1e-12)
  near(t, shareOfBusiest([4, 2, 1, 3]), 0.4, 1e-12)
  t.ok(Number.isNaN(gini([0, 0])) && Number.isNaN(shareOfBusiest([])))
  t.strictSame(lorenz([3, 1]), [{ people: 0, burden: 0 }, { people: 0.5, burden: 0.25 }, { people: 1, burden: 1 }])
})

t.test('Gini is half the mean difference over the mean, and a gift from the busiest to the idlest lowers it', async () => {
  fc.assert(fc.property(fc.array(fc.nat(100), { minLength: 2, maxLength: 20 }), (values) => {
    const total = values.reduce((sum, x) => sum + x, 0)
    if (total === 0) return
    const pairs = values.flatMap((a) => values.map((b) => Math.abs(a - b))).reduce((sum, x) => sum + x, 0)
    if (Math.abs(gini(values) - pairs / (2 * values.length * total)) > 1e-9) throw new Error('not the mean difference')
    const sorted = [...values].sort((a, b) => a - b)
    const [least = 0, most = 0] = [sorted[0], sorted.at(-1)]
    if (most - least >= 2 && gini([least + 1, ...sorted.slice(1, -1), most - 1]) > gini(values)) throw new Error('the gift did not lower it')
  }), { numRuns: 200 })
})

t.test('Erlang: tables and closed forms (ITU handbook: 10 lines carry 4.461 erlang at 1 % loss, 5.084 at 2 %)', async (t) => {
  near(t, erlangB(10, 4.461), 0.01, 1e-3)
  near(t, erlangB(10, 5.084), 0.02, 1e-3)
  near(t, erlangC(2, 1), 1 / 3, 1e-12)
  near(t, erlangC(1, 0.7), 0.7, 1e-12)
  // Gross et al. 2008, example 2.6: λ = 6, μ = 3 an hour, c = 3: Lq = 8/9, Wq = 0.148 h.
  near(t, mmc(3, 6, 3).meanQueue, 8 / 9, 1e-12)
  near(t, mmc(3, 6, 3).meanWait, 4 / 27, 1e-12)
  t.equal(erlangC(3, 3), 1)
  t.equal(mmc(3, 9, 3).meanWait, Infinity)
})

t.test("Little's law holds on every path, and not when somebody is forgotten", async (t) => {
  fc.assert(fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true })), { minLength: 1, maxLength: 30 }), (pairs) => {
    const { inside, arrivalsTimesStay } = littlesLaw(pairs.map(([from, stay]) => ({ from, to: from + stay })), 100)
    if (Math.abs(inside - arrivalsTimesStay) > 1e-9) throw new Error(`${inside} is not ${arrivalsTimesStay}`)
  }), { numRuns: 100 })
  t.equal(steadyAvailability(99, 1), 0.99)
})
