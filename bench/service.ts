/** The service under test: what `npm run build` made, in a process of its own, on a data folder of its own. */
import type { ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../server/clock/system-clock.ts'
import { pause, startProcess, stopProcess } from './process.ts'

const ROOT = join(import.meta.dirname, '..')

type Ready = { readonly ready: boolean, readonly origin: string, readonly ports: { readonly metrics: number, readonly mqtt: number } }

export type BenchService = {
  readonly origin: string
  readonly mqttUrl: string
  readonly mqttPort: number
  /** From the start of the process to its ready line. */
  readonly startedMs: number
  /** From the start of the process to the first 200 of `/readyz`. */
  readonly readyMs: number
  /** The metrics of now. Reading them begins a new window for `nodejs_eventloop_lag_max_seconds`. */
  readonly metrics: () => Promise<Metrics>
  readonly stop: () => Promise<void>
  readonly child: ChildProcess
}

export type Metrics = { readonly commits: number, readonly rssBytes: number, readonly heapBytes: number, readonly buttons: number, readonly alarms: number, /** Longest the event loop stood still, ms. */ readonly stallMs: number }

/** prom-client looks at the loop every 10 ms, and what it calls lag has this in it. */
const LOOK_MS = 10

/** What the service reads; everything else stays as it comes. */
export function serviceEnv (data: string, secret: string): NodeJS.ProcessEnv {
  return { VEILLEUSE_DATA: data, VEILLEUSE_SECRET: secret, VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'error' }
}

/** A copy of what is built now, so that a build beside a long run changes nothing. Returns the command's file. */
export function keepBuilt (folder: string): string {
  if (!existsSync(join(ROOT, 'dist'))) throw new Error('there is nothing built to measure: npm run build')
  mkdirSync(folder)
  for (const part of ['dist', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'dist', 'server', 'cli', 'veilleuse.js')
}

/** @param built the command's file, of `keepBuilt` @param data the folder of its database */
export async function startBenchService (built: string, data: string, secret: string): Promise<BenchService> {
  const from = systemClock.mono()
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...serviceEnv(data, secret) }
  const { child, line, tookMs } = await startProcess(process.execPath, [built, 'serve', '--json'], env, (said) => said.startsWith('{"ready":true'))
  const { origin, ports } = JSON.parse(line) as Ready
  while (!(await isReady(origin))) await pause(1)
  return {
    origin,
    mqttUrl: `mqtt://127.0.0.1:${ports.mqtt}`,
    mqttPort: ports.mqtt,
    startedMs: tookMs,
    readyMs: systemClock.mono() - from,
    metrics: () => readMetrics(ports.metrics),
    stop: () => stopProcess(child),
    child
  }
}

async function isReady (origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/readyz`)
  await response.arrayBuffer()
  return response.status === 200
}

async function readMetrics (port: number): Promise<Metrics> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  const value = (name: string): number => {
    const found = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)
    if (found === null) throw new Error(`the service has no metric ${name}`)
    return Number(found[1])
  }
  return {
    commits: value('veilleuse_store_commits'),
    rssBytes: value('process_resident_memory_bytes'),
    heapBytes: value('nodejs_heap_size_used_bytes'),
    buttons: value('veilleuse_buttons_connected'),
    alarms: value('veilleuse_alarms_live'),
    stallMs: Math.max(0, value('nodejs_eventloop_lag_max_seconds') * 1_000 - LOOK_MS)
  }
}
