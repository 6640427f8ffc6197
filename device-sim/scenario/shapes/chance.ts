/** A distribution in people's units, in each of its forms. */
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import type { Distribution } from '../../virtual/chance/distribution.ts'
import type { Place } from '../reading.ts'
import { number, share } from '../units.ts'
import type { Unit } from '../units.ts'
import { object, quantity } from './shape.ts'
import type { Shape } from './shape.ts'

/** Standard normal quantiles, for who gives a percentile instead of sigma. */
const z = { p90: 1.2815515655446004, p95: 1.6448536269514722, p99: 2.3263478740408408 } as const
const sharesSlack = 1e-6
const partsMost = 10
const pointsMost = 2_000

type Form = { readonly schema: (unit: Unit) => TSchema, readonly read: (at: Place, unit: Unit) => Distribution | undefined }

function bounds<K extends string> (keys: readonly K[], unit: Unit): Shape<Readonly<Record<K, number>>> {
  return object(Object.fromEntries(keys.map((key) => [key, quantity(unit)])) as never)
}

function rising (at: Place, values: readonly number[]): boolean {
  const ok = values.every((value, i) => value >= (values[i - 1] ?? -Infinity))
  if (!ok) at.faulty('CONTRADICTORY', 'low must not be above high, nor mode outside them')
  return ok
}

function between (is: 'uniform' | 'log-uniform'): Form {
  return {
    schema: (unit) => bounds(['low', 'high'], unit).schema,
    read: (at, unit) => {
      const read = bounds(['low', 'high'], unit).read(at)
      if (read === undefined || !rising(at, [read.low, read.high])) return undefined
      return is === 'log-uniform' && read.low <= 0 ? at.faulty('CONTRADICTORY', 'a log-uniform distribution begins above 0') : { is, ...read }
    }
  }
}

const logNormal: Form = {
  schema: (unit) => Type.Object({ median: unit.schema, sigma: Type.Optional(Type.Number()), ...Object.fromEntries(Object.keys(z).map((p) => [p, Type.Optional(unit.schema)])) }, { additionalProperties: false, minProperties: 2, maxProperties: 2 }),
  read: (at, unit) => {
    const pairs = at.pairs('median, and one of sigma, p90, p95, p99')
    if (pairs === undefined) return undefined
    const spreads = ['sigma', ...Object.keys(z)]
    for (const [key, place] of pairs) if (key !== 'median' && !spreads.includes(key)) place.unknownKey(['median', ...spreads])
    const [spread, ...besides] = [...pairs.keys()].filter((key) => spreads.includes(key))
    const medianAt = pairs.get('median')
    const spreadAt = spread === undefined ? undefined : pairs.get(spread)
    if (medianAt === undefined || spread === undefined || spreadAt === undefined) return at.faultOfKey('KEY_MISSING', `needs "median" and one of ${spreads.join(', ')}`)
    if (besides.length > 0) return at.faulty('CONTRADICTORY', `says its width twice: keep one of ${[spread, ...besides].join(', ')}`)
    const median = quantity(unit, Number.MIN_VALUE).read(medianAt)
    if (spread === 'sigma') {
      const sigma = quantity(number, 0, 10).read(spreadAt)
      return median === undefined || sigma === undefined ? undefined : { is: 'log-normal', median, sigma }
    }
    const far = quantity(unit).read(spreadAt)
    if (median === undefined || far === undefined) return undefined
    if (far < median) return spreadAt.faulty('CONTRADICTORY', `${spread} is below the median`)
    return { is: 'log-normal', median, sigma: Math.log(far / median) / z[spread as keyof typeof z] }
  }
}

const mixture: Form = {
  schema: () => Type.Array(Type.Object({ share: Type.Unknown() }), { minItems: 1, maxItems: partsMost, description: 'each with its share and one distribution' }),
  read: (at, unit) => {
    const items = at.items('of parts, each with "share" and a distribution')
    if (items === undefined) return undefined
    if (items.length === 0 || items.length > partsMost) return at.faulty('TOO_MANY', `needs 1 to ${partsMost} parts`)
    const parts = items.map((item) => {
      const pairs = item.pairs('"share" and a distribution')
      const shareAt = pairs?.get('share')
      const of = pairs && distribution(item, pairs, unit, ['share'])
      if (pairs !== undefined && shareAt === undefined) item.faultOfKey('KEY_MISSING', '"share" is missing', 'share')
      const part = shareAt && quantity(share).read(shareAt)
      return part === undefined || of === undefined ? undefined : { share: part, of }
    })
    if (parts.includes(undefined)) return undefined
    const whole = parts as { share: number, of: Distribution }[]
    const sum = whole.reduce((all, part) => all + part.share, 0)
    return Math.abs(sum - 1) > sharesSlack ? at.faulty('SHARES_NOT_ONE', `the shares add up to ${Number((sum * 100).toFixed(4))} %, not to 100 %`) : { is: 'mixture', parts: whole }
  }
}

