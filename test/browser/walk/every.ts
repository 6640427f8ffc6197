/** Every screen of every face, in one language. A screen that is added to a face is added here: it is then judged and photographed. */
import type { Test } from 'tap'
import type { Complete } from '../../../dashboard/say/language.ts'
import type { Stage } from '../stage.ts'
import { figures, rooms } from './desks.ts'
import { doors } from './doors.ts'
import { emptyList, lampAndCall, withoutNetOrPin } from './her-lamp.ts'
import { adding, herList, herPins } from './her-list.ts'
import { herShift } from './her-shift.ts'
import { wordsOf } from './look.ts'
import type { Look, Walk } from './look.ts'
import { onDuty, watching } from './watching.ts'

/** Codes are counted by address, and every phone here has the same one: what was counted goes with the service. */
async function anew (stage: Stage): Promise<void> {
  await stage.service.kill('SIGTERM')
  await stage.service.start()
}

type Part = (walk: Walk, stage: Stage) => Promise<void>
const codes = (walks: Part): Part => async (walk, stage) => {
  await anew(stage)
  await walks(walk, stage)
}

/** Parts by name, each on phones of its own, in any order. A test file walks one side. */
const SIDES = {
  'her lamp': { 'lamp and call': codes(lampAndCall), 'nobody on the list': emptyList, 'without net or PIN': withoutNetOrPin, shift: herShift },
  'her list': { list: codes(herList), adding: codes(adding), PINs: herPins },
  'everybody else': { watching, 'on duty': onDuty, door: doors, rooms, figures }
} as const satisfies Readonly<Record<string, Readonly<Record<string, Part>>>>
export type Side = keyof typeof SIDES
export const EVERY_SIDE = Object.keys(SIDES) as readonly Side[]

export async function partsOf (stage: Stage, language: Complete, side: Side): Promise<ReadonlyMap<string, (t: Test, look: Look) => Promise<void>>> {
  const words = await wordsOf(language)
  return new Map(Object.entries<Part>(SIDES[side]).map(([name, walks]) => [name, async (t, look) => { await walks({ t, language, words, look }, stage) }]))
}
