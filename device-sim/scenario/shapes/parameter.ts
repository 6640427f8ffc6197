/** A parameter: a distribution, how well it is known, and from where. A renewal: two of them, or an outage as people state it. */
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import type { Distribution } from '../../virtual/chance/distribution.ts'
import type { Place, Shelf } from '../reading.ts'
import type { Parameter, Renewal } from '../scenario.ts'
import { duration, rate, readTotal, totalPattern, yearS } from '../units.ts'
import type { Unit } from '../units.ts'
import { distribution, distributionSchemas } from './chance.ts'
import { choice, flag, object, quantity, text } from './shape.ts'
import type { Shape } from './shape.ts'

const evidence = choice(['measured', 'literature', 'elicited', 'assumed'])
const source = text(400)
const grounds = { evidence, source }
type Grounds = { readonly evidence: Parameter['evidence'], readonly source: string }

/** Both are asked for everywhere: a number without its source looks as good as a measured one. */
function groundsOf (at: Place, pairs: ReadonlyMap<string, Place>): Grounds | undefined {
  const [evidenceAt, sourceAt] = [pairs.get('evidence'), pairs.get('source')]
  if (evidenceAt === undefined) at.faultOfKey('KEY_MISSING', '"evidence" is missing: measured, literature, elicited or assumed', 'evidence')
  if (sourceAt === undefined) at.faultOfKey('KEY_MISSING', '"source" is missing: where the number is from, or why it is assumed', 'source')
  const [graded, said] = [evidenceAt && evidence.read(evidenceAt), sourceAt && source.read(sourceAt)]
  return graded === undefined || said === undefined ? undefined : { evidence: graded, source: said }
}

const refs = new Map<string, TSchema>()
/** Each unit's parameter is one definition in the published schema; sorted, since files are loaded in no order of ours. */
export function definitions (): Readonly<Record<string, TSchema>> { return Object.fromEntries([...refs].sort(([a], [b]) => a < b ? -1 : 1)) }

export function parameter (unit: Unit): Shape<Parameter> {
  const forms = distributionSchemas(unit)
  const optional = Object.fromEntries(Object.entries(forms).map(([key, schema]) => [key, Type.Optional(schema)]))
  refs.set(`parameter-${unit.name}`, Type.Object({ ...optional, evidence: evidence.schema, source: source.schema }, { additionalProperties: false, oneOf: Object.keys(forms).map((key) => ({ required: [key] })) }))
  return {
    unit,
    schema: Type.Unsafe({ $ref: `#/$defs/parameter-${unit.name}` }),
    read: (at) => {
      const pairs = at.pairs('a distribution, "evidence" and "source"')
      if (pairs === undefined) return undefined
      const draw = distribution(at, pairs, unit, ['evidence', 'source'])
      const known = groundsOf(at, pairs)
      return draw === undefined || known === undefined ? undefined : { draw, ...known }
    }
  }
}

const time = parameter(duration)
const upAndDown = object<Renewal>({ up: time, down: time })
const total: Shape<number> = {
  schema: Type.String({ pattern: totalPattern, description: 'such as 11 h a year' }),
  read: (at) => {
    const read = readTotal(at.value)
    if (read === undefined) return at.faulty('QUANTITY_INVALID', 'needs a time a year, such as 11 h a year')
    return read > 0 && read < yearS ? read : at.faulty('OUT_OF_RANGE', 'needs more than nothing and less than the whole year')
  }
}
/** As outages are published: how often, or how long in all, and how long one lasts. */
const counted = object<{ readonly times: number, readonly lasting: number } & Grounds>({ times: quantity(rate, Number.MIN_VALUE), lasting: quantity(duration), ...grounds })
const summed = object<{ readonly total: number, readonly lasting: number } & Grounds>({ total, lasting: quantity(duration, Number.MIN_VALUE), ...grounds })
const none = object<{ readonly never: boolean } & Grounds>({ never: flag, ...grounds })

function exponential (mean: number): Distribution { return { is: 'exponential', mean } }

/** `perYear` failures a year of wall time, each of `lastingS`: what is left of the year is the time up. */
function turns (at: Place, perYear: number, lastingS: number, { evidence, source }: Grounds): Renewal | undefined {
  const upS = yearS / perYear - lastingS
  if (!(upS > 0)) return at.faultOfKey('CONTRADICTORY', 'it would be down for more than the whole year')
  return { up: { draw: exponential(upS), evidence, source }, down: { draw: lastingS === 0 ? { is: 'constant', value: 0 } : exponential(lastingS), evidence, source } }
}

function readRenewal (at: Place, pairs: ReadonlyMap<string, Place>): Renewal | undefined {
  if (pairs.has('times')) {
    const read = counted.read(at)
    return read && turns(at, read.times, read.lasting, read)
  }
  if (pairs.has('total')) {
    const read = summed.read(at)
    return read && turns(at, read.total / read.lasting, read.lasting, read)
  }
  if (pairs.has('never')) {
    const read = none.read(at)
    const { evidence, source } = read ?? {}
    return evidence === undefined || source === undefined ? undefined : { up: { draw: { is: 'never' }, evidence, source }, down: { draw: { is: 'constant', value: 0 }, evidence, source } }
  }
  return upAndDown.read(at)
}

/** With a `shelf`, a name or `like: NAME` takes one up whole. */
export function renewal (shelf?: Shelf): Shape<Renewal> {
  const known = Type.Union([counted.schema, summed.schema, none.schema, upAndDown.schema])
  refs.set('renewal', known)
  const taken = shelf === undefined ? undefined : object<Renewal>({ up: time, down: time }, shelf)
  const ref = Type.Unsafe({ $ref: '#/$defs/renewal' })
  return {
    unit: duration,
    schema: shelf === undefined ? ref : Type.Union([Type.String({ description: `a name among the ${shelf}` }), ref]),
    read: (at) => {
      if (taken !== undefined && typeof at.value === 'string') return taken.read(at)
      const pairs = at.pairs('"times" and "lasting", "total" and "lasting", "never", or "up" and "down"')
      return pairs && readRenewal(at, pairs)
    }
  }
}
