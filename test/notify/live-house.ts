/** Open pages on real sockets, and the views that a story gives them; only the clock is fake. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import { WebSocket, WebSocketServer } from 'ws'
import { Compile } from 'typebox/compile'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import { ServerMessage } from '../../server/contract/live.ts'
import type { LiveSnapshot } from '../../server/contract/live.ts'
import { Live } from '../../server/notify/live.ts'
import type { Subject } from '../../server/notify/ports.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Heard, ana } from './stage.ts'

export const anaAs: Subject = { is: 'responder', id: ana }
export const mina: Subject = { is: 'worker', id: 'mina' }
export const alarm = 'alarm-1' as AlarmId
const message = Compile(ServerMessage)

/** A real page: a WebSocket client, and what it was sent. */
export class Page {
  readonly messages = new Heard<ServerMessage>()
  readonly #client: WebSocket
  readonly closed: Promise<{ readonly code: number, readonly reason: string }>
  constructor (client: WebSocket, t: Test) {
    this.#client = client
    client.on('message', (data, isBinary) => {
      const said: unknown = JSON.parse(String(data))
      if (isBinary || !message.Check(said)) t.fail(`not in the contract: ${String(data)}`)
      this.messages.say(said as ServerMessage)
    })
    this.closed = new Promise((resolve) => { client.on('close', (code, reason) => { resolve({ code, reason: reason.toString() }) }) })
  }

  send (what: unknown): void { this.#client.send(typeof what === 'string' || Buffer.isBuffer(what) ? what : JSON.stringify(what)) }
  terminate (): void { this.#client.terminate() }
  /** A phone in a pocket: the line is there, nobody reads. */
  sleep (): void { this.#client.pause() }
  async seen (type: ServerMessage['type'], count = 1): Promise<ServerMessage> {
    await this.messages.until((all) => all.filter((m) => m.type === type).length >= count)
    return this.messages.all.filter((m) => m.type === type)[count - 1] as ServerMessage
  }
}

export class House {
  readonly clock = new FakeClock()
  readonly receipts = new Heard<readonly unknown[]>()
  readonly pages = new Heard<string>()
  readonly live: Live
  views = new Map<string, LiveSnapshot>()
  broken = false
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 4_096 })
  readonly #joining: { subject: Subject, session: string, cursor: string | null }[] = []
  readonly #t: Test

  constructor (t: Test) {
    this.#t = t
    this.live = new Live({
      clock: this.clock,
      snapshotsOf: ({ is, id }) => {
        if (this.broken) throw new Error('no view')
        if (is === 'technician') return []
        const view = this.views.get(`${is}:${id}`)
        if (is === 'responder') return [view ?? { type: 'responder-alarms', alarms: [] }]
        return [{ type: 'worker-alarms', alarms: [] }, view ?? { type: 'worker-home', home: { checkIn: null, readiness: null, shortcut: null, leftAt: null, joins: null } }]
      },
      receipts: { receipt: (...receipt) => { this.receipts.say(receipt) } },
      log: { info: () => {}, warn: () => {} },
      pages: { opened: (who) => { this.pages.say(`${who} opened`) }, closed: (who) => { this.pages.say(`${who} closed`) } }
    })
    this.#server.on('connection', (socket) => {
      const joining = this.#joining.shift()
      if (joining !== undefined) this.live.join(socket, joining)
    })
    t.teardown(() => {
      for (const client of this.#server.clients) client.terminate()
      this.#server.close()
    })
  }

  async open (subject: Subject, cursor: string | null = null, session = 's1'): Promise<Page> {
    if (this.#server.address() === null) await once(this.#server, 'listening')
    this.#joining.push({ subject, session, cursor })
    const client = new WebSocket(`ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`)
    const page = new Page(client, this.#t)
    await once(client, 'open')
    return page
  }

  /** What this person's page would show. */
  show ({ is, id }: Subject, n: number): void {
    const view = { alarm, n, what: 'alert', kind: 'alarm', openedAt: 0, pressedAt: 0, doubt: 'none', missed: null, phase: 'calling', answer: { is: 'none', at: null, minutes: null, arriveBy: null, counts: true }, others: { coming: 0, arrived: 0 }, asked: null, saidSafeUnproven: null, card: null, saved: true } as const
    this.views.set(`${is}:${id}`, { type: 'responder-alarms', alarms: [{ ...view, answer: { ...view.answer }, others: { ...view.others } }] })
    this.live.changed({ workers: is === 'worker' ? [id] : [], responders: is === 'responder' ? [id] : [] })
  }
}

export const cursorOf = (m: ServerMessage): string => 'cursor' in m ? m.cursor : ''
