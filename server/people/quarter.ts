/** Quarters of a year, in UTC: `2026-Q4`. */
import type { EpochMs } from './words.ts'

type Brand<T, B extends string> = T & { readonly brand: B }
export type Quarter = Brand<string, 'Quarter'>

const MONTHS = 3

export function quarterOf (at: EpochMs): Quarter {
  const date = new Date(at)
  return named(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / MONTHS) + 1)
}

export function quarterAfter (quarter: Quarter): Quarter { return quarterOf(endOf(quarter)) }

/** The first moment that is no longer in it. */
export function endOf (quarter: Quarter): EpochMs {
  const [year = '', number = ''] = quarter.split('-Q')
  return Date.UTC(Number(year), Number(number) * MONTHS, 1) as EpochMs
}

function named (year: number, number: number): Quarter { return `${year}-Q${number}` as Quarter }
