/** Incident: a load run that hung for a night, and one that ended in a stack trace. The built command against the built service. */
import t from 'tap'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { withPeople } from '../../server/cli/open-people.ts'
import { granted } from '../faults/full-house.ts'
import { ServiceProcess } from '../faults/service-process.ts'
import { COMMANDS } from '../runner/root.ts'

/** Longest goodbye the command allows itself, and the end of a process on a busy machine. */
const ENDS_WITHIN_MS = 10_000

type Line = { readonly what: string, readonly button?: string, readonly event?: string | null, readonly feedback?: string, readonly pressed?: number, readonly acknowledged?: number, readonly lit?: number, readonly lost?: readonly unknown[] }

/** One run of `device-sim live` as a process of its own, its buttons on standard input. */
class Run {
  readonly child: ChildProcess
  readonly lines: Line[] = []
  readonly errors: Promise<string>
  readonly #exit: Promise<unknown[]>
  readonly #read: Promise<void>
  readonly #waiting = new Set<() => void>()

  constructor (buttons: string, mqtt: string, ...more: string[]) {
    const child = spawn(process.execPath, [COMMANDS.deviceSim, 'live', '--json', '--mqtt', mqtt, ...more], { stdio: 'pipe' })
    this.child = child
    this.errors = text(child.stderr)
    this.#exit = once(child, 'exit')
    this.#read = this.#readLines(createInterface({ input: child.stdout }))
    child.stdin.end(buttons)
  }

  /** Resolves when so many lines say this. */
  until (what: string, times: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => { if (this.count(what) >= times) resolve() }
      this.#waiting.add(look)
      look()
    })
  }

  count (what: string): number { return this.lines.filter((line) => line.what === what).length }
  get totals (): Line | undefined { return this.lines.find(({ what }) => what === 'totals') }

  /** The exit code, once everything it said is read. */
  async ended (): Promise<unknown> {
    const [code, signal] = await this.#exit
    await this.#read
    return signal ?? code
  }

  async #readLines (lines: AsyncIterable<string>): Promise<void> {
    for await (const line of lines) {
      this.lines.push(JSON.parse(line) as Line)
      for (const look of this.#waiting) look()
    }
  }
}

t.test('device-sim live against the built service', { timeout: 120_000 }, async (t) => {
  const service = await ServiceProcess.prepare()
  t.teardown(() => service.remove())
  const buttons = await withPeople(service.config, async (people) => {
    const { venue } = granted(await people.venues.add('Maison', 'employed'))
    const { code } = granted(await people.invites.make('reference-person', venue.id))
    const { session } = granted(await people.invites.accept(code, { role: 'reference-person', name: 'Rosa', language: 'en', device: 'story', neverForwards: 'v1' }))
    if (session.who.is !== 'responder') throw new Error('a reference person is a responder')
    const lines: string[] = []
    for (const name of ['Lilac', 'Rose']) {
      const { room } = granted(await people.venues.addRoom(venue.id, name, null))
      granted(await people.standings.set(room.id, [{ waitS: 30, people: [session.who.id] }]))
      lines.push(JSON.stringify(granted(await people.buttons.add(room.id, null)).button))
    }
    return lines.join('\n')
  })
  await service.start()
  const live = (...more: string[]): Run => {
    const run = new Run(buttons, service.mqttUrl, ...more)
    t.teardown(() => { run.child.kill('SIGKILL') })
    return run
  }

  await t.test('tests are pressed, acknowledged and lit, and the account is the last line', async (t) => {
    const run = live('--kind', 'test', '--press-every', '1', '--for', '2.5', '--settle', '20')
    t.equal(await run.ended(), 0)
    t.equal(await run.errors, '')
    const { totals } = run
    t.equal(run.lines.at(-1), totals)
    t.ok((totals?.pressed ?? 0) >= 4)
    t.match(totals, { acknowledged: totals?.pressed, lit: totals?.pressed, lost: [] })
    t.equal(new Set(run.lines.flatMap(({ button }) => button ?? [])).size, 2)
  })

  await t.test('again with an empty flash and used counters: no press is lost, each is acknowledged and lit', async (t) => {
    const run = live('--kind', 'alarm', '--press-every', '1', '--for', '2.5', '--settle', '20')
    t.equal(await run.ended(), 0)
    t.equal(await run.errors, '')
    t.match(run.totals, { acknowledged: run.totals?.pressed, lit: run.totals?.pressed, lost: [] })
    t.ok((run.totals?.pressed ?? 0) >= 4)
  })

  await t.test('interrupted, it says its totals and ends', async (t) => {
    const run = live('--press-every', '60', '--for', '600')
    await run.until('connected', 2)
    run.child.kill('SIGINT')
    t.equal(await run.ended(), run.totals?.lost?.length === 0 ? 130 : 3)
    t.equal(run.lines.at(-1)?.what, 'totals')
    t.equal(await run.errors, '')
  })

  await t.test('whoever read it has gone: it ends, and without a stack trace', async (t) => {
    const run = live('--press-every', '0.2', '--for', '600')
    await run.until('connected', 1)
    run.child.stdout?.destroy()
    await once(run.child, 'exit')
    t.equal(run.child.signalCode, null)
    t.equal(await run.errors, '')
  })

  await t.test('the service is gone: what was pressed is named as lost, and the goodbye does not hang', async (t) => {
    const run = live('--press-every', '0.5', '--for', '600')
    await run.until('acknowledged', 1)
    await service.kill('SIGKILL')
    await run.until('pressed', run.count('pressed') + 2)
    const askedMs = performance.now()
    run.child.kill('SIGINT')
    t.equal(await run.ended(), 3)
    t.ok(performance.now() - askedMs < ENDS_WITHIN_MS)
    t.ok((run.totals?.lost?.length ?? 0) >= 2)
    t.equal(await run.errors, '')
  })
})

t.test('what cannot be used is said in one line, with its code', async (t) => {
  const run = new Run('{"did":"5ec2e7"}', 'mqtt://127.0.0.1:1')
  t.equal(await run.ended(), 1)
  t.match(await run.errors, /^BUTTON_INVALID: line 1: [^\n]+\n$/)
  t.strictSame(run.lines, [])
})
