import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { freePort } from '../../device-sim/live/free-port.ts'
import { readConfig, type Config } from '../../server/config/config.ts'
import { databaseFile } from '../../server/config/files.ts'
import { COMMANDS } from '../runner/root.ts'

type Ready = { readonly origin: string, readonly ports: { readonly http: number, readonly mqtt: number, readonly metrics: number } }

/** The service as a process of its own, on fixed loopback ports, so that buttons find it again after each start. */
export class ServiceProcess {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly config: Config
  #child: ChildProcess | null = null
  #ready: Ready | null = null
  errors = ''

  private constructor (folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder
    this.env = env
    this.config = readConfig(env)
  }

  /** `data`: where the database lies; a folder of its own unless the story brings a small disk. */
  static async prepare (more: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'faults-'))
    const [http, mqtt] = [await freePort(), await freePort()]
    return new ServiceProcess(folder, {
      VEILLEUSE_DATA: join(folder, 'data'),
      VEILLEUSE_HTTP_PORT: String(http),
      VEILLEUSE_MQTT_PORT: String(mqtt),
      VEILLEUSE_METRICS_PORT: '0',
      VEILLEUSE_VAPID_SUBJECT: 'mailto:stories@example.org',
      VEILLEUSE_LOG_LEVEL: 'fatal',
      ...more
    })
  }

  get isRunning (): boolean { return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null }
  get mqttUrl (): string { return `mqtt://127.0.0.1:${this.config.mqttPort}` }
  get origin (): string { return `http://127.0.0.1:${this.config.httpPort}` }
  get metricsUrl (): string { return `http://127.0.0.1:${this.#ready?.ports.metrics ?? 0}/metrics` }

  /** Resolves when the service says that it is ready. `more`: for this life of it alone. */
  async start (more: Readonly<Record<string, string>> = {}): Promise<void> {
    const child = spawn(process.execPath, [COMMANDS.veilleuse, 'serve', '--json'], { env: { ...process.env, ...this.env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    child.stderr.on('data', (chunk: Buffer) => { this.errors += chunk.toString() })
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as Partial<Ready> & { readonly ready?: boolean }
      if (said.ready !== true) continue
      this.#ready = said as Ready
      child.stdout.resume()
      return
    }
    throw new Error(`the service ended before it was ready: ${this.errors}`)
  }

  async kill (signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (child === null || !this.isRunning) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
    this.#child = null
  }

  /** From now on nothing can be written, and everything can be read, until the returned is called: somebody else writes and does not end. */
  jam (): () => void {
    const db = new Database(databaseFile(this.config), { fileMustExist: true })
    db.exec('BEGIN IMMEDIATE')
    return () => { db.close() }
  }

  async ready (): Promise<{ readonly status: number, readonly store: boolean }> {
    const reply = await fetch(`${this.origin}/readyz`)
    return { status: reply.status, store: ((await reply.json()) as { store: boolean }).store }
  }

  /** The newest value of one metric without labels. */
  async metric (name: string): Promise<number> {
    const text = await (await fetch(this.metricsUrl)).text()
    const line = text.split('\n').find((each) => each.startsWith(`${name} `))
    if (line === undefined) throw new Error(`no metric ${name}`)
    return Number(line.split(' ')[1])
  }

  async remove (): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
