/** R13: whoever works in a room is told that something of it or its buttons changed; it is unready until tested. */
import type { JournalRow } from '../store/people-rows.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import type { RoomId, WorkerId } from './words.ts'

/** To be written together with the change; of who works there it tells each only what concerns herself. */
export function roomChangedLines (base: Base, room: string, by: 'venue' | 'service'): readonly JournalRow[] {
  return base.roster.openIn(room).flatMap(({ worker }) => journalLine(base, worker as WorkerId, { what: 'room-changed', by, room: room as RoomId }))
}
