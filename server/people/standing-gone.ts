/**
 * R4, R5: who is out of a room's standing circle is not told any more by the alarms of it that run, whatever took them
 * out: an agreement taken back, a contact removed or gone, a worker erased, the command line; also what no disk has taken yet.
 */
import type { Base } from './base.ts'
import type { ResponderId, RoomId } from './words.ts'

export function followStanding (base: Base): void {
  let stood = base.picture.places.standing
  base.directory.onChanged(() => {
    const before = stood
    stood = base.picture.places.standing
    if (stood === before) return
    for (const [room, rows] of before) {
      const now = new Set((stood.get(room) ?? []).map(({ responder }) => responder))
      for (const { responder } of rows) if (!now.has(responder)) base.running?.leftRoom(room as RoomId, responder as ResponderId)
    }
  })
}
