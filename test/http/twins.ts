/**
 * Two houses that live the same life on clocks that show the same time; only the PIN that she types differs. Whatever
 * anybody can see is written down in each, with ids named by the order in which they appear, and compared line by line.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { LightMyRequestResponse } from 'fastify'
import fc from 'fast-check'
import type { Test } from 'tap'
import type { WorkerId } from '../../server/alarm/alarm.ts'
import { houseOf } from '../../server/engine/house.ts'
import type { ButtonEvent } from '../../server/engine/lights.ts'
import type { House as ButtonHouse, HeardPress } from '../../broker/ports.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { Socket } from '../../server/notify/live-socket.ts'
import { fitting } from './arbitrary.ts'
import type { Schema } from './arbitrary.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

export const TRUE_PIN = '4711'
export const DURESS_PIN = '9058'
const SEED = 2_024
const HOUR_MS = 3_600_000

export type Seer = 'lina' | 'luc' | 'technician' | 'researcher' | 'nobody'
export const SEERS: readonly Seer[] = ['lina', 'luc', 'technician', 'researcher', 'nobody']
const ROLE: Readonly<Record<Seer, string>> = { lina: 'worker', luc: 'responder', technician: 'technician', researcher: 'researcher', nobody: 'public' }

type Operation = { readonly requestBody?: { readonly content?: Record<string, { readonly schema: Schema }> }, readonly 'x-access'?: readonly string[] }
type Paths = Record<string, Record<string, Operation>>

/** A page that was opened: each message, ping and goodbye with the time at which it came. */
export class Ear implements Socket {
  readonly bufferedAmount = 0
  readonly #says: (line: string) => void
  readonly #listeners = new Map<string, (...args: never[]) => void>()
  constructor (says: (line: string) => void) { this.#says = says }

  send (data: Buffer, _options: { readonly binary: false }, written: () => void): void {
    this.#says(`message ${data.length} ${data.toString()}`)
    written()
  }

  ping (): void {
    this.#says('ping')
    ;(this.#listeners.get('pong') as (() => void) | undefined)?.()
  }

  close (code: number, reason: string): void {
    this.#says(`closed ${code} ${reason}`)
    ;(this.#listeners.get('close') as (() => void) | undefined)?.()
  }

  terminate (): void { this.#says('hung up') }
  on (event: string, listener: (...args: never[]) => void): this { this.#listeners.set(event, listener); return this }
}

/** One of the two. */
export class Twin {
  readonly house: House
  /** The PIN that she types here, and what she is told to type by whoever stands beside her. */
  readonly pin: string
  readonly phones = new Map<Seer, Phone>()
  readonly lines: string[] = []
  readonly ids = new Map<string, string>()
  readonly #names = new Map<string, string>()
  #buttons!: ButtonHouse
  #did!: Did
  #paths: Paths = {}
  #shown = ''

  constructor (house: House, pin: string) {
    this.house = house
    this.pin = pin
  }

  phone (seer: Seer): Phone {
    const phone = this.phones.get(seer)
    if (phone === undefined) throw new Error(`nobody is ${seer}`)
    return phone
  }

  id (name: string): string { return this.ids.get(name) ?? `no ${name}` }

  /** Everybody moves in, one second after the other: equal times would be ordered by chance. */
  async furnish (): Promise<void> {
    const { house } = this
    const lina = await house.join('worker')
    this.phones.set('lina', lina)
    const pair = async (name: string, phone = new Phone(house)) => {
      await house.clock.pass(1_000)
      const paired = await house.pair(lina, phone, name)
      this.ids.set(name, paired.responder)
      return paired
    }
    const ana = await pair('ana')
    const luc = await pair('luc')
    await pair('eve')
    this.phones.set('luc', luc.phone)
    this.phones.set('ana' as Seer, ana.phone)
    this.phones.set('technician', await house.join('technician'))
    this.phones.set('researcher', await house.join('researcher'))
    this.phones.set('nobody', new Phone(house))
    await this.#enrol()
    await house.clock.pass(1_000)
    await house.circle(lina, [ana.responder, luc.responder], [ana.responder])
    await house.clock.pass(1_000)
    await this.#raw('lina', 'PUT', '/api/v1/me/pin', { current: null, pin: TRUE_PIN, duress: DURESS_PIN })
    await house.clock.pass(1_000)
    const plannedEndAt = house.clock.now() + 6 * HOUR_MS
    await this.#raw('lina', 'POST', '/api/v1/shift/code', { token: this.id('token'), plannedEndAt, feedback: 1, house: false })
    await house.clock.pass(1_000)
    const { token } = await house.people.sessions.open({ is: 'worker', id: house.idOf(lina, 'worker') as WorkerId }, 'Old phone')
    this.ids.set('old session', house.people.sessions.find(token)?.id ?? '')
    this.#paths = (await this.phone('nobody').get('/api/v1/openapi.json')).json<{ paths: Paths }>().paths
    this.#listen()
  }

  async #enrol (): Promise<void> {
    const { room } = (await this.#raw('technician', 'POST', '/api/v1/rooms', { label: 'Lilac', address: 'Rue Verte 7' })).json<{ room: string }>()
    const { did } = (await this.#raw('technician', 'POST', `/api/v1/rooms/${room}/buttons`)).json<{ did: string }>()
    const { url } = (await this.#raw('technician', 'GET', `/api/v1/rooms/${room}/code`)).json<{ url: string }>()
    this.#did = did as Did
    this.ids.set('venue', await this.house.venue())
    for (const [name, id] of [['room', room], ['did', did], ['token', url.split('/q/')[1] ?? '']] as const) this.ids.set(name, id)
    const { engine, people, clock } = this.house
    this.#buttons = houseOf({ engine, buttons: people.buttons, saveFault: async () => undefined, clock })
  }

  /** Every open page of those who must not notice, every telling to them, every light. */
  #listen (): void {
    const { house } = this
    const says = (who: string) => (line: string): void => { this.write(`${house.clock.mono()} ${who}: ${line}`) }
    for (const seer of ['lina', 'luc', 'technician'] as const) {
      const is = ROLE[seer] as 'worker' | 'responder' | 'technician'
      const [session] = this.phone(seer).cookie.split('=')[1]?.split('.').flatMap((token) => house.people.sessions.find(token) ?? []) ?? []
      if (session === undefined) throw new Error(`${seer} has no session`)
      house.live.join(new Ear(says(`${seer}'s page`)), { subject: { is, id: session.who.id }, session: session.id, cursor: null })
    }
    // As the broker does: a change that changes nothing sends nothing.
    house.engine.onLights((dids) => { if (dids.includes(this.#did)) this.lights() })
    const { ears } = house
    const tell = ears.tell.bind(ears)
    ears.tell = (telling) => {
      if (telling.to !== this.id('ana')) this.write(`${house.clock.mono()} told: ${JSON.stringify({ ...telling, wanted: telling.wanted() })}`)
      tell(telling)
    }
  }

  /** The same button event in both houses. */
  async press (evn: number): Promise<void> {
    const now = this.house.clock.now()
    const event: ButtonEvent = { evboot: 1, evn, evid: new Uint8Array(8).fill(evn) }
    const press: HeardPress = { did: this.#did, event, kind: 'alarm', merged: 1, receivedAt: now, pressedAt: now, ageMs: 0, stale: false } as unknown as HeardPress
    const { durable } = this.#buttons.press(press)
    await durable
    await this.quiet()
  }

  lights (): void {
    const shown = JSON.stringify(this.#buttons.lightsOf(this.#did).map(({ feedback }) => feedback))
    if (shown !== this.#shown) this.write(`${this.house.clock.mono()} lights ${shown}`)
    this.#shown = shown
  }

  async asks (seer: Seer, method: string, url: string, body?: unknown): Promise<LightMyRequestResponse> {
    const reply = await this.#raw(seer, method, url, body)
    const headers = this.#named(JSON.stringify(Object.entries(reply.headers).filter(([name]) => name !== 'date')))
    // The usual ones are told by their hash: what differs is easier to see.
    const seen = createHash('sha256').update(headers).digest('hex').slice(0, 8)
    this.write(`${seer} ${method} ${url} ${JSON.stringify(body ?? null)} -> ${reply.statusCode} ${seen} ${reply.rawPayload.length} ${reply.body}`)
    return reply
  }

  async #raw (seer: Seer, method: string, url: string, body?: unknown): Promise<LightMyRequestResponse> {
    return await this.phone(seer).ask({ method: method as 'GET', url, ...(body === undefined ? {} : { body }) })
  }

  /** Every route that this one may read, whatever has been added since this was written. */
  async looks (seers: readonly Seer[] = SEERS): Promise<void> {
    for (const seer of seers) {
      for (const { method, url, access } of this.house.app.rules) {
        if (method !== 'GET' || !access.includes(ROLE[seer] as 'worker') || /openapi|live|metrics|\.js|\.css|\/r$/.test(url)) continue
        for (const filled of this.#filled(url)) await this.asks(seer, 'GET', filled)
      }
    }
    this.lights()
    this.write(`her phone was reminded: ${JSON.stringify(this.house.reminded)}`)
  }

  /** Every route that changes anything, with bodies made from its own schema; `except`: what would end the story. */
  async tries (seer: Seer, except: RegExp, bodies = 2): Promise<void> {
    for (const { method, url, access } of this.house.app.rules) {
      if (method === 'GET' || !access.includes(ROLE[seer] as 'worker') || except.test(`${method} ${url}`)) continue
      const schema = this.#paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody?.content?.['application/json']?.schema
      const names = [...this.ids.keys()].map((name) => `at_${name.replace(/ /g, '_')}`)
      const given = schema === undefined ? [undefined] : fc.sample(fitting(schema, names), { seed: SEED, numRuns: bodies })
      for (const body of given) {
        const text = body === undefined ? undefined : JSON.stringify(body).replace(/at_(\w+)/g, (whole, name: string) => this.ids.get(name.replace(/_/g, ' ')) ?? whole)
        const sent = text === undefined ? undefined : JSON.parse(text) as unknown
        for (const filled of this.#filled(url).slice(0, 3)) {
          await this.house.clock.pass(1_000)
          await this.asks(seer, method, filled, typeof sent === 'object' && sent !== null ? sent : undefined)
          await this.quiet()
        }
      }
    }
  }

  #filled (url: string): readonly string[] {
    if (!url.includes(':')) return [url]
    const fits: Readonly<Record<string, readonly string[]>> = { venue: ['venue'], alarm: ['alarm', 'second alarm'], responder: ['ana', 'luc', 'eve'], did: ['did'], room: ['room'], session: ['old session'], token: ['token'], shortcut: ['shortcut'], consent: ['consent'] }
    const param = /:(\w+)/.exec(url)?.[1] ?? ''
    const ids = (fits[param] ?? []).flatMap((name) => this.ids.get(name) ?? [])
    // A second part of an address is one of her people.
    return [...ids, 'never-given-out'].map((id) => url.replace(/:\w+/, id).replace(/:\w+/, this.id('luc')))
  }

  /** Until nothing is on its way to the disk any more. */
  async quiet (): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.house.disk.probe()
      for (let turn = 0; turn < 6; turn++) await setImmediate()
    }
  }

  async pass (ms: number, stepMs = ms): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      await this.house.clock.pass(Math.min(stepMs, ms - passed))
      await this.quiet()
    }
  }

  write (line: string): void { this.lines.push(this.#named(line)) }

  /** Ids, tokens, codes and digits by the order in which they appeared; their lengths stay. */
  #named (line: string): string {
    const name = (kind: string, value: string): string => {
      const known = this.#names.get(value) ?? `<${kind} ${value.length} ${this.#names.size}>`
      this.#names.set(value, known)
      return known
    }
    return line
      .replace(/"request":"[^"]*"/g, '"request":"…"')
      .replace(/"cursor":"[^".]*\.(\d+)"/g, '"cursor":"….$1"')
      .replace(/"words":\[[^\]]*\]/g, '"words":[]')
      .replace(/"(code|confirm)":"([0-9A-HJKMNP-TV-Z]{6,8})"/g, (_, key: string, value: string) => `"${key}":"${name(key, value)}"`)
      .replace(/(?<![\w-])(?=[\w-]*[0-9A-Z])[\w-]{20,64}(?![\w-])/g, (value) => name('id', value))
      .replace(/pairings\/([0-9A-HJKMNP-TV-Z]{8})\b/g, (_, value: string) => `pairings/${name('code', value)}`)
      .replace(/(?<![\w-])[0-9a-f]{16}(?![\w-])/g, (value) => name('did', value))
  }
}

/** Both, furnished. */
export async function twins (t: Test): Promise<readonly [Twin, Twin]> {
  const folder = t.testdir()
  const free = new Twin(await openHouse(t, { file: join(folder, 'free.db') }), TRUE_PIN)
  const forced = new Twin(await openHouse(t, { file: join(folder, 'forced.db') }), DURESS_PIN)
  for (const twin of [free, forced]) await twin.furnish()
  return [free, forced]
}

/** The same in both; then nothing may differ of the lines that count. */
export async function both (t: Test, pair: readonly [Twin, Twin], story: string, act: (twin: Twin) => Promise<unknown>, counts = /./): Promise<void> {
  for (const twin of pair) {
    twin.lines.length = 0
    await act(twin)
    await twin.quiet()
  }
  const [free, forced] = pair.map(({ lines }) => lines.filter((line) => counts.test(line)).map((line) => line.replaceAll(DURESS_PIN, TRUE_PIN))) as [string[], string[]]
  const at = free.findIndex((line, i) => line !== forced[i])
  if (at < 0 && free.length === forced.length) t.pass(`${story}: ${free.length} lines alike`)
  else {
    t.same(forced[at < 0 ? free.length : at], free[at < 0 ? forced.length : at], `${story}: line ${at} of ${free.length} and ${forced.length}`)
  }
}
