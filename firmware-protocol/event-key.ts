import type { EventId } from './bodies.ts'
import type { Did } from './ids.ts'

/**
 * One string for one event of one button, equal over all its retries: `<did>/<evboot>/<evn>/<evid hex>`.
 * Feed it to a keyed hash before it is kept: a list of plain keys would be a record of presses.
 */
export function eventKey (did: Did, event: EventId): string {
  return `${did}/${event.evboot}/${event.evn}/${Buffer.from(event.evid).toString('hex')}`
}

/** Whether two identities of one button are the same event. */
export function sameEvent (a: EventId, b: EventId): boolean {
  return a.evboot === b.evboot && a.evn === b.evn && Buffer.compare(a.evid, b.evid) === 0
}
