/** What no single value shows: names that lead nowhere, plans that the core would not take, numbers that contradict each other. */
import { checkPlan } from '../../server/alarm/limits.ts'
import type { PlanFault } from '../../server/alarm/limits.ts'
import type { ConsentId, Plan, ResponderId } from '../../server/alarm/alarm.ts'
import type { Draft } from './document.ts'
import { didYouMean } from './nearest.ts'
import type { Reading } from './reading.ts'
import type { VenueWritten } from './shapes/people.ts'
import type { PolicyWritten } from './shapes/plan.ts'

const roomsMost = 20_000

export function checkDraft (draft: Draft, reading: Reading): void {
  checkVenues(draft, reading)
  checkRoles(reading)
  for (const [name, policy] of draft.policies) checkPolicy(name, policy, draft, reading)
  if (!reading.has('policies.legal-minimum')) {
    reading.fault('policies', 'BASELINE_MISSING', 'there must be a policy "legal-minimum": what the law asks for, or the least that anybody has, is always compared')
  }
  const { least = 0, most = 0 } = draft.replications ?? {}
  if (least > most) reading.fault('replications', 'CONTRADICTORY', `the least (${least}) is more than the most (${most})`)
  const names = draft.policies.map(([name]) => name)
  for (const [name, { policy }] of draft.criteria) {
    if (policy !== null && !names.includes(policy)) reading.fault(`criteria.${name}.policy`, 'POLICY_UNKNOWN', `there is no policy "${policy}": ${didYouMean(policy, names)}`)
  }
  checkFaults(draft, reading)
}

function checkVenues ({ venues }: Draft, reading: Reading): void {
  const { networks, powers, buttons } = reading.library
  for (const [name, venue] of venues) {
    for (const [key, shelf, entries] of [['network', 'networks', networks], ['power', 'powers', powers], ['button', 'buttons', buttons]] as const) {
      if (!entries.has(venue[key]) && !reading.libraryMissing) reading.fault(`venues.${name}.${key}`, 'NAME_UNKNOWN', `there is no "${venue[key]}" among the ${shelf}: ${entries.size === 0 ? 'name a library with `use`, or define it' : didYouMean(venue[key], [...entries.keys()])}`)
    }
    if (venue.responders.length === 0) reading.fault(`venues.${name}.responders`, 'NOBODY', 'nobody could ever be told: needs a responder')
  }
  const rooms = venues.reduce((all, [, { count, rooms }]) => all + count * rooms, 0)
  if (rooms > roomsMost) reading.fault('venues', 'TOO_MANY', `${rooms} rooms in all are more than ${roomsMost}: a slip of the pen?`)
}

function checkRoles (reading: Reading): void {
  const roles = [...reading.roles]
  for (const at of reading.rolesNamed) {
    if (typeof at.value === 'string' && !reading.roles.has(at.value)) at.faulty('ROLE_UNKNOWN', `no venue has the role "${at.value}": ${didYouMean(at.value, roles)}`)
  }
}

function checkFaults ({ faults, venues, horizonS = Infinity }: Draft, reading: Reading): void {
  const names = venues.map(([name]) => name)
  for (const [i, fault] of (faults ?? []).entries()) {
    if (fault.atS >= horizonS) reading.fault(`faults.${i}.at`, 'CONTRADICTORY', 'comes after the horizon: it would never happen')
    if (fault.is === 'push-slow' || fault.venue === null) continue
    if (fault.is === 'service-down' || fault.is === 'push-down') reading.fault(`faults.${i}.venue`, 'CONTRADICTORY', `${fault.is} is of all venues: leave "venue" out`)
    else if (!names.includes(fault.venue)) reading.fault(`faults.${i}.venue`, 'NAME_UNKNOWN', `there is no venue "${fault.venue}": ${didYouMean(fault.venue, names)}`)
  }
}

