/** Who a lane tells, from the picture: the plans of R4, and the last word of this side on R6. */
import type { Authority, ConsentId, Kind, Plan, PlanPerson, PlanStep, Reach, ResponderId, Trusted } from '../alarm/alarm.ts'
import { stepWaitMs } from '../alarm/limits.ts'
import type { ShiftRow, StandingRow } from '../store/people-rows.ts'
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

/** The reference persons on duty; with nobody on the rota all of the venue's (somebody must hear). Never an authority. */
export function planOfHouse (picture: Picture, venue: string, now: number, reachOf: ReachOf): Plan {
  const all = (picture.places.venueResponders.get(venue) ?? []).filter((r) => isReferencePerson(picture, r.responder)).map((r) => r.responder)
  const onDuty = (picture.places.duties.get(venue) ?? [])
    .filter((d) => d.fromAt <= now && (d.untilAt === null || d.untilAt > now) && all.includes(d.responder)).map((d) => d.responder)
  const told = [...new Set(onDuty.length > 0 ? onDuty : all)]
  return withoutEmpty([{ waitMs: stepWaitMs, people: told.map((id) => outsider(id, reachOf)) }])
}

/** What the venue's workers agreed on for this room, and its reference persons. Never an authority. */
export function planOfStanding (picture: Picture, room: string, reachOf: ReachOf): Plan {
  const rows = (picture.places.standing.get(room) ?? []).filter((row) => mayStand(picture, room, row))
  const steps = [...new Set(rows.map((r) => r.step))].sort((a, b) => a - b)
  return withoutEmpty(steps.map((step) => ({
    waitMs: rows.find((r) => r.step === step)?.waitMs ?? stepWaitMs,
    people: rows.filter((r) => r.step === step).map((r) => outsider(r.responder, reachOf))
  })))
}

function mayStand (picture: Picture, room: string, row: StandingRow): boolean {
  const venue = picture.places.rooms.get(room)?.venue
  const kind = picture.folk.responders.get(row.responder)?.kind
  if (venue === undefined || kind === undefined || kind === 'authority') return false
  return (picture.places.venueResponders.get(venue) ?? []).some((r) => r.responder === row.responder) ||
    (picture.places.agreements.get(venue) ?? []).some((r) => r.responder === row.responder)
}

export function isReferencePerson (picture: Picture, responder: string): boolean {
  return picture.folk.responders.get(responder)?.kind === 'reference-person'
}

function trusted (id: string): Trusted {
  return { kind: 'trusted', id: id as ResponderId }
}

/** Somebody who was not chosen by her: never learns what only those marked by her may know (R15). */
function outsider (id: string, reachOf: ReachOf): PlanPerson {
  return { who: trusted(id), reach: reachOf(id as ResponderId), mayKnow: false }
}

function withoutEmpty (steps: readonly PlanStep[]): Plan {
  return { steps: steps.filter((step) => step.people.length > 0) }
}

export function isEmpty (plan: Plan): boolean { return plan.steps.length === 0 }
