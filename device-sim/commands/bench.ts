/** `device-sim bench`: how fast the simulator is here, beside SimPy in the same run. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cpuUsage, memoryUsage } from 'node:process'
import { fileURLToPath } from 'node:url'
import { serveCustomers, serveWithSimPy } from '../bench/counter.ts'
import { InvalidInput } from '../invalid-input.ts'
import { readScenario } from '../scenario/read.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { runStudy } from '../study/run.ts'
import { replicate } from '../virtual/model/replicate.ts'
import { wallClock } from '../wall-clock.ts'
import { EXIT } from './command.ts'
import type { Command, Io } from './command.ts'
import { parse } from './option-values.ts'
import { whole } from './run-arguments.ts'

const USAGE = `usage: device-sim bench [--replications N] [--json]

  Measures the kernel (M/M/1, beside SimPy if Debian's python3-simpy3 is installed), the whole model on one thread, and a
  study of 120 rooms, one year, two policies on two threads: N replications (20), told for 200 as well.
  Processor time is what is compared: on a shared machine the clock on the wall tells of the neighbours.
`
const CUSTOMERS = 1_000_000
const SIMPY_CUSTOMERS = 100_000
const ROOMS = 120
const WARM_UP = 3
const REPLICATIONS_ASKED = 200
const THREADS = 2
const MB = 1_000_000
const scenarioFile = new URL('../scenarios/one-house.yaml', import.meta.url)

type Figure = { readonly what: string, readonly value: number | null, readonly unit: string, readonly goal: string }

export const bench: Command = {
  name: 'bench',
  does: 'how fast the simulator is on this machine',
  usage: USAGE,
  async run (argv, io) {
    const { replications, json } = readArguments(argv)
    const scenario = await street(replications)
    for (const measure of [kernel, () => model(scenario, replications), () => study(scenario, replications, io)]) {
      for (const figure of await measure()) io.print(json ? JSON.stringify(figure) : line(figure))
    }
    return EXIT.ok
  }
}

function readArguments (argv: readonly string[]): { readonly replications: number, readonly json: boolean } {
  const { values, positionals } = parse(argv, { replications: { type: 'string' }, json: { type: 'boolean' } })
  if (positionals.length > 0) throw new InvalidInput('ARGUMENT_COUNT', 'bench takes no file')
  return { replications: whole(values.replications ?? '20', '--replications', 2, 10_000), json: values.json ?? false }
}

/** The shipped house, as often as makes 120 rooms; its baseline and its second policy; no stopping rule. */
async function street (replications: number): Promise<Scenario> {
  const house = readScenario(await readFile(scenarioFile, 'utf8'), fileURLToPath(scenarioFile))
  return {
    ...house,
    venues: house.venues.map((venue) => ({ ...venue, count: Math.ceil(ROOMS / venue.rooms / house.venues.length) })),
    policies: house.policies.slice(0, 2),
    replications: { ...house.replications, least: replications, most: replications }
  }
}

function kernel (): readonly Figure[] {
  serveCustomers(CUSTOMERS / 10)
  const own = cpuOf(() => serveCustomers(CUSTOMERS))
  const simpy = serveWithSimPy(SIMPY_CUSTOMERS)
  const customersS = CUSTOMERS / own.cpuS
  return [
    { what: 'kernel, M/M/1', value: own.value / own.cpuS / 1e6, unit: 'M events a second of processor', goal: '>= 1' },
    { what: 'kernel, M/M/1', value: customersS / 1e3, unit: 'thousand customers a second of processor', goal: '' },
    { what: simpy === null ? 'SimPy: not installed (Debian: python3-simpy3)' : `SimPy ${simpy.version}, M/M/1`, value: simpy === null ? null : SIMPY_CUSTOMERS / simpy.cpuS / 1e3, unit: 'thousand customers a second of processor', goal: '' },
    { what: 'kernel, times SimPy', value: simpy === null ? null : customersS / (SIMPY_CUSTOMERS / simpy.cpuS), unit: 'times', goal: '>= 10' }
  ]
}

function model (scenario: Scenario, replications: number): readonly Figure[] {
  const some = (from: number, to: number): number => {
    let events = 0
    for (let n = from; n < to; n++) for (const policy of scenario.policies.keys()) events += replicate(scenario, policy, n).events
    return events
  }
  some(0, WARM_UP)
  const half = Math.ceil(replications / 2)
  const first = cpuOf(() => some(WARM_UP, WARM_UP + half))
  const memoryHalfway = memoryUsage().rss
  const second = cpuOf(() => some(WARM_UP + half, WARM_UP + 2 * half))
  const cpuS = first.cpuS + second.cpuS
  return [
    { what: 'whole model, one thread', value: (first.value + second.value) / cpuS / 1e6, unit: 'M events a second of processor', goal: '>= 0.3' },
    { what: 'whole model, a replication of both policies', value: 1_000 * cpuS / (2 * half), unit: 'ms of processor', goal: '' },
    { what: `memory after ${half} replications`, value: memoryHalfway / MB, unit: 'MB', goal: '' },
    { what: `memory after ${2 * half} replications`, value: memoryUsage().rss / MB, unit: 'MB', goal: 'flat' }
  ]
}

async function study (scenario: Scenario, replications: number, io: Io): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'device-sim-bench-'))
  try {
    const begun = wallClock.mono()
    await runStudy({ scenario, folder, workers: THREADS, shard: null, resume: false, most: replications, signal: io.signal, progress: () => {} })
    const tookS = (wallClock.mono() - begun) / 1_000
    return [
      { what: `${ROOMS} rooms, a year, ${replications} replications, 2 policies, ${THREADS} threads`, value: tookS, unit: 's on the wall', goal: '' },
      { what: `the same, ${REPLICATIONS_ASKED} replications${replications === REPLICATIONS_ASKED ? '' : ' (in proportion)'}`, value: tookS * REPLICATIONS_ASKED / replications, unit: 's on the wall', goal: '<= 30' }
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function cpuOf (act: () => number): { readonly value: number, readonly cpuS: number } {
  const before = cpuUsage()
  const value = act()
  const { user, system } = cpuUsage(before)
  return { value, cpuS: (user + system) / 1e6 }
}

function line ({ what, value, unit, goal }: Figure): string {
  if (value === null) return what
  return `${what.padEnd(62)} ${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).padStart(8)} ${unit}${goal === '' ? '' : `  (goal ${goal})`}`
}