const point = (unit: Unit) => object<{ readonly p: number, readonly x: number }>({ p: quantity(share), x: quantity(unit) })
const empirical: Form = {
  schema: (unit) => Type.Array(point(unit).schema, { minItems: 2, maxItems: pointsMost, description: 'p rising from 0 to 1, x not falling' }),
  read: (at, unit) => {
    const items = at.items('of points, each with p and x')
    if (items === undefined) return undefined
    if (items.length < 2 || items.length > pointsMost) return at.faulty('TOO_MANY', `needs 2 to ${pointsMost} points`)
    const points = items.map((item) => point(unit).read(item))
    if (points.includes(undefined)) return undefined
    const whole = points as { p: number, x: number }[]
    if (whole[0]?.p !== 0 || whole.at(-1)?.p !== 1) return at.faulty('CONTRADICTORY', 'p begins at 0 and ends at 1')
    const broken = whole.findIndex(({ p, x }, i) => i > 0 && (p <= (whole[i - 1]?.p ?? -1) || x < (whole[i - 1]?.x ?? 0)))
    return broken > 0 ? items[broken]?.faulty('CONTRADICTORY', 'p must rise and x must not fall') : { is: 'empirical', points: whole }
  }
}

function simple (schema: Form['schema'], read: Form['read']): Form { return { schema, read } }
const forms: Readonly<Record<string, Form>> = {
  value: simple((unit) => unit.schema, (at, unit) => {
    const value = quantity(unit).read(at)
    return value === undefined ? undefined : { is: 'constant', value }
  }),
  uniform: between('uniform'),
  loguniform: between('log-uniform'),
  triangular: simple((unit) => bounds(['low', 'mode', 'high'], unit).schema, (at, unit) => {
    const read = bounds(['low', 'mode', 'high'], unit).read(at)
    return read === undefined || !rising(at, [read.low, read.mode, read.high]) ? undefined : { is: 'triangular', ...read }
  }),
  exponential: simple((unit) => bounds(['mean'], unit).schema, (at, unit) => {
    const read = bounds(['mean'], unit).read(at)
    return read === undefined ? undefined : read.mean > 0 ? { is: 'exponential', ...read } : at.faulty('CONTRADICTORY', 'the mean must be above 0')
  }),
  lognormal: logNormal,
  weibull: simple((unit) => object({ shape: quantity(number), scale: quantity(unit) }).schema, (at, unit) => {
    const read = object<{ readonly shape: number, readonly scale: number }>({ shape: quantity(number, 0.05, 50), scale: quantity(unit, Number.MIN_VALUE) }).read(at)
    return read === undefined ? undefined : { is: 'weibull', ...read }
  }),
  mixture,
  empirical,
  never: simple(() => Type.Literal(true), (at) => at.value === true ? { is: 'never' } : at.faulty('WORD_UNKNOWN', 'needs true'))
}
/** These have no upper end, and a share has. */
const endless = ['exponential', 'lognormal', 'weibull', 'never']
export const formNames = Object.keys(forms)

/** The one distribution among these pairs; `besides`: keys that stand beside it. */
export function distribution (at: Place, pairs: ReadonlyMap<string, Place>, unit: Unit, besides: readonly string[]): Distribution | undefined {
  const known = [...formNames, ...besides]
  const unknown = [...pairs].filter(([key]) => !known.includes(key))
  for (const [, place] of unknown) place.unknownKey(known)
  const given = [...pairs].filter(([key]) => formNames.includes(key))
  const [first] = given
  if (first === undefined) return unknown.length > 0 ? undefined : at.faultOfKey('KEY_MISSING', `needs one of ${formNames.join(', ')}`)
  if (given.length > 1) return at.faultOfKey('CONTRADICTORY', `says its value twice: keep one of ${given.map(([key]) => key).join(', ')}`)
  const [key, place] = first
  if (unit.most <= 1 && endless.includes(key)) return place.faultOfKey('CONTRADICTORY', `a ${unit.name} can't be ${key}, which may be above 1`)
  if (key === 'never' && unit.name !== 'duration') return place.faultOfKey('CONTRADICTORY', 'only a time may be never')
  return forms[key]?.read(place, unit)
}

export function distributionSchemas (unit: Unit): Readonly<Record<string, TSchema>> {
  const fits = Object.entries(forms).filter(([key]) => (unit.most > 1 || !endless.includes(key)) && (key !== 'never' || unit.name === 'duration'))
  return Object.fromEntries(fits.map(([key, form]) => [key, form.schema(unit)]))
}
