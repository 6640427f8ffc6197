/**
 * The people's side as the rest of the house sees it while somebody presses: the engine's `Directory`, notify's
 * `Endpoints` and the broker's `Buttons` (by shape). From memory: never waits, never throws. The memory follows the
 * store after each own write and, for other processes, every second; a read that fails leaves the old picture.
 */
import type { KnownButton } from '../../broker/ports.ts'
import { asDid } from '../../firmware-protocol/ids.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import { deriveKeys } from '../../firmware-protocol/keys.ts'
import type { ButtonKeys } from '../../firmware-protocol/keys.ts'
import { laneKey } from '../alarm/lanes.ts'
import type { Clock } from '../clock/clock.ts'
import type { Card, ConsentId, Directory, EpochMs, Kind, ResponderId, RoomPress, Routed, WorkerId } from '../engine/ports.ts'
import type { EndpointId, Endpoints, Language, PushEndpoint } from '../notify/ports.ts'
import type { EndpointRow } from '../store/people-rows.ts'
import type { PeopleStore } from '../store/people-store.ts'
import type { Seal } from '../store/seal.ts'
import { openCard, sealCard } from './card.ts'
import { Keyring } from './keyring.ts'
import { BEAT_S, FOLLOW_MS } from './limits.ts'
import { neverForwarding } from './declaration.ts'
import { isStillThere, withoutDropped } from './dropped.ts'
import type { Dropped } from './dropped.ts'
import { EMPTY_PICTURE, withRows } from './picture.ts'
import type { Picture } from './picture.ts'
import type { ReachOf } from './plan.ts'
import { Roster } from './roster.ts'
import { routeButton, routeCheckIn, routeDrill, routePhone } from './route.ts'
import type { Route, RouteParts } from './route.ts'
import { Windows } from './windows.ts'
import { Recorder } from './recorder.ts'

/** What the log may hear of: codes, never a name. */
export type DirectoryLog = { warn (detail: object, message: string): void }
export type DirectoryParts = { readonly store: PeopleStore, readonly seal: Seal, readonly clock: Clock, readonly reachOf: ReachOf, readonly log: DirectoryLog }
export type Following = () => void

const DONE = Promise.resolve()
const UNARMED: Routed = { lanes: [], use: 'unarmed', recorded: DONE }

export class PeopleDirectory implements Directory, Endpoints {
  readonly keyring: Keyring
  readonly windows: Windows
  readonly roster = new Roster()
  readonly recorder: Recorder
  readonly #parts: DirectoryParts
  readonly #listeners = new Set<() => void>()
  readonly #keys = new Map<string, { readonly sealed: Uint8Array, readonly keys: ButtonKeys | null }>()
  readonly #endpoints = new Map<string, { readonly row: EndpointRow, readonly open: PushEndpoint | null }>()
  readonly #dead = new Set<string>()
  /** As the disk has it. */
  #read: Picture = EMPTY_PICTURE
  /** Without what was taken back since. */
  #picture: Picture = EMPTY_PICTURE
  #dropped: Dropped[] = []
  #stale = false
  /** What every press that reaches the house proves (R19). Called after it is routed; never waits, never throws. */
  pressHeard: (press: RoomPress) => void = () => undefined

  /** A push service has forgotten a device of theirs. Never throws. */
  deviceGone: (responder: ResponderId) => void = () => undefined

