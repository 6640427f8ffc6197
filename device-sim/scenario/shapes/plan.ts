/** What is compared and asked: policies, faults, criteria, factors, replications. */
import { measureNames } from '../scenario.ts'
import type { Criterion, Factor, Fault, Policy, Scenario } from '../scenario.ts'
import { measureUnits } from '../measure-units.ts'
import { duration, dayS, number, share, yearS } from '../units.ts'
import type { Place } from '../reading.ts'
import { Type } from 'typebox'
import { absent, choice, list, name, object, orNull, quantity, text, whole } from './shape.ts'
import type { Shape } from './shape.ts'

/** As in the service's own `CircleStep` and `CirclePut`; a test holds them together. */
export const circleLimits = { waitLeastS: 10, waitMostS: 60, assistWaitMostS: 900, stepsMost: 6, peopleMost: 10, mayKnowMost: 40 } as const

export type PolicyWritten = Omit<Policy, 'name'>
type Step = Policy['steps'][number]
/** Remembered with its place: whether some venue has it is known only at the end. */
const role: Shape<string> = {
  schema: name.schema,
  read: (at) => {
    at.reading.rolesNamed.push(at)
    return name.read(at)
  }
}
const step = object<Step>({
  waitS: whole(circleLimits.waitLeastS, circleLimits.waitMostS),
  assistWaitS: absent(null, orNull(whole(circleLimits.waitLeastS, circleLimits.assistWaitMostS))),
  people: list(role, circleLimits.peopleMost, 'roles', 1)
})
export const policy = object<PolicyWritten>({
  title: text(120),
  steps: list(step, circleLimits.stepsMost, 'steps, the first one told at once'),
  mayKnow: absent([], list(role, circleLimits.mayKnowMost, 'roles')),
  consents: absent([], list(role, circleLimits.mayKnowMost, 'roles')),
  houseLane: absent(null, orNull(role))
})

const faultNames = ['service-down', 'push-down', 'power-down', 'network-down', 'push-slow'] as const
type FaultWritten = { readonly is: typeof faultNames[number], readonly at: number, readonly for: number, readonly venue: string | null, readonly times: number | null }
const written = object<FaultWritten>({
  is: choice(faultNames),
  at: quantity(duration),
  for: quantity(duration, 1),
  venue: absent(null, orNull(name)),
  times: absent(null, orNull(quantity(number, 1, 10_000)))
})
export const fault: Shape<Fault> = {
  schema: written.schema,
  read: (at) => {
    const read = written.read(at)
    if (read === undefined) return undefined
    const { is, at: atS, for: forS, venue, times } = read
    if (is === 'push-slow') return times === null || venue !== null ? at.faultOfKey('CONTRADICTORY', 'push-slow needs "times", and no "venue": there is one push channel') : { is, atS, forS, times }
    return times === null ? { is, atS, forS, venue } : at.faultOfKey('CONTRADICTORY', '"times" belongs to push-slow alone')
  }
}

/** A bound in the unit of its measure: "60 s", "95 %", "400 EUR", 2.5. */
const bound: Shape<unknown> = { schema: Type.Union([Type.String(), Type.Number()]), read: (at) => at.value ?? at.faulty('QUANTITY_INVALID', 'needs a number with its unit') }
const criterionWritten = object<{ readonly measure: Criterion['measure'], readonly policy: string | null, readonly better: Criterion['better'], readonly green: unknown, readonly red: unknown }>({
  measure: choice(measureNames), policy: absent(null, orNull(name)), better: choice(['less', 'more']), green: bound, red: bound
})
export const criterion: Shape<Omit<Criterion, 'name'>> = {
  schema: criterionWritten.schema,
  read: (at) => {
    const read = criterionWritten.read(at)
    const pairs = at.pairs('')
    if (read === undefined || pairs === undefined) return undefined
    const unit = measureUnits[read.measure]
    const [green, red] = ['green', 'red'].map((key) => boundOf(pairs.get(key), unit))
    if (green === undefined || red === undefined) return undefined
    if (read.better === 'less' ? green > red : green < red) return at.faultOfKey('CONTRADICTORY', `where ${read.better} is better, green can't be ${read.better === 'less' ? 'above' : 'below'} red`)
    return { measure: read.measure, policy: read.policy, better: read.better, green, red }
  }
}
function boundOf (at: Place | undefined, unit: Parameters<typeof quantity>[0]): number | undefined { return at && quantity(unit).read(at) }

/** Its bounds are read once the scenario is whole: their unit is that of what the path leads to. */
export type FactorWritten = { readonly path: string, readonly low: unknown, readonly high: unknown, readonly scale: Factor['scale'] }
export const factor = object<FactorWritten>({ path: text(200), low: bound, high: bound, scale: absent('linear', choice(['linear', 'log'])) })

export const horizon = quantity(duration, dayS, 50 * yearS)
export const replicationsMost = 100_000
export const replications = object<Scenario['replications']>({
  least: absent(10, whole(2, replicationsMost)),
  most: absent(200, whole(2, replicationsMost)),
  lookAhead: absent(5, whole(0, 1_000)),
  halfWidth: absent(0.05, quantity(share, 0.0001, 1)),
  primary: absent('tta_p90', choice(measureNames))
})
export const replicationsAbsent: Scenario['replications'] = { least: 10, most: 200, lookAhead: 5, halfWidth: 0.05, primary: 'tta_p90' }
