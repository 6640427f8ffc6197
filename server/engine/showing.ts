import type { ResponderId, WorkerId } from '../alarm/alarm.ts'
import { laneKey } from '../alarm/lanes.ts'
import { responderView, workerView, type ResponderView } from '../alarm/views.ts'
import type { ResponderAlarm, WorkerAlarm } from './desk.ts'
import type { Held } from './held.ts'
import type { Registry } from './registry.ts'

/**
 * What people may see at this moment. Everything calm is read from what is on disk (R1); after 5 s of a failing disk
 * from the decided head, labelled as not saved.
 */
export class Showing {
  readonly #registry: Registry
  readonly #isUnsaved: (held: Held) => boolean

  constructor (registry: Registry, isUnsaved: (held: Held) => boolean) {
    this.#registry = registry
    this.#isUnsaved = isUnsaved
  }

  worker (worker: WorkerId): readonly WorkerAlarm[] {
    const shown: WorkerAlarm[] = []
    for (const held of this.#registry.inLane(laneKey({ is: 'hers', worker }))) {
      const unsaved = this.#isUnsaved(held)
      const state = unsaved ? held.head : held.safe
      // Settled as she perceives it: gone from her screen, whether the end was true or said under duress (R15).
      if (state === null || state.ended?.settled === true) continue
      // An end that is on disk is saved, whatever goes on behind it (R15).
      shown.push({ view: workerView(state), saved: !unsaved || (held.safe?.ended ?? null) !== null })
    }
    return shown.sort((a, b) => b.view.openedAt - a.view.openedAt)
  }

  responder (responder: ResponderId): readonly ResponderAlarm[] {
    const shown: ResponderAlarm[] = []
    for (const held of this.#registry.withPerson(responder)) {
      const view = this.responderOf(held, responder)
      if (view === null) continue
      const ended = view.phase === 'over' && (held.safe?.ended ?? null) !== null
      shown.push({ view, card: held.card, saved: ended || !this.#isUnsaved(held) })
    }
    return shown.sort((a, b) => b.view.openedAt - a.view.openedAt)
  }

  responderOf (held: Held, responder: ResponderId): ResponderView | null {
    // Whoever left or was removed sees nothing more, at once: that reassures nobody and needs no disk (R5).
    const person = held.head.people.find((p) => p.who.id === responder)
    if (person?.standing === 'gone') return null
    // Another alarm speaks for it from this moment on: a rehearsal beside a real one would be taken for it (R13).
    if (held.head.phase.is === 'settled' && held.head.phase.why === 'superseded') return null
    // Never from memory: what an authority is told waits for the disk, however long it fails (R1, R6).
    if (person?.who.kind === 'authority') return held.safe === null ? null : responderView(held.safe, responder)
    if (this.#isUnsaved(held)) return responderView(held.head, responder)
    const safe = held.safe === null ? null : responderView(held.safe, responder)
    if (safe !== null) return safe
    // Told a moment ago, and the disk has not followed yet: she needs help now. Nothing that reassures may be in it.
    const early = responderView(held.head, responder)
    if (early === null || early.phase === 'over') return null
    const what = early.what === 'coming' || early.what === 'stand-down' ? 'alert' : early.what
    const phase = early.phase === 'helped' ? 'calling' : early.phase
    return { ...early, what, phase, others: { coming: 0, arrived: 0 }, saidSafeUnproven: null }
  }
}
