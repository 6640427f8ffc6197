import { createHash } from 'node:crypto'
import fc from 'fast-check'
import t from 'tap'
import { cdf, mean, quantile } from '../../../device-sim/virtual/chance/cdf.ts'
import type { Distribution } from '../../../device-sim/virtual/chance/distribution.ts'
import { normalCdf, normalQuantile } from '../../../device-sim/statistics/normal.ts'
import { planned, remaining, renewal } from '../../../device-sim/virtual/chance/outages.ts'
import { sample } from '../../../device-sim/virtual/chance/sample.ts'
import { sha256Key } from '../../../device-sim/virtual/chance/sha256.ts'
import { stream } from '../../../device-sim/virtual/chance/stream.ts'
import { threefry, words } from '../../../device-sim/virtual/chance/threefry.ts'

const distributions: readonly Distribution[] = [
  { is: 'uniform', low: 2, high: 5 }, { is: 'log-uniform', low: 0.2, high: 12 }, { is: 'triangular', low: 1.3, mode: 1.8, high: 2.5 }, { is: 'exponential', mean: 3 },
  { is: 'log-normal', median: 0.8, sigma: 0.7 }, { is: 'weibull', shape: 1.7, scale: 4 }, { is: 'empirical', points: [{ p: 0, x: 1 }, { p: 0.3, x: 2 }, { p: 1, x: 9 }] },
  { is: 'mixture', parts: [{ share: 0.9, of: { is: 'log-normal', median: 0.8, sigma: 0.7 } }, { share: 0.1, of: { is: 'uniform', low: 10, high: 600 } }] }
]

t.test('Threefry gives the published words', (t) => {
  const says = (key0: number, key1: number, low: number, high: number): string => {
    threefry(key0 | 0, key1 | 0, low | 0, high | 0)
    return [...words].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ')
  }
  t.equal(says(0, 0, 0, 0), '6b200159 99ba4efe')
  t.equal(says(0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff), '1cb996fc bb002be7')
  t.equal(says(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3), 'c4923a9c 483df7a0')
  t.end()
})

t.test('a stream is keyed by SHA-256 as Node makes it, of texts of any length', (t) => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
    const digest = createHash('sha256').update(text).digest()
    const [first, second] = sha256Key(text)
    return first === digest.readInt32BE(0) && second === digest.readInt32BE(4)
  }))
  t.end()
})

t.test('the k-th number of a stream is the k-th, whatever was asked before', (t) => {
  const asked = stream(1, 2, 'house 1 room 1', 'reaction')
  const forward = Array.from({ length: 50 }, () => asked.next())
  const other = stream(1, 2, 'house 1 room 1', 'reaction')
  t.same(Array.from({ length: 50 }, (_, i) => other.at(49 - i)).reverse(), forward)
  for (const [seed, replication, entity, purpose] of [[2, 2, 'house 1 room 1', 'reaction'], [1, 3, 'house 1 room 1', 'reaction'], [1, 2, 'house 1 room 2', 'reaction'], [1, 2, 'house 1 room 1', 'turnout']] as const) {
    t.not(stream(seed, replication, entity, purpose).at(0), forward[0])
  }
  t.ok(forward.every((u) => u > 0 && u < 1))
  t.end()
})

t.test('the normal quantile is its own distribution function turned round, to the last digits', (t) => {
  t.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-15)
  t.ok(Math.abs(normalQuantile(1e-10) + 6.361340902404056) < 1e-13)
  for (const p of [1e-6, 0.001, 0.1, 0.5, 0.9, 0.999]) t.ok(Math.abs(normalCdf(normalQuantile(p)) / p - 1) < 1e-10, `${p}`)
  t.end()
})

t.test('every distribution: its quantile and its distribution function undo one another, and its mean is that of its samples', (t) => {
  for (const of of distributions) {
    const us = stream(1, 0, of.is, 'test')
    let sum = 0
    const astray = Array.from({ length: 200 }, (_, i) => us.at(i)).filter((u) => Math.abs(cdf(of, quantile(of, u)) - u) > 1e-9)
    t.same(astray, [], of.is)
    const n = 100_000
    for (let i = 0; i < n; i++) sum += sample(of, (i + 0.5) / n)
    t.ok(Math.abs(sum / n / mean(of) - 1) < 0.002, `${of.is}: mean ${mean(of)}, of samples ${sum / n}`)
  }
  t.end()
})

t.test('up and down by turns: up for MTBF / (MTBF + MTTR) of the time from the very beginning', (t) => {
  const up: Distribution = { is: 'weibull', shape: 2, scale: 100 }
  const down: Distribution = { is: 'log-normal', median: 20, sigma: 0.5 }
  const expected = mean(up) / (mean(up) + mean(down))
  let first = 0
  let whole = 0
  const n = 4_000
  for (let i = 0; i < n; i++) {
    const link = renewal(up, down, stream(1, i, 'link', 'up'), stream(1, i, 'link', 'down'))
    if (!link.isDown(5)) first++
    if (!link.isDown(1_000)) whole++
  }
  t.ok(Math.abs(first / n - expected) < 0.025, `soon: ${first / n}, expected ${expected}`)
  t.ok(Math.abs(whole / n - expected) < 0.025, `later: ${whole / n}`)
  const rest = Array.from({ length: 10_000 }, (_, i) => remaining(up, (i + 0.5) / 10_000)).reduce((a, b) => a + b) / 10_000
  // E[rest] = E[X^2] / (2 E[X]); for this Weibull E[X^2] = scale^2.
  t.ok(Math.abs(rest / (100 ** 2 / (2 * mean(up))) - 1) < 0.01, `what is left: ${rest}`)
  t.end()
})

t.test('what is asked of an outage in any order is the same', (t) => {
  const make = () => renewal({ is: 'exponential', mean: 10 }, { is: 'exponential', mean: 5 }, stream(3, 0, 'x', 'up'), stream(3, 0, 'x', 'down'))
  const forward = make()
  const ups = Array.from({ length: 100 }, (_, i) => forward.upAt(i * 3))
  const back = make()
  t.same(Array.from({ length: 100 }, (_, i) => back.upAt((99 - i) * 3)).reverse(), ups)
  t.same(planned([{ from: 5, to: 9 }, { from: 1, to: 3 }, { from: 8, to: 12 }]).until(100), [{ from: 1, to: 3 }, { from: 5, to: 12 }])
  t.end()
})
