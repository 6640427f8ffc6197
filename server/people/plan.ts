/** Who a lane tells, from the picture: the plans of R4, and the last word of this side on R6. */
import type { Authority, ConsentId, Kind, Plan, PlanPerson, PlanStep, Reach, ResponderId, Trusted } from '../alarm/alarm.ts'
import { stepWaitMs } from '../alarm/limits.ts'
import type { ShiftRow, StandingRow } from '../store/people-rows.ts'
import { neverForwarding } from './declaration.ts'
import type { NeverForwarding } from './declaration.ts'
import type { CirclePerson, Picture } from './picture.ts'

export type ReachOf = (responder: ResponderId) => Reach

/** Her circle: confirmed contacts only, an authority only with a live consent of this very shift. */
export function planOfHers (picture: Picture, worker: string, kind: Kind, shift: ShiftRow | null, reachOf: ReachOf): Plan {
  const contacts = picture.folk.contacts.get(worker)
  const steps = (picture.folk.circles.get(worker) ?? []).map((step) => ({
    waitMs: kind === 'assist' ? step.assistWaitMs ?? step.waitMs : step.waitMs,
    people: step.people.flatMap((person): PlanPerson[] => {
      const contact = contacts?.get(person.responder)
      const who = contact?.confirmed === true ? recipient(picture, worker, person, shift) : null
      return who === null ? [] : [{ who, reach: reachOf(who.id), mayKnow: contact?.mayKnow === true }]
    })
  }))
  return withoutEmpty(steps)
}

function recipient (picture: Picture, worker: string, person: CirclePerson, shift: ShiftRow | null): Trusted | Authority | null {
  // The kind that was declared at pairing decides, whatever a circle's row may say.
  const kind = picture.folk.responders.get(person.responder)?.kind
  if (kind === undefined) return null
  if (kind !== 'authority') return trusted(person.responder)
  const consent = person.consent === null ? undefined : picture.folk.consents.get(person.consent)
  const holds = consent !== undefined && shift !== null && shift.endedAt === null &&
    consent.worker === worker && consent.responder === person.responder && consent.shift === shift.id
  return holds ? { kind: 'authority', id: person.responder as ResponderId, consent: consent.id as ConsentId } : null
}

/** The reference persons on duty; with nobody on the rota all of the venue's (somebody must hear). Never who has not declared. */
export function planOfHouse (picture: Picture, venue: string, now: number, reachOf: ReachOf): Plan {
  const all = (picture.places.venueResponders.get(venue) ?? []).flatMap((r) => referencePerson(picture, r.responder) ?? [])
  const onDuty = (picture.places.duties.get(venue) ?? [])
    .filter((d) => d.fromAt <= now && (d.untilAt === null || d.untilAt > now)).flatMap((d) => all.find((id) => id === d.responder) ?? [])
  const told = [...new Set(onDuty.length > 0 ? onDuty : all)]
  return withoutEmpty([{ waitMs: stepWaitMs, people: told.map((id) => outsider(id, reachOf)) }])
}

/** What the venue's workers agreed on for this room, and its reference persons. Never who has not declared. */
export function planOfStanding (picture: Picture, room: string, reachOf: ReachOf): Plan {
  const rows = (picture.places.standing.get(room) ?? []).flatMap((row) => {
    const who = whoStands(picture, room, row)
    return who === null ? [] : [{ ...row, who }]
  })
  const steps = [...new Set(rows.map((r) => r.step))].sort((a, b) => a - b)
  return withoutEmpty(steps.map((step) => ({
    waitMs: rows.find((r) => r.step === step)?.waitMs ?? stepWaitMs,
    people: rows.filter((r) => r.step === step).map((r) => outsider(r.who, reachOf))
  })))
}

function whoStands (picture: Picture, room: string, row: StandingRow): NeverForwarding | null {
  const venue = picture.places.rooms.get(room)?.venue
  if (venue === undefined) return null
  const may = (picture.places.venueResponders.get(venue) ?? []).some((r) => r.responder === row.responder) ||
    (picture.places.agreements.get(venue) ?? []).some((r) => r.responder === row.responder)
  return may ? neverForwarding(picture, row.responder) : null
}

function referencePerson (picture: Picture, responder: string): NeverForwarding | null {
  return picture.folk.responders.get(responder)?.kind === 'reference-person' ? neverForwarding(picture, responder) : null
}

export function isReferencePerson (picture: Picture, responder: string): boolean { return referencePerson(picture, responder) !== null }

function trusted (id: string): Trusted {
  return { kind: 'trusted', id: id as ResponderId }
}

/** Somebody who was not chosen by her: has declared that nothing is passed on (R6), and never learns what only those marked by her may know (R15). */
function outsider (id: NeverForwarding, reachOf: ReachOf): PlanPerson {
  return { who: trusted(id), reach: reachOf(id), mayKnow: false }
}

function withoutEmpty (steps: readonly PlanStep[]): Plan {
  return { steps: steps.filter((step) => step.people.length > 0) }
}

export function isEmpty (plan: Plan): boolean { return plan.steps.length === 0 }
