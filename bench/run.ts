/**
 * `npm run bench [-- --quick] [-- --json]`: the built service beside Mosquitto, Node-RED and the bare disk, all in one
 * run. Prints what it found and writes `bench/results/latest.json`. Never fails on speed.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { systemClock } from '../server/clock/system-clock.ts'
import { burstsOf, measureBurst, type Burst, type Bursts } from './burst.ts'
import { measureCrowd, type CrowdFigures } from './crowd.ts'
import { openDisk } from './disk.ts'
import { Frames } from './frames.ts'
import { hopGoals, measureHops, Rooms, type HopFigures } from './hop.ts'
import { copyOf, setUpHouse, type House } from './house.ts'
import { machineOf } from './machine.ts'
import { startMosquitto } from './mosquitto.ts'
import { startNodeRed } from './node-red.ts'
import { measurePages, pagesGoals, type PagesFigures } from './pages.ts'
import { report, type Results } from './results.ts'
import { keepBuilt, startBenchService, type BenchService } from './service.ts'
import { measureStart, startsOf, type StartFigures } from './start.ts'

type Size = {
  readonly watched: number, readonly idle: number, readonly warmUp: number, readonly samples: number
  readonly bursts: readonly number[], readonly burstRuns: number, readonly crowdPresses: number, readonly starts: number, readonly loads: number
}
const WHOLE: Size = { watched: 1_060, idle: 5_000, warmUp: 60, samples: 500, bursts: [100, 500, 1_000], burstRuns: 3, crowdPresses: 200, starts: 5, loads: 9 }
const QUICK: Size = { watched: 110, idle: 300, warmUp: 10, samples: 60, bursts: [50, 100], burstRuns: 1, crowdPresses: 40, starts: 2, loads: 2 }
const RESULTS = join(import.meta.dirname, 'results')
const ROOT = join(import.meta.dirname, '..')

/** A run's scratch folder, with a fresh copy of the house's disk for each measurement. */
class Bench {
  readonly size: Size
  readonly house: House
  readonly folder: string
  readonly #say: (what: string) => void
  readonly #built: string
  #copies = 0

  constructor (of: { size: Size, house: House, folder: string, say: (what: string) => void }) {
    this.size = of.size
    this.house = of.house
    this.folder = of.folder
    this.#say = of.say
    this.#built = keepBuilt(join(of.folder, 'built'))
  }

  async hops (): Promise<{ readonly figures: HopFigures, readonly peers: Results['peers'] }> {
    const { size, folder } = this
    this.#say(`${size.warmUp + size.samples} rounds: Mosquitto, Node-RED, a press, the disk`)
    const mosquitto = await startMosquitto(folder)
    const nodeRed = await startNodeRed(folder, mosquitto)
    const disk = openDisk(folder)
    const house = this.#copy()
    const service = await this.#start(house)
    const rooms = await Rooms.open(service, house, size.warmUp + size.samples)
    const [first] = house.watched
    const payload = first === undefined ? new Uint8Array(100) : new Frames(first).press()
    const figures = await measureHops({ rooms, mosquitto, nodeRed, disk, payload }, size.warmUp, size.samples)
    rooms.close()
    disk.stop()
    for (const part of [service, nodeRed, mosquitto]) await part.stop()
    return { figures, peers: { mosquitto: mosquitto.version, nodeRed: nodeRed.version } }
  }

  /** Sizes take turns, so that a slow minute hits all. Also the disk that the last and largest left behind. */
  async bursts (): Promise<{ readonly bursts: readonly Bursts[], readonly left: string }> {
    const found: Burst[] = []
    let left = ''
    for (let run = 0; run < this.size.burstRuns; run++) {
      for (const presses of this.size.bursts) {
        this.#say(`burst of ${presses}`)
        const house = this.#copy()
        const service = await this.#start(house)
        found.push(await measureBurst(service, house, presses, this.size.warmUp))
        await service.stop()
        left = house.folder
      }
    }
    return { bursts: this.size.bursts.map((presses) => burstsOf(found.filter((burst) => burst.presses === presses))), left }
  }

  async crowd (): Promise<CrowdFigures> {
    this.#say(`${this.size.idle} connected buttons`)
    const house = this.#copy()
    const service = await this.#start(house)
    const rooms = await Rooms.open(service, house, 2 * this.size.crowdPresses)
    const figures = await measureCrowd(service, house, rooms, this.size.crowdPresses)
    rooms.close()
    await service.stop()
    return figures
  }

  /** @param left a disk with open alarms */
  async starts (left: string): Promise<readonly StartFigures[]> {
    this.#say('starts with and without open alarms')
    const quiet = []
    const busy = []
    for (let i = 0; i < this.size.starts; i++) {
      quiet.push(await measureStart(this.#built, this.#copy().folder, this.house.secret))
      busy.push(await measureStart(this.#built, this.#copy(left).folder, this.house.secret))
    }
    return [startsOf(quiet), startsOf(busy)]
  }

  async pages (): Promise<PagesFigures> {
    this.#say('pages on a slow phone')
    const folder = join(this.folder, 'pages')
    mkdirSync(folder)
    return await measurePages(this.#built, folder, this.house.secret, this.size.loads)
  }

  async #start (house: House): Promise<BenchService> { return await startBenchService(this.#built, house.folder, house.secret) }

  #copy (from = this.house.folder): House {
    this.#copies += 1
    return copyOf({ ...this.house, folder: from }, join(this.folder, `data-${this.#copies}`))
  }
}

const { values: asked } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } })
const size = asked.quick ? QUICK : WHOLE
const say = (what: string): void => { process.stderr.write(`${what}\n`) }

say('building the service')
execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] })
const folder = mkdtempSync(join(tmpdir(), 'veilleuse-bench-'))
try {
  const machine = machineOf(folder)
  say(`setting up ${size.watched + size.idle} rooms`)
  const house = await setUpHouse(join(folder, 'house'), size)
  const bench = new Bench({ size, house, folder, say })
  const { figures: hops, peers } = await bench.hops()
  const { bursts, left } = await bench.bursts()
  const crowd = await bench.crowd()
  const starts = await bench.starts(left)
  const pages = await bench.pages()
  const results: Results = { at: new Date(systemClock.now()).toISOString(), quick: asked.quick, machine, peers, hops, bursts, crowd, starts, pages, goals: [...hopGoals(hops), ...pagesGoals(pages)] }
  mkdirSync(RESULTS, { recursive: true })
  writeFileSync(join(RESULTS, 'latest.json'), `${JSON.stringify(results, null, 2)}\n`)
  process.stdout.write(asked.json ? `${JSON.stringify(results)}\n` : report(results))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
