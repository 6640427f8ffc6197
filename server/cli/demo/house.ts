/** A house that lives: real service, real broker, real sockets; simulated buttons, workers and responders. */
import { randomInt } from 'node:crypto'
import type { LiveWorkerAlarm, ServerMessage } from '../../contract/live.ts'
import type { SimButton } from '../../../device-sim/live/button.ts'
import type { Habit } from '../../../device-sim/live/responder.ts'
import { enrolled, SimWorker, type Doors } from '../../../device-sim/live/venue.ts'
import type { Service } from '../../main.ts'
import type { RoomId, VenueId } from '../../people/words.ts'
import { Refusal } from '../usage.ts'
import { pressed, type Moments } from './timeline.ts'

export const PIN = '2580'

/** People of this room: her alias, and her responders in steps, each with how fast they answer. */
export type RoomScript = {
  readonly label: string
  readonly alias: string
  /** Whoever tries the demo takes her phone over: nobody presses or ends for her. */
  readonly yours?: true
  readonly steps: readonly (readonly { readonly name: string, readonly habit: Habit }[])[]
}

export type DemoRoom = {
  readonly label: string
  readonly worker: SimWorker
  readonly button: SimButton
  /** What her phone shows now. */
  alarms: readonly LiveWorkerAlarm[]
  readonly names: Map<string, string>
  running: Moments | null
  /** Recovery words of the phone that whoever tries the demo may take over; null: its own people act. */
  readonly words: readonly string[] | null
}

export type DemoEvents = { readonly changed: () => void, readonly ended: (moments: Moments) => void }

export class DemoHouse {
  readonly rooms: DemoRoom[] = []
  readonly venue: VenueId
  readonly #doors: Doors
  readonly #events: DemoEvents

  private constructor (venue: VenueId, doors: Doors, events: DemoEvents) {
    this.venue = venue
    this.#doors = doors
    this.#events = events
  }

  static async open (service: Service, clock: Doors['clock'], scripts: readonly RoomScript[], events: DemoEvents): Promise<DemoHouse> {
    const { people } = service
    const venue = granted(await people.venues.add('Maison Tilleul', 'independent')).venue.id
    const house = new DemoHouse(venue, { origin: service.origin, mqttUrl: `mqtt://127.0.0.1:${service.ports.mqtt}`, clock, address: addresses() }, events)
    for (const script of scripts) await house.#furnish(service, script)
    return house
  }

  /** Somebody in this room presses the button on the wall. */
  press (room: DemoRoom): void {
    room.running = pressed(room.label, this.#doors.clock.mono())
    room.button.press()
  }

  /** A room where nothing is going on, or null. */
  quietRoom (): DemoRoom | null {
    const quiet = this.rooms.filter((room) => room.words === null && room.running === null && room.button.isConnected && room.button.holds === 0)
    return quiet.length === 0 ? null : quiet[randomInt(quiet.length)] ?? null
  }

  close (): void {
    for (const { worker, button } of this.rooms) {
      button.switchOff()
      worker.close()
    }
  }

  async #furnish (service: Service, script: RoomScript): Promise<void> {
    const { people } = service
    const { id } = granted(await people.venues.addRoom(this.venue, script.label, 'Rue des Tilleuls 12')).room
    const { code } = granted(await people.invites.make('worker', this.venue))
    const worker = new SimWorker(script.alias, this.#doors)
    await worker.join(code)
    const steps = script.steps.map((step) => step.map(({ name, habit }) => ({ name, habit, watch: this.#watchResponder(() => room) })))
    const contacts = await worker.choose(steps, 10)
    const words = script.yours === true ? (await worker.browser.post<{ words: readonly string[] }>('/api/v1/me/recovery')).words : null
    await worker.setPin(PIN)
    await worker.workIn(people.venues.roomToken(id))
    let connected: () => void = () => {}
    const heard = new Promise<void>((resolve) => { connected = resolve })
    const button = await this.#hang(service, id, () => room, () => { connected() })
    const room: DemoRoom = { label: script.label, worker, button, alarms: [], names: contacts, running: null, words }
    this.rooms.push(room)
    await worker.watch((message) => { this.#herPage(room, message) })
    button.powerOn()
    await heard
  }

  async #hang (service: Service, roomId: RoomId, room: () => DemoRoom, connected: () => void): Promise<SimButton> {
    const { button } = granted(await service.people.buttons.add(roomId, null))
    return enrolled(button, this.#doors, {
      puback: (body) => {
        const { running } = room()
        if (running !== null && body.is === 'press') running.pubackAt ??= this.#doors.clock.mono()
        this.#events.changed()
      },
      took: () => { this.#events.changed() },
      connected: () => {
        connected()
        this.#events.changed()
      },
      lost: () => { this.#events.changed() }
    })
  }

  #watchResponder (room: () => DemoRoom): { told: (alarm: string, what: string, at: number) => void, answered: (alarm: string, is: string, at: number) => void } {
    return {
      told: (_alarm, what, at) => {
        const { running } = room()
        if (running !== null && what === 'alert') running.alertAt ??= at
      },
      answered: (_alarm, is, at) => {
        const { running } = room()
        if (running === null) return
        if (is === 'coming') running.acceptedAt ??= at
        if (is === 'arrived') running.arrivedAt ??= at
      }
    }
  }

  #herPage (room: DemoRoom, message: ServerMessage): void {
    if (message.type !== 'worker-alarms') return
    room.alarms = message.alarms
    const now = this.#doors.clock.mono()
    const open = message.alarms.find((alarm) => alarm.ended === null)
    if (room.running !== null && open !== undefined) note(room.running, open.counts, now)
    if (room.words === null && open !== undefined && open.counts.arrived > 0) this.#end(room, open.alarm)
    if (room.running !== null && open === undefined && message.alarms.length > 0) this.#ended(room, room.running, now)
    this.#events.changed()
  }

  /** Somebody is at her door: she gives her PIN. */
  #end (room: DemoRoom, alarm: string): void {
    room.worker.end(alarm).catch(() => { this.#events.changed() })
  }

  #ended (room: DemoRoom, moments: Moments, now: number): void {
    if (moments.alertAt === null) return
    moments.endedAt = now
    room.running = null
    this.#events.ended(moments)
  }
}

/** What her page has proven: you may have come yourself, from a phone that no stopwatch stands beside. */
function note (running: Moments, { shown, coming, arrived }: LiveWorkerAlarm['counts'], now: number): void {
  if (shown > 0) running.shownAt ??= now
  if (coming > 0) running.acceptedAt ??= now
  if (arrived > 0) running.arrivedAt ??= now
}

export function granted<T extends { readonly ok: boolean }> (answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Refusal('code' in answer ? String(answer.code) : 'REFUSED')
  return answer as Extract<T, { readonly ok: true }>
}

/** A phone's own, of the block that is set apart for trials: who tries the demo must find no code used up by the people in it. */
function addresses (): () => string {
  let last = 0
  return () => `198.18.${++last >> 8 & 0xff}.${last & 0xff}`
}
