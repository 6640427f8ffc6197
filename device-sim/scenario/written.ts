/** A resolved scenario in the language again, whole and without a library: reading it gives the very same one, and the same SHA-256. */
import { stringify } from 'yaml'
import type { Distribution } from '../virtual/chance/distribution.ts'
import { measureUnits } from './measure-units.ts'
import { resolvePath, unitAt } from './paths.ts'
import type { Fault, Parameter, Renewal, Scenario, VenueType } from './scenario.ts'
import { duration } from './units.ts'
import type { Unit } from './units.ts'

type Plain = Readonly<Record<string, unknown>>

export function scenarioYaml (scenario: Scenario): string {
  const { horizonS, networks, powers, buttons, venues, policies, criteria, factors, faults, service, push, version, name, title, question, seed, replications } = scenario
  const shelf = (entries: object): Plain => Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, thing(entry as Plain)]))
  const written = {
    version, name, title, question,
    horizon: quantity(horizonS, duration),
    seed, replications,
    service: renewal(service),
    push: thing(push),
    networks: shelf(networks),
    powers: shelf(powers),
    buttons: shelf(Object.fromEntries(Object.entries(buttons).map(([key, { beatS, ...button }]) => [key, { ...button, beat: quantity(beatS, duration) }]))),
    venues: Object.fromEntries(venues.map((venue) => [venue.name, venueOf(venue)])),
    policies: byName(policies),
    faults: faults.map(faultOf),
    criteria: byName(criteria.map((criterion) => ({ ...criterion, green: quantity(criterion.green, measureUnits[criterion.measure]), red: quantity(criterion.red, measureUnits[criterion.measure]) }))),
    factors: factors.map((factor) => {
      const unit = unitAt(resolvePath(scenario, factor.path)[0] ?? [])
      return { ...factor, low: quantity(factor.low, unit), high: quantity(factor.high, unit) }
    })
  }
  return `# Resolved by device-sim: every number stands here, none is taken from a library.\n${stringify(written, { lineWidth: 0, aliasDuplicateObjects: false })}`
}

function byName (items: readonly { readonly name: string }[]): Plain { return Object.fromEntries(items.map(({ name, ...rest }) => [name, rest])) }

function venueOf ({ name, workers, responders, gateway, ...venue }: VenueType): Plain {
  return {
    ...venue,
    gateway: gateway === null ? null : renewal(gateway),
    workers: thing(workers),
    responders: Object.fromEntries(responders.map(({ role, ...responder }) => [role, thing(responder)]))
  }
}

function faultOf (fault: Fault): Plain {
  const { atS, forS, ...rest } = fault
  return { ...rest, at: quantity(atS, duration), for: quantity(forS, duration) }
}

/** Parameters, renewals and hours by their keys; what is plain stays. */
function thing (entry: object): Plain {
  return Object.fromEntries(Object.entries(entry).map(([key, value]: [string, unknown]) => {
    if (typeof value !== 'object' || value === null) return [key, value]
    if ('draw' in value) return [key, parameter(value as Parameter, unitAt([key]))]
    if ('up' in value) return [key, renewal(value as Renewal)]
    return [key, clock(value as { from: number, to: number })]
  }))
}

function renewal ({ up, down }: Renewal): Plain { return { up: parameter(up, duration), down: parameter(down, duration) } }
function parameter ({ draw, evidence, source }: Parameter, unit: Unit): Plain { return { ...distribution(draw, unit), evidence, source } }

function distribution (draw: Distribution, unit: Unit): Plain {
  const of = (values: Plain): Plain => Object.fromEntries(Object.entries(values).map(([key, value]) => [key, quantity(value as number, unit)]))
  switch (draw.is) {
    case 'constant': return { value: quantity(draw.value, unit) }
    case 'uniform': return { uniform: of({ low: draw.low, high: draw.high }) }
    case 'log-uniform': return { loguniform: of({ low: draw.low, high: draw.high }) }
    case 'triangular': return { triangular: of({ low: draw.low, mode: draw.mode, high: draw.high }) }
    case 'exponential': return { exponential: of({ mean: draw.mean }) }
    case 'log-normal': return { lognormal: { median: quantity(draw.median, unit), sigma: draw.sigma } }
    case 'weibull': return { weibull: { shape: draw.shape, scale: quantity(draw.scale, unit) } }
    case 'mixture': return { mixture: draw.parts.map((part) => ({ share: part.share, ...distribution(part.of, unit) })) }
    case 'never': return { never: true }
    case 'empirical': return { empirical: draw.points.map(({ p, x }) => ({ p, x: quantity(x, unit) })) }
  }
}

/** In the model's own unit, whose factor is 1: no digit is lost. */
function quantity (value: number, unit: Unit): string | number {
  switch (unit.name) {
    case 'share': case 'number': return value
    case 'rate': return `${value} a year`
    case 'duration': case 'length': case 'speed': case 'money': return `${value} ${unit.resolved}`
  }
}

function clock ({ from, to }: { readonly from: number, readonly to: number }): string {
  const at = (hours: number): string => `${Math.floor(hours)}:${String(Math.round(hours % 1 * 60)).padStart(2, '0')}`
  return `${at(from)}-${at(to)}`
}
