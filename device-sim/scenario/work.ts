/** How much a scenario asks of the machine: what would never end, or fill the memory, is refused with its limit before it begins. */
import { mean } from '../virtual/chance/cdf.ts'
import type { Parameter, Renewal, ResponderType, Scenario, VenueType } from './scenario.ts'
import { dayS, hourS, yearS } from './units.ts'

/** A thread keeps about 4 kB a press until the replication is over: a gigabyte. */
export const pressesMost = 250_000
/** Failures and repairs of everything that fails, 16 bytes each. */
export const turnsMost = 20_000_000
/** As in the model: worked hours that a year's rate of incidents is a rate of. */
const WORKED_H_A_YEAR = 1_600

export type WorkFault = { readonly path: string, readonly code: 'TOO_MANY' | 'CONTRADICTORY', readonly message: string }
type Part = { readonly path: string, readonly n: number }

/** None: it can be run. The path is that of the largest part of what is too much. */
export function tooMuchWork (scenario: Scenario): readonly WorkFault[] {
  const renewals = renewalsOf(scenario)
  const still = renewals.filter(({ of: { up, down } }) => mean(up.draw) + mean(down.draw) === 0 && down.draw.is !== 'constant')
  if (still.length > 0) return still.map(({ path }) => ({ path, code: 'CONTRADICTORY', message: 'is up for no time and down for no time: it would turn without end' }))
  const turns = renewals.map(({ path, of, n }) => ({ path, n: n * turnsOf(of, scenario.horizonS) }))
  return [
    ...tooMany(pressesOf(scenario), pressesMost, 'presses'),
    ...tooMany(turns, turnsMost, 'failures')
  ]
}

function tooMany (parts: readonly Part[], most: number, what: string): readonly WorkFault[] {
  const sum = parts.reduce((all, { n }) => all + n, 0)
  const [largest] = [...parts].sort((a, b) => b.n - a.n)
  if (largest === undefined || sum <= most) return []
  return [{ path: largest.path, code: 'TOO_MANY', message: `about ${rounded(sum)} ${what} a replication, ${rounded(largest.n)} of them from here, are more than ${most}: a shorter horizon, fewer rooms, or a slip of the pen?` }]
}

function rounded (n: number): string { return n < 1e15 ? String(Math.round(Number(n.toPrecision(2)))) : n.toPrecision(2) }

/** Everything that a hand does, pressed or thought better of; a year of a room. */
function pressesOf ({ venues, horizonS }: Scenario): readonly Part[] {
  return venues.flatMap(({ name, count, rooms, workers }) => {
    const { from, to } = workers.shift
    const shiftH = from < to ? to - from : to - from + dayS / hourS
    const worked = mean(workers.worked.draw)
    const roomYears = count * rooms * horizonS / yearS
    // Drawn along the hours of every shift, and then left out on days that are not worked.
    const onShift = (parameter: Parameter): number => worked > 0 ? mean(parameter.draw) / worked : 0
    const part = (key: keyof VenueType['workers'], aYear: number): Part => ({ path: `venues.${name}.workers.${key}`, n: aYear * roomYears })
    return [
      part('accidents', mean(workers.accidents.draw)),
      part('incidents', mean(workers.incidents.draw) * shiftH * 365 / WORKED_H_A_YEAR),
      part('tests', onShift(workers.tests)),
      part('forgets', onShift(workers.forgets))
    ]
  })
}

/** How many of one role a kind of venue has: each worker's, each room's, or each venue's. */
function ownersOf ({ count, rooms, workersPerRoom }: VenueType, per: ResponderType['per']): number {
  switch (per) {
    case 'venue': return count
    case 'room': return count * rooms
    case 'worker': return count * rooms * workersPerRoom
  }
}

type Failing = { readonly path: string, readonly of: Renewal, readonly n: number }

function renewalsOf ({ venues, networks, powers, buttons, service }: Scenario): readonly Failing[] {
  return [{ path: 'service', of: service, n: 1 }, ...venues.flatMap((venue): Failing[] => {
    const { name, count, rooms, network, power, button, gateway, responders } = venue
    const [net, mains, thing] = [networks[network], powers[power], buttons[button]]
    return [
      ...(net === undefined ? [] : [{ path: `networks.${network}.outage`, of: net.outage, n: count }]),
      ...(mains === undefined ? [] : [{ path: `powers.${power}.outage`, of: mains.outage, n: count }]),
      ...(thing === undefined ? [] : [{ path: `buttons.${button}.failure`, of: thing.failure, n: count * rooms }]),
      ...(thing === undefined || thing.mainsPowered ? [] : [{ path: `buttons.${button}.battery`, of: { up: thing.battery, down: thing.replaced }, n: count * rooms }]),
      ...(gateway === null ? [] : [{ path: `venues.${name}.gateway`, of: gateway, n: count }]),
      ...responders.map(({ role, per, reachable }) => ({ path: `venues.${name}.responders.${role}.reachable`, of: reachable, n: ownersOf(venue, per) }))
    ]
  })]
}

function turnsOf ({ up, down }: Renewal, horizonS: number): number {
  if (down.draw.is === 'constant' && down.draw.value === 0) return 0
  const turn = mean(up.draw) + mean(down.draw)
  return turn === Infinity ? 0 : horizonS / turn
}
