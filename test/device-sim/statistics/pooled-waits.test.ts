/**
 * Incident: presses that were taken back before anybody accepted were left out of every quantile. Whoever is slow to accept meets more of
 * them, so that a policy looked the sooner the slower its people were, and its own curve said otherwise.
 */
import t from 'tap'
import fc from 'fast-check'
import { clusteredKaplanMeier } from '../../../device-sim/statistics/clustered-survival.ts'
import { drawnInterval, PooledWaits, resampledAnswers } from '../../../device-sim/statistics/pooled-waits.ts'
import type { Asked } from '../../../device-sim/statistics/pooled-waits.ts'
import type { Watched } from '../../../device-sim/statistics/watched.ts'
import { kaplanMeier, survivalAt, survivalQuantile } from './greenwood.ts'
import { uniforms } from './lcg.ts'
import { near } from './near.ts'

const press = fc.record({ at: fc.integer({ min: 1, max: 12 }), ended: fc.boolean() })
const asked: readonly Asked[] = [{ is: 'quantile', p: 0.5 }, { is: 'ended', by: 4 }, { is: 'quantile', p: 0.9 }, { is: 'left', by: 9 }, { is: 'quantile', p: 0.2 }, { is: 'ended', by: 2 }]

/** By the textbook's curve, and in words what happens where it ends. */
function expected (watched: readonly Watched[], one: Asked, most: number): number {
  const steps = kaplanMeier(watched)
  if (one.is === 'quantile') return watched.length === 0 ? NaN : Math.min(survivalQuantile(steps, one.p).value, most)
  if (one.is === 'left') return watched.length === 0 ? NaN : survivalAt(steps, one.by)
  const isKnown = watched.some(({ at }) => at >= one.by) || (watched.length > 0 && survivalAt(steps, one.by) < 1e-9)
  return isKnown ? 1 - survivalAt(steps, one.by) : NaN
}

t.test('what is read off the curve is what the textbook reads off its own, replications drawn twice being there twice', async () => {
  fc.assert(fc.property(fc.array(fc.record({ watched: fc.array(press, { maxLength: 6 }), times: fc.nat(2) }), { minLength: 1, maxLength: 5 }), fc.integer({ min: 9, max: 14 }), (drawn, most) => {
    const waits = new PooledWaits(drawn.map(({ watched }) => watched))
    const all = drawn.flatMap(({ watched, times }) => Array.from({ length: times }, () => watched).flat())
    for (const [n, answer] of waits.answers(asked, most, Uint32Array.from(drawn, ({ times }) => times)).entries()) {
      const should = expected(all, asked[n] as Asked, most)
      if (!(Number.isNaN(should) && Number.isNaN(answer)) && !(Math.abs(should - answer) < 1e-9)) throw new Error(`${n}: ${answer}, not ${should}`)
    }
  }), { numRuns: 500 })
})

const lastOf = (replications: readonly (readonly Watched[])[]): number => Math.max(...replications.flat().map(({ at }) => at))

t.test('a share is that of the curve, to the last digit', async () => {
  fc.assert(fc.property(fc.array(fc.array(press, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 }), (replications) => {
    const times = [1, 4, 9, 12, 13]
    const waits = new PooledWaits(replications)
    const [ended, left] = (['ended', 'left'] as const).map((is) => waits.answers(times.map((by) => ({ is, by })), 20)) as [number[], number[]]
    for (const [n, { at, value, low, high }] of clusteredKaplanMeier(replications, times).entries()) {
      if (!Object.is(ended[n], 1 - value)) throw new Error(`by ${at}: ${ended[n]}, not ${1 - value}`)
      // What is left by a time that nobody was watched for is what was left when the last was.
      if (!Object.is(left[n], Number.isNaN(value) ? clusteredKaplanMeier(replications, [lastOf(replications)])[0]?.value : value)) throw new Error(`left by ${at}: ${left[n]}, not ${value}`)
      if (Number.isNaN(value) && !(Number.isNaN(low) && Number.isNaN(high))) throw new Error(`a band of nothing by ${at}`)
      const last = lastOf(replications)
      const isOver = replications.flat().every((one) => one.ended || one.at < last) && last < at
      if (Number.isNaN(value) !== (last < at && !isOver)) throw new Error(`by ${at}: ${value}, watched until ${last}`)
    }
  }), { numRuns: 300 })
})

