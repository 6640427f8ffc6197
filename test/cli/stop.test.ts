/** Incident: a browser that had opened a line ahead of time held the stop up for twelve seconds, with every page already cut. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { readConfig } from '../../server/config/config.ts'
import { startService } from '../../server/main.ts'

const SOON_MS = 5_000

async function lineTo (port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

t.test('asked to stop, it stops soon, whoever is connected and says nothing', async (t) => {
  const service = await startService(readConfig({
    VEILLEUSE_DATA: join(t.testdir({}), 'data'), VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'silent'
  }))
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
