/** Incident: a factor called harmless because the design never moved it, and one called decisive by noise. */
import t from 'tap'
import fc from 'fast-check'
import { latinHypercube } from '../../../device-sim/statistics/latin-hypercube.ts'
import { morrisDesign, morrisEffects } from '../../../device-sim/statistics/morris.ts'
import { normalQuantile } from '../../../device-sim/statistics/normal.ts'
import { correlation, inverse, partialRankCorrelation, ranks, standardisedRegression } from '../../../device-sim/statistics/regression.ts'
import { near } from './near.ts'
import { uniforms } from './lcg.ts'

t.test('a Latin hypercube meets each slice of each factor once, for any number of points and factors', async () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 12 }), fc.nat(), (points, factors, seed) => {
    const design = latinHypercube(points, factors, uniforms(seed))
    for (let j = 0; j < factors; j++) {
      const slices = new Set(design.map((point) => Math.floor((point[j] ?? NaN) * points)))
      if (slices.size !== points || !slices.has(0) || !slices.has(points - 1)) throw new Error('a slice is missed')
    }
  }), { numRuns: 100 })
})

t.test('a walk of Morris moves each factor once, by one step of the grid, and stays in the cube', async () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 8 }), fc.constantFrom(2, 4, 6, 8), fc.nat(), (factors, walks, levels, seed) => {
    const step = levels / (2 * (levels - 1))
    for (const { points, moved } of morrisDesign(factors, walks, levels, uniforms(seed))) {
      if (points.length !== factors + 1 || new Set(moved).size !== factors) throw new Error('not each once')
      for (const [i, factor] of moved.entries()) {
        const changed = (points[i] ?? []).map((x, j) => Math.abs(x - (points[i + 1]?.[j] ?? NaN)))
        if (!changed.every((by, j) => Math.abs(by - (j === factor ? step : 0)) < 1e-12)) throw new Error('another factor moved')
      }
      if (!points.flat().every((x) => x >= -1e-12 && x <= 1 + 1e-12)) throw new Error('outside')
      if (!points.flat().every((x) => Math.abs(x * (levels - 1) - Math.round(x * (levels - 1))) < 1e-9)) throw new Error('between levels')
    }
  }), { numRuns: 100 })
})

t.test('closed forms: a straight line has its slopes and no spread; x² on four levels has 2/3 and 4/3, half the time each', async (t) => {
  const design = morrisDesign(4, 40, 4, uniforms(2))
  const output = ([a = 0, b = 0, c = 0]: readonly number[]): number => 3 * a - 2 * b + c * c
  const effects = morrisEffects(design, design.map(({ points }) => points.map(output)), uniforms(3))
  near(t, effects[0]?.mu ?? NaN, 3, 1e-9)
  near(t, effects[1]?.mu ?? NaN, -2, 1e-9)
  near(t, effects[1]?.muStar.value ?? NaN, 2, 1e-9, 'mu* has no sign')
  t.ok((effects[0]?.sigma ?? NaN) < 1e-9)
  near(t, effects[2]?.mu ?? NaN, 1, 1e-9)
  near(t, effects[2]?.sigma ?? NaN, Math.sqrt(40 / 39) / 3, 1e-9)
  t.match(effects[3], { mu: 0, sigma: 0, muStar: { value: 0, low: 0, high: 0 } }, 'what does nothing does nothing')
  const { low = NaN, high = NaN } = effects[2]?.muStar ?? {}
  t.ok(low < 1 && high > 1 && high - low < 0.25, `${low} to ${high}`)
})

/** Morris 1991, section 4: twenty factors, the coefficients that the paper leaves to chance from a stream of our own. */
function morris1991 (seed: number): (x: readonly number[]) => number {
  const uniform = uniforms(seed)
  const normal = (): number => normalQuantile(uniform())
  const k = 20
  const one = Array.from({ length: k }, (_, i) => (i < 10 ? 20 : normal()))
  const two = Array.from({ length: k }, (_, i) => Array.from({ length: k }, (_, j) => (i < 6 && j < 6 ? -15 : normal())))
  return (x) => {
    const w = x.map((value, i) => 2 * ([2, 4, 6].includes(i) ? 1.1 * value / (value + 0.1) - 0.5 : value - 0.5))
    const at = (i: number): number => w[i] ?? NaN
    let y = 0
    for (let i = 0; i < k; i++) {
      y += (one[i] ?? 0) * at(i)
      for (let j = i + 1; j < k; j++) y += (two[i]?.[j] ?? 0) * at(i) * at(j)
    }
    for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) for (let l = j + 1; l < 5; l++) y -= 10 * at(i) * at(j) * at(l)
    return y + 5 * at(0) * at(1) * at(2) * at(3)
  }
}

