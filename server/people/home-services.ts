/** What is hers alone besides her alarms: her own phones, and what her own page shows. Part of `services.ts`. */
import type { HerPhones, WorkerHome } from '../notify/ports.ts'
import type { EndpointListed, Subscription } from './services.ts'
import type { Done, EndpointId, Refused, WorkerId } from './words.ts'

/** Her own devices, for calm reminders: never for an alarm. */
export interface HerPhoneService extends HerPhones {
  /** The same url again replaces the old row. */
  add (worker: WorkerId, subscription: Subscription): Promise<Done<{ id: EndpointId }> | Refused<'WORKER_NOT_FOUND' | 'TOO_MANY_ENDPOINTS'>>
  remove (worker: WorkerId, phone: EndpointId): Promise<Done | Refused<'ENDPOINT_NOT_FOUND'>>
  list (worker: WorkerId): readonly EndpointListed[]
}

/** What her own page shows, each part by the service that knows it. From memory; never waits. */
export interface HomeService {
  of (worker: WorkerId): WorkerHome
  /** One of its parts may differ now. */
  changed (worker: WorkerId): void
  /** Returns the way to stop listening. */
  onChanged (listener: (worker: WorkerId) => void): () => void
}
