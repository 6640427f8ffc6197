import type { PressBody } from '../../firmware-protocol/bodies.ts'
import { asDid, type Did } from '../../firmware-protocol/ids.ts'
import { SimButton } from '../../device-sim/live/button.ts'
import { mqttConnect } from '../../device-sim/live/mqtt-link.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { withPeople } from '../../server/cli/open-people.ts'
import type { ResponderId } from '../../server/people/words.ts'
import { FakePushService } from '../notify/push-service.ts'
import type { ServiceProcess } from './service-process.ts'

type Doing = 'sent' | 'puback'

/** Rooms with a button each; nobody is on shift, so the house lane and each room's standing circle are told: Rosa, then Ivo. */
export class FullHouse {
  readonly buttons: SimButton[] = []
  readonly push: FakePushService
  /** Every press whose PUBACK came, as it was last acknowledged. */
  readonly acknowledged = new Map<string, { readonly did: Did, readonly body: PressBody }>()
  readonly #waiting = new Set<{ readonly for: Doing, left: number, readonly done: () => void }>()
  readonly #service: ServiceProcess

  private constructor (service: ServiceProcess, push: FakePushService) {
    this.#service = service
    this.push = push
  }

  /** Furnishes it through the people's services, before the service starts. `service` must allow `push.origin`. */
  static async furnish (service: ServiceProcess, push: FakePushService, rooms: number): Promise<FullHouse> {
    const house = new FullHouse(service, push)
    await withPeople(service.config, async (people) => {
      const { venue } = granted(await people.venues.add('Maison', 'employed'))
      const references: ResponderId[] = []
      for (const name of ['Rosa', 'Ivo']) {
        const { code } = granted(await people.invites.make('reference-person', venue.id))
        const { session } = granted(await people.invites.accept(code, { role: 'reference-person', name, language: 'en', device: 'story', neverForwards: 'v1' }))
        if (session.who.is !== 'responder') throw new Error('a reference person is a responder')
        references.push(session.who.id)
        granted(await people.endpoints.subscribe(session.who.id, { ...push.subscribe(), text: 'discreet', language: 'en', provesShown: true }))
      }
      const steps = references.map((id) => ({ waitS: 30, people: [id] }))
      await Promise.all(Array.from({ length: rooms }, async (_, n) => {
        const { room } = granted(await people.venues.addRoom(venue.id, `Room ${n + 1}`, null))
        granted(await people.standings.set(room.id, steps))
        const { button } = granted(await people.buttons.add(room.id, null))
        house.#hang(button)
      }))
    })
    return house
  }

  /** Switches every button on; resolves when each has been connected once. */
  async powerOn (): Promise<void> {
    await Promise.all(this.buttons.map((button) => new Promise<void>((resolve) => {
      this.#connected.set(button.did, resolve)
      button.powerOn()
    })))
  }

  powerOff (): void { for (const button of this.buttons) button.powerOff() }

  /** Resolves when this has happened so many more times, or after `mostMs`: whatever comes first. */
  after (doing: Doing, times: number, mostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = systemClock.after(mostMs, () => { wait.done() })
      const wait = { for: doing, left: times, done: () => { cancel(); this.#waiting.delete(wait); resolve() } }
      this.#waiting.add(wait)
    })
  }

  readonly #connected = new Map<string, () => void>()

  #hang (enrolled: { readonly did: string, readonly root: string }): void {
    const did = asDid(enrolled.did)
    if (did === null) throw new Error('a button has a did')
    this.buttons.push(new SimButton({
      did,
      root: Buffer.from(enrolled.root, 'hex'),
      clock: systemClock,
      connect: mqttConnect(this.#service.mqttUrl),
      watch: {
        sent: (body) => { if (body.is === 'press') this.#happened('sent') },
        puback: (body) => {
          if (body.is !== 'press') return
          this.acknowledged.set(`${did} ${body.event.evboot} ${body.event.evn} ${body.merged ?? 0}`, { did, body })
          this.#happened('puback')
        },
        connected: () => { this.#connected.get(did)?.() }
      }
    }))
  }

  #happened (doing: Doing): void {
    for (const wait of [...this.#waiting]) {
      if (wait.for !== doing) continue
      wait.left -= 1
      if (wait.left <= 0) wait.done()
    }
  }
}

export function granted<T extends { readonly ok: boolean }> (answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  return answer as Extract<T, { readonly ok: true }>
}
