/** R5: a responder may go at any time, and she is told: a line in her journal, and a name on her list of who left. */
import type { NewLeft } from '../store/responder-writes.ts'
import type { JournalRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import { makeId } from './ids.ts'
import { journalLine } from './journal.ts'
import { leftWithNobody, nobodyLines } from './may-know.ts'
import type { ResponderId, WorkerId } from './words.ts'

export type Leaving = { readonly left: readonly NewLeft[], readonly journal: readonly JournalRow[], /** Nobody who may know is left to them. */ readonly withNobody: readonly WorkerId[] }

/** To be written together with the leaving. Who was never confirmed leaves without a word: she did not count on them. */
export function leaving (base: Base, responder: ResponderId, workers: readonly WorkerId[]): Leaving {
  const { contacts, responders } = base.picture.folk
  const name = base.keyring.text(responder, responders.get(responder)?.name ?? null, 'name') ?? ''
  const told = workers.filter((worker) => contacts.get(worker)?.get(responder)?.confirmed === true && base.keyring.key(worker) !== null)
  const withNobody = leftWithNobody(base, responder, told)
  return {
    withNobody,
    left: told.map((worker) => ({ id: makeId(), worker, at: base.clock.now(), sealed: base.keyring.sealText(worker, name, 'left') })),
    journal: [...told.flatMap((worker) => journalLine(base, worker, { what: 'contact-left', by: 'responder', responder })), ...nobodyLines(base, withNobody)]
  }
}