function checkPolicy (name: string, policy: PolicyWritten, { venues }: Draft, reading: Reading): void {
  const at = `policies.${name}`
  const kinds = kindsOf(venues)
  for (const [i, role] of policy.consents.entries()) if (kinds.get(role) === 'trusted') reading.fault(`${at}.consents.${i}`, 'CONTRADICTORY', `"${role}" is no authority: only an authority needs her consent`)
  if (policy.houseLane !== null && kinds.get(policy.houseLane) === 'authority') reading.fault(`${at}.houseLane`, 'AUTHORITY_WITHOUT_CONSENT', 'a house lane never tells an authority')
  if (policy.houseLane !== null && venues.some(([, { responders }]) => responders.some(({ role, per }) => role === policy.houseLane && per === 'worker'))) reading.fault(`${at}.houseLane`, 'CONTRADICTORY', `"${policy.houseLane}" is a worker's own (per: worker): the house tells nobody of hers`)
  // Of a role that is unknown it is said where it stands; what the plan would be without it says nothing.
  if (policy.steps.some((step) => step.people.some((role) => !reading.roles.has(role)))) return
  for (const [venue, written] of venues) checkPlanIn(at, policy, venue, written, reading)
}

function kindsOf (venues: Draft['venues']): ReadonlyMap<string, 'trusted' | 'authority'> {
  return new Map(venues.flatMap(([, { responders }]) => responders.map(({ role, kind }) => [role, kind] as const)))
}

/** The core's own judgement of the circle as it would be in this venue. */
function checkPlanIn (at: string, policy: PolicyWritten, venue: string, { responders }: VenueWritten, reading: Reading): void {
  const plans = [['alarm', (step: PolicyWritten['steps'][number]) => step.waitS], ['assist', (step: PolicyWritten['steps'][number]) => step.assistWaitS ?? step.waitS]] as const
  for (const [kind, waitOf] of plans) {
    const steps = policy.steps.map((step, s) => ({ s, waitMs: waitOf(step) * 1_000, people: peopleOf(step.people, policy, responders) })).filter(({ people }) => people.length > 0)
    for (const fault of checkPlan({ steps } satisfies Plan, kind)) {
      if (fault.code === 'PLAN_EMPTY' && policy.houseLane !== null && responders.some(({ role }) => role === policy.houseLane)) continue
      const step = 'step' in fault ? steps[fault.step]?.s : undefined
      const path = step === undefined ? `${at}.steps` : `${at}.steps.${step}${placeIn(fault, kind)}`
      if (!reading.faults.some((said) => said.path === path && said.code === fault.code)) reading.fault(path, fault.code, `in venue "${venue}" ${sayings[fault.code]}${'who' in fault ? `: "${fault.who}"` : ''}`)
    }
  }
}

function peopleOf (roles: readonly string[], { consents, mayKnow }: PolicyWritten, responders: VenueWritten['responders']): Plan['steps'][number]['people'] {
  return roles.flatMap((role) => {
    const found = responders.find((responder) => responder.role === role)
    if (found === undefined) return []
    const id = role as ResponderId
    const who = found.kind === 'authority' ? { kind: found.kind, id, consent: (consents.includes(role) ? role : '') as ConsentId } : { kind: found.kind, id }
    return [{ who, reach: 'provable', mayKnow: mayKnow.includes(role) }]
  })
}

function placeIn (fault: PlanFault, kind: 'alarm' | 'assist'): string {
  if (fault.code === 'STEP_WAIT_TOO_LONG' || fault.code === 'STEP_WAIT_TOO_SHORT') return kind === 'alarm' ? '.waitS' : '.assistWaitS'
  return '.people'
}

const sayings: Readonly<Record<PlanFault['code'], string>> = {
  PLAN_EMPTY: 'nobody would be told: none of the roles is there',
  PLAN_TOO_MANY_STEPS: 'there are more steps than the core takes',
  PLAN_NO_TRUSTED_PERSON: 'only an authority would be told',
  STEP_EMPTY: 'nobody is in the step',
  STEP_TOO_MANY_PEOPLE: 'more people are in the step than the core takes',
  STEP_WAIT_TOO_SHORT: 'the step waits too short for anybody to answer',
  STEP_WAIT_TOO_LONG: 'the step waits longer than the core allows',
  PERSON_TWICE: 'the same role is told twice',
  AUTHORITY_WITHOUT_CONSENT: 'an authority would be told without her consent (name it under "consents")'
}
