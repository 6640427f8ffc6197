/** One scenario, one text, one SHA-256: keys sorted, no spaces, numbers as JSON writes them (RFC 8785 for what a scenario holds). */
import { createHash } from 'node:crypto'
import type { Scenario } from './scenario.ts'

/** Throws RangeError for what JSON can't keep: NaN, infinity, undefined, functions. */
export function canonicalJson (value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} can't be kept as JSON`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object') throw new RangeError(`${typeof value} can't be kept as JSON`)
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonicalJson(each)}`).join(',')}}`
}

/** 64 hex digits. */
export function scenarioSha256 (scenario: Scenario): string {
  return createHash('sha256').update(canonicalJson(scenario)).digest('hex')
}
