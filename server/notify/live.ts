/**
 * Open pages: who sits behind which socket, and the newest view for each. Never a queue: a page that was away asks with
 * its cursor and gets what is true now. The upgrade itself (Origin, session) is http's.
 */
import { createHash, randomBytes } from 'node:crypto'
import type { AlarmId, ResponderId, WorkerId } from '../alarm/alarm.ts'
import type { Cancel, Clock, MonoMs } from '../clock/clock.ts'
import type { ClientMessage, LiveErrorCode, LiveSnapshot, ServerMessage } from '../contract/live.ts'
import type { Receipts } from '../engine/ports.ts'
import { readClientMessage } from './live-inbound.ts'
import { LiveSocket } from './live-socket.ts'
import type { Socket } from './live-socket.ts'
import type { LiveTeller, ToldByName } from './messenger.ts'
import type { Log, Subject } from './ports.ts'

export const BEAT_MS = 15_000
/** Pages of one person; one more closes the oldest. */
export const SOCKETS_PER_SUBJECT_MAX = 8
export const SOCKETS_MAX = 20_000
/** People whose cursor is remembered while no page of theirs is open. */
export const CURSORS_MAX = 10_000
/** A stopping service waits this long for pages to say goodbye. */
export const STOP_MS = 1_000

/** @see RFC 6455 §7.4; 4001 and 4003 are ours. */
const CLOSE = { policy: 1008, fault: 1011, restart: 1012, full: 1013, ended: 4001, replaced: 4003 } as const

export type LivePorts = {
  readonly clock: Clock
  /** The newest of each view that this person has, as they may see it. Empty: this role has none. From memory; never waits. */
  readonly snapshotsOf: (subject: Subject) => readonly LiveSnapshot[]
  readonly receipts: Pick<Receipts, 'receipt'>
  readonly log: Log
  /** A responder's first page opened, or the last one closed. */
  readonly pages: { opened (responder: ResponderId): void, closed (responder: ResponderId): void }
  /** Any page opened or closed: whether a device is there is a part of readiness (R19). */
  readonly presence?: (page: OpenPage, open: boolean) => void
}

/** `heardMono`: when anything last came from it; every page is pinged each 15 s. */
export type OpenPage = { readonly subject: Subject, readonly session: string, readonly heardMono: MonoMs }
export type Joining = { readonly subject: Subject, readonly session: string, /** What the page saw last. */ readonly cursor: string | null }
export type Joined = { readonly ok: true } | { readonly ok: false, readonly code: 'LIVE_FULL' | 'LIVE_STOPPING' }

/**
 * One person's pages and what they last saw. The epoch is drawn with the entry and the version counts only what this
 * person could see: a cursor that moved for others would tell of things she must not know (R15).
 */
type Person = { readonly epoch: string, version: number, readonly views: Map<LiveSnapshot['type'], View>, readonly sockets: Set<LiveSocket> }
type View = { readonly hash: string, message: Buffer | null }

export class Live implements LiveTeller {
  readonly #ports: LivePorts
  readonly #people = new Map<string, Person>()
  #open = 0
  #cancelBeat: Cancel | null = null
  #stopping = false
  #emptied: () => void = () => {}

