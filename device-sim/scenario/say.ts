/** Numbers and distributions in a reader's words. */
import type { Distribution } from '../virtual/chance/distribution.ts'
import { dayS, hourS, minuteS, yearS } from './units.ts'
import type { Unit } from './units.ts'
import type { ScenarioWords, TimeUnit } from './words/words.ts'

const z90 = 1.2815515655446004
const steps: readonly (readonly [TimeUnit, number])[] = [['years', yearS], ['days', dayS], ['h', hourS], ['min', minuteS], ['s', 1], ['ms', 0.001]]

export function sayNumber (value: number, { decimal }: ScenarioWords): string { return String(Number(value.toPrecision(3))).replace('.', decimal) }

/** In the largest unit of which there are two: 90 s, not 1.5 min; 365 days, not 1 years. */
export function sayTime (s: number, words: ScenarioWords): string {
  if (s === 0) return `0 ${words.times.s}`
  const [unit, size] = steps.find(([unit, size]) => s >= (unit === 's' ? 1 : 2) * size) ?? ['ms', 0.001]
  return `${sayNumber(s / size, words)} ${words.times[unit]}`
}

export function sayQuantity (value: number, unit: Unit, words: ScenarioWords): string {
  switch (unit.name) {
    case 'duration': return sayTime(value, words)
    case 'share': return `${sayNumber(value * 100, words)} %`
    case 'rate': return `${sayNumber(value, words)} ${words.aYear}`
    case 'length': return value >= 2_000 ? `${sayNumber(value / 1_000, words)} km` : `${sayNumber(value, words)} m`
    case 'speed': return `${sayNumber(value, words)} m/s`
    case 'money': return `${sayNumber(value, words)} EUR`
    case 'number': return sayNumber(value, words)
  }
}

export function sayDistribution (draw: Distribution, unit: Unit, words: ScenarioWords): string {
  const say = (value: number): string => sayQuantity(value, unit, words)
  switch (draw.is) {
    case 'constant': return say(draw.value)
    case 'uniform': case 'log-uniform': return words.between(say(draw.low), say(draw.high))
    case 'triangular': return words.aroundMode(say(draw.low), say(draw.mode), say(draw.high))
    case 'exponential': return words.onAverage(say(draw.mean))
    case 'log-normal': return words.halfBelow(say(draw.median), say(draw.median * Math.exp(z90 * draw.sigma)))
    case 'weibull': return words.weibull(say(draw.scale), sayNumber(draw.shape, words))
    case 'mixture': return draw.parts.map((part) => words.sometimes(`${sayNumber(part.share * 100, words)} %`, sayDistribution(part.of, unit, words))).join(' · ')
    case 'never': return words.never
    case 'empirical': return words.measured(say(draw.points[0]?.x ?? 0), say(draw.points.at(-1)?.x ?? 0), draw.points.length)
  }
}

/** "22:00-06:00". */
export function sayHours ({ from, to }: { readonly from: number, readonly to: number }, words: ScenarioWords): string {
  if (from === to || to - from === 24) return words.allDay
  const clock = (hours: number): string => `${String(Math.floor(hours)).padStart(2, '0')}:${String(Math.round(hours % 1 * 60)).padStart(2, '0')}`
  return `${clock(from)}-${clock(to)}`
}
