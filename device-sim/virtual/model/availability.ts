/** When a press would have worked, and when it would not and nobody knew. No policy changes it: counted once a replication. */
import { SILENT_TOLD_MS } from '../../../firmware-protocol/limits.ts'
import { united } from '../chance/outages.ts'
import type { Interval } from '../chance/outages.ts'
import { MONTH_MS, SECOND_MS, seconds } from './hours.ts'
import type { AvailabilityRow } from './replication.ts'
import type { Room, World } from './world.ts'

type Month = { roomMs: number, downMs: number, undetectedMs: number }

const known = new WeakMap<World, readonly AvailabilityRow[]>()

/** One row a kind of venue and month. Room-seconds. */
export function availabilityOf (world: World): readonly AvailabilityRow[] {
  const before = known.get(world)
  if (before !== undefined) return before
  const months = Math.ceil(world.endMs / MONTH_MS)
  const kinds = new Map<string, Month[]>()
  for (const room of world.rooms) {
    const { name } = room.venue.type
    const of = kinds.get(name) ?? Array.from({ length: months }, () => ({ roomMs: 0, downMs: 0, undetectedMs: 0 }))
    kinds.set(name, of)
    for (const [n, month] of of.entries()) month.roomMs += Math.min(MONTH_MS, world.endMs - n * MONTH_MS)
    countRoom(room, world, of)
  }
  const rows = [...kinds].flatMap(([venue, of]) => of.map(({ roomMs, downMs, undetectedMs }, month): AvailabilityRow =>
    ({ venue, month, roomS: seconds(roomMs), upS: seconds(roomMs - downMs), undetectedS: seconds(undetectedMs) })))
  known.set(world, rows)
  return rows
}

function countRoom (room: Room, world: World, months: readonly Month[]): void {
  const links = room.chain.map(({ why, outages }) => ({ why, down: outages.until(world.endMs) })).filter(({ down }) => down.length > 0)
  for (const { from, to } of united(links.flatMap(({ down }) => down))) spread({ from, to: Math.min(to, world.endMs) }, months, 'downMs')
  const { beatS, missedBeats } = room.venue.button
  // A silent button is missed after its beats; a silent service by her own telephone's watch (R19).
  const beatsMs = beatS * missedBeats * SECOND_MS
  for (const { from, to } of united(links.flatMap(({ why, down }) => down.map((interval) => unnoticed(interval, why === 'service' ? SILENT_TOLD_MS : beatsMs))))) {
    spread({ from, to: Math.min(to, world.endMs) }, months, 'undetectedMs')
  }
}

function unnoticed ({ from, to }: Interval, noticedMs: number): Interval { return { from, to: Math.min(to, from + noticedMs) } }

function spread ({ from, to }: Interval, months: readonly Month[], as: 'downMs' | 'undetectedMs'): void {
  for (let n = Math.floor(from / MONTH_MS); n < months.length && n * MONTH_MS < to; n++) {
    const month = months[n]
    if (month !== undefined) month[as] += Math.max(0, Math.min(to, (n + 1) * MONTH_MS) - Math.max(from, n * MONTH_MS))
  }
}
