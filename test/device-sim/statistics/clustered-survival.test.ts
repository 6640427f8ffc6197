/** Incident: a week with a broken push channel made two hundred late alarms, and the band took them for two hundred witnesses. */
import t from 'tap'
import fc from 'fast-check'
import { clusteredKaplanMeier } from '../../../device-sim/statistics/clustered-survival.ts'
import { clusteredEcdf } from '../../../device-sim/statistics/survival.ts'
import type { Watched } from '../../../device-sim/statistics/watched.ts'
import { kaplanMeier, survivalAt } from './greenwood.ts'
import { studentQuantile } from '../../../device-sim/statistics/student.ts'
import { near } from './near.ts'
import { uniforms } from './lcg.ts'

const alarm = fc.record({ at: fc.integer({ min: 1, max: 12 }), ended: fc.boolean() })
const times = [0.5, 1, 2, 3, 5, 8, 12, 13]

t.test('its curve is Kaplan-Meier\'s of all alarms, and who is watched just before is counted', async () => {
  fc.assert(fc.property(fc.array(fc.array(alarm, { maxLength: 8 }), { minLength: 1, maxLength: 6 }), (replications) => {
    const all = replications.flat()
    const steps = kaplanMeier(all)
    for (const { at, value, atRisk, low, high } of clusteredKaplanMeier(replications, times)) {
      const isKnown = all.some((one) => one.at >= at) || survivalAt(steps, at) === 0
      if (isKnown ? Math.abs(value - survivalAt(steps, at)) > 1e-12 : !Number.isNaN(value)) throw new Error(`${value} at ${at}`)
      if (atRisk !== all.filter((one) => one.at >= at).length) throw new Error(`${atRisk} at risk at ${at}`)
      if (isKnown && !(low <= value && value <= high)) throw new Error(`${low} ${value} ${high}`)
    }
  }), { numRuns: 300 })
})

/** The error of S that a band stands for. */
const errorOf = ({ value, high }: { value: number, high: number }, r: number): number => -Math.log(Math.log(high) / Math.log(value)) * Math.abs(Math.log(value)) * value / studentQuantile(0.975, r - 1)

t.test('nobody censored: its error is that of the ratio of sums over replications', async (t) => {
  const replications = [[1, 2, 7], [1, 3], [2, 2, 9, 9], [4, 1, 1], [6]]
  const points = clusteredKaplanMeier(replications.map((ends) => ends.map((at) => ({ at, ended: true }))), [1, 2, 5])
  for (const [n, point] of clusteredEcdf(replications, [1, 2, 5]).entries()) {
    const band = points[n] as { value: number, high: number }
    near(t, 1 - band.value, point.value, 1e-12)
    const half = Math.sqrt(replications.reduce((sum, ends) => sum + (ends.filter((at) => at <= point.at).length - point.value * ends.length) ** 2, 0) * 5 / 4) / 13
    near(t, errorOf(band, 5), half, 1e-12)
  }
})

t.test('one alarm a replication: its error is Greenwood\'s, but for the R - 1', async (t) => {
  const watched = [6, 6, 6, 7, 10, 13, 16, 22, 23].map((at) => ({ at, ended: true }))
  const [step] = kaplanMeier(watched).filter(({ at }) => at === 13)
  const [point] = clusteredKaplanMeier(watched.map((one) => [one]), [13])
  near(t, errorOf(point ?? { value: 0, high: 0 }, 9), (step?.se ?? NaN) * Math.sqrt(9 / 8), 1e-12)
})

