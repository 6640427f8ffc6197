/**
 * `npm run pin-timing`: how long the answers to a true, a duress and a wrong PIN take, in turns so that a busy moment of the
 * machine meets all alike, and a rank test on each pair. Apart from the suite: a statistic that is looked at a thousand
 * times is wrong once. What the suite counts instead is the work (`duress-work.test.ts`).
 */
import { performance } from 'node:perf_hooks'
import t from 'tap'
import { DURESS_PIN, TRUE_PIN } from './twins.ts'
import { openHouse } from './house.ts'

const ROUNDS = Number(process.env['PIN_ROUNDS'] ?? 200)
const PINS: Readonly<Record<string, string>> = { true: TRUE_PIN, duress: DURESS_PIN, wrong: '0000' }
/** |z| of one in ten million, and a difference of the medians that a person with a stop watch could not see either. */
const Z_MOST = 5.3
const MEDIAN_DIFFERENCE_MOST = 0.05

t.test('R15, R16: the time of an answer does not tell which PIN it was', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder], [ana.responder])
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: TRUE_PIN, duress: DURESS_PIN } })
  const taken = new Map(Object.keys(PINS).map((name) => [name, [] as number[]]))
  for (let round = 0; round < ROUNDS; round++) {
    const names = Object.keys(PINS)
    // Each goes first, second and last as often as the others.
    for (const name of [...names.slice(round % 3), ...names.slice(0, round % 3)]) {
      await house.clock.pass(60_000)
      const start = performance.now()
      await lina.post('/api/v1/unlock', { pin: PINS[name] })
      taken.get(name)?.push(performance.now() - start)
      if (name === 'wrong') await lina.post('/api/v1/unlock', { pin: TRUE_PIN })
    }
  }
  for (const [a, b] of [['true', 'duress'], ['true', 'wrong'], ['duress', 'wrong']] as const) {
    const [first, second] = [taken.get(a) ?? [], taken.get(b) ?? []]
    const z = rankZ(first, second)
    const difference = Math.abs(median(first) - median(second)) / median(first)
    t.comment(`${a} and ${b}: medians ${median(first).toFixed(2)} and ${median(second).toFixed(2)} ms, z ${z.toFixed(2)} over ${first.length} each`)
    t.ok(Math.abs(z) < Z_MOST || difference < MEDIAN_DIFFERENCE_MOST, `${a} and ${b} can not be told apart`)
  }
})

function median (values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}

/** @see Mann and Whitney 1947; the normal approximation, good from about twenty each */
function rankZ (first: readonly number[], second: readonly number[]): number {
  const u = first.reduce((sum, a) => sum + second.reduce((n, b) => n + (a < b ? 1 : a === b ? 0.5 : 0), 0), 0)
  const [n, m] = [first.length, second.length]
  return (u - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12)
}
