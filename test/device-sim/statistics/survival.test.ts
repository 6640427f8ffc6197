/** Incident: alarms that nobody took before the run ended were left out, and the median looked splendid. */
import t from 'tap'
import fc from 'fast-check'
import { clusteredEcdf, dkwHalfWidth, ecdf, ratioInterval } from '../../../device-sim/statistics/survival.ts'
import { kaplanMeier, survivalAt, survivalQuantile } from './greenwood.ts'
import { tInterval } from '../../../device-sim/statistics/interval.ts'
import { near } from './near.ts'
import { uniforms } from './lcg.ts'

const remission = [...[6, 6, 6, 7, 10, 13, 16, 22, 23].map((at) => ({ at, ended: true })), ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map((at) => ({ at, ended: false }))]

t.test('weeks in remission under 6-MP (Freireich et al. 1963; estimates and errors as in Kleinbaum & Klein 2012, 2; log-log bounds as R and SciPy have them)', async (t) => {
  const steps = kaplanMeier(remission)
  t.strictSame(steps.map(({ at, atRisk, ended }) => [at, atRisk, ended]), [[6, 21, 3], [7, 17, 1], [10, 15, 1], [13, 12, 1], [16, 11, 1], [22, 7, 1], [23, 6, 1]])
  t.strictSame(steps.map(({ value }) => value.toFixed(4)), ['0.8571', '0.8067', '0.7529', '0.6902', '0.6275', '0.5378', '0.4482'])
  t.strictSame(steps.map(({ se }) => se.toFixed(4)), ['0.0764', '0.0869', '0.0963', '0.1068', '0.1141', '0.1282', '0.1346'])
  t.strictSame(steps.map(({ low }) => low.toFixed(4)), ['0.6197', '0.5631', '0.5032', '0.4316', '0.3675', '0.2678', '0.1881'])
  t.strictSame(steps.map(({ high }) => high.toFixed(4)), ['0.9516', '0.9228', '0.8894', '0.8491', '0.8049', '0.7468', '0.6801'])
  t.strictSame(survivalQuantile(steps, 0.5), { value: 23, low: 13, high: Infinity }, 'median 23 weeks; above it the study was too short to say')
  t.equal(survivalAt(steps, 5), 1)
  near(t, survivalAt(steps, 9.5), 0.8067226890756303, 1e-12)
})

t.test('without censoring it is one minus the ECDF, and Greenwood is the binomial error', async () => {
  fc.assert(fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (times) => {
    for (const { at, value, se } of kaplanMeier(times.map((at) => ({ at, ended: true })))) {
      const plain = times.filter((x) => x > at).length / times.length
      if (Math.abs(plain - value) > 1e-12) throw new Error('not the ECDF')
      if (Math.abs(se - Math.sqrt(plain * (1 - plain) / times.length)) > 1e-12) throw new Error('not binomial')
    }
  }), { numRuns: 200 })
})

t.test('nobody came at all: the curve has no step, and the median is never', async (t) => {
  t.strictSame(kaplanMeier([{ at: 60, ended: false }]), [])
  t.strictSame(survivalQuantile([], 0.5), { value: Infinity, low: Infinity, high: Infinity })
  t.match(kaplanMeier([{ at: 60, ended: true }]), [{ value: 0, low: 0, high: 0, se: 0 }])
})

t.test('the simultaneous band of Dvoretzky, Kiefer, Wolfowitz and Massart covers 95 of 100 experiments', async (t) => {
  near(t, dkwHalfWidth(100), 0.13581015157406195, 1e-12, '√(ln 40 / 200)')
  const uniform = uniforms(11)
  const times = Array.from({ length: 99 }, (_, i) => (i + 1) / 100)
  const held = Array.from({ length: 400 }, () => ecdf(Array.from({ length: 60 }, uniform), times).every(({ at, low, high }) => low <= at && at <= high)).filter(Boolean).length
  t.ok(held >= 0.93 * 400, `${held} of 400`)
})

t.test('bands over replications: a night of good luck is one night, however many alarms it had', async (t) => {
  const uniform = uniforms(5)
  // Each replication has a luck of its own; all its alarms share it.
  const experiment = (): number[][] => Array.from({ length: 30 }, () => Array(20).fill(uniform()) as number[])
  let [clustered, plain] = [0, 0]
  for (let i = 0; i < 300; i++) {
    const replications = experiment()
    const [band] = clusteredEcdf(replications, [0.5])
    const half = dkwHalfWidth(600)
    if (band !== undefined && band.low <= 0.5 && band.high >= 0.5) clustered += 1
    if (band !== undefined && Math.abs(band.value - 0.5) <= half) plain += 1
  }
  t.ok(clustered >= 0.92 * 300, `clusters: ${clustered} of 300`)
  t.ok(plain < 0.7 * 300, `as if all were independent: only ${plain} of 300`)
})

t.test('replications of equal size: the band is Student\'s interval on their shares', async (t) => {
  const replications = [[1, 2], [1, 3], [2, 2], [4, 1]]
  const [band] = clusteredEcdf(replications, [1])
  const { value, halfWidth } = tInterval([0.5, 0.5, 0, 0.5])
  near(t, band?.value ?? NaN, value, 1e-12)
  near(t, (band?.value ?? NaN) - (band?.low ?? NaN), Math.min(value, halfWidth), 1e-12)
  const ratio = ratioInterval([{ part: 1, whole: 2 }, { part: 1, whole: 2 }, { part: 0, whole: 2 }, { part: 1, whole: 2 }])
  near(t, ratio.high - ratio.value, halfWidth, 1e-12)
  t.match(ratioInterval([{ part: 0, whole: 0 }]), { low: -Infinity, high: Infinity })
})
