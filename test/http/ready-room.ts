/** A house with one room, one button, one worker and who would come, in the words in which stories of readiness are told. */
import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import { WebSocket } from 'ws'
import { asDid } from '../../firmware-protocol/ids.ts'
import type { Did } from '../../firmware-protocol/ids.ts'
import type { ResponderId, WorkerId } from '../../server/alarm/alarm.ts'
import { Phone, openHouse } from './house.ts'
import type { House, HouseOptions } from './house.ts'

const HOUR = 3_600_000
type Reason = { readonly code: string, readonly level: string, readonly at: number | null }
export type Ready = { readonly level: string, readonly reasons: readonly Reason[], readonly night: { readonly ready: boolean, readonly reasons: readonly string[] }, readonly shown: Record<string, unknown> }

export class ReadyRoom {
  readonly house: House
  readonly lina: Phone
  readonly ana: { readonly phone: Phone, readonly responder: ResponderId }
  readonly room: string
  readonly did: Did
  readonly #pages = new Set<Page>()
  #evn = 0

  constructor (of: { house: House, lina: Phone, ana: ReadyRoom['ana'], room: string, did: Did }) {
    this.house = of.house
    this.lina = of.lina
    this.ana = of.ana
    this.room = of.room
    this.did = of.did
  }

  /** The same people at the house that the service is after a restart. */
  in (house: House): ReadyRoom {
    const phoneOf = ({ cookie }: Phone): Phone => Object.assign(new Phone(house), { cookie })
    return new ReadyRoom({ ...this, house, lina: phoneOf(this.lina), ana: { ...this.ana, phone: phoneOf(this.ana.phone) } })
  }

  get worker (): WorkerId { return this.house.idOf(this.lina, 'worker') as WorkerId }

  beat (more: { readonly batteryPct?: number | null, readonly fw?: string, readonly did?: Did } = {}): void {
    const { did = this.did, batteryPct = 80, fw = '1.0' } = more
    this.house.people.buttons.heard({ did, at: this.house.clock.now(), beatS: 30, batteryPct, batteryMv: null, rssiDbm: -60, flags: 0, fw, model: 'sim' })
  }

