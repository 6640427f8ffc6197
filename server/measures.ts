/** What the operator's metrics read from each part: aggregates only (R21). */
import type { Broker } from '../broker/broker.ts'
import type { Engine } from './engine/engine.ts'
import type { Metrics } from './http/metrics.ts'
import type { Notify } from './notify/notify.ts'
import type { SqliteStore } from './store/sqlite/sqlite-store.ts'

export type Measured = {
  readonly engine: Engine
  readonly broker: Broker
  readonly store: SqliteStore
  readonly notify: Notify
}

export function measure (metrics: Metrics, { engine, broker, store, notify }: Measured): void {
  metrics.gauge('veilleuse_alarms_live', 'Alarms held in memory, ended ones until they have settled.', () => engine.health().alarmsLive)
  metrics.gauge('veilleuse_store_works', '1: the last write reached the disk.', () => engine.health().storeWorks ? 1 : 0)
  metrics.gauge('veilleuse_auditor_on_time', '1: the loop that fires every timer wakes when it should.', () => engine.health().isOnTime ? 1 : 0)
  metrics.gauge('veilleuse_loop_lateness_max_seconds', 'Worst lateness of that loop since the last scrape.', () => engine.takeLatenessMs() / 1000)
  metrics.gauge('veilleuse_store_commits', 'Transactions that reached the disk, one sync each.', () => store.writer.stats.commits)
  metrics.gauge('veilleuse_store_operations', 'Operations in them.', () => store.writer.stats.operations)
  metrics.gauge('veilleuse_store_failures', 'Batches that the disk refused or did not answer.', () => store.writer.stats.failures)
  metrics.gauge('veilleuse_store_waiting', 'Operations that wait for the disk now.', () => store.writer.stats.waiting)
  metrics.gauge('veilleuse_buttons_connected', 'Buttons connected now.', () => broker.health().buttons)
  metrics.gauge('veilleuse_connections_open', 'Connections of the broker, admitted or not.', () => broker.health().connections)
  metrics.gauge('veilleuse_pages_open', 'Live sockets.', () => notify.live.open)
  metrics.gauge('veilleuse_tellings_under_way', 'Tellings whose push is not over.', () => notify.messenger.underWay)
  metrics.labelled('veilleuse_broker_events', 'What happened at the broker, by code.', 'code', () => broker.counts())
}
