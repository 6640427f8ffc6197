import type { Alarm } from '../alarm/alarm.ts'
import { endsWithHerLanes } from '../alarm/lanes.ts'
import type { AlarmStore } from '../store/alarm-store.ts'
import type { Held } from './held.ts'
import type { Registry } from './registry.ts'
import type { Turns } from './turns.ts'

export type RecoverPorts = { readonly store: AlarmStore, readonly registry: Registry, readonly turns: Turns }

/** At start: every live alarm comes back into memory, what fell due meanwhile happens, and half-done endings are finished.
 * Returns how many there are as anyone may perceive it: the operator's log says it (R15). */
export async function recover (ports: RecoverPorts): Promise<number> {
  const { store, registry, turns } = ports
  const rows = await store.live()
  for (const row of rows) turns.adopt(row)
  turns.each(registry.all(), { is: 'time' })
  for (const held of [...registry.all()]) {
    // What can't be read now ends no lane: it goes on calling.
    const siblings = await siblingsOf(ports, held).catch(() => [])
    turns.guard(held, () => {
      if (endsWithHerLanes(held.head, siblings)) turns.apply(held, { is: 'her-lanes-over' })
    })
  }
  return rows.filter(({ state }) => state.ended?.settled !== true).length
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
