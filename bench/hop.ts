/** One press after the other, each beside what the peers and the disk take in the same round. */
import { systemClock } from '../server/clock/system-clock.ts'
import type { Disk } from './disk.ts'
import { atMost, below, medianRatio, rounded, spreadOf, type Goal, type Spread } from './figures.ts'
import { ROOMS_PER_RESPONDER, type House } from './house.ts'
import type { Mosquitto } from './mosquitto.ts'
import { openButton, type MqttButton } from './mqtt-line.ts'
import type { NodeRed } from './node-red.ts'
import { Phone, type Told } from './phone.ts'
import { pause } from './process.ts'
import type { BenchService } from './service.ts'

/** Between two samples: what the last one left behind is over. */
const SETTLE_MS = 3

export type PressTimes = { readonly toldMs: number, readonly pubackMs: number }
export type HopFigures = {
  /** The very first press after the start, when nothing is compiled yet; not among the samples. */
  readonly first: PressTimes
  readonly told: Spread
  readonly puback: Spread
  readonly mosquitto: Spread
  readonly nodeRed: Spread
  readonly sync: Spread
  readonly ratios: Readonly<Record<'toldToMosquitto' | 'toldToNodeRed' | 'pubackToMosquittoAndSync', { readonly ofMedians: number, readonly pairByPair: number }>>
}

/** Buttons and phones of some rooms of a house, each good for one press. */
export class Rooms {
  readonly #buttons: readonly MqttButton[]
  readonly #phones: readonly Phone[]
  #next = 0

  private constructor (buttons: readonly MqttButton[], phones: readonly Phone[]) {
    this.#buttons = buttons
    this.#phones = phones
  }

  static async open (service: BenchService, house: House, rooms: number): Promise<Rooms> {
    const buttons = []
    for (const button of house.watched.slice(0, rooms)) buttons.push(await openButton(service.mqttUrl, button))
    const phones = []
    for (const token of house.responders.slice(0, Math.ceil(rooms / ROOMS_PER_RESPONDER))) phones.push(await Phone.open(service.origin, token))
    return new Rooms(buttons, phones)
  }

  /** Presses in the next quiet room; when both have come, the responder calms the alarm outside of what is measured. */
  async press (): Promise<PressTimes> {
    const button = this.#buttons[this.#next]
    const phone = this.#phones[Math.floor(this.#next / ROOMS_PER_RESPONDER)]
    if (button === undefined || phone === undefined) throw new Error('no quiet room is left')
    this.#next += 1
    const told = new Promise<Told>((resolve) => { phone.onAlert = resolve })
    const frame = button.frames.press()
    const from = systemClock.mono()
    const acknowledged = button.line.publish(`vbp/1/${button.frames.did}/up`, frame).then(() => systemClock.mono())
    const [first, pubackAt] = await Promise.all([told, acknowledged])
    await phone.calm(first)
    return { toldMs: first.at - from, pubackMs: pubackAt - from }
  }

  close (): void {
    for (const { line } of this.#buttons) line.end()
    for (const phone of this.#phones) phone.close()
  }
}

export type HopParts = { readonly rooms: Rooms, readonly mosquitto: Mosquitto, readonly nodeRed: NodeRed, readonly disk: Disk, /** As long as a press. */ readonly payload: Uint8Array }

/** @param samples rounds that count, after `warmUp` that do not */
export async function measureHops (parts: HopParts, warmUp: number, samples: number): Promise<HopFigures> {
  const { rooms, mosquitto, nodeRed, disk, payload } = parts
  const times = { told: [] as number[], puback: [] as number[], mosquitto: [] as number[], nodeRed: [] as number[], sync: [] as number[] }
  let first: PressTimes = { toldMs: Number.NaN, pubackMs: Number.NaN }
  const turns = [
    async () => { times.mosquitto.push(await mosquitto.hop(payload)) },
    async () => { times.nodeRed.push(await nodeRed.hop(payload)) },
    async () => {
      const { toldMs, pubackMs } = await rooms.press()
      times.told.push(toldMs)
      times.puback.push(pubackMs)
    },
    async () => { times.sync.push(await disk.sync()) }
  ]
  for (let round = 0; round < warmUp + samples; round++) {
    if (round === 1) first = { toldMs: rounded(times.told[0] ?? Number.NaN), pubackMs: rounded(times.puback[0] ?? Number.NaN) }
    if (round === warmUp) for (const list of Object.values(times)) list.length = 0
    // Nobody is always first, nor always behind the same neighbour.
    for (let i = 0; i < turns.length; i++) {
      await turns[(i + round) % turns.length]?.()
      await pause(SETTLE_MS)
    }
  }
  return { first, ...figuresOf(times) }
}

function figuresOf (times: Readonly<Record<'told' | 'puback' | 'mosquitto' | 'nodeRed' | 'sync', readonly number[]>>): Omit<HopFigures, 'first'> {
  const { told, puback, mosquitto, nodeRed, sync } = times
  const durable = mosquitto.map((hop, round) => hop + (sync[round] ?? Number.NaN))
  const spreads = { told: spreadOf(told), puback: spreadOf(puback), mosquitto: spreadOf(mosquitto), nodeRed: spreadOf(nodeRed), sync: spreadOf(sync) }
  const ratio = (of: readonly number[], ofP50: number, to: readonly number[], toP50: number) => ({ ofMedians: rounded(ofP50 / toP50), pairByPair: medianRatio(of, to) })
  return {
    ...spreads,
    ratios: {
      toldToMosquitto: ratio(told, spreads.told.p50, mosquitto, spreads.mosquitto.p50),
      toldToNodeRed: ratio(told, spreads.told.p50, nodeRed, spreads.nodeRed.p50),
      pubackToMosquittoAndSync: ratio(puback, spreads.puback.p50, durable, spreads.mosquitto.p50 + spreads.sync.p50)
    }
  }
}

export function hopGoals ({ ratios }: HopFigures): readonly Goal[] {
  return [
    atMost('press to responder, times Mosquitto (p50)', ratios.toldToMosquitto.ofMedians, 1.5),
    below('press to responder, times Node-RED (p50)', ratios.toldToNodeRed.ofMedians, 0.8),
    atMost('press to PUBACK, times Mosquitto + fdatasync (p50)', ratios.pubackToMosquittoAndSync.ofMedians, 2.5)
  ]
}
