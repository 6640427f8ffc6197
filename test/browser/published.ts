/** Two quarters as the service would have published them. */
import { withStore } from '../../server/cli/open-people.ts'
import { CELLS } from '../../server/people/disclosure.ts'
import type { CellBody } from '../../server/people/disclosure.ts'
import type { Stage } from './stage.ts'

const NOTHING: CellBody = { alarms: null, quietChecks: null, tests: null, drills: null, drillsShown: null, drillsAnswered: null, roomHours: null }
/** 210 people of 40 drills; by 5, 10, 30 and 40 s nobody may say how many. */
export const TOLD: CellBody = {
  ...NOTHING,
  alarms: [{ results: ['to-10-s'], n: 85 }, { results: ['to-40-s'], n: 30 }, { results: ['false-press'], n: 15 }, { results: ['to-5-min', 'after-5-min', 'nobody'], n: 20 }],
  tests: [{ results: ['to-10-s'], n: 410 }, { results: ['to-40-s', 'after-40-s', 'not-shown'], n: 35 }],
  drills: [{ results: ['drill'], n: 40 }],
  drillsShown: [{ results: ['by-5-s', 'by-10-s', 'by-20-s'], n: 150 }, { results: ['by-30-s', 'by-40-s', 'by-60-s'], n: 35 }, { results: ['by-120-s', 'not-by-120-s'], n: 25 }],
  drillsAnswered: [{ results: ['by-5-s', 'by-10-s', 'by-20-s', 'by-30-s', 'by-40-s', 'by-60-s', 'by-120-s'], n: 140 }, { results: ['not-by-120-s'], n: 70 }],
  roomHours: { hours: 41_200, workingHours: 40_365 }
}
export const BEFORE: CellBody = { ...NOTHING, drillsShown: [{ results: ['by-5-s', 'by-10-s'], n: 60 }, { results: ['by-20-s', 'by-30-s', 'by-40-s', 'by-60-s'], n: 30 }, { results: ['by-120-s', 'not-by-120-s'], n: 60 }] }

/** A quarter as the service would have published it. */
export async function publish (stage: Stage, quarter: string, body: CellBody): Promise<void> {
  const cells = CELLS.map(({ region, type }) => ({ region, type, body: JSON.stringify(region === 'BE-BRU' && type === 'independent' ? body : NOTHING) }))
  await withStore(stage.service.config, async (store) => {
    await store.writer.run('people.publishQuarter', { args: { quarter, holder: `quarter:${quarter}`, seen: '{"contributions":[],"roomHours":[]}', cells }, journal: [] })
  })
}
