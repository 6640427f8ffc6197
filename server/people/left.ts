/** R5: a responder may go at any time, and she is told: a line in her journal, and a name on her list of who left. */
import type { NewLeft } from '../store/responder-writes.ts'
import type { JournalRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { journalLine } from './journal.ts'
import type { ContactLeft } from './circle-services.ts'
import { leftWithNobody, nobodyLines } from './may-know.ts'
import type { Lie } from './veil-book.ts'
import type { EpochMs, ResponderId, WorkerId } from './words.ts'

type LeftSealed = { readonly name: string, readonly responder: ResponderId }
export type Leaving = { readonly left: readonly NewLeft[], readonly journal: readonly JournalRow[], /** Nobody who may know is left to them. */ readonly withNobody: readonly WorkerId[] }

/** To be written together with the leaving. Who was never confirmed leaves without a word: she did not count on them. */
export function leaving (base: Base, responder: ResponderId, workers: readonly WorkerId[]): Leaving {
  const { contacts, responders } = base.picture.folk
  const name = base.keyring.text(responder, responders.get(responder)?.name ?? null, 'name') ?? ''
  const told = workers.filter((worker) => contacts.get(worker)?.get(responder)?.confirmed === true && base.keyring.key(worker) !== null)
  const withNobody = leftWithNobody(base, responder, told)
  return {
    withNobody,
    left: told.map((worker) => ({ id: makeId(), worker, at: base.clock.now(), sealed: base.keyring.sealText(worker, JSON.stringify({ name, responder } satisfies LeftSealed), 'left') })),
    journal: [...told.flatMap((worker) => journalLine(base, worker, { what: 'contact-left', by: 'responder', responder })), ...nobodyLines(base, withNobody)]
  }
}

/** Who left by themselves, the newest first; under a lie without those who are pretended to be gone, and what is pretended to be read. */
export function leftOf (base: Base, worker: WorkerId, lie: Lie | null = null): readonly (ContactLeft & { readonly id: string })[] {
  return (base.picture.folk.leftOf.get(worker) ?? []).flatMap(({ id, at, sealed }) => {
    const text = base.keyring.text(worker, sealed, 'left')
    if (text === null) return []
    const { name, responder } = JSON.parse(text) as LeftSealed
    const isUnseen = lie !== null && (lie.isRemoved(responder) || (lie.leftReadAt !== null && at <= lie.leftReadAt))
    return isUnseen ? [] : [{ id, name, at: at as EpochMs }]
  })
}
