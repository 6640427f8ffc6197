import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { WebSocket } from 'ws'
import { startBroker } from '../../broker/broker.ts'
import { readTlsFiles } from '../../broker/tls.ts'
import { LOOPBACK, Place, until } from './room.ts'
import { rawSocket, untilClosed } from './wire.ts'

const dir = t.testdir({})
const file = (name: string) => join(dir, name)

/** A self-signed certificate of a laboratory. */
function certificate (name: string, days: string): { readonly cert: string, readonly key: string } {
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=localhost',
    '-addext', 'subjectAltName=IP:127.0.0.1', '-days', days, '-keyout', file(`${name}.key`), '-out', file(`${name}.pem`)], { stdio: 'ignore' })
  return readTlsFiles(file(`${name}.pem`), file(`${name}.key`))
}
const good = certificate('good', '36500')
const other = certificate('other', '36500')

t.test('over TLS, the server verified by the button: the same press, the same PUBACK', async (t) => {
  const place = await Place.open(t, { mqtts: { ...LOOPBACK, ...good } })
  const button = await place.button().connect({ ca: readFileSync(file('good.pem')) }, `mqtts://127.0.0.1:${place.broker.ports.mqtts}`)
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1)
  await button.downlink((body) => body.is === 'state')
})

t.test('what is no TLS on the TLS port, and a stranger that never shakes hands, are ended and counted', async (t) => {
  const place = await Place.open(t, { mqtts: { ...LOOPBACK, ...good } })
  const socket = await rawSocket(place.broker.ports.mqtts ?? 0)
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await untilClosed(socket)
  await until(() => place.broker.counts().TLS_FAILED === 1)
  await t.rejects(place.button().dial({ ca: readFileSync(file('other.pem')) }, `mqtts://127.0.0.1:${place.broker.ports.mqtts}`), 'a button refuses another server')
  await until(() => place.broker.health().connections === 0)
})

t.test('strangers in their handshake are strangers: counted, the oldest gives way, and none holds up a stop', async (t) => {
  const place = await Place.open(t, { mqtts: { ...LOOPBACK, ...good }, limits: { strangersMax: 2 } })
  const port = place.broker.ports.mqtts ?? 0
  const first = await rawSocket(port)
  const gone = untilClosed(first)
  await until(() => place.broker.health().strangers === 1)
  const others = [await rawSocket(port), await rawSocket(port)]
  await gone
  t.match(place.broker.counts(), { STRANGER_REPLACED: 1 })
  const button = await place.button().connect({ ca: readFileSync(file('good.pem')) }, `mqtts://127.0.0.1:${port}`)
  t.match(place.broker.health(), { connections: 2, strangers: 1, buttons: 1 }, 'a button comes in all the same')
  await button.send(button.pressBody())
  const startedMs = performance.now()
  await place.broker.close()
  t.ok(performance.now() - startedMs < 4_000, 'not the 5 s of a handshake')
  for (const socket of others) await untilClosed(socket)
})

t.test('bad TLS files are a clear fault before anything listens, and never quote the key', async (t) => {
  writeFileSync(file('broken.pem'), '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----\n')
  const cases = [
    ['TLS_FILE_UNREADABLE', () => readTlsFiles(file('nowhere.pem'), file('good.key'))],
    ['TLS_MATERIAL_BAD', () => readTlsFiles(file('broken.pem'), file('good.key'))],
    ['TLS_MATERIAL_BAD', () => readTlsFiles(file('good.pem'), file('good.pem'))],
    ['TLS_MATERIAL_BAD', () => ({ cert: good.cert, key: other.key })],
    ['TLS_MATERIAL_BAD', () => ({ cert: '', key: '' })]
  ] as const
  for (const [code, material] of cases) {
    const opened = (async () => { await Place.open(t, { mqtts: { ...LOOPBACK, ...material() } }) })()
    const error = await opened.then(() => null, (failed: unknown) => failed as Error & { code: string })
    t.match(error, { name: 'BrokerProblem', code })
    t.notMatch(`${error?.message} ${String(error?.cause)}`, 'PRIVATE KEY')
  }
})

