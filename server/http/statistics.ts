/** What a researcher may read: published aggregates, and nothing of one alarm, room, venue or person (R21). */
import { StatisticsShown } from '../contract/statistics.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { RouteParts } from './parts.ts'

export function statisticsRoutes (app: App, { people }: RouteParts): void {
  app.get('/api/v1/statistics', {
    config: allow('researcher'),
    schema: { summary: 'Anonymous statistics of past quarters, published once.', tags: ['statistics'], response: { 200: StatisticsShown } }
  }, async () => ({ definitions: 'statistics/1' as const, cells: (await people.statistics.published()).map(shown) }))
}

/** Named one by one: what a published row may hold later does not get out by itself. */
function shown ({ quarter, region, type, alarms, quietChecks, tests, roomHours }: Awaited<ReturnType<RouteParts['people']['statistics']['published']>>[number]) {
  const groups = (some: typeof alarms) => some === null ? null : some.map(({ results, n }) => ({ results: [...results], n }))
  return { quarter, region, type, alarms: groups(alarms), quietChecks: groups(quietChecks), tests: groups(tests), roomHours }
}
