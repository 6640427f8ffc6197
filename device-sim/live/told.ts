/** Which alarm came of which press, as responders' sockets hear it: by the room that the alarm's card names, in the order of the presses. */
import type { LiveResponderAlarm } from '../../server/contract/live.ts'
import type { Duplicate, PressRecord } from './account.ts'

/** Tellings whose room is not known yet; beyond it the oldest is forgotten, and its press counts as untold. */
const UNPLACED_MOST = 10_000

type Ringing = { readonly alarm: string, over: boolean, last: PressRecord | null }
type Room = { ringing: Ringing | null, readonly waiting: PressRecord[] }

export class ToldBook {
  readonly duplicates: Duplicate[] = []
  readonly #rooms = new Map<string, Room>()
  readonly #roomOf = new Map<string, string>()
  readonly #unplaced = new Map<string, { readonly atMs: number, readonly again: boolean }[]>()
  readonly #watched: (record: PressRecord) => void

  /** @param watched told of each press that somebody was told of, once */
  constructor (watched: (record: PressRecord) => void = () => {}) { this.#watched = watched }

  pressed (record: PressRecord): void {
    if (record.room === null || record.event === null) return
    const room = this.#room(record.room)
    if (room.ringing !== null && !room.ringing.over) {
      record.joined = true
      record.alarm = room.ringing.alarm
      room.ringing.last = record
    } else room.waiting.push(record)
  }

  told (alarm: string, what: string, atMs: number): void {
    if (what !== 'alert' && what !== 'again') return
    const telling = { atMs, again: what === 'again' }
    const room = this.#roomOf.get(alarm)
    if (room !== undefined) return this.#place(alarm, room, telling)
    const earlier = this.#unplaced.get(alarm) ?? []
    this.#unplaced.set(alarm, [...earlier, telling])
    const [oldest] = this.#unplaced.keys()
    if (this.#unplaced.size > UNPLACED_MOST && oldest !== undefined) this.#unplaced.delete(oldest)
  }

  sees (alarms: readonly LiveResponderAlarm[]): void {
    for (const { alarm, card, phase } of alarms) {
      if (card?.room !== null && card?.room !== undefined && !this.#roomOf.has(alarm)) this.#placed(alarm, card.room)
      const ringing = this.#ringingOf(alarm)
      if (ringing !== null && phase === 'over') ringing.over = true
    }
  }

  #placed (alarm: string, room: string): void {
    this.#roomOf.set(alarm, room)
    const tellings = this.#unplaced.get(alarm) ?? []
    this.#unplaced.delete(alarm)
    for (const telling of tellings) this.#place(alarm, room, telling)
  }

  #place (alarm: string, name: string, { atMs, again }: { readonly atMs: number, readonly again: boolean }): void {
    const room = this.#room(name)
    if (room.ringing?.alarm !== alarm) return this.#rings(room, name, alarm, atMs)
    // Told again: of the newest press that joined; a reminder is of none.
    if (again && room.ringing.last !== null) this.#tell(room.ringing.last, alarm, atMs)
  }

  /** An alarm that nobody here had heard of: of the first press that waits, and all that were made before it rang joined it. */
  #rings (room: Room, name: string, alarm: string, atMs: number): void {
    const [first, ...joined] = room.waiting.splice(0)
    const missed = room.ringing?.last ?? null
    // The alarm that a press seemed to join was over already, and nobody had heard so yet.
    const opener = first ?? (missed?.toldMs === null ? missed : undefined)
    const before = room.ringing
    room.ringing = { alarm, over: false, last: joined.at(-1) ?? null }
    if (opener === undefined) {
      this.duplicates.push({ alarm, room: name, atMs, ...whose(before?.last ?? null) })
      return
    }
    for (const record of joined) {
      record.joined = true
      record.alarm = alarm
    }
    opener.joined = false
    this.#tell(opener, alarm, atMs)
  }

  #tell (record: PressRecord, alarm: string, atMs: number): void {
    if (record.toldMs !== null) return
    record.alarm = alarm
    record.toldMs = atMs
    this.#watched(record)
  }

  #ringingOf (alarm: string): Ringing | null {
    const ringing = this.#rooms.get(this.#roomOf.get(alarm) ?? '')?.ringing ?? null
    return ringing?.alarm === alarm ? ringing : null
  }

  #room (name: string): Room {
    const known = this.#rooms.get(name)
    if (known !== undefined) return known
    const room: Room = { ringing: null, waiting: [] }
    this.#rooms.set(name, room)
    return room
  }
}

function whose (record: PressRecord | null): Pick<Duplicate, 'button' | 'event' | 'plannedMs'> {
  return { button: record?.button ?? null, event: record?.event ?? null, plannedMs: record?.plannedMs ?? null }
}
