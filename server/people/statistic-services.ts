/** Anonymous statistics (R21). Part of `services.ts`. */
import type { CellBody, CellKey } from './disclosure.ts'
import type { Quarter } from './quarter.ts'
import type { WorkerId } from './words.ts'

export type PublishedCell = CellKey & CellBody & { readonly quarter: Quarter }

/** What a door may ask: what was published, and nothing else. */
export interface StatisticsService {
  /** In the order of quarter, region and type. Every cell of a published quarter is among them, suppressed or not. @throws StoreFailed */
  published (): Promise<readonly PublishedCell[]>
}

/** What runs by itself, hourly and at start. */
export interface StatisticsKeeper {
  /** Counts alarms that have settled, each once, whatever crashes between. @throws StoreFailed */
  collect (): Promise<void>
  /** Publishes what is long over, and destroys what it was made of. Returns which quarters it published. @throws StoreFailed */
  publish (): Promise<readonly Quarter[]>
  /** Notes whether each room's button was heard, since the last time. @throws StoreFailed */
  watchRooms (): Promise<void>
  /** Takes back what a worker has contributed to quarters that are not published. @throws StoreFailed */
  forget (worker: WorkerId): Promise<void>
}
