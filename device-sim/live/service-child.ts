/** The service as a child of this process: on a data folder of its own, killed in the middle of everything, and started again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { InvalidInput } from '../invalid-input.ts'
import { freePort } from './free-port.ts'
import type { SimClock } from './ports.ts'

/** The end of what a failed start said is told; the rest is the service's own log. */
const SAID_MOST_CHARS = 400

type Ready = { readonly ready: true, readonly origin: string, readonly ports: { readonly http: number, readonly mqtt: number, readonly metrics: number } }
/** Killed and ready again, ms since the start of the run; null: it did not come back. */
export type Kill = { readonly atMs: number, readyMs: number | null }

export class ServiceChild {
  readonly folder: string
  readonly #command: string
  readonly #ports: { readonly http: number, readonly mqtt: number, readonly metrics: number }
  #child: ChildProcess | null = null
  #removed = false

  private constructor (command: string, ports: { readonly http: number, readonly mqtt: number, readonly metrics: number }) {
    this.#command = command
    this.#ports = ports
    this.folder = mkdtempSync(join(tmpdir(), 'live-'))
  }

  /** @param command what starts `veilleuse` here, such as `npx veilleuse`; its words are added. The data folder is new and thrown away. */
  static async prepare (command: string): Promise<ServiceChild> {
    const [http, mqtt, metrics] = [await freePort(), await freePort(), await freePort()]
    return new ServiceChild(command, { http, mqtt, metrics })
  }

  get mqttUrl (): string { return `mqtt://127.0.0.1:${this.#ports.mqtt}` }
  get origin (): string { return `http://127.0.0.1:${this.#ports.http}` }

  /** What this command printed; throws `InvalidInput` when it refused. */
  async ask (words: string): Promise<string> {
    const child = this.#spawn(words)
    const [said, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
    if (code !== 0) throw new InvalidInput('SERVICE_REFUSED', `"${this.#command} ${words}" ended with ${String(code)}: ${errors.trim().slice(-SAID_MOST_CHARS)}`)
    return said
  }

  /** Resolves when the service says that it is ready. */
  async start (): Promise<void> {
    if (this.#removed) return
    const child = this.#spawn('serve --json')
    this.#child = child
    const errors = text(child.stderr)
    for await (const line of createInterface({ input: child.stdout })) {
      if (!isReady(line)) continue
      child.stdout.resume()
      return
    }
    if (this.#removed) return
    throw new InvalidInput('SERVICE_NOT_STARTED', `"${this.#command} serve" ended before it was ready: ${(await errors).trim().slice(-SAID_MOST_CHARS)}`)
  }

  /** kill -9, as a power cut would: the service, and whatever the command started around it. */
  async kill (): Promise<void> { await this.#end('SIGKILL') }

  async killAndStart (downMs: number, clock: SimClock): Promise<void> {
    await this.kill()
    if (downMs > 0) await new Promise<void>((resolve) => { clock.after(downMs, resolve) })
    await this.start()
  }

  /** Memory that the service holds, and processor time that it has spent since it started; null: it does not say. */
  async spent (): Promise<{ readonly residentBytes: number | null, readonly cpuS: number | null } | null> {
    try {
      const said = await (await fetch(`http://127.0.0.1:${this.#ports.metrics}/metrics`)).text()
      const of = (name: string): number | null => {
        const [, value] = new RegExp(`^${name} (\\S+)$`, 'm').exec(said) ?? []
        return value === undefined ? null : Number(value)
      }
      return { residentBytes: of('process_resident_memory_bytes'), cpuS: of('process_cpu_seconds_total') }
    } catch {
      return null
    }
  }

  async remove (): Promise<void> {
    this.#removed = true
    await this.#end('SIGTERM')
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #end (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child?.pid === undefined) return
    // Its streams close when the last process of its group has ended.
    const gone = once(child, 'close')
    try {
      process.kill(-child.pid, signal)
    } catch {
      // It ended by itself.
      if (child.exitCode !== null || child.signalCode !== null) return
    }
    await gone
  }

  /** A group of its own: a kill takes `npx` and the shell along, and Ctrl-C at the terminal leaves it alone. */
  #spawn (words: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream & { resume: () => void }, readonly stderr: NodeJS.ReadableStream } {
    const { http, mqtt, metrics } = this.#ports
    const settings = [
      `VEILLEUSE_DATA=${join(this.folder, 'data')}`, `VEILLEUSE_HTTP_PORT=${http}`, `VEILLEUSE_MQTT_PORT=${mqtt}`, `VEILLEUSE_METRICS_PORT=${metrics}`,
      'VEILLEUSE_VAPID_SUBJECT=mailto:postmaster@example.org', 'VEILLEUSE_LOG_LEVEL=fatal'
    ]
    return spawn('env', [...settings, 'sh', '-c', `${this.#command} ${words}`], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  }
}

function isReady (line: string): boolean {
  try {
    return (JSON.parse(line) as Partial<Ready>).ready === true
  } catch {
    return false
  }
}