  press (more: { readonly did?: Did, readonly kind?: 'alarm' | 'test', readonly stale?: boolean } = {}): void {
    const now = this.house.clock.now()
    this.#evn += 1
    this.house.engine.pressByButton({
      did: more.did ?? this.did, event: { evboot: 1, evn: this.#evn, evid: new Uint8Array(8).fill(this.#evn) }, kind: more.kind ?? 'alarm', merged: 1, receivedAt: now, pressedAt: now, ageMs: 0, stale: more.stale ?? false
    })
  }

  /** The room's own clock goes on: the button beats, and everything that looks once a second does. */
  async pass (ms: number, { beats = true }: { readonly beats?: boolean } = {}): Promise<void> {
    for (let left = ms; left > 0; left -= 15_000) {
      await this.house.clock.pass(Math.min(left, 15_000))
      if (beats) this.beat()
      for (const page of this.#pages) await page.answers()
    }
    await this.house.clock.pass(1_000)
  }

  async startsByPress (): Promise<void> {
    const window = await this.lina.post('/api/v1/shift/window', { room: this.room, plannedEndAt: this.house.clock.now() + 6 * HOUR, feedback: 0, house: false })
    if (window.statusCode !== 200) throw new Error(window.body)
    this.press()
    await this.settles()
  }

  async available (phone = this.ana.phone, ms = 5 * HOUR): Promise<void> {
    const reply = await phone.ask({ method: 'PUT', url: '/api/v1/me/responder/available', body: { until: this.house.clock.now() + ms } })
    if (reply.statusCode !== 204) throw new Error(reply.body)
  }

  async tapsTest (phone = this.ana.phone, sound = false): Promise<void> {
    const reply = await phone.post('/api/v1/me/responder/test', { sound })
    if (reply.statusCode !== 204) throw new Error(reply.body)
  }

  async subscribes (phone = this.ana.phone, name = 'ana'): Promise<void> {
    const body = { url: `http://127.0.0.1:9/${name}`, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), text: 'full', language: 'fr', provesShown: true }
    const reply = await phone.ask({ method: 'PUT', url: '/api/v1/endpoints', body })
    if (reply.statusCode !== 200) throw new Error(reply.body)
  }

  async ready (): Promise<Ready> { return (await this.lina.get('/api/v1/readiness')).json<{ readiness: Ready }>().readiness }
  async codes (): Promise<readonly string[]> { return (await this.ready()).reasons.map(({ code, level }) => `${code} ${level}`) }

  /** What waits for the disk gets there: a press, a proof. */
  async settles (): Promise<void> {
    for (let turn = 0; turn < 20; turn++) await setImmediate()
    // Writes go one after the other: when this one is on disk, all before it are.
    await this.lina.ask({ method: 'PATCH', url: '/api/v1/me/worker', body: { language: 'fr' } })
    await this.house.clock.pass(0)
    for (const page of this.#pages) await page.answers()
  }

  async page (phone = this.lina, as: 'worker' | 'responder' = 'worker'): Promise<Page> {
    const address = this.house.app.server.address()
    const port = address === null || typeof address === 'string' ? await this.house.listen() : address.port
    const page = await Page.open(`ws://127.0.0.1:${port}/api/v1/live?as=${as}`, { origin: this.house.origin, cookie: phone.cookie })
    this.#pages.add(page)
    page.socket.on('close', () => { this.#pages.delete(page) })
    return page
  }
}

/** One open page and what it was told of readiness. */
export class Page {
  readonly socket: WebSocket
  readonly heard: { readonly type: string, readonly [more: string]: unknown }[] = []

  private constructor (socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer) => { this.heard.push(JSON.parse(data.toString()) as Page['heard'][number]) })
    socket.on('error', () => {})
  }

  static async open (url: string, headers: Record<string, string>): Promise<Page> {
    const page = new Page(new WebSocket(url, { headers }))
    await new Promise<void>((resolve) => { page.socket.once('message', () => { resolve() }) })
    return page
  }

  get told (): readonly Ready[] {
    return this.heard.flatMap((message) => message.type === 'worker-home' ? [(message['home'] as { readiness: Ready }).readiness] : [])
  }

  get codes (): readonly (readonly string[])[] { return this.told.map(({ reasons }) => reasons.map(({ code, level }) => `${code} ${level}`)) }

  /** Takes in all that was sent, and answers pings: a real socket lives by real turns, not by the story's clock. */
  async answers (): Promise<void> {
    for (let turn = 0; turn < 2 && this.socket.readyState === WebSocket.OPEN; turn++) {
      const gone = new AbortController()
      const answered = Promise.race([once(this.socket, 'pong', gone), once(this.socket, 'close', gone)])
      this.socket.ping()
      await answered.catch(() => undefined)
      gone.abort()
    }
  }

  async close (): Promise<void> {
    const closed = new Promise<void>((resolve) => { this.socket.once('close', () => { resolve() }) })
    this.socket.close()
    await closed
  }
}

/** Lina, on no shift yet; Ana on her list, with a phone that can be pushed to. */
export async function readyRoom (t: Test, options: HouseOptions = {}): Promise<ReadyRoom> {
  const house = await openHouse(t, options)
  const tech = await house.join('technician')
  const { room } = (await tech.post('/api/v1/rooms', { label: 'Lilac', address: null })).json<{ room: string }>()
  const { did: text } = (await tech.post(`/api/v1/rooms/${room}/buttons`)).json<{ did: string }>()
  const did = asDid(text)
  if (did === null) throw new Error('no did')
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const ready = new ReadyRoom({ house, lina, ana, room, did })
  await ready.subscribes()
  ready.beat()
  await ready.pass(1_000)
  return ready
}
