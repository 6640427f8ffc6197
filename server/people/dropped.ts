/** What a person took back and the disk may not know yet. */
import type { Folk } from './picture.ts'

export type Dropped =
  | { readonly is: 'contact', readonly worker: string, readonly responder: string }
  | { readonly is: 'consent', readonly id: string, readonly responder: string }

export function isStillThere (folk: Folk, what: Dropped): boolean {
  return what.is === 'consent' ? folk.consents.has(what.id) : folk.contacts.get(what.worker)?.has(what.responder) === true
}

export function withoutDropped (folk: Folk, dropped: readonly Dropped[]): Folk {
  const consents = new Map(folk.consents)
  const contacts = new Map(folk.contacts)
  for (const what of dropped) {
    if (what.is === 'consent') {
      consents.delete(what.id)
    } else {
      const hers = new Map(contacts.get(what.worker) ?? [])
      hers.delete(what.responder)
      contacts.set(what.worker, hers)
    }
  }
  return { ...folk, consents, contacts }
}
