import type { Alarm } from '../alarm/alarm.ts'
import { endsWithHerLanes } from '../alarm/lanes.ts'
import type { AlarmStore } from '../store/alarm-store.ts'
import type { Held } from './held.ts'
import type { Registry } from './registry.ts'
import type { Turns } from './turns.ts'

export type RecoverPorts = { readonly store: AlarmStore, readonly registry: Registry, readonly turns: Turns }

/** At start: every live alarm comes back into memory, what fell due meanwhile happens, and half-done endings are finished. */
export async function recover (ports: RecoverPorts): Promise<number> {
  const { store, registry, turns } = ports
  const rows = await store.live()
  for (const row of rows) turns.adopt(row)
  for (const held of [...registry.all()]) {
    turns.apply(held, { is: 'time' })
    if (endsWithHerLanes(held.head, await siblingsOf(ports, held))) turns.apply(held, { is: 'her-lanes-over' })
  }
  return rows.length
}

/** The process may have died between the end of her lane and the end of the house lane that her press opened beside it. */
async function siblingsOf ({ store, registry }: RecoverPorts, held: Held): Promise<readonly Alarm[]> {
  const siblings: Alarm[] = []
  for (const press of held.presses) {
    for (const id of store.known(press).alarms) {
      const alarm = registry.find(id)?.head ?? (await store.load(id))?.state
      if (alarm !== undefined && id !== held.id) siblings.push(alarm)
    }
  }
  return siblings
}
