/**
 * Whether anybody would learn the truth after a duress PIN (R15). It looks at her marks and at the devices of those
 * marked, never at whether such a PIN is set: whoever reads this over her shoulder reads the same either way.
 */
import type { Reminders } from '../notify/ports.ts'
import type { JournalRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import type { MarkedReach } from './circle-services.ts'
import { journalLine } from './journal.ts'
import { AFTER_ALARM_MS } from './limits.ts'
import type { ResponderId, WorkerId } from './words.ts'

/** `device`: one of them has a device that can be woken. An open page alone is none: it may be closed when it counts. */
export function reachOfMarked (base: Base, marked: readonly ResponderId[]): MarkedReach {
  if (marked.length === 0) return 'nobody'
  return marked.some((responder) => base.directory.of(responder).length > 0) ? 'device' : 'no-device'
}

/** Of these workers, those to whom nobody marked is left whom a push would reach, if `responder` is none any more. */
export function leftWithNobody (base: Base, responder: ResponderId, workers: readonly WorkerId[]): readonly WorkerId[] {
  return workers.filter((worker) => {
    const marked = [...base.picture.folk.contacts.get(worker)?.values() ?? []].filter((contact) => contact.confirmed && contact.mayKnow)
    const others = marked.filter((contact) => contact.responder !== responder).map((contact) => contact.responder as ResponderId)
    return others.length < marked.length && reachOfMarked(base, others) !== 'device'
  })
}

/** To be written together with what brought it about. Only what others did: what she takes out herself, she sees. */
export function nobodyLines (base: Base, workers: readonly WorkerId[]): readonly JournalRow[] {
  return workers.flatMap((worker) => journalLine(base, worker, { what: 'nobody-may-know', by: 'service' }))
}

/** Asks her, calmly and without a word of what it is, to have a look: her own screen says it, behind her PIN. */
export class MayKnow {
  readonly #base: Base
  readonly #afterAlarm: (worker: WorkerId) => boolean
  /** null: no phone can be reminded yet. */
  reminders: Pick<Reminders, 'remind'> | null = null

  /** @param afterAlarm whether an alarm of hers ended within the hour */
  constructor (base: Base, afterAlarm: (worker: WorkerId) => boolean) {
    this.#base = base
    this.#afterAlarm = afterAlarm
  }

  /** A device of theirs is gone: forgotten by its push service, or taken back. */
  deviceGone (responder: ResponderId): void {
    if (this.#base.directory.of(responder).length > 0) return
    const workers = leftWithNobody(this.#base, responder, [...this.#base.picture.folk.workersOf.get(responder) ?? []] as WorkerId[])
    if (workers.length === 0) return
    void this.#base.directory.recorder.keep('note', {}, nobodyLines(this.#base, workers))
    this.remind(workers)
  }

  /** Within the hour after an alarm nothing that others do makes her phone ring (R15): it rings when that is over. */
  remind (workers: readonly WorkerId[]): void {
    for (const worker of workers) {
      if (this.#isQuiet(worker)) this.#base.clock.after(AFTER_ALARM_MS, () => { this.remind([worker]) })
      else this.reminders?.remind(worker, 'readiness-lost', () => !this.#isQuiet(worker) && this.#isMissing(worker))
    }
  }

  #isMissing (worker: WorkerId): boolean {
    const marked = [...this.#base.picture.folk.contacts.get(worker)?.values() ?? []].filter((contact) => contact.confirmed && contact.mayKnow)
    return reachOfMarked(this.#base, marked.map((contact) => contact.responder as ResponderId)) !== 'device'
  }

  #isQuiet (worker: WorkerId): boolean {
    return this.#afterAlarm(worker) || this.#base.running?.workerAlarms(worker).some(({ view }) => view.ended === null) === true
  }
}
