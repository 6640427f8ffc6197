/** A data package as the report reads it: policies with their looks, rows with their types. */
import { isBound } from '../data-package/waited.ts'
import type { DataPackage, NamedRow } from '../data-package/read.ts'
import { measures } from '../data-package/measures.ts'
import type { Unit } from '../data-package/measures.ts'
import * as derived from '../data-package/tables/derived.ts'
import type { MeasureName, Policy } from '../scenario/scenario.ts'
import { lookOf } from './draw/looks.ts'
import type { Look } from './draw/looks.ts'
import { sayer } from './say.ts'
import type { Language, Say } from './say.ts'

export type Shown = { readonly name: string, readonly policy: Policy, readonly look: Look }
export type Estimate = { readonly estimate: number | null, readonly low: number | null, readonly high: number | null }
/** `until`, s: until when the curve is known that it is read off; a quantile there is a bound. */
export type Known = Estimate & { readonly until: number | null }
export type Study = {
  readonly pack: DataPackage
  readonly say: Say
  /** In the scenario's order, the baseline first. */
  readonly policies: readonly Shown[]
  readonly summary: (policy: string, measure: MeasureName) => Known
  /** 5th and 95th percentile of single replications. */
  readonly spread: (policy: string, measure: MeasureName) => readonly [low: number | null, high: number | null]
}

export function studyOf (pack: DataPackage, language: Language): Study {
  const byPlace = new Map(pack.rows(derived.summary).map((row) => [`${row.policy} ${row.measure}`, row]))
  return {
    pack,
    say: sayer(language),
    policies: pack.scenario.policies.map((policy, n) => ({ name: policy.name, policy, look: lookOf(n) })),
    summary: (policy, measure) => {
      const row = byPlace.get(`${policy} ${measure}`) ?? {}
      return { ...estimateOf(row), until: numberOf(row.known_until) }
    },
    spread: (policy, measure) => {
      const row = byPlace.get(`${policy} ${measure}`)
      return [numberOf(row?.spread_low), numberOf(row?.spread_high)]
    }
  }
}

export function estimateOf (row: NamedRow): Estimate { return { estimate: numberOf(row.estimate), low: numberOf(row.low), high: numberOf(row.high) } }

/** null for anything but a number. */
export function numberOf (cell: NamedRow[string] | undefined): number | null { return typeof cell === 'number' ? cell : null }

export function unitOf (measure: string): Unit { return measures[measure as MeasureName].unit }

export function measured (say: Say, measure: string, value: number | null, until: number | null): string {
  return isBound(measure, value, until) ? say.text('at_least', { value: say.value(until, 's') }) : say.value(value, unitOf(measure))
}

/** Both ends at the bound say no more than the estimate does. */
export function measuredInterval (say: Say, measure: string, { low, high, until }: Known): string {
  if (low === null || high === null) return say.text('no_interval')
  return isBound(measure, low, until) ? say.text('beyond_cap') : say.text('from_to', { low: measured(say, measure, low, until), high: measured(say, measure, high, until) })
}

export function measureWords (say: Say, measure: string): string { return say.text(`m_${measure as MeasureName}`) }
