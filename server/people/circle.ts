/** Her circle (R5, R9): validated whole, written whole; who is no longer in it is dropped from running alarms at once. */
import type { ConsentId, Plan, ResponderId } from '../alarm/alarm.ts'
import { checkPlan } from '../alarm/limits.ts'
import type { PlanFault } from '../alarm/limits.ts'
import { StoreFailed } from '../store/store-failed.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import type { Circle, CircleEdit, CircleFault, CircleService, CircleStep, ListShown } from './circle-services.ts'
import { journalLine } from './journal.ts'
import { reachOfMarked } from './may-know.ts'
import { NOTE_CHARS_MAX } from './limits.ts'
import { assertNever } from './words.ts'
import type { Sees, Wish, WorkerId } from './words.ts'

const SECOND_MS = 1_000
/** Whom she marked nothing for. */
const ROOM_ALONE: Sees = { alias: false, room: true, address: false }
/** What an edit is measured by: her list, or what a screen that is lied to shows of it. */
type HerList = { contact (responder: string): { readonly confirmed: boolean } | undefined, consentFor (responder: string): string | null }

export class Circles implements CircleService {
  readonly #base: Base
  constructor (base: Base) {
    this.#base = base
  }

  get (worker: WorkerId): Circle | null {
    const row = this.#base.picture.folk.workers.get(worker)
    if (row === undefined) return null
    const contacts = [...this.#base.picture.folk.contacts.get(worker)?.values() ?? []].filter((c) => c.confirmed)
    return {
      version: row.circleVersion,
      steps: (this.#base.picture.folk.circles.get(worker) ?? []).filter((step) => step.people.length > 0).map((step) => ({
        waitS: step.waitMs / SECOND_MS,
        assistWaitS: step.assistWaitMs === null ? null : step.assistWaitMs / SECOND_MS,
        people: step.people.map((p) => p.responder as ResponderId)
      })),
      note: this.#base.keyring.text(worker, row.note, 'note'),
      quietCheck: this.#base.keyring.text(worker, row.quietCheck, 'quiet-check'),
      wishes: { ambulance: row.ambulance as Wish, police: row.police as Wish },
      mayKnow: contacts.filter((c) => c.mayKnow).map((c) => c.responder as ResponderId),
      sees: Object.fromEntries(contacts.map((c): [string, Sees] => [c.responder, { alias: c.seesAlias, room: c.seesRoom, address: c.seesAddress }]))
    }
  }

  reachOf (marked: readonly ResponderId[]) { return reachOfMarked(this.#base, marked) }

  async put (worker: WorkerId, edit: CircleEdit, version: number) {
    const old = this.get(worker)
    if (old === null) return refuse('WORKER_NOT_FOUND')
    if (old.version !== version) return refuse('CIRCLE_CHANGED')
    const fault = this.#fault(edit, this.#list(worker))
    if (fault !== null) return refuse(fault)
    const people = new Set(edit.steps.flatMap((step) => step.people))
    const dropped = old.steps.flatMap((step) => step.people).filter((responder) => !people.has(responder))
    const drop = () => { for (const responder of dropped) this.#base.running?.left(worker, responder) }
    try {
      const written = await this.#base.write('putCircle', this.#rows(worker, edit, version), journalLine(this.#base, worker, { what: 'circle-changed', by: 'you' }))
      if (!written.ok) return written
      drop()
    } catch (error) {
      // Her will is clear although it could not be saved: who she took out is not told any more.
      if (error instanceof StoreFailed) drop()
      throw error
    }
    return { ok: true as const, circle: this.get(worker) ?? { ...edit, version: version + 1 } }
  }

  would (edit: CircleEdit, version: number, { circle, contacts, consents }: ListShown) {
    if (circle.version !== version) return refuse('CIRCLE_CHANGED')
    const fault = this.#fault(edit, {
      contact: (responder) => contacts.find((each) => each.responder === responder),
      consentFor: (responder) => consents.find((each) => each.responder === responder && each.live)?.id ?? null
    })
    if (fault !== null) return refuse(fault)
    const confirmed = contacts.filter((each) => each.confirmed).map(({ responder }) => responder)
    return {
      ok: true as const,
      circle: {
        version: version + 1,
        steps: edit.steps,
        note: kept(edit.note),
        quietCheck: kept(edit.quietCheck),
        wishes: edit.wishes,
        mayKnow: confirmed.filter((responder) => edit.mayKnow.includes(responder)),
        sees: Object.fromEntries(confirmed.map((responder): [string, Sees] => [responder, edit.sees[responder] ?? ROOM_ALONE]))
      }
    }
  }

  #list (worker: WorkerId): HerList {
    return { contact: (responder) => this.#base.picture.folk.contacts.get(worker)?.get(responder), consentFor: (responder) => this.#consentFor(worker, responder) }
  }

  #rows (worker: WorkerId, edit: CircleEdit, version: number) {
    const sealed = (text: string | null, meaning: 'note' | 'quiet-check') => {
      const read = kept(text)
      return read === null ? null : this.#base.keyring.sealText(worker, read, meaning)
    }
    return {
      worker,
      expectedVersion: version,
      version: version + 1,
      note: sealed(edit.note, 'note'),
      quietCheck: sealed(edit.quietCheck, 'quiet-check'),
      ambulance: edit.wishes.ambulance,
      police: edit.wishes.police,
      steps: edit.steps.map((s) => ({ waitMs: s.waitS * SECOND_MS, assistWaitMs: s.assistWaitS === null ? null : s.assistWaitS * SECOND_MS })),
      people: edit.steps.flatMap((s, step) => s.people.map((responder) => ({ responder, step, consent: this.#consentFor(worker, responder) }))),
      mayKnow: [...new Set(edit.mayKnow)],
      sees: Object.entries(edit.sees).map(([responder, sees]) => ({ responder, ...sees }))
    }
  }

  #fault (edit: CircleEdit, list: HerList): CircleFault | null {
    for (const responder of [...edit.steps.flatMap((s) => s.people), ...edit.mayKnow, ...Object.keys(edit.sees)]) {
      const contact = list.contact(responder)
      if (contact === undefined) return 'NOT_HER_CONTACT'
      if (!contact.confirmed) return 'NOT_CONFIRMED'
    }
    const plan = this.#planFault(edit.steps, list)
    if (plan !== null) return plan
    for (const text of [edit.note, edit.quietCheck]) {
      const read = text === null ? null : readText(text, NOTE_CHARS_MAX)
      if (read?.ok === false && read.code === 'TEXT_TOO_LONG') return 'TEXT_TOO_LONG'
    }
    // The last mark may go, whether or not she has a second PIN: a refusal would tell whoever watches her that she has one. She is warned instead.
    return null
  }

  /** The core's own check, once as an alarm waits and once as a quiet check does. */
  #planFault (steps: readonly CircleStep[], list: HerList): CircleFault | null {
    const whole = steps.every((s) => Number.isInteger(s.waitS) && (s.assistWaitS === null || Number.isInteger(s.assistWaitS)))
    if (!whole) return 'WAIT_RANGE'
    const [fault] = [
      ...checkPlan(this.#plan(steps, list, (s) => s.waitS), 'alarm'),
      ...checkPlan(this.#plan(steps, list, (s) => s.assistWaitS ?? s.waitS), 'assist')
    ]
    return fault === undefined ? null : circleFault(fault)
  }

  #plan (steps: readonly CircleStep[], list: HerList, waitOf: (step: CircleStep) => number): Plan {
    const kinds = this.#base.picture.folk.responders
    return {
      steps: steps.map((step) => ({
        waitMs: waitOf(step) * SECOND_MS,
        people: step.people.map((id) => ({
          who: kinds.get(id)?.kind === 'authority' ? { kind: 'authority', id, consent: (list.consentFor(id) ?? '') as ConsentId } : { kind: 'trusted', id },
          reach: 'unknown',
          mayKnow: false
        }))
      }))
    }
  }

  /** An authority's consent of the shift that goes on now; null for everybody else. */
  #consentFor (worker: WorkerId, responder: string): string | null {
    if (this.#base.picture.folk.responders.get(responder)?.kind !== 'authority') return null
    const shift = this.#base.roster.openOf(worker)?.id
    return [...this.#base.picture.folk.consents.values()].find((c) => c.worker === worker && c.responder === responder && c.shift === shift)?.id ?? null
  }
}

/** As it is kept: trimmed, and nothing where nothing is said. */
function kept (text: string | null): string | null {
  const read = text === null ? null : readText(text, NOTE_CHARS_MAX)
  return read?.ok === true ? read.text : null
}

function circleFault ({ code }: PlanFault): CircleFault {
  switch (code) {
    case 'PLAN_EMPTY': return 'CIRCLE_EMPTY'
    case 'PLAN_TOO_MANY_STEPS': return 'TOO_MANY_STEPS'
    case 'PLAN_NO_TRUSTED_PERSON': return 'NO_TRUSTED_PERSON'
    case 'STEP_EMPTY': return 'STEP_EMPTY'
    case 'STEP_TOO_MANY_PEOPLE': return 'TOO_MANY_PEOPLE'
    case 'STEP_WAIT_TOO_SHORT':
    case 'STEP_WAIT_TOO_LONG': return 'WAIT_RANGE'
    case 'PERSON_TWICE': return 'TWICE_IN_CIRCLE'
    case 'AUTHORITY_WITHOUT_CONSENT': return 'AUTHORITY_NEEDS_CONSENT'
    default: return assertNever(code)
  }
}
