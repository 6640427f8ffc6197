/** Thousands of buttons hang on their connections and beat; what each costs, and what a press takes meanwhile. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { rounded, spreadOf, type Spread } from './figures.ts'
import type { Rooms } from './hop.ts'
import type { House, HouseButton } from './house.ts'
import { pause } from './process.ts'
import type { BenchService } from './service.ts'

/** Memory is read when the connecting has been swept up. */
const QUIET_MS = 5_000
const SETTLE_MS = 3

export type HolderOrder = { readonly mqttPort: number, readonly buttons: readonly HouseButton[] }

export type CrowdFigures = {
  readonly buttons: number
  readonly connectMs: number
  readonly rssPerButtonBytes: number
  readonly heapPerButtonBytes: number
  readonly alone: { readonly told: Spread, readonly puback: Spread }
  readonly crowded: { readonly told: Spread, readonly puback: Spread }
  readonly stallMs: number
}

/** @param presses samples before, and again with all buttons connected */
export async function measureCrowd (service: BenchService, house: House, rooms: Rooms, presses: number): Promise<CrowdFigures> {
  const alone = await pressing(rooms, presses)
  await pause(QUIET_MS)
  const before = await service.metrics()
  const holder = await hold({ mqttPort: service.mqttPort, buttons: house.idle })
  await pause(QUIET_MS)
  const after = await service.metrics()
  const buttons = after.buttons - before.buttons
  const crowded = await pressing(rooms, presses)
  const { stallMs } = await service.metrics()
  holder.stop()
  return {
    buttons,
    connectMs: Math.round(holder.connectMs),
    rssPerButtonBytes: Math.round((after.rssBytes - before.rssBytes) / buttons),
    heapPerButtonBytes: Math.round((after.heapBytes - before.heapBytes) / buttons),
    alone,
    crowded,
    stallMs: rounded(stallMs)
  }
}

async function pressing (rooms: Rooms, presses: number): Promise<{ readonly told: Spread, readonly puback: Spread }> {
  const times = []
  for (let i = 0; i < presses; i++) {
    times.push(await rooms.press())
    await pause(SETTLE_MS)
  }
  return { told: spreadOf(times.map((t) => t.toldMs)), puback: spreadOf(times.map((t) => t.pubackMs)) }
}

/** The buttons live in a process of their own: their work is not the presses'. */
async function hold (order: HolderOrder): Promise<{ readonly connectMs: number, readonly stop: () => void }> {
  const child = fork(join(import.meta.dirname, 'crowd-child.ts'), [], { execArgv: ['--import=tsx'] })
  const connectMs = await new Promise<number>((resolve, reject) => {
    child.once('exit', () => { reject(new Error('the process that holds the buttons ended')) })
    child.once('message', (took) => { resolve(took as number) })
    child.send(order)
  })
  return { connectMs, stop: () => { child.disconnect() } }
}
