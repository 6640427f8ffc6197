import type { Duplex } from 'node:stream'
import type { Client } from 'aedes'
import type { Did } from '../firmware-protocol/ids.ts'
import type { Counts } from './counts.ts'

export type ConnectionLimits = { readonly connectionsMax: number, readonly strangersMax: number }

/**
 * Who is connected. Kept beside Aedes' own list, which names a client by its id alone and forgets the newer one when
 * two take over at once.
 */
export class Connections {
  readonly #limits: ConnectionLimits
  readonly #counts: Counts
  readonly #open = new Set<Duplex>()
  /** Not yet proven who they are, oldest first. */
  readonly #strangers = new Set<Duplex>()
  readonly #byDid = new Map<Did, Client>()
  readonly #didOf = new WeakMap<Client, Did>()
  readonly #listening = new WeakSet<Client>()
  readonly #replaced = new WeakMap<Client, Client>()

  constructor (limits: ConnectionLimits, counts: Counts) {
    this.#limits = limits
    this.#counts = counts
  }

  /** Takes a fresh connection, or ends it. A full house gives up its oldest stranger first. */
  enter (conn: Duplex): boolean {
    const full = this.#open.size >= this.#limits.connectionsMax
    if (full || this.#strangers.size >= this.#limits.strangersMax) {
      const [oldest] = this.#strangers
      this.#counts.add(oldest === undefined ? 'TOO_MANY_CONNECTIONS' : 'STRANGER_REPLACED')
      if (oldest === undefined) {
        conn.destroy()
        return false
      }
      this.#leave(oldest)
      oldest.destroy()
    }
    this.#take(conn)
    return true
  }

  /** A connection goes on as another object (TLS over TCP). False: it has been ended meanwhile. */
  becomes (before: Duplex, after: Duplex): boolean {
    if (!this.#open.has(before)) return false
    this.#leave(before)
    this.#take(after)
    return true
  }

  /** The password was right: from now on this is the button's only connection. */
  admit (client: Client, did: Did): void {
    this.#strangers.delete(client.conn)
    this.#didOf.set(client, did)
    const before = this.#byDid.get(did)
    if (before !== undefined) this.#replaced.set(client, before)
    this.#byDid.set(did, client)
    client.conn.once('close', () => {
      if (this.#byDid.get(did) === client) this.#byDid.delete(did)
    })
  }

  /** Aedes has let it in: the one before is over, whether Aedes has noticed or not. */
  ready (client: Client): void {
    this.#replaced.get(client)?.conn.destroy()
    this.#replaced.delete(client)
  }

  /** Who a client has proven to be. */
  didOf (client: Client): Did | null {
    return this.#didOf.get(client) ?? null
  }

  /** False for a connection that a newer one of the same button has replaced. */
  isNewest (client: Client): boolean {
    const newest = this.#byDid.get(this.#didOf.get(client) as Did)
    return newest === undefined || newest === client
  }

  subscribed (client: Client, on: boolean): void {
    if (on) this.#listening.add(client)
    else this.#listening.delete(client)
  }

  /** The button's connection, if it has subscribed to its own `/down`. */
  listener (did: Did): Client | null {
    const client = this.#byDid.get(did)
    return client !== undefined && !client.closed && this.#listening.has(client) ? client : null
  }

  cut (did: Did): void {
    this.#byDid.get(did)?.conn.destroy()
  }

  cutAll (): void {
    for (const conn of this.#open) conn.destroy()
  }

  figures (): { readonly open: number, readonly strangers: number, readonly buttons: number } {
    return { open: this.#open.size, strangers: this.#strangers.size, buttons: this.#byDid.size }
  }

  #take (conn: Duplex): void {
    this.#open.add(conn)
    this.#strangers.add(conn)
    conn.once('close', () => { this.#leave(conn) })
  }

  #leave (conn: Duplex): void {
    this.#open.delete(conn)
    this.#strangers.delete(conn)
  }
}
