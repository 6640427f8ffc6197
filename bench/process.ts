/** Child processes of the bench: each is started, waited for and ended by its own handle. */
import { spawn, type ChildProcess } from 'node:child_process'
import { systemClock } from '../server/clock/system-clock.ts'

const START_MS = 60_000
const STOP_MS = 10_000

/** A run that fails leaves nobody behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => { for (const child of running) child.kill('SIGKILL') })

export type Started = { readonly child: ChildProcess, /** The line that said so. */ readonly line: string, readonly tookMs: number }

/** Resolves with the first line of its output that `isReady`. Rejects, with what it said, when it ends before or takes a minute. */
export async function startProcess (command: string, args: readonly string[], env: NodeJS.ProcessEnv, isReady: (line: string) => boolean): Promise<Started> {
  const from = systemClock.mono()
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  child.once('exit', () => { running.delete(child) })
  let said = ''
  let rest = ''
  const line = await new Promise<string>((resolve, reject) => {
    const fail = (why: string): void => { reject(new Error(`${command} ${args.join(' ')}: ${why}\n${said.slice(-2_000)}`)) }
    const cancel = systemClock.after(START_MS, () => { fail('did not start in time') })
    child.on('error', (error) => { fail(error.message) })
    child.on('exit', (code) => { cancel(); fail(`ended with ${String(code)}`) })
    const hear = (data: Buffer): void => {
      said = (said + data.toString()).slice(-10_000)
      const lines = (rest + data.toString()).split('\n')
      rest = lines.pop() ?? ''
      const found = lines.find(isReady)
      if (found === undefined) return
      cancel()
      resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })
  return { child, line, tookMs: systemClock.mono() - from }
}

/** SIGTERM, and SIGKILL for one that does not listen. */
export async function stopProcess (child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise<void>((resolve) => { child.once('exit', () => { resolve() }) })
  child.kill('SIGTERM')
  const cancel = systemClock.after(STOP_MS, () => { child.kill('SIGKILL') })
  await ended
  cancel()
}

export async function pause (ms: number): Promise<void> {
  await new Promise<void>((resolve) => { systemClock.after(ms, resolve) })
}
