/** Every screen of every face, in one language. A screen that is added to a face is added here: it is then judged and photographed. */
import type { Test } from 'tap'
import type { Complete } from '../../../dashboard/say/language.ts'
import { seedVenue } from '../seeded-venue.ts'
import type { SeededVenue } from '../seeded-venue.ts'
import type { Stage } from '../stage.ts'
import { figures, rooms } from './desks.ts'
import { doors } from './doors.ts'
import { emptyList, lampAndCall, withoutNetOrPin } from './her-lamp.ts'
import { adding, herList, herPins } from './her-list.ts'
import { herShift } from './her-shift.ts'
import { wordsOf } from './look.ts'
import type { Look, Walk } from './look.ts'
import { onDuty, watching } from './watching.ts'

/** What the walk needs before anybody is on the way: a house with everything that a list of rooms can show. */
export async function prepare (t: Test, stage: Stage): Promise<SeededVenue> { return await seedVenue(t, stage) }

/** Codes are counted by address, and every phone here has the same one: what was counted goes with the service. */
async function anew (stage: Stage): Promise<void> {
  await stage.service.kill('SIGTERM')
  await stage.service.start()
}

/** Parts by name, each on phones of its own, in any order. */
export async function partsOf (stage: Stage, seeded: SeededVenue, language: Complete): Promise<ReadonlyMap<string, (t: Test, look: Look) => Promise<void>>> {
  const words = await wordsOf(language)
  const part = (walks: (walk: Walk) => Promise<void>, pairs: 'few' | 'many' = 'few') => async (t: Test, look: Look): Promise<void> => {
    if (pairs === 'many') await anew(stage)
    await walks({ t, language, words, look })
  }
  return new Map([
    ['figures', part(figures)],
    ['rooms', part(async (walk) => { await rooms(stage, seeded, walk) })],
    ['door', part(async (walk) => { await doors(stage, walk) })],
    ['lamp and call', part(lampAndCall, 'many')],
    ['nobody on the list', part(emptyList)],
    ['without net or PIN', part(withoutNetOrPin)],
    ['list', part(async (walk) => { await herList(stage, walk) }, 'many')],
    ['adding', part(async (walk) => { await adding(stage, walk) }, 'many')],
    ['PINs', part(async (walk) => { await herPins(stage, walk) })],
    ['shift', part(herShift)],
    ['watching', part(async (walk) => { await watching(stage, walk) })],
    ['on duty', part(async (walk) => { await onDuty(stage, walk) })]
  ])
}
