/** Incident: a story failed because its service's port had become somebody's connection between the asking and the listening. */
import t from 'tap'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { freePort } from '../../device-sim/live/free-port.ts'

t.test('a port is none that the system gives to whoever asks for any, none that was given before, and none that is taken', async (t) => {
  const first = await freePort()
  const taken = createServer()
  t.teardown(() => { taken.close() })
  taken.listen(first + 1, '127.0.0.1')
  await once(taken, 'listening')
  const ports = [first, await freePort(), await freePort()]
  t.notOk(ports.includes((taken.address() as AddressInfo).port), 'the taken one is passed over')
  t.equal(new Set(ports).size, 3)
  t.ok(ports.every((port) => port >= 10_000 && port < 32_768), ports.join(', '))
})
