/** Presses lived by the real engine among people whose delays are of chance, drawn anew: nothing of the model's streams. */
import { SECOND_MS } from '../../../device-sim/virtual/model/hours.ts'
import { sample } from '../../../device-sim/virtual/chance/sample.ts'
import type { Distribution } from '../../../device-sim/virtual/chance/distribution.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import type { AlarmId } from '../../../server/alarm/alarm.ts'
import type { Telling } from '../../../server/engine/ports.ts'
import { SmallHouse } from '../../engine/small-house.ts'
import { MemoryStore } from '../../store/memory-store.ts'
import { LATENCY_S } from './scripted-world.ts'
import { TwinDirectory } from './twin-directory.ts'
import { TwinPeople, type Chances } from './twin-people.ts'

const LOOK_MS = 60_000

/** ms from each hand to the first "I am coming"; somebody must come in the end. Each press has a house, and people, of its own. */
export async function livedByEngine (scenario: Scenario, presses: number, random: () => number): Promise<readonly number[]> {
  const draw = ({ draw: of }: { readonly draw: Distribution }): number => sample(of, random())
  const chances = { draw, happens: (share: { readonly draw: Distribution }) => random() < draw(share) }
  const times: number[] = []
  while (times.length < presses) times.push(await one(scenario, chances))
  return times
}

async function one (scenario: Scenario, chances: Chances): Promise<number> {
  const store = new MemoryStore()
  const house = await new SmallHouse({ store, directory: new TwinDirectory(scenario) }).start()
  const { clock } = house
  const people = new TwinPeople(scenario, house, { isSafe: () => false, safeMs: () => Infinity, endMs: () => 0, helped: () => {} }, chances)
  const alarms = new Set<AlarmId>()
  Object.assign(house.ears, {
    tell: (telling: Telling) => {
      alarms.add(telling.alarm)
      people.tell(telling)
    }
  })
  const from = clock.now()
  clock.after(LATENCY_S * SECOND_MS, () => { house.press({ pressedAt: from }) })
  for (;;) {
    await clock.pass(LOOK_MS)
    for (const alarm of alarms) {
      const coming = (await store.happenings(alarm)).flatMap(({ notes }) => notes).find(({ reason }) => reason === 'COMING')
      if (coming !== undefined) return coming.at - from
    }
  }
}