t.test('where the curve ends: nobody accepted within the hour, nobody was watched so long, and all have accepted', async (t) => {
  const ask = (watched: readonly Watched[]): number[] => {
    const waits = new PooledWaits([watched])
    return [...waits.answers([{ is: 'quantile', p: 0.9 }, { is: 'left', by: 3_600 }, { is: 'ended', by: 10 }], 3_600), waits.knownUntil(3_600)]
  }
  t.strictSame(ask([{ at: 20, ended: true }, { at: 40_000, ended: false }]), [3_600, 0.5, 0, 3_600], 'one of two waited the hour out')
  t.strictSame(ask([{ at: 20, ended: true }, { at: 600, ended: false }]), [3_600, 0.5, 0, 600], 'she ended it after ten minutes: half were left then, and of the hour nothing is known')
  t.strictSame(ask([{ at: 20, ended: true }, { at: 3_700, ended: true }]), [3_600, 0.5, 0, 3_600], 'later than the hour is the hour')
  t.strictSame(ask([{ at: 20, ended: true }, { at: 40, ended: true }]), [40, 0, 0, 3_600], 'all have accepted: nothing more can come')
  t.strictSame(ask([{ at: 40, ended: true }, { at: 40, ended: false }]), [3_600, 0.5, 0, 40])
  t.strictSame(ask([{ at: 8, ended: false }, { at: 15, ended: false }]), [3_600, 1, 0, 15], 'both were taken back: until 10 s nobody had come, and of later nothing is known')
  t.strictSame(ask([{ at: 8, ended: false }]), [3_600, 1, NaN, 8])
  t.strictSame(ask([]), [NaN, NaN, NaN, NaN])
})

t.test('exponential acceptance and an independent exponential change of mind: the true share and quantiles, where leaving out what was taken back is far off', async (t) => {
  const uniform = uniforms(31)
  const exponential = (rate: number): number => -Math.log1p(-uniform()) / rate
  const [accepts, takesBack] = [1 / 30, 1 / 20]
  const replications = Array.from({ length: 400 }, () => Array.from({ length: 50 }, (): Watched => {
    const [accepted, back] = [exponential(accepts), exponential(takesBack)]
    return { at: Math.min(accepted, back), ended: accepted <= back }
  }))
  const truth = [30 * Math.log(2), 1 - Math.exp(-10 / 30), 1 - Math.exp(-40 / 30), 30 * Math.log(10)]
  const questions: readonly Asked[] = [{ is: 'quantile', p: 0.5 }, { is: 'ended', by: 10 }, { is: 'ended', by: 40 }, { is: 'quantile', p: 0.9 }]
  const waits = new PooledWaits(replications)
  const answers = waits.answers(questions, 3_600)
  const [drawn = []] = resampledAnswers([{ waits, asked: questions }], 400, 3_600, uniforms(5), 200)
  const left = replications.flat().filter(({ ended }) => ended).map(({ at }) => at).sort((a, b) => a - b)
  const old = [left[left.length / 2 | 0] ?? NaN, left.filter((s) => s <= 10).length / left.length, left.filter((s) => s <= 40).length / left.length, left[left.length * 0.9 | 0] ?? NaN]
  for (const [n, real] of truth.entries()) {
    near(t, (answers[n] ?? NaN) / real, 1, 0.06, `${answers[n]} of ${real}`)
    const { low, high } = drawnInterval(answers[n] ?? NaN, drawn[n] ?? [], 400)
    t.ok(low <= real && real <= high && high - low < real * 0.2, `${low} to ${high} holds ${real}`)
    t.ok(Math.abs((old[n] ?? NaN) / real - 1) > 0.2, `left out: ${old[n]} for ${real}`)
  }
})

t.test('a difference is drawn on the same replications: two policies that are one differ by nothing', async (t) => {
  const uniform = uniforms(3)
  const replications = Array.from({ length: 12 }, () => Array.from({ length: 5 }, () => ({ at: Math.ceil(60 * uniform()), ended: uniform() < 0.7 })))
  const curve = { waits: new PooledWaits(replications), asked: [{ is: 'quantile', p: 0.5 }] as const }
  const [[first = []] = [], [second = []] = []] = resampledAnswers([curve, curve], 12, 3_600, uniforms(9), 100)
  t.strictSame(drawnInterval(0, first.map((one, n) => one - (second[n] ?? NaN)), 12), { value: 0, low: 0, high: 0 })
  t.match(drawnInterval(20, [], 1), { value: 20, low: -Infinity, high: Infinity }, 'one replication says nothing of others')
})
