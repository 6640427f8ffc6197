/** Anonymous statistics, as they were published (R21). What each word means: `docs/statistics.md`. */
import { Type } from 'typebox'
import { nullable } from './words.ts'

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
const RULES = 'at least 10 workers and 3 venues, none above half, rounded to 5'
/**
 * Groups share no alarm: their sum is the whole. Results that stand in one group may not be told apart. Those of
 * `drillsShown` and `drillsAnswered` (the same people, on the lists of these drills) stand in the order of time, neighbours
 * with neighbours, so that shares can be added up from mark to mark.
 */
const Groups = nullable(Type.Array(Type.Object({
  results: Type.Array(Type.String({ description: 'Stable codes, as in the definitions.' }), { minItems: 1 }),
  n: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description: `How many came to one of these results; ${RULES}.` })
})))
export const StatisticsShown = Type.Object({
  definitions: Type.Enum(['statistics/2'], { description: 'The version of the definitions.' }),
  cells: Type.Array(Type.Object({
    quarter: Type.String({ pattern: '^[0-9]{4}-Q[1-4]$' }),
    region: Type.Enum(['BE-BRU', 'BE-VLG', 'BE-WAL', 'other', 'none']),
    type: Type.Enum(['employed', 'independent', 'none']),
    alarms: Groups,
    quietChecks: Groups,
    tests: Groups,
    drills: Groups,
    drillsShown: Groups,
    drillsAnswered: Groups,
    roomHours: nullable(Type.Object({ hours: Count, workingHours: Count }))
  }), { description: 'Every cell of every published quarter; null where it is suppressed.' })
})
