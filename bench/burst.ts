/** Everybody presses at once: one press in each of many rooms, written in one go. */
import { systemClock } from '../server/clock/system-clock.ts'
import { median, rounded, spreadOf, type Spread } from './figures.ts'
import { ROOMS_PER_RESPONDER, type House } from './house.ts'
import { LightLine } from './light-line.ts'
import { Phone } from './phone.ts'
import { pause } from './process.ts'
import type { BenchService } from './service.ts'

/** Nothing of the connecting is left in the burst's way. */
const QUIET_MS = 1_500
const CONNECTED_MS = 300
const OVER_MS = 60_000

/** Times from the first write of the burst, so that queueing counts. */
export type Burst = {
  readonly presses: number
  /** Until the last press was handed to the kernel: what the bench itself takes. */
  readonly writtenMs: number
  readonly raised: Spread
  readonly durable: Spread
  readonly commits: number
  readonly stallMs: number
}

/** Of several runs of one size: the medians, and each. */
export type Bursts = { readonly presses: number, readonly raisedMs: number, readonly durableMs: number, readonly commits: number, readonly stallMs: number, readonly runs: readonly Burst[] }

/** @param warmUp presses before it, in other rooms and a few at a time: compiled code is measured, not compiling */
export async function measureBurst (service: BenchService, house: House, presses: number, warmUp: number): Promise<Burst> {
  for (let done = 0; done < warmUp; done += ROOMS_PER_RESPONDER) await oneBurst(service, house, presses + done, ROOMS_PER_RESPONDER)
  await pause(QUIET_MS)
  return await oneBurst(service, house, 0, presses)
}

/** @param first room; a multiple of ROOMS_PER_RESPONDER */
async function oneBurst (service: BenchService, house: House, first: number, presses: number): Promise<Burst> {
  const lines = await Promise.all(house.watched.slice(first, first + presses).map((button) => LightLine.open(service.mqttPort, button)))
  const phones = await Promise.all(house.responders.slice(first / ROOMS_PER_RESPONDER, Math.ceil((first + presses) / ROOMS_PER_RESPONDER)).map((token) => Phone.open(service.origin, token)))
  const told = new Map<string, number>()
  const pubacks: number[] = []
  const over = new Promise<void>((resolve, reject) => {
    const cancel = systemClock.after(OVER_MS, () => { reject(new Error(`${presses} presses: ${told.size} told, ${pubacks.length} acknowledged`)) })
    const look = (): void => {
      if (told.size < presses || pubacks.length < presses) return
      cancel()
      resolve()
    }
    for (const phone of phones) phone.onAlert = ({ alarm, at }) => { if (!told.has(alarm)) told.set(alarm, at); look() }
    for (const line of lines) line.onPuback = (at) => { pubacks.push(at); look() }
  })
  await pause(CONNECTED_MS)
  const packets = lines.map((line) => line.packet(line.frames.press()))
  const before = await service.metrics()
  const from = systemClock.mono()
  for (const [i, line] of lines.entries()) line.write(packets[i] ?? Buffer.alloc(0))
  const writtenMs = systemClock.mono() - from
  await over
  const after = await service.metrics()
  for (const phone of phones) phone.close()
  for (const line of lines) line.close()
  return {
    presses,
    writtenMs: rounded(writtenMs),
    raised: spreadOf([...told.values()].map((at) => at - from)),
    durable: spreadOf(pubacks.map((at) => at - from)),
    commits: after.commits - before.commits,
    stallMs: rounded(after.stallMs)
  }
}

export function burstsOf (runs: readonly Burst[]): Bursts {
  return {
    presses: runs[0]?.presses ?? 0,
    raisedMs: median(runs.map((run) => run.raised.max)),
    durableMs: median(runs.map((run) => run.durable.max)),
    commits: median(runs.map((run) => run.commits)),
    stallMs: median(runs.map((run) => run.stallMs)),
    runs
  }
}
