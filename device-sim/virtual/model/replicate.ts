/** One replication of one policy, venue by venue, and the story of one press of it. Pure: the same scenario and numbers, the same answer. */
import type { Policy, Scenario } from '../../scenario/scenario.ts'
import { Service } from './alarms.ts'
import { availabilityOf } from './availability.ts'
import { everybodyIn } from './circle.ts'
import { newEpisode, rowOf } from './episode.ts'
import type { Episode } from './episode.ts'
import { hear, notice } from './hear.ts'
import { Her } from './her.ts'
import { MONTH_MS } from './hours.ts'
import { measure } from './measures.ts'
import { People } from './people.ts'
import { Phones } from './phones.ts'
import type { Breach, BurdenRow, Moment, PressRow, Replication } from './replication.ts'
import { Run } from './run.ts'
import type { House } from './run.ts'
import { worldOf } from './world.ts'
import type { Venue, World } from './world.ts'

/** The world that was made last: the policies of one replication share it, and none is kept longer. */
let last: { readonly scenario: Scenario, readonly replication: number, readonly world: World } | null = null

function worldFor (scenario: Scenario, replication: number): World {
  if (last?.scenario !== scenario || last.replication !== replication) last = { scenario, replication, world: worldOf(scenario, replication) }
  return last.world
}

export function replicate (scenario: Scenario, policyIndex: number, replication: number): Replication {
  const world = worldFor(scenario, replication)
  const policy = policyOf(scenario, policyIndex)
  const presses: PressRow[] = []
  const burden: BurdenRow[] = []
  const breaches: Breach[] = []
  let authorityTellings = 0
  let events = 0
  for (const venue of world.venues) {
    const run = live(world, venue, policy, null)
    for (const episode of run.episodes) presses.push(rowOf(episode))
    burden.push(...burdenOf(run, venue))
    breaches.push(...run.breaches)
    authorityTellings += run.authorityTellings
    events += run.kernel.events
  }
  presses.sort((a, b) => a.press - b.press)
  const availability = availabilityOf(world)
  const measures = measure({ presses, endS: scenario.horizonS, burden, availability, costARoomYear: costOf(world, policy), authorityTellings })
  return { policy: policy.name, replication, presses, burden, availability, measures, breaches, events }
}

/** Every line of one press, in order. Empty: there is no such press. */
export function story (scenario: Scenario, policyIndex: number, replication: number, press: number): readonly Moment[] {
  const world = worldFor(scenario, replication)
  const venue = world.presses[press]?.room.venue
  return venue === undefined ? [] : live(world, venue, policyOf(scenario, policyIndex), press).story?.moments ?? []
}

function policyOf (scenario: Scenario, index: number): Policy {
  const policy = scenario.policies[index]
  if (policy === undefined) throw new RangeError(`there are ${scenario.policies.length} policies, and no number ${index}`)
  return policy
}

/**
 * One venue from the first press to the last. Nobody of one is called to another, and what they share (the service, the
 * push service) fails as it fails whatever they do: each is lived by itself, while all of it is at hand for the machine.
 */
function live (world: World, venue: Venue, policy: Policy, storyOf: number | null): Run {
  const run = new Run(world, policy, storyOf)
  const house = { run } as House
  const service = new Service(house)
  Object.assign(house, { alarms: service, phones: new Phones(house), people: new People(house), her: new Her(house) })
  const heard = (episode: Episode): void => { service.hear(episode, false) }
  for (const press of venue.presses) {
    const episode = newEpisode(press)
    run.episodes.push(episode)
    press.heard ??= press.isMissed ? notice(world.service, press.at) : hear(press.room, press.at, press.key)
    if (run.story?.press === press.number) run.kernel.at(press.at, (pressed: Episode) => { run.moment([pressed], press.isMissed ? 'promise missed' : 'pressed', undefined, { cause: press.cause, room: press.room.entity, silent: press.silent }) }, episode)
    if (press.heard.at < world.lastMs) run.kernel.at(press.heard.at, heard, episode)
  }
  run.kernel.run(world.lastMs)
  service.checkLeft()
  return run
}

/** Everybody whom the policy names, those of whom nothing was asked too. */
function burdenOf (run: Run, venue: Venue): readonly BurdenRow[] {
  const months = run.world.endMs / MONTH_MS
  const people = new Set(venue.rooms.flatMap((room) => everybodyIn(room, run.policy)))
  return [...people].sort((a, b) => a.number - b.number).map((who) => {
    const { alerts, wakings, trips, needlessTrips } = run.burden(who)
    return { venue: venue.type.name, venueNumber: venue.number, role: who.type.role, responder: who.number, months, alerts, wakings, trips, needlessTrips }
  })
}

/** EUR: the button, and each role that the policy names; the price of each drawn once a kind of venue. */
function costOf (world: World, policy: Policy): number {
  const roles = new Set([...policy.steps.flatMap(({ people }) => people), ...(policy.houseLane === null ? [] : [policy.houseLane])])
  let total = 0
  for (const type of world.scenario.venues) {
    const button = world.scenario.buttons[type.button]
    const room = (button === undefined ? 0 : world.draws.trait(type.name, 'button cost', button.cost)) +
      type.responders.filter(({ role }) => roles.has(role)).reduce((sum, { role, cost }) => sum + world.draws.trait(type.name, `${role} cost`, cost), 0)
    total += room * type.count * type.rooms
  }
  return total / Math.max(world.rooms.length, 1)
}
