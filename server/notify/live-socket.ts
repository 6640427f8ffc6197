/** One open page: writes one message at a time, keeps only the newest of what waits, and drops what does not answer. */
import type { AlarmId } from '../alarm/alarm.ts'
import type { MonoMs } from '../clock/clock.ts'
import type { Subject } from './ports.ts'

/** What the upgrade hands over: the shape of a `ws` socket. `maxPayload` (4 KB) is set where it is made. */
export interface Socket {
  readonly bufferedAmount: number
  send (data: Buffer, options: { readonly binary: false }, written: (error?: Error | null) => void): void
  ping (): void
  close (code: number, reason: string): void
  terminate (): void
  on (event: 'message', listener: (data: unknown, isBinary: boolean) => void): unknown
  on (event: 'pong' | 'close' | 'error', listener: () => void): unknown
}

/** More than this unsent: the page can't keep up, and a fresh connection serves it better. */
export const BUFFERED_BYTES_MAX = 1_048_576
/** Tellings of different alarms that wait for a slow page; the newest per alarm. */
export const TOLD_WAITING_MAX = 64
/** Messages taken from one page between two pings. An honest one sends a receipt or two per telling. */
export const MESSAGES_PER_BEAT_MAX = 200

export class LiveSocket {
  readonly subject: Subject
  /** Whose cookie opened it: cut when that session ends. */
  readonly session: string
  /** When anything last came from it, by the monotonic clock. */
  heardMono = 0 as MonoMs
  readonly #socket: Socket
  #writing = false
  #hello: Buffer | null = null
  /** The newest of each view that waits, in the order in which they last changed: the last one bears the newest cursor. */
  readonly #views = new Map<string, Buffer>()
  #pong: (() => Buffer) | null = null
  readonly #told = new Map<AlarmId, Buffer>()
  #alive = true
  #heard = 0
  #over = false

  constructor (of: { socket: Socket, subject: Subject, session: string }) {
    this.#socket = of.socket
    this.subject = of.subject
    this.session = of.session
  }

  get over (): boolean { return this.#over }

  /** Goes before everything else. */
  greet (hello: Buffer): void {
    this.#hello = hello
    this.#flush()
  }

  /** The newest of one view. One that still waits is forgotten: nobody needs to see the way there. */
  show (view: string, snapshot: Buffer): void {
    this.#views.delete(view)
    this.#views.set(view, snapshot)
    this.#flush()
  }

  tell (alarm: AlarmId, told: Buffer): void {
    this.#told.delete(alarm)
    const [oldest] = this.#told.keys()
    if (this.#told.size >= TOLD_WAITING_MAX && oldest !== undefined) this.#told.delete(oldest)
    this.#told.set(alarm, told)
    this.#flush()
  }

  /** Answers the page's own ping, with the time at which the answer is written. */
  pong (make: () => Buffer): void {
    this.#pong = make
    this.#flush()
  }

  /** Anything from the page proves that it lives. `false`: it talks too much. */
  heard (): boolean {
    this.#alive = true
    this.#heard += 1
    return this.#heard <= MESSAGES_PER_BEAT_MAX
  }

  answered (): void { this.#alive = true }

  /** Every 15 s: drops a page that did not answer the last ping, pings it otherwise. */
  beat (): void {
    if (!this.#alive || this.#over || this.#socket.bufferedAmount > BUFFERED_BYTES_MAX) return this.drop()
    this.#alive = false
    this.#heard = 0
    this.#guard(() => { this.#socket.ping() })
  }

  /** @param last one message more, such as `gone` */
  close (code: number, reason: string, last?: Buffer): void {
    if (this.#over) return
    this.#over = true
    this.#guard(() => {
      if (last !== undefined) this.#socket.send(last, { binary: false }, () => {})
      this.#socket.close(code, reason)
    })
  }

  drop (): void {
    this.#over = true
    this.#guard(() => { this.#socket.terminate() })
  }

  #next (): Buffer | null {
    const hello = this.#hello
    if (hello !== null) {
      this.#hello = null
      return hello
    }
    const pong = this.#pong
    if (pong !== null) {
      this.#pong = null
      return pong()
    }
    // What rings goes before what is read.
    const [first] = this.#told
    if (first !== undefined) {
      this.#told.delete(first[0])
      return first[1]
    }
    const [view] = this.#views
    if (view === undefined) return null
    this.#views.delete(view[0])
    return view[1]
  }

  #flush (): void {
    if (this.#writing || this.#over) return
    if (this.#socket.bufferedAmount > BUFFERED_BYTES_MAX) return this.drop()
    const message = this.#next()
    if (message === null) return
    this.#writing = true
    this.#guard(() => {
      this.#socket.send(message, { binary: false }, (error) => {
        this.#writing = false
        if (error) this.drop()
        else this.#flush()
      })
    })
  }

  /** A socket in the middle of closing may throw; it is then as good as gone. */
  #guard (act: () => void): void {
    try {
      act()
    } catch {
      this.#over = true
    }
  }
}
