import type { ServerMessage } from '../../server/contract/live.ts'
import { asDid } from '../../firmware-protocol/ids.ts'
import { Browser } from './browser.ts'
import { SimButton } from './button.ts'
import type { ButtonWatch } from './button-options.ts'
import { mqttConnect } from './mqtt-link.ts'
import { Page } from './page.ts'
import type { SimClock } from './ports.ts'
import { SimResponder, type Habit, type ResponderWatch } from './responder.ts'

const SHIFT_MS = 6 * 3_600_000
const DEVICE = 'simulated'

/** What `veilleuse button add --json` prints. */
export type EnrolledButton = { readonly did: string, readonly root: string }
/** How this venue came to its invites; the command line or an open house does. */
export type Doors = {
  readonly origin: string, readonly mqttUrl: string, readonly clock: SimClock
  /** Another address for each phone: those who guess codes are counted by address. Left out: all call from here. */
  readonly address?: () => string
}
export type Contact = { readonly name: string, readonly habit: Habit, readonly watch?: ResponderWatch }

const SEES_ALL = { alias: true, room: true, address: true }
type CircleRead = { readonly version: number, readonly mayKnowReach: string, readonly steps: readonly { readonly waitS: number, readonly assistWaitS: number | null, readonly people: readonly string[] }[], readonly sees: Readonly<Record<string, object>> }

/** A worker's phone, as she would use it: joins by an invite, chooses her people, works, presses, ends. */
export class SimWorker {
  readonly alias: string
  readonly browser: Browser
  readonly responders: SimResponder[] = []
  readonly #doors: Doors
  #page: Page | null = null
  #pin = ''

  constructor (alias: string, doors: Doors) {
    this.alias = alias
    this.browser = new Browser(doors.origin, null, doors.address?.() ?? null)
    this.#doors = doors
  }

  async join (invite: string): Promise<void> {
    await this.browser.post(`/api/v1/invites/${invite}`, { role: 'worker', alias: this.alias, language: 'en', device: DEVICE })
  }

  /** Pairs each contact by code, confirms by voice, and puts each step's people into her circle. Returns their names by id. */
  async choose (steps: readonly (readonly Contact[])[], waitS = 30): Promise<Map<string, string>> {
    const chosen = []
    const names = new Map<string, string>()
    for (const step of steps) {
      const people = []
      for (const contact of step) {
        const id = await this.#pair(contact)
        names.set(id, contact.name)
        people.push(id)
      }
      chosen.push({ waitS, assistWaitS: null, people })
    }
    const { version } = await this.browser.get<{ version: number }>('/api/v1/circle')
    const sees = Object.fromEntries(chosen.flatMap((step) => step.people).map((id) => [id, SEES_ALL]))
    await this.browser.put('/api/v1/circle', {
      steps: chosen, note: 'Knock and ask for the keys.', quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees, version
    })
    return names
  }

  async workAt (place: string): Promise<void> {
    await this.browser.post('/api/v1/shift/place', { place, ...this.#shiftWish() })
  }

  async workIn (roomToken: string): Promise<void> {
    await this.browser.post('/api/v1/shift/code', { token: roomToken, ...this.#shiftWish() })
  }

  /** Opens her own page: what it shows is what she may know. */
  watch (heard: (message: ServerMessage, atMono: number) => void): Promise<void> {
    this.#page = new Page({ browser: this.browser, as: 'worker', clock: this.#doors.clock, heard })
    return this.#page.open()
  }

  async setPin (pin: string): Promise<void> {
    await this.browser.put('/api/v1/me/pin', { current: null, pin, duress: null })
    this.#pin = pin
  }

  /** Her PIN ends her lane (R14). */
  async end (alarm: string): Promise<void> {
    await this.browser.post(`/api/v1/alarms/${encodeURIComponent(alarm)}/close`, { pin: this.#pin })
  }

  /** A code that she gives to one person. */
  async code (): Promise<string> {
    await this.#unlock()
    return (await this.browser.post<{ code: string }>('/api/v1/contacts/codes')).code
  }

  /** She hears six digits from whoever used her code, confirms them, and puts that person first. Resolves with the id. */
  async confirm (digits: string): Promise<string | null> {
    await this.#unlock()
    const { contacts } = await this.browser.get<{ contacts: { responder: string, confirmed: boolean }[] }>('/api/v1/contacts')
    const newcomer = contacts.find((contact) => !contact.confirmed)
    if (newcomer === undefined) return null
    const id = newcomer.responder
    await this.browser.post(`/api/v1/contacts/${id}/confirm`, { code: digits })
    // What only the service says of it can't be sent back.
    const { mayKnowReach, ...circle } = await this.browser.get<CircleRead>('/api/v1/circle')
    const [first, ...later] = circle.steps
    const steps = first === undefined ? [{ waitS: 30, assistWaitS: null, people: [id] }] : [{ ...first, people: [...first.people, id] }, ...later]
    await this.browser.put('/api/v1/circle', { ...circle, steps, sees: { ...circle.sees, [id]: SEES_ALL } })
    return id
  }

  /** Her PIN opens what it guards for five minutes (R16). */
  async #unlock (): Promise<void> {
    if (this.#pin !== '') await this.browser.post('/api/v1/unlock', { pin: this.#pin })
  }

  close (): void {
    this.#page?.close()
    for (const responder of this.responders) responder.close()
  }

  async press (key: string, kind: 'alarm' | 'silent-alarm' | 'assist' = 'alarm'): Promise<{ verdict: string, recorded: boolean }> {
    return await this.browser.post('/api/v1/press', { kind }, { 'idempotency-key': key })
  }

  async #pair ({ name, habit, watch }: Contact): Promise<string> {
    const { code } = await this.browser.post<{ code: string }>('/api/v1/contacts/codes')
    const browser = new Browser(this.#doors.origin, null, this.#doors.address?.() ?? null)
    const { confirm } = await browser.post<{ confirm: string }>(`/api/v1/pairings/${code}`, { name, kind: 'contact', language: 'en', device: DEVICE })
    const { contacts } = await this.browser.get<{ contacts: { responder: string, name: string, confirmed: boolean }[] }>('/api/v1/contacts')
    const contact = contacts.find((c) => c.name === name && !c.confirmed)
    if (contact === undefined) throw new Error('the contact that just joined is not on her list')
    await this.browser.post(`/api/v1/contacts/${contact.responder}/confirm`, { code: confirm })
    const responder = new SimResponder({ name, browser, clock: this.#doors.clock, habit, ...(watch === undefined ? {} : { watch }) })
    this.responders.push(responder)
    await responder.open()
    return contact.responder
  }

  #shiftWish (): { plannedEndAt: number, feedback: number, house: boolean } {
    return { plannedEndAt: Math.round(this.#doors.clock.now()) + SHIFT_MS, feedback: 0, house: false }
  }
}

/** A button on the wall of this venue, not yet switched on. */
export function enrolled (button: EnrolledButton, doors: Doors, watch?: ButtonWatch): SimButton {
  const did = asDid(button.did)
  if (did === null) throw new RangeError('a did is 16 hexadecimal digits')
  const root = Buffer.from(button.root, 'hex')
  return new SimButton({ did, root, connect: mqttConnect(doors.mqttUrl), clock: doors.clock, ...(watch === undefined ? {} : { watch }) })
}