  constructor (parts: DirectoryParts) {
    this.#parts = parts
    this.keyring = new Keyring(parts.seal, (holder) => this.#picture.keys.get(holder))
    this.windows = new Windows(parts.clock)
    this.recorder = new Recorder(parts.store, parts.clock, this)
  }

  get picture (): Picture { return this.#picture }

  /** At start. @throws StoreFailed: there is no old picture to go on with */
  async load (): Promise<void> { await this.#take() }

  /**
   * Takes in what changed in the store; cheap when nothing did. Never rejects.
   * @returns false: the store could not be read and the old picture stands
   */
  async refresh (): Promise<boolean> {
    try {
      await this.#take()
      this.#stale = false
      return true
    } catch (error) {
      if (!this.#stale) this.#parts.log.warn({ err: error }, 'The people are remembered, not read: the store does not answer')
      this.#stale = true
      return false
    }
  }

  /** Follows other processes (the command line) from now on. Returns the way to stop. */
  follow (): Following {
    let stopped = false
    let cancel: Following = () => undefined
    const tick = () => {
      void this.refresh().then(() => { if (!stopped) cancel = this.#parts.clock.after(FOLLOW_MS, tick) })
    }
    cancel = this.#parts.clock.after(FOLLOW_MS, tick)
    return () => { stopped = true; cancel() }
  }

  /** After the picture changed: retired buttons and revoked sessions have to be cut, lights may have a new mode. */
  onChanged (listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  routeButton (press: RoomPress, now: EpochMs): Routed {
    const route = routeButton(this.#routeParts(), press, now)
    const room = this.#picture.places.buttons.get(press.did)?.room ?? null
    const routed = this.#used(route, room, press.pressedAt)
    this.pressHeard(press)
    return routed
  }

  routePhone (worker: WorkerId, kind: Kind, now: EpochMs): Routed {
    return this.#used(routePhone(this.#routeParts(), worker, kind), null, now)
  }

  routeCheckIn (worker: WorkerId, kind: Kind): Routed {
    return this.#used(routeCheckIn(this.#routeParts(), worker, kind), null, this.#parts.clock.now())
  }

  routeDrill (worker: WorkerId): Routed { return { lanes: routeDrill(this.#routeParts(), worker), use: 'test', recorded: DONE } }

  async consentHolds (consent: ConsentId, to: ResponderId): Promise<boolean> {
    if (this.#dropped.some((what) => what.is === 'consent' ? what.id === consent : what.is !== 'agreement' && what.responder === to)) return false
    try {
      return await this.#parts.store.consentHolds(consent, to, (worker) => laneKey({ is: 'hers', worker: worker as WorkerId }))
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'A consent cannot be read: its authority is not told')
      return false
    }
  }

  neverForwards (to: ResponderId): boolean { return neverForwarding(this.#picture, to) !== null }

  sealCard (card: Card): Uint8Array { return sealCard(card, this.keyring, this.#picture) }
  openCard (sealed: Uint8Array): Card | null { return openCard(sealed, this.keyring, this.#picture) }

  of (responder: ResponderId): readonly PushEndpoint[] {
    return (this.#picture.endpoints.get(responder) ?? []).flatMap((row) => {
      const open = this.#dead.has(row.id) ? null : this.#endpoint(row)
      return open === null ? [] : [open]
    })
  }

  dead (endpoint: EndpointId): void {
    this.#dead.add(endpoint)
    void this.recorder.keep('unsubscribe', { id: endpoint })
    for (const [responder, rows] of this.#picture.endpoints) if (rows.some((row) => row.id === endpoint)) this.deviceGone(responder as ResponderId)
  }

  /** `Buttons` of the broker. */
  find (did: Did): KnownButton | null {
    const row = this.#picture.places.buttons.get(did)
    const venue = row === undefined ? undefined : this.#picture.places.rooms.get(row.room)?.venue
    if (row === undefined || venue === undefined || row.retiredAt !== null) return null
    const keys = this.#buttonKeys(did, venue, row.root)
    return keys === null ? null : { did, keys, wish: { beatS: BEAT_S, mode: this.#modeOf(row.room) } }
  }

  /**
   * Her word acts before the disk has it: a removed person is not told, a revoked consent does not hold, even while
   * nothing can be written (R5, R6).
   */
  dropAtOnce (what: Dropped): void {
    this.#dropped.push(what)
    this.#picture = withoutDropped(this.#read, this.#dropped)
    for (const listener of this.#listeners) listener()
  }

  /** Derived once: three HKDFs are too many for each packet of 5,000 buttons. */
  #buttonKeys (did: Did, venue: string, sealed: Uint8Array): ButtonKeys | null {
    const known = this.#keys.get(did)
    if (known !== undefined && Buffer.compare(known.sealed, sealed) === 0) return known.keys
    const root = this.keyring.bytes(venue, sealed, 'root')
    const keys = root === null || asDid(did) === null ? null : deriveKeys(root, did)
    this.#keys.set(did, { sealed, keys })
    return keys
  }

  /** R18: dark unless everybody on shift wants this light; with several the darkest choice wins. */
  #modeOf (room: string): number {
    const shifts = this.roster.openIn(room)
    return shifts.length === 0 ? 0 : shifts.reduce((mode, shift) => mode & shift.feedback, shifts[0]?.feedback ?? 0)
  }

  async #take (): Promise<void> {
    const rows = await this.#parts.store.picture(this.#read.versions)
    const changed = JSON.stringify(rows.versions) !== JSON.stringify(this.#read.versions)
    if (!changed) return
    this.#read = withRows(this.#read, rows)
    this.#dropped = this.#dropped.filter((what) => isStillThere(this.#read, what))
    this.#picture = withoutDropped(this.#read, this.#dropped)
    if (rows.shift !== undefined) this.roster.replace(rows.shift)
    if (rows.endpoint !== undefined) this.#forgetEndpoints(rows.endpoint)
    for (const listener of this.#listeners) listener()
  }

  #routeParts (): RouteParts {
    return { picture: this.#picture, roster: this.roster, windows: this.windows, keyring: this.keyring, reachOf: this.#parts.reachOf }
  }

  /** A window ends with its first press, at once; what it leaves behind goes to the disk. */
  #used ({ lanes, window }: Route, room: string | null, at: EpochMs): Routed {
    if (window === null) return lanes.length === 0 ? UNARMED : { lanes, use: 'alarm', recorded: DONE }
    this.windows.use(window)
    if (window.is === 'shift') return { lanes, use: 'shift', recorded: this.recorder.startShift(window.worker, window.room, window.wish, at) }
    const proven = window.by === 'worker' && room !== null ? this.recorder.proveShift(window.worker, room, at) : DONE
    // Nobody's test while it raises for those on shift: the light and the verdict are an alarm's.
    return { lanes, use: lanes.some((l) => l.kind !== 'test') ? 'alarm' : 'test', recorded: proven }
  }

  #endpoint (row: EndpointRow): PushEndpoint | null {
    const known = this.#endpoints.get(row.id)
    if (known?.row === row) return known.open
    const plain = this.keyring.text(row.responder, row.sealed, 'endpoint')
    const open = plain === null ? null : {
      ...JSON.parse(plain) as { url: string, p256dh: string, auth: string },
      id: row.id as EndpointId, text: row.text as 'full' | 'discreet', language: row.language as Language, provesShown: row.provesShown
    }
    this.#endpoints.set(row.id, { row, open })
    return open
  }

  #forgetEndpoints (rows: readonly EndpointRow[]): void {
    const present = new Set(rows.map((row) => row.id))
    for (const id of this.#endpoints.keys()) this.#endpoints.delete(id)
    for (const id of this.#dead) if (!present.has(id)) this.#dead.delete(id)
  }
}
