/** A responder's own say: their name, whether they are available, and leaving. */
import { availableUntil } from './available.ts'
import { readText, refuse } from './base.ts'
import type { Base } from './base.ts'
import { leaving } from './left.ts'
import { ALIAS_CHARS_MAX, AVAILABLE_MAX_MS, LEFT_KEPT_MAX, WORDING_CHARS_MAX } from './limits.ts'
import type { MayKnow } from './may-know.ts'
import type { CircleOfMine, ResponderSelf, ResponderService } from './responder-services.ts'
import type { EpochMs, Language, ResponderId, ResponderKind, WorkerId } from './words.ts'

export class Responders implements ResponderService {
  readonly #base: Base
  readonly #mayKnow: MayKnow

  constructor (base: Base, mayKnow: MayKnow) {
    this.#base = base
    this.#mayKnow = mayKnow
  }

  self (responder: ResponderId): ResponderSelf | null {
    const row = this.#base.picture.folk.responders.get(responder)
    if (row === undefined) return null
    return {
      name: this.#base.keyring.text(responder, row.name, 'name') ?? '',
      kind: row.kind as ResponderKind,
      language: row.language as Language,
      neverForwardsAt: row.neverForwardsAt as EpochMs | null,
      circles: this.circles(responder).filter((circle) => circle.confirmed).length,
      availableUntil: availableUntil(row, this.#base.clock.now())
    }
  }

  async change (responder: ResponderId, change: { readonly name?: string, readonly language?: Language }) {
    const name = change.name === undefined ? null : readText(change.name, ALIAS_CHARS_MAX)
    if (name?.ok === false) return name
    if (this.#base.keyring.key(responder) === null) return refuse('RESPONDER_NOT_FOUND')
    return await this.#base.write('changeResponder', {
      responder, name: name === null ? null : this.#base.keyring.sealText(responder, name.text, 'name'), language: change.language ?? null
    })
  }

  async setAvailable (responder: ResponderId, untilAt: EpochMs | null) {
    const now = this.#base.clock.now()
    if (untilAt !== null && (untilAt <= now || untilAt > now + AVAILABLE_MAX_MS)) return refuse('AVAILABLE_RANGE')
    return await this.#base.write('setAvailable', { responder, untilAt })
  }

  async declare (responder: ResponderId, neverForwards: string) {
    const wording = readText(neverForwards, WORDING_CHARS_MAX)
    return wording.ok ? await this.#base.write('declareNeverForwards', { responder, wording: wording.text, at: this.#base.clock.now() }) : wording
  }

  circles (responder: ResponderId): readonly CircleOfMine[] {
    const { contacts, workers } = this.#base.picture.folk
    return this.#workersOf(responder).flatMap((worker) => {
      const contact = contacts.get(worker)?.get(responder)
      return contact === undefined ? [] : [{
        circle: this.#circleId(responder, worker),
        joinedAt: contact.joinedAt as EpochMs,
        confirmed: contact.confirmed,
        alias: contact.confirmed && contact.seesAlias ? this.#base.keyring.text(worker, workers.get(worker)?.alias ?? null, 'alias') : null
      }]
    }).sort((a, b) => a.joinedAt - b.joinedAt || (a.circle < b.circle ? -1 : 1))
  }

  async leaveOne (responder: ResponderId, circle: string) {
    const worker = this.#workersOf(responder).find((each) => this.#circleId(responder, each) === circle)
    if (worker === undefined) return refuse('CIRCLE_NOT_FOUND')
    const { left, journal, withNobody } = leaving(this.#base, responder, [worker])
    this.#base.directory.dropAtOnce({ is: 'contact', worker, responder })
    this.#base.running?.left(worker, responder)
    this.#mayKnow.remind(withNobody)
    const written = await this.#base.insist('leaveCircle', { worker, responder, left, most: LEFT_KEPT_MAX }, journal)
    return written.ok ? written : refuse('CIRCLE_NOT_FOUND')
  }

  async leave (responder: ResponderId) {
    if (!this.#base.picture.folk.responders.has(responder)) return refuse('RESPONDER_NOT_FOUND')
    const workers = this.#workersOf(responder)
    const { left, journal, withNobody } = leaving(this.#base, responder, workers)
    this.#base.directory.dropAtOnce({ is: 'everything', responder })
    this.#base.running?.leftAll(responder)
    this.#mayKnow.remind(withNobody)
    return await this.#base.insist('leaveAll', { responder, left, most: LEFT_KEPT_MAX }, journal)
  }

  #workersOf (responder: ResponderId): readonly WorkerId[] {
    const { contacts, workersOf } = this.#base.picture.folk
    return [...workersOf.get(responder) ?? []].filter((worker) => contacts.get(worker)?.has(responder) === true) as WorkerId[]
  }

  /** Two responders who compare what they see can't find out that they serve the same worker. */
  #circleId (responder: ResponderId, worker: WorkerId): string {
    return Buffer.from(this.#base.keyring.hash('circle-of', `${responder}:${worker}`)).toString('base64url')
  }
}
