/** The scenario file as a whole: its keys, in the order in which they make sense. */
import { Type } from 'typebox'
import type { TSchema } from 'typebox'
import type { Place, Reading, Shelf } from './reading.ts'
import type { Criterion, Scenario } from './scenario.ts'
import { renewal } from './shapes/parameter.ts'
import { responder, venue, workers } from './shapes/people.ts'
import type { VenueWritten } from './shapes/people.ts'
import { criterion, factor, fault, horizon, policy, replications, replicationsAbsent } from './shapes/plan.ts'
import type { FactorWritten, PolicyWritten } from './shapes/plan.ts'
import { list, name, named, text, whole } from './shapes/shape.ts'
import type { Shape } from './shapes/shape.ts'
import { button, network, power, push } from './shapes/things.ts'

export const scenarioVersion = 1
const seedMost = 4_294_967_295
const entriesMost = 50
const venuesMost = 20
const policiesMost = 12
const faultsMost = 200

/** The shelves of a library and of a scenario, each able to take up what stands before it. */
const shelves: { readonly [S in Shelf]: Shape<unknown> } = {
  networks: network, powers: power, buttons: button, gateways: renewal('gateways'), services: renewal('services'), pushes: push, workers, responders: responder as Shape<unknown>
}
const shelfNames = Object.keys(shelves) as Shelf[]

/** Puts what a library or a scenario names where `like` finds it. */
export function readShelves (pairs: ReadonlyMap<string, Place>, reading: Reading): void {
  for (const shelf of shelfNames) {
    const at = pairs.get(shelf)
    if (at === undefined) continue
    named(shelves[shelf], entriesMost, `names of ${shelf}`, (_, name, value) => { reading.library[shelf].set(name, value) }).read(at)
  }
}

/** What could be read; undefined: at fault, and said. */
export type Draft = {
  readonly [K in 'name' | 'title' | 'question' | 'horizonS' | 'seed' | 'replications' | 'service' | 'push' | 'faults']: Scenario[K] | undefined
} & {
  readonly venues: readonly (readonly [string, VenueWritten])[]
  readonly policies: readonly (readonly [string, PolicyWritten])[]
  readonly criteria: readonly (readonly [string, Omit<Criterion, 'name'>])[]
  readonly factors: readonly FactorWritten[]
}

const venues = named(venue, venuesMost, 'names of venues')
const policies = named(policy, policiesMost, 'names of policies')
const criteria = named(criterion, 100, 'names of criteria')
const factors = list(factor, 100, 'factors, each with path, low and high')
const faults = list(fault, faultsMost, 'faults, each with is, at and for')
const service = renewal('services')
const title = text(120)
const question = text(600)
const seed = whole(0, seedMost)

const topFields = { version: whole(scenarioVersion, scenarioVersion), name, title, question, use: name, horizon, seed, replications, service, push, venues, policies, criteria, factors, faults }
export const topKeys: readonly string[] = [...Object.keys(topFields), ...shelfNames]
const optional = ['use', 'replications', 'faults', 'criteria', 'factors', ...shelfNames]

export function readDocument (root: Place, pairs: ReadonlyMap<string, Place>): Draft {
  for (const [key, place] of pairs) if (!topKeys.includes(key)) place.unknownKey(topKeys)
  function get<T> (key: string, shape: Shape<T>): T | undefined
  function get<T> (key: string, shape: Shape<T>, absent: T): T
  function get<T> (key: string, shape: Shape<T>, absent?: T): T | undefined {
    const at = pairs.get(key)
    if (at !== undefined) return shape.read(at) ?? absent
    return absent ?? root.faultOfKey('KEY_MISSING', `"${key}" is missing`, key)
  }
  const missing = (key: string): void => { if (!pairs.has(key)) root.faultOfKey('KEY_MISSING', `"${key}" is missing`, key) }
  missing('venues')
  missing('policies')
  return {
    name: get('name', name),
    title: get('title', title),
    question: get('question', question),
    horizonS: get('horizon', horizon),
    seed: get('seed', seed),
    replications: get('replications', replications, replicationsAbsent),
    service: get('service', service),
    push: get('push', push),
    venues: get('venues', venues, []),
    policies: get('policies', policies, []),
    faults: get('faults', faults, []),
    criteria: get('criteria', criteria, []),
    factors: get('factors', factors, [])
  }
}

export function documentSchema (): TSchema {
  const all: Record<string, Shape<unknown>> = { ...topFields, ...Object.fromEntries(shelfNames.map((shelf) => [shelf, named(shelves[shelf], entriesMost, shelf)])) }
  return Type.Object(Object.fromEntries(Object.entries(all).map(([key, { schema }]) => [key, optional.includes(key) ? Type.Optional(schema) : schema])), { additionalProperties: false })
}
