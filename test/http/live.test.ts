/** Incident: a socket stayed open after she had signed out elsewhere; another site's page listened along. */
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import type { Test } from 'tap'
import { WebSocket } from 'ws'
import { House, Phone, openHouse } from './house.ts'

type Heard = { readonly type: string, readonly [more: string]: unknown }

/** A page with a socket: keeps what it hears, and waits for what the story expects. */
class Page {
  readonly socket: WebSocket
  readonly heard: Heard[] = []
  #heardMore: () => void = () => {}

  constructor (url: string, headers: Record<string, string>) {
    this.socket = new WebSocket(url, { headers })
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as Heard)
      this.#heardMore()
    })
    this.socket.on('error', () => {})
  }

  async hears (fits: (message: Heard) => boolean): Promise<Heard> {
    for (;;) {
      const found = this.heard.find(fits)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => { this.#heardMore = resolve })
    }
  }

  async closed (): Promise<number> {
    const [code] = await once(this.socket, 'close') as [number]
    return code
  }
}

async function listening (t: Test): Promise<{ house: House, open: (phone: Phone, query?: string, headers?: Record<string, string>) => Page }> {
  const house = await openHouse(t)
  const port = await house.listen()
  const open = (phone: Phone, query = '', headers: Record<string, string> = {}): Page =>
    new Page(`ws://127.0.0.1:${port}/api/v1/live${query}`, { origin: house.origin, ...(phone.cookie === '' ? {} : { cookie: phone.cookie }), ...headers })
  return { house, open }
}

const isAlarms = (type: string, some: (alarm: Record<string, unknown>) => boolean) => (message: Heard): boolean =>
  message.type === type && (message['alarms'] as Record<string, unknown>[]).some(some)

t.test('she presses; Ana\'s page rings, says shown, and answers; her own page says so', async (t) => {
  const { house, open } = await listening(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const hers = open(lina)
  const anas = open(ana.phone)
  t.match(await anas.hears(({ type }) => type === 'hello'), { cursor: String, now: Number })
  await hers.hears(({ type }) => type === 'hello')
  await lina.press('one')
  const told = await anas.hears(isAlarms('responder-alarms', ({ phase }) => phase === 'calling'))
  const { alarm, n } = (told['alarms'] as { alarm: string, n: number }[])[0] ?? { alarm: '', n: -1 }
  anas.socket.send(JSON.stringify({ type: 'receipt', alarm, n, level: 'shown' }))
  await hers.hears(isAlarms('worker-alarms', ({ counts }) => (counts as { shown: number }).shown === 1))
  await ana.phone.post(`/api/v1/alerts/${alarm}/answer`, { is: 'coming', minutes: 10 })
  await hers.hears(isAlarms('worker-alarms', ({ phase }) => phase === 'helped'))
  t.pass('told, shown, coming: each by its own proof')
})

t.test('nobody without a session, from another site, or without anything live gets in', async (t) => {
  const { house, open } = await listening(t)
  const lina = await house.join('worker')
  const researcher = await house.join('researcher')
  const refused = async (page: Page): Promise<number | undefined> => {
    const [, reply] = await once(page.socket, 'unexpected-response') as [unknown, { statusCode?: number, resume (): void }]
    reply.resume()
    page.socket.terminate()
    return reply.statusCode
  }
  t.equal(await refused(open(new Phone(house))), 401, 'no session')
  t.equal(await refused(open(lina, '', { origin: 'https://evil.example' })), 403, 'another site')
  t.equal(await refused(open(lina, '', { origin: '' })), 403, 'no origin')
  t.equal(await refused(open(researcher)), 403, 'a researcher')
  t.equal(await refused(open(lina, '?as=responder')), 403, 'a role that this phone has not')
  t.equal(await refused(open(lina, '?cursor=%0a')), 400, 'a broken cursor')
  t.equal((await new Phone(house).get('/healthz')).statusCode, 200)
})

t.test('a cursor resumes; a message too large or wrong ends the page, not the service', async (t) => {
  const { house, open } = await listening(t)
  const lina = await house.join('worker')
  const first = open(lina)
  const { cursor } = await first.hears(({ type }) => type === 'hello')
  first.socket.close()
  const again = open(lina, `?cursor=${String(cursor)}`)
  t.match(await again.hears(({ type }) => type === 'hello'), { resumed: true })
  const large = open(lina)
  await large.hears(({ type }) => type === 'hello')
  large.socket.send('x'.repeat(5_000))
  t.equal(await large.closed(), 1009)
  const wrong = open(lina)
  await wrong.hears(({ type }) => type === 'hello')
  wrong.socket.send('{"type":"admin"}')
  t.equal(await wrong.closed(), 1008)
  t.equal(again.socket.readyState, WebSocket.OPEN, 'the other page stays')
})

t.test('a revoked session\'s pages are cut at once', async (t) => {
  const { house, open } = await listening(t)
  const phone = await house.join('worker')
  const page = open(phone)
  await page.hears(({ type }) => type === 'hello')
  const closed = page.closed()
  t.equal((await phone.post('/api/v1/sign-out')).statusCode, 204)
  t.equal(await closed, 4001)
  t.equal(phone.cookie, '')
})

t.test('a stopping service says "come back" to every page, and does not hang', async (t) => {
  const { house, open } = await listening(t)
  const lina = await house.join('worker')
  const page = open(lina)
  await page.hears(({ type }) => type === 'hello')
  const closed = page.closed()
  await house.app.close()
  t.equal(await closed, 1012)
  t.match(page.heard.at(-1), { type: 'gone', code: 'STOPPING' })
})

t.test('a stranger asks an ordinary address for a socket: refused in words, before anything is opened', async (t) => {
  const { house } = await listening(t)
  const port = (house.app.server.address() as AddressInfo).port
  for (const url of ['/healthz', '/api/v1/press', '/nowhere']) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${url}`)
    const [, reply] = await once(socket, 'unexpected-response') as [unknown, IncomingMessage]
    t.equal(reply.statusCode, 400, url)
    const body = Buffer.concat(await reply.toArray() as Buffer[]).toString()
    t.match(JSON.parse(body), { code: 'UPGRADE_REFUSED' })
    t.match(reply.headers['content-type'], /^application\/problem\+json/)
    socket.on('error', () => {})
    socket.terminate()
  }
})