t.test('a certificate that has run out is said at the start, not by buttons that stay away', async (t) => {
  const old = certificate('old', '1')
  const place = new Place()
  await place.clock.pass(0)
  place.clock.jump(100 * 365 * 86_400_000)
  await t.rejects(place.start({ mqtts: { ...LOOPBACK, ...old } }), { code: 'TLS_CERTIFICATE_EXPIRED' })
})

t.test('a port that is taken is a clear fault, and leaves no listener behind', async (t) => {
  const place = await Place.open(t)
  const { house, buttons, disk, clock, log } = place
  const taken = { host: '127.0.0.1', port: place.broker.ports.mqtt }
  const ports = { house, buttons, memories: disk }
  await t.rejects(startBroker({ ports, config: { mqtt: taken }, clock, log }), { code: 'LISTEN_FAILED' })
  await t.rejects(startBroker({ ports, config: { mqtt: LOOPBACK, ws: taken }, clock, log }), { code: 'LISTEN_FAILED' })
})

t.test('over WebSocket on a port of its own', async (t) => {
  const place = await Place.open(t, { ws: LOOPBACK })
  const button = await place.button().connect({}, `ws://127.0.0.1:${place.broker.ports.ws}/mqtt`)
  await button.send(button.pressBody())
  await button.downlink((body) => body.is === 'state')
  t.equal(place.house.raised.length, 1)
  t.equal(place.broker.health().connections, 1)
  await button.hangUp()
  await until(() => place.broker.health().connections === 0)
})

t.test('over WebSocket at /mqtt of another HTTP server, which keeps its other upgrades', async (t) => {
  const place = await Place.open(t)
  const server = createServer((_request, response) => { response.end('page') })
  let others = 0
  server.on('upgrade', (request, socket, head) => {
    if (place.broker.upgrade(request, socket, head)) return
    others += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => { server.close() })
  const { port } = server.address() as AddressInfo
  const button = await place.button().connect({}, `ws://127.0.0.1:${port}/mqtt`)
  await button.send(button.pressBody())
  t.equal(place.house.raised.length, 1)
  await t.rejects(place.button().dial({}, `ws://127.0.0.1:${port}/live`))
  t.equal(others, 1)
})

t.test('a WebSocket without the subprotocol, with a message over 4 KB or with silence does not stay', async (t) => {
  const place = await Place.open(t, { ws: LOOPBACK, limits: { connectWithinMs: 80 } })
  const url = `ws://127.0.0.1:${place.broker.ports.ws}/mqtt`
  const none = new WebSocket(url)
  const [error] = await once(none, 'error').catch((failed: unknown) => [failed]) as [Error]
  t.match(error.message, '400')
  const long = new WebSocket(url, 'mqtt')
  await once(long, 'open')
  const gone = once(long, 'close')
  long.send(Buffer.alloc(5_000, 0x10))
  t.equal((await gone)[0], 1009, 'message too big')
  const announcing = new WebSocket(url, 'mqtt')
  await once(announcing, 'open')
  const cut = once(announcing, 'close')
  announcing.send(Buffer.from([0x10, 0xff, 0xff, 0xff, 0x7f]))
  await cut
  const silent = new WebSocket(url, 'mqtt')
  await once(silent, 'open')
  await once(silent, 'close')
  t.match(place.broker.counts(), { PACKET_TOO_LONG: 1, CONNECT_LATE: 1 })
  await until(() => place.broker.health().connections === 0)
})

t.test('the WebSocket port serves nothing else', async (t) => {
  const place = await Place.open(t, { ws: LOOPBACK })
  const response = await fetch(`http://127.0.0.1:${place.broker.ports.ws}/mqtt`)
  t.equal(response.status, 404)
  t.equal(await response.text(), '')
})
