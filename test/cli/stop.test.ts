/**
 * Incidents: a browser that had opened a line ahead of time held the stop up for twelve seconds, with every page already cut; a page
 * that came back in the very moment of the stop held it up for ever, and no press was heard until somebody killed the service.
 */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { readConfig } from '../../server/config/config.ts'
import { startService, type Service } from '../../server/main.ts'

const SOON_MS = 5_000
/** After the doors have begun to close, before everybody is hung up on. */
const MEANWHILE_MS = 300

async function lineTo (port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

async function started (t: Test): Promise<Service> {
  return await startService(readConfig({
    VEILLEUSE_DATA: join(t.testdir({}), 'data'), VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'silent'
  }))
}

t.test('asked to stop, it stops soon, whoever is connected and says nothing', async (t) => {
  const service = await started(t)
  const { http, metrics, mqtt } = service.ports
  const lines = [await lineTo(http), await lineTo(metrics), await lineTo(mqtt)]
  const hungUp = lines.map((line) => line.resume() && once(line, 'close'))
  t.equal((await fetch(`${service.origin}/readyz`)).status, 200)
  const startedAt = systemClock.mono()
  await service.stop()
  await Promise.all(hungUp)
  const tookMs = systemClock.mono() - startedAt
  t.ok(tookMs < SOON_MS, `stopped and hung up in ${Math.round(tookMs)} ms`)
  await t.rejects(fetch(`${service.origin}/healthz`), 'nobody listens any more')
})

t.test('asked to stop, it stops soon, although a page comes back meanwhile', async (t) => {
  const service = await started(t)
  const { port } = new URL(service.origin)
  const line = await lineTo(Number(port))
  const hungUp = line.resume() && once(line, 'close')
  const stopped = service.stop()
  systemClock.after(MEANWHILE_MS, () => {
    line.write(`GET /api/v1/live?as=worker HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${service.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`)
  })
  const startedAt = systemClock.mono()
  await Promise.all([stopped, hungUp])
  const tookMs = systemClock.mono() - startedAt
  t.ok(tookMs < SOON_MS, `stopped and hung up in ${Math.round(tookMs)} ms`)
})