t.test("the function of Morris 1991: ten factors matter, of them 1 to 7 bend or interact and 8 to 10 are straight, and ten don't", async (t) => {
  const design = morrisDesign(20, 12, 4, uniforms(4))
  const output = morris1991(9)
  const effects = morrisEffects(design, design.map(({ points }) => points.map(output)), uniforms(5))
  const star = effects.map(({ muStar }) => muStar.value)
  t.ok(Math.min(...star.slice(0, 10)) > Math.max(...star.slice(10)), 'the ten stand apart')
  const bend = effects.map(({ sigma }) => sigma)
  t.ok(Math.min(...bend.slice(0, 7)) > Math.max(...bend.slice(7, 10)), 'seven of them bend')
  for (const i of [7, 8, 9]) t.ok(Math.abs((star[i] ?? 0) - 40) < 8, `factor ${i + 1}: 2 × 20, as its term says`)
})

t.test('a point with nothing to measure takes away its own effects only', async (t) => {
  const design = morrisDesign(2, 3, 4, uniforms(6))
  const outputs = design.map(({ points }) => points.map(([a = 0, b = 0]) => a + 5 * b))
  const holed = outputs.map((of, i) => of.map((value, j) => (i === 0 && j === 0 ? null : value)))
  const first = design[0]?.moved[0] ?? NaN
  t.strictSame(morrisEffects(design, holed, uniforms(7)).map(({ effects }) => effects.length), [0, 1].map((factor) => (factor === first ? 2 : 3)))
})

t.test('ranks, ties and inverses', async (t) => {
  t.strictSame(ranks([10, 20, 10, 5]), [2.5, 4, 2.5, 1])
  t.equal(inverse([[1, 1], [1, 1]]), null)
  t.match(inverse([[0, 1], [1, 0]]), [[0, 1], [1, 0]])
})

t.test('standardised regression finds the Ishigami function out: 0.437, 0 and 0, and a straight line explains a fifth', async (t) => {
  // Cov(x₁, y) = E[x sin x] (1 + 0.1 E x⁴) = 1 + 0.02 π⁴; Var y = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 (Ishigami & Homma 1990), a = 7, b = 0.1.
  const wanted = (1 + 0.02 * Math.PI ** 4) / (Math.PI / Math.sqrt(3)) / Math.sqrt(49 / 8 + 0.1 * Math.PI ** 4 / 5 + 0.01 * Math.PI ** 8 / 18 + 0.5)
  const points = latinHypercube(4_000, 3, uniforms(8)).map((point) => point.map((u) => Math.PI * (2 * u - 1)))
  const outputs = points.map(([a = 0, b = 0, c = 0]) => Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a))
  const { coefficients, r2 } = standardisedRegression(points, outputs)
  t.ok(Math.abs((coefficients[0]?.value ?? NaN) - wanted) < 0.03, `${coefficients[0]?.value} is about ${wanted}`)
  for (const [i, truth] of [wanted, 0, 0].entries()) t.ok((coefficients[i]?.low ?? NaN) <= truth && truth <= (coefficients[i]?.high ?? NaN), `factor ${i + 1} in its interval`)
  t.ok(Math.abs(r2 - wanted ** 2) < 0.03)
})

t.test('a straight line without noise: the coefficients are what one standard deviation does, and R² is 1', async (t) => {
  const points = latinHypercube(200, 3, uniforms(9))
  const { coefficients, r2 } = standardisedRegression(points, points.map(([a = 0, b = 0]) => 2 * a - b))
  near(t, r2, 1, 1e-9)
  t.ok(Math.abs((coefficients[0]?.value ?? NaN) - 2 / Math.sqrt(5)) < 0.02)
  t.ok(Math.abs((coefficients[1]?.value ?? NaN) + 1 / Math.sqrt(5)) < 0.02)
  t.ok(Math.abs(coefficients[2]?.value ?? NaN) < 1e-9)
})

t.test('partial rank correlation of two factors is the closed form of the three plain ones, and sees monotone bends as straight', async (t) => {
  const uniform = uniforms(10)
  const points = latinHypercube(60, 2, uniform)
  const outputs = points.map(([a = 0, b = 0]) => Math.exp(4 * a) + 3 * b + uniform())
  const [first, second] = partialRankCorrelation(points, outputs)
  const [a, b, y] = [ranks(points.map(([x = 0]) => x)), ranks(points.map(([, x = 0]) => x)), ranks(outputs)]
  const [ay, by, ab] = [correlation(a, y), correlation(b, y), correlation(a, b)]
  near(t, first?.value ?? NaN, (ay - ab * by) / Math.sqrt((1 - ab ** 2) * (1 - by ** 2)), 1e-9)
  near(t, second?.value ?? NaN, (by - ab * ay) / Math.sqrt((1 - ab ** 2) * (1 - ay ** 2)), 1e-9)
  t.ok((first?.low ?? NaN) < (first?.value ?? NaN) && (first?.value ?? NaN) < (first?.high ?? NaN) && (first?.high ?? NaN) < 1)
  t.ok(partialRankCorrelation(points.map(([a = 0]) => [a, 3]), outputs).every(({ value }) => Number.isNaN(value)), 'a factor that never moved: nothing can be said')
})
