/** What a researcher may read: published aggregates, and nothing of one alarm, room, venue or person (R21). */
import { StatisticsShown } from '../contract/statistics.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'

export function statisticsRoutes (app: App, { people }: RouteParts): void {
  app.get('/api/v1/statistics', {
    config: allow('researcher'),
    schema: { summary: 'Anonymous statistics of past quarters, published once.', tags: ['statistics'], response: { 200: StatisticsShown } }
  }, async () => ({ definitions: 'statistics/2' as const, cells: (await people.statistics.published()).map(shown) }))
}

type Cell = Awaited<ReturnType<RouteParts['people']['statistics']['published']>>[number]

/** Named one by one: what a published row may hold later does not get out by itself. */
function shown ({ quarter, region, type, roomHours, ...tables }: Cell) {
  const groups = (some: Cell['alarms']) => some === null ? null : some.map(({ results, n }) => ({ results: [...results], n }))
  return {
    quarter,
    region,
    type,
    alarms: groups(tables.alarms),
    quietChecks: groups(tables.quietChecks),
    tests: groups(tables.tests),
    drills: groups(tables.drills),
    drillsShown: groups(tables.drillsShown),
    drillsAnswered: groups(tables.drillsAnswered),
    roomHours
  }
}