  constructor (ports: LivePorts) { this.#ports = ports }

  /** Open pages, for the metrics. */
  get open (): number { return this.#open }

  socketsOf (subject: Subject): number { return this.#people.get(keyOf(subject))?.sockets.size ?? 0 }

  pagesOf (subject: Subject): readonly OpenPage[] { return [...this.#people.get(keyOf(subject))?.sockets ?? []] }

  /** Workers with a page open. */
  workers (): readonly WorkerId[] {
    return [...this.#people.values()].flatMap(({ sockets }) => {
      const [page] = sockets
      return page?.subject.is === 'worker' ? [page.subject.id as WorkerId] : []
    })
  }

  /** Takes over an authenticated socket: `hello`, then the newest view unless the cursor says that it is known. */
  join (socket: Socket, { subject, session, cursor }: Joining): Joined {
    const refusal = this.#stopping ? 'LIVE_STOPPING' : this.#open >= SOCKETS_MAX ? 'LIVE_FULL' : null
    if (refusal !== null) {
      socket.on('error', () => {})
      socket.close(refusal === 'LIVE_FULL' ? CLOSE.full : CLOSE.restart, refusal)
      return { ok: false, code: refusal }
    }
    const page = new LiveSocket({ socket, subject, session })
    this.#lives(page)
    const person = this.#person(subject)
    this.#makeRoom(person)
    person.sockets.add(page)
    this.#open += 1
    socket.on('message', (data, isBinary) => { this.#heard(page, data, isBinary) })
    socket.on('pong', () => { this.#lives(page); page.answered() })
    socket.on('error', () => { page.drop() })
    socket.on('close', () => { this.#leave(page) })
    this.#greet(page, person, cursor)
    this.#beatSoon()
    if (subject.is === 'responder' && person.sockets.size === 1) this.#ports.pages.opened(subject.id as ResponderId)
    this.#ports.presence?.(page, true)
    return { ok: true }
  }

  /** The views of these people may have changed: each page gets the newest, if it differs. */
  changed (people: { readonly workers: readonly string[], readonly responders: readonly string[] }): void {
    for (const id of people.workers) this.#refresh({ is: 'worker', id })
    for (const id of people.responders) this.#refresh({ is: 'responder', id })
  }

  tell (to: ResponderId, told: ToldByName): number {
    const sockets = this.#people.get(keyOf({ is: 'responder', id: to }))?.sockets
    if (sockets === undefined || sockets.size === 0) return 0
    const message = encode({ type: 'told', ...told })
    for (const page of [...sockets]) page.tell(told.alarm, message)
    return [...sockets].filter((page) => !page.over).length
  }

  /** This session has ended (signed out, revoked): its pages go at once. */
  cut (session: string): void {
    for (const page of this.#pages()) if (page.session === session) this.#end(page, CLOSE.ended, 'SESSION_ENDED')
  }

  /** This person was removed or erased: every page of theirs goes, and what we remember of them. */
  gone (subject: Subject): void {
    const person = this.#people.get(keyOf(subject))
    if (person === undefined) return
    for (const page of [...person.sockets]) this.#end(page, CLOSE.ended, 'SESSION_ENDED')
    this.#people.delete(keyOf(subject))
  }

  /** Says goodbye (1012: come back), then hangs up on whoever is still there after a second. */
  async stop (): Promise<void> {
    this.#stopping = true
    this.#cancelBeat?.()
    const pages = this.#pages()
    if (pages.length === 0) return
    const emptied = new Promise<void>((resolve) => { this.#emptied = resolve })
    for (const page of pages) page.close(CLOSE.restart, 'STOPPING', encode({ type: 'gone', code: 'STOPPING' }))
    const cancel = this.#ports.clock.after(STOP_MS, () => {
      for (const page of pages) { page.drop(); this.#leave(page) }
    })
    await emptied
    cancel()
  }

  #lives (page: LiveSocket): void { page.heardMono = this.#ports.clock.mono() }

  #pages (): LiveSocket[] { return [...this.#people.values()].flatMap(({ sockets }) => [...sockets]) }

  #person (subject: Subject): Person {
    const key = keyOf(subject)
    const known = this.#people.get(key)
    if (known === undefined) this.#forgetOldest()
    const person = known ?? { epoch: randomBytes(9).toString('base64url'), version: 0, views: new Map(), sockets: new Set<LiveSocket>() }
    // Last in the map: the most recently seen.
    this.#people.delete(key)
    this.#people.set(key, person)
    return person
  }

  #forgetOldest (): void {
    if (this.#people.size < CURSORS_MAX) return
    for (const [key, { sockets }] of this.#people) {
      if (sockets.size > 0) continue
      this.#people.delete(key)
      return
    }
  }

  #makeRoom (person: Person): void {
    const [oldest] = person.sockets
    if (person.sockets.size >= SOCKETS_PER_SUBJECT_MAX && oldest !== undefined) this.#end(oldest, CLOSE.replaced, 'REPLACED')
  }

  #greet (page: LiveSocket, person: Person, cursor: string | null): void {
    this.#renew(page.subject, person)
    const current = cursorOf(person)
    page.greet(encode({ type: 'hello', cursor: current, now: this.#ports.clock.now(), resumed: cursor === current }))
    if (cursor !== current) showAll(page, person.views)
  }

  #refresh (subject: Subject): void {
    const person = this.#people.get(keyOf(subject))
    if (person === undefined || person.sockets.size === 0) return
    const changed = this.#renew(subject, person)
    for (const page of [...person.sockets]) showAll(page, changed)
  }

  /** Reads the newest views. Returns those that differ from what was last sent. */
  #renew (subject: Subject, person: Person): ReadonlyMap<LiveSnapshot['type'], View> {
    const changed = new Map<LiveSnapshot['type'], View>()
    let snapshots: readonly LiveSnapshot[]
    try {
      snapshots = this.#ports.snapshotsOf(subject)
    } catch {
      this.#ports.log.warn({ code: 'LIVE_VIEW_FAULT' }, 'a view could not be made; pages keep what they show until the next change')
      return changed
    }
    const hashed = snapshots.map((snapshot) => ({ snapshot, hash: createHash('sha256').update(JSON.stringify(snapshot)).digest('base64url') }))
    if (hashed.some(({ snapshot, hash }) => person.views.get(snapshot.type)?.hash !== hash)) person.version += 1
    for (const { snapshot, hash } of hashed) {
      const known = person.views.get(snapshot.type)
      if (known?.hash === hash && known.message !== null) continue
      const view: View = { hash, message: encode({ ...snapshot, cursor: cursorOf(person) }) }
      // The one that changed last comes last: its cursor is the newest that a page then holds.
      person.views.delete(snapshot.type)
      person.views.set(snapshot.type, view)
      if (known?.hash !== hash) changed.set(snapshot.type, view)
    }
    return changed
  }

  #heard (page: LiveSocket, data: unknown, isBinary: boolean): void {
    if (page.over) return
    this.#lives(page)
    if (!page.heard()) return this.#refuse(page, 'LIVE_TOO_MANY')
    const message = isBinary ? null : readClientMessage(data)
    if (message === null) return this.#refuse(page, 'LIVE_MESSAGE_INVALID')
    this.#take(page, message)
  }

  #take (page: LiveSocket, message: ClientMessage): void {
    switch (message.type) {
      case 'ping': return page.pong(() => encode({ type: 'pong', now: this.#ports.clock.now() }))
      case 'receipt': {
        // Only she who was told can say that it was shown.
        if (page.subject.is !== 'responder') return this.#refuse(page, 'LIVE_NOT_YOURS')
        try {
          this.#ports.receipts.receipt(message.alarm as AlarmId, page.subject.id as ResponderId, message.n, message.level)
        } catch {
          this.#ports.log.warn({ code: 'LIVE_RECEIPT_FAULT' }, 'a receipt could not be taken')
        }
        return
      }
      default: assertNever(message)
    }
  }

  #refuse (page: LiveSocket, code: LiveErrorCode): void {
    page.close(CLOSE.policy, code, encode({ type: 'error', code }))
    this.#leave(page)
  }

  #end (page: LiveSocket, code: number, why: 'SESSION_ENDED' | 'REPLACED'): void {
    page.close(code, why, encode({ type: 'gone', code: why }))
    // Not one message more, even if the other end never says goodbye.
    this.#leave(page)
  }

  #leave (page: LiveSocket): void {
    const person = this.#people.get(keyOf(page.subject))
    if (person === undefined || !person.sockets.delete(page)) return
    this.#open -= 1
    this.#ports.presence?.(page, false)
    if (person.sockets.size === 0) {
      // The hashes are enough to resume by; her alarms need not stay in memory for a page that is closed.
      for (const view of person.views.values()) view.message = null
      if (page.subject.is === 'responder') this.#ports.pages.closed(page.subject.id as ResponderId)
    }
    if (this.#open === 0) this.#emptied()
  }

  #beatSoon (): void {
    if (this.#cancelBeat !== null) return
    this.#cancelBeat = this.#ports.clock.after(BEAT_MS, () => {
      this.#cancelBeat = null
      for (const page of this.#pages()) {
        page.beat()
        if (page.over) this.#leave(page)
      }
      if (this.#open > 0 && !this.#stopping) this.#beatSoon()
    })
  }
}

function showAll (page: LiveSocket, views: ReadonlyMap<LiveSnapshot['type'], View>): void {
  for (const [type, { message }] of views) if (message !== null) page.show(type, message)
}

function keyOf ({ is, id }: Subject): string { return `${is}:${id}` }

function cursorOf ({ epoch, version }: Person): string { return `${epoch}.${version}` }

function encode (message: ServerMessage): Buffer { return Buffer.from(JSON.stringify(message)) }

function assertNever (value: never): never {
  throw new TypeError(`unknown live message ${String(value)}`)
}
