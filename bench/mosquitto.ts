/** Mosquitto as Debian ships it, on loopback, keeping nothing. */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../server/clock/system-clock.ts'
import { openLine, type Line } from './mqtt-line.ts'
import { freePort } from '../device-sim/live/free-port.ts'
import { pause, startProcess, stopProcess } from './process.ts'

const PLACES = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/usr/bin/mosquitto']
const TOPIC = 'bench/press'
const TRIES = 100

export type Peer = {
  /** Sends these bytes and waits until they have arrived; ms between the two. */
  readonly hop: (payload: Uint8Array) => Promise<number>
  readonly stop: () => Promise<void>
}
export type Mosquitto = Peer & { readonly port: number, readonly version: string }

export async function startMosquitto (folder: string): Promise<Mosquitto> {
  const program = findMosquitto()
  const port = await freePort()
  const file = join(folder, 'mosquitto.conf')
  writeFileSync(file, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nlog_dest stderr\nlog_type error\nlog_type notice\nlog_type information\n`)
  const { child, line } = await startProcess(program, ['-c', file], { PATH: process.env.PATH }, (said) => said.includes('starting') || said.includes('running'))
  const url = `mqtt://127.0.0.1:${port}`
  const publisher = await tried(() => openLine(url, 'bench-publisher'))
  const subscriber = await openLine(url, 'bench-subscriber')
  subscriber.subscribe(TOPIC)
  const hop = hopOver(publisher, TOPIC, (arrived) => { subscriber.onMessage = arrived })
  await untilHeard(hop)
  return {
    port,
    version: /version (\S+)/.exec(line)?.[1] ?? 'unknown',
    hop,
    stop: async () => {
      publisher.end()
      subscriber.end()
      await stopProcess(child)
    }
  }
}

/** One publish with QoS 1, until it arrives and the publisher has its PUBACK; only the way to the subscriber counts. */
export function hopOver (publisher: Line, topic: string, onArrival: (arrived: () => void) => void): Peer['hop'] {
  return async (payload) => {
    let at = Number.NaN
    const arrival = new Promise<void>((resolve) => {
      onArrival(() => {
        at = systemClock.mono()
        resolve()
      })
    })
    const from = systemClock.mono()
    const acknowledged = publisher.publish(topic, payload)
    await Promise.all([arrival, acknowledged])
    return at - from
  }
}

/** The subscription, or the flow behind it, may take a moment: sends until something arrives. */
export async function untilHeard (hop: Peer['hop']): Promise<void> {
  for (let i = 0; i < TRIES; i++) {
    const heard = await Promise.race([hop(new Uint8Array([i])).then(() => true), pause(200).then(() => false)])
    if (heard) return
  }
  throw new Error('a peer carries no messages')
}

async function tried<T> (act: () => Promise<T>): Promise<T> {
  for (let i = 0; ; i++) {
    try {
      return await act()
    } catch (error) {
      if (i >= TRIES) throw error
      await pause(50)
    }
  }
}

function findMosquitto (): string {
  const found = PLACES.find((place) => existsSync(place))
  if (found !== undefined) return found
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', 'mosquitto'] as const
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) spawnSync(command[0], command.slice(1), { stdio: 'inherit' })
  const installed = PLACES.find((place) => existsSync(place))
  if (installed === undefined) throw new Error(`Mosquitto is not here. On Debian: ${command.join(' ')}`)
  return installed
}
