/** Anonymous statistics (R21). Part of `services.ts`. */
import type { Contributing } from '../store/statistic-writes.ts'
import type { CellBody, CellKey } from './disclosure.ts'
import type { Quarter } from './quarter.ts'
import type { WorkerId } from './words.ts'

export type PublishedCell = CellKey & CellBody & { readonly quarter: Quarter }

/** What a door may ask: what was published, and nothing else. */
export interface StatisticsService {
  /** In the order of quarter, region and type. Every cell of a published quarter is among them, suppressed or not. @throws StoreFailed */
  published (): Promise<readonly PublishedCell[]>
}

/** Whoever erases alarms has those counted that have not been: in the same write, so that nothing is kept of them for it. */
export interface CountBefore {
  /** @throws StoreFailed */
  dueIn (lanes: readonly string[]): Promise<readonly Contributing[]>
}

/** What runs by itself, hourly and at start. */
export interface StatisticsKeeper {
  /** Counts incidents that are over and drills that ran to their end, each once, whatever crashes between. @throws StoreFailed */
  collect (): Promise<void>
  /** Publishes what is long over, and destroys what it was made of. Returns which quarters it published. @throws StoreFailed */
  publish (): Promise<readonly Quarter[]>
  /** Notes whether each room's button was heard, since the last time. @throws StoreFailed */
  watchRooms (): Promise<void>
  /** Takes back what a worker has contributed to quarters that are not published. @throws StoreFailed */
  forget (worker: WorkerId): Promise<void>
}