t.test('censored by hand: two replications, two ends', async (t) => {
  const replications: Watched[][] = [[{ at: 1, ended: true }, { at: 2, ended: false }, { at: 4, ended: false }], [{ at: 2, ended: false }, { at: 3, ended: true }]]
  const [point] = clusteredKaplanMeier(replications, [3])
  // u = 1: d/Y = 1/5, Y - d = 4; u = 3: d/Y = 1/2, Y - d = 1.
  const psi = [-(1 - 3 / 5) / 4 - (0 - 1 / 2) / 1, -(0 - 2 / 5) / 4 - (1 - 1 / 2) / 1]
  near(t, point?.value ?? NaN, 4 / 5 * 1 / 2, 1e-12)
  near(t, errorOf(point ?? { value: 0, high: 0 }, 2) / (point?.value ?? 1), Math.sqrt(2 * ((psi[0] ?? 0) ** 2 + (psi[1] ?? 0) ** 2)), 1e-9)
})

t.test('before anybody and after everybody the band does not close; one replication has none', async (t) => {
  const watched = (...ends: number[]): Watched[] => ends.map((at) => ({ at, ended: true }))
  const points = clusteredKaplanMeier([watched(2, 3, 4), watched(2, 6), watched(5, 9)], [1, 2, 6, 9])
  t.match(points.map(({ value }) => value > 0 && value < 1), [false, true, true, false])
  t.match(points[0], { value: 1, low: points[1]?.low, high: 1 }, 'until the first, whatever is said of the first')
  t.match(points[3], { value: 0, low: 0, high: points[2]?.high }, 'after the last, whatever was said before')
  t.match(clusteredKaplanMeier([watched(2, 3)], [2]), [{ value: 0.5, low: -Infinity, high: Infinity }])
  t.strictSame(clusteredKaplanMeier([], [2]).map(({ value, atRisk }) => ({ value, atRisk })), [{ value: NaN, atRisk: 0 }])
  t.strictSame(clusteredKaplanMeier([[{ at: 2, ended: true }, { at: 3, ended: false }], [{ at: 3, ended: false }]], [3, 4]).map(({ value, low, high, atRisk }) => [value, low < high, atRisk]), [[1 - 1 / 3, true, 2], [NaN, false, 0]], 'nobody is watched any longer, and not all have ended: of later nothing is known')
})

t.test('a study of known truth, with nights of bad luck: this band holds it in 95 of 100, Greenwood\'s in far fewer', async (t) => {
  const uniform = uniforms(23)
  const exponential = (): number => -Math.log1p(-uniform())
  // All alarms of a replication share its pace, 0.5 or 2 a minute; looking ends at a pace of 0.5. S(t) = (e^-0.5t + e^-2t) / 2.
  const study = (): Watched[][] => Array.from({ length: 24 }, () => {
    const pace = uniform() < 0.5 ? 0.5 : 2
    return Array.from({ length: 25 }, () => {
      const [ends, looksUntil] = [exponential() / pace, exponential() / 0.5]
      return { at: Math.min(ends, looksUntil), ended: ends <= looksUntil }
    })
  })
  const truth = (at: number): number => (Math.exp(-0.5 * at) + Math.exp(-2 * at)) / 2
  const looked = [0.2, 0.7, 1.5]
  const [held, greenwood] = [looked.map(() => 0), looked.map(() => 0)]
  for (let i = 0; i < 500; i++) {
    const replications = study()
    const steps = kaplanMeier(replications.flat())
    for (const [n, { at, low, high }] of clusteredKaplanMeier(replications, looked).entries()) {
      if (low <= truth(at) && truth(at) <= high) held[n] = (held[n] ?? 0) + 1
      const step = steps.filter((each) => each.at <= at).at(-1)
      if (step !== undefined && step.low <= truth(at) && truth(at) <= step.high) greenwood[n] = (greenwood[n] ?? 0) + 1
    }
  }
  for (const [n, at] of looked.entries()) {
    t.ok((held[n] ?? 0) >= 0.92 * 500 && (held[n] ?? 0) <= 0.98 * 500, `at ${at}: ${held[n]} of 500`)
    t.ok((greenwood[n] ?? 0) < 0.85 * 500, `as if all were independent, at ${at}: only ${greenwood[n]} of 500`)
  }
})
