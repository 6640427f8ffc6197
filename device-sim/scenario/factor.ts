/** A scenario with one number moved: how sensitivity asks "and if it were otherwise?". */
import { InvalidInput } from '../invalid-input.ts'
import { isParameter, resolvePath } from './paths.ts'
import type { Scenario } from './scenario.ts'

/**
 * The same scenario with `value` at the path, in the model's own unit (s, share, a year, m, EUR). A parameter becomes
 * constant there and keeps its evidence; a plain number is replaced. Throws `InvalidInput` when the path leads nowhere.
 */
export function withFactor (scenario: Scenario, path: string, value: number): Scenario {
  if (!Number.isFinite(value)) throw new InvalidInput('FACTOR_NOT_A_NUMBER', `${path}: ${value} is not a number`)
  const places = resolvePath(scenario, path)
  if (places.length === 0) throw new InvalidInput('FACTOR_PATH_UNKNOWN', `${path} leads to no number of this scenario`)
  return places.reduce((moved, keys) => replaced(moved, keys, value) as Scenario, scenario)
}

function replaced (held: unknown, [key, ...rest]: readonly string[], value: number): unknown {
  if (key === undefined) return isParameter(held) ? { ...held, draw: { is: 'constant', value } } : value
  if (Array.isArray(held)) return held.map((item: unknown, i) => String(i) === key ? replaced(item, rest, value) : item)
  const map = held as Readonly<Record<string, unknown>>
  return { ...map, [key]: replaced(map[key], rest, value) }
}
