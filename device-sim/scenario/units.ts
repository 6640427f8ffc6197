/**
 * What people write and what the model computes with: "45 min" is 2700 (s), "85 %" is 0.85, "0.5 a month" is 6 (a year).
 * A number that has a unit must say it: "30" could be seconds or minutes, and nobody would notice.
 */
import { Type } from 'typebox'
import type { TSchema } from 'typebox'

export const minuteS = 60
export const hourS = 60 * minuteS
export const dayS = 24 * hourS
/** As everywhere in the study: 30 days, 365 days. */
export const monthS = 30 * dayS
export const yearS = 365 * dayS

export type UnitName = 'duration' | 'share' | 'rate' | 'length' | 'speed' | 'money' | 'number'
export type Unit = {
  readonly name: UnitName
  /** Of the resolved number, as explained and as in the codebook. */
  readonly resolved: string
  readonly example: string
  readonly least: number
  /** Beyond this it is a slip of the pen, not a study. */
  readonly most: number
  readonly schema: TSchema
  /** What may stand behind the number; none: nothing. */
  readonly suffixes: readonly string[]
  /** undefined: not a number with a unit of this kind. NaN and infinity are returned as they are, to be named. */
  readonly read: (given: unknown) => number | undefined
}

const NUMBER = '[-+]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][-+]?[0-9]+)?'
const seconds: Readonly<Record<string, number>> = {
  ms: 0.001, s: 1, min: minuteS, h: hourS, hour: hourS, hours: hourS, day: dayS, days: dayS, week: 7 * dayS, weeks: 7 * dayS,
  month: monthS, months: monthS, year: yearS, years: yearS
}
const perYear: Readonly<Record<string, number>> = { hour: yearS / hourS, day: yearS / dayS, week: yearS / (7 * dayS), month: yearS / monthS, year: 1 }

type Suffixed = { readonly pattern: string, readonly suffixes: readonly string[], readonly read: (given: unknown) => number | undefined }
function suffixed (factors: Readonly<Record<string, number>>, before = '', said = ''): Suffixed {
  // The longest first, or "min" would be read as "m".
  const suffixes = Object.keys(factors).sort((a, b) => b.length - a.length)
  const pattern = `^(${NUMBER}) ?${before}(${suffixes.join('|')})$`
  const form = new RegExp(pattern)
  return {
    pattern,
    suffixes: Object.keys(factors).map((suffix) => said + suffix),
    read: (given) => {
      if (given === Infinity || given === -Infinity || Number.isNaN(given)) return given as number
      const [, number, suffix = ''] = (typeof given === 'string' ? form.exec(given.trim()) : null) ?? []
      const factor = factors[suffix]
      return number === undefined || factor === undefined ? undefined : Number(number) * factor
    }
  }
}

function unit (name: UnitName, resolved: string, example: string, [least, most]: readonly [number, number], form: Suffixed): Unit {
  return { name, resolved, example, least, most, schema: Type.String({ pattern: form.pattern, description: `such as ${example}` }), suffixes: form.suffixes, read: form.read }
}

const percent = suffixed({ '%': 0.01 })
function plain (given: unknown): number | undefined { return typeof given === 'number' ? given : undefined }

export const duration = unit('duration', 's', '45 min', [0, 100 * yearS], suffixed(seconds))
export const rate = unit('rate', 'a year', '0.5 a month', [0, 1_000_000], suffixed(perYear, '(?:an?|per) ', 'a '))
export const length = unit('length', 'm', '250 m', [0, 1_000_000], suffixed({ m: 1, km: 1_000 }))
export const speed = unit('speed', 'm/s', '1.4 m/s', [0.05, 20], suffixed({ 'm/s': 1, 'km/h': 1 / 3.6 }))
export const money = unit('money', 'EUR', '35 EUR', [0, 1_000_000], suffixed({ EUR: 1, '€': 1 }))
export const share: Unit = {
  name: 'share', resolved: 'share', example: '85 %', least: 0, most: 1,
  schema: Type.Union([Type.String({ pattern: percent.pattern }), Type.Number({ minimum: 0, maximum: 1 })], { description: 'such as 85 % or 0.85' }),
  suffixes: percent.suffixes,
  read: (given) => {
    const read = percent.read(given)
    // 0.01 times 85 is not 0.85 to the last bit; what people write must be what the model gets.
    return read === undefined ? plain(given) : Number(read.toPrecision(15))
  }
}
export const number: Unit = { name: 'number', resolved: '', example: '0.95', least: 0, most: 1_000_000, schema: Type.Number({ minimum: 0 }), suffixes: [], read: plain }

/** "11 h a year": seconds of a year. */
const total = suffixed(seconds)
export const totalPattern = '^.+ (?:a|per) year$'
export function readTotal (given: unknown): number | undefined {
  const [, each] = /^(.+) (?:a|per) year$/.exec(typeof given === 'string' ? given : '') ?? []
  return total.read(each)
}

/** "22:00-06:00" and "all day", in hours from midnight. */
export const hoursPattern = '^(all day|([01]?[0-9]|2[0-4]):([0-5][0-9]) ?- ?([01]?[0-9]|2[0-4]):([0-5][0-9]))$'
const hoursForm = new RegExp(hoursPattern)
export function readHours (given: unknown): { readonly from: number, readonly to: number } | undefined {
  const found = typeof given === 'string' ? hoursForm.exec(given) : null
  if (found === null) return undefined
  if (given === 'all day') return { from: 0, to: 24 }
  const [, , fromH, fromMin, toH, toMin] = found.map(Number)
  const read = { from: (fromH ?? NaN) + (fromMin ?? NaN) / 60, to: (toH ?? NaN) + (toMin ?? NaN) / 60 }
  return read.from > 24 || read.to > 24 ? undefined : read
}
