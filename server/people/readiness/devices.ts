/**
 * When a responder's device last gave a sign, and which devices are really hers: a device is a session, the session of
 * one browser. Her own phone, paired as her own responder, must never count as somebody who would come.
 */
import type { Cancel } from '../../clock/clock.ts'
import type { ReadinessKept } from '../../store/readiness-writes.ts'
import type { Base } from '../base.ts'
import { DEVICES_SAVED_MS, SAME_PHONE_MAX } from '../limits.ts'
import { hex } from '../picture.ts'
import type { EpochMs, ResponderId, SessionId, Who, WorkerId } from '../words.ts'
import { stampNow } from './stamp.ts'
import type { Stamp } from './stamp.ts'

export type Sign = { readonly responder: string, readonly stamp: Stamp, /** Its owner armed the sound and heard it. */ readonly rings: boolean }

export class Devices {
  readonly #base: Base
  readonly #signs = new Map<string, Sign>()
  readonly #ofResponder = new Map<string, Set<string>>()
  readonly #unsaved = new Set<string>()
  readonly #sessionsOf = new Map<string, Set<string>>()
  readonly #pushesOf = new Map<string, Set<string>>()
  readonly #changed: (responder: ResponderId) => void
  #cancel: Cancel | null = null

  constructor (base: Base, changed: (responder: ResponderId) => void) {
    this.#base = base
    this.#changed = changed
  }

  load ({ signs, samePhones, samePhonePushes }: ReadinessKept): void {
    for (const { session, responder, at, rings } of signs) this.#hold(session, { responder, stamp: { at: at as EpochMs, mono: null }, rings })
    for (const { worker, session } of samePhones) addTo(this.#sessionsOf, worker, session)
    for (const { worker, urlHash } of samePhonePushes) addTo(this.#pushesOf, worker, hex(urlHash))
  }

  /** A receipt, an answer, a tap on "test alert" (`rings`: its sound was heard), or a page that answered a ping. */
  gaveSign (responder: ResponderId, session: string, rings?: boolean, stamp = stampNow(this.#base.clock)): void {
    const before = this.#signs.get(session)
    this.#hold(session, { responder, stamp, rings: rings ?? before?.rings ?? false })
    const isWorthSaving = before?.stamp.mono == null || stamp.mono === null || stamp.mono - before.stamp.mono >= DEVICES_SAVED_MS || before.rings !== (rings ?? before.rings)
    if (isWorthSaving || this.#unsaved.size > 0) this.#saveSoon(session)
    this.#changed(responder)
  }

  of (responder: string): ReadonlyArray<readonly [session: string, sign: Sign]> {
    return [...this.#ofResponder.get(responder) ?? []].flatMap((session) => {
      const sign = this.#signs.get(session)
      return sign === undefined ? [] : [[session, sign] as const]
    })
  }

  /** One phone holds these: what a responder among them shows is shown by her own phone. */
  sawTogether (sessions: readonly { readonly id: SessionId, readonly who: Who }[]): void {
    if (sessions.length < 2) return
    for (const { who: { is, id: worker } } of sessions) {
      if (is !== 'worker') continue
      for (const { id: session, who } of sessions) {
        if (who.is !== 'responder' || !this.#isNew(this.#sessionsOf, worker, session)) continue
        addTo(this.#sessionsOf, worker, session)
        void this.#base.directory.recorder.keep('keepSamePhone', { worker, session, most: SAME_PHONE_MAX })
        this.#changed(who.id)
      }
    }
  }

  /** Her phone took a push subscription for a responder: whoever else uses this address is on her phone too. */
  sawPush (worker: WorkerId, url: string): void {
    const urlHash = this.#hash(url)
    if (!this.#isNew(this.#pushesOf, worker, hex(urlHash))) return
    addTo(this.#pushesOf, worker, hex(urlHash))
    void this.#base.directory.recorder.keep('keepSamePhonePush', { worker, urlHash, most: SAME_PHONE_MAX })
  }

  isHers (worker: string, session: string): boolean { return this.#sessionsOf.get(worker)?.has(session) === true }

  isHerPush (worker: string, url: string): boolean {
    const hers = this.#pushesOf.get(worker)
    return hers !== undefined && hers.has(hex(this.#hash(url)))
  }

  /** Sessions that ended prove nothing any more. */
  forgetGone (): void {
    const there = new Set(this.#base.picture.doors.sessionList.map((row) => row.id))
    for (const [session, { responder }] of this.#signs) {
      if (there.has(session)) continue
      this.#signs.delete(session)
      this.#unsaved.delete(session)
      this.#ofResponder.get(responder)?.delete(session)
    }
  }

  async stop (): Promise<void> {
    this.#cancel?.()
    await this.#save()
  }

  #hold (session: string, sign: Sign): void {
    this.#signs.set(session, sign)
    addTo(this.#ofResponder, sign.responder, session)
  }

  #isNew (known: ReadonlyMap<string, ReadonlySet<string>>, worker: string, value: string): boolean {
    const held = known.get(worker)
    return held === undefined || (!held.has(value) && held.size < SAME_PHONE_MAX)
  }

  #hash (url: string): Uint8Array { return this.#base.keyring.hash('endpoint', url) }

  #saveSoon (session: string): void {
    this.#unsaved.add(session)
    this.#cancel ??= this.#base.clock.after(DEVICES_SAVED_MS, () => {
      this.#cancel = null
      void this.#save()
    })
  }

  /** A disk that fails loses at most the age of a sign. */
  async #save (): Promise<void> {
    const signs = [...this.#unsaved].flatMap((session) => {
      const sign = this.#signs.get(session)
      return sign === undefined ? [] : [{ session, responder: sign.responder, at: sign.stamp.at, rings: sign.rings }]
    })
    this.#unsaved.clear()
    if (signs.length === 0) return
    try {
      await this.#base.store.write('keepSigns', { signs })
    } catch {
      for (const { session } of signs) this.#unsaved.add(session)
    }
  }
}

function addTo (map: Map<string, Set<string>>, key: string, value: string): void {
  const held = map.get(key)
  if (held === undefined) map.set(key, new Set([value]))
  else held.add(value)
}
