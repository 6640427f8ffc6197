/**
 * R15, the strongest promise of all: two alarms live the same life; in one her PIN is true, in the other she is forced.
 * Whoever stands beside her, holds her phone, looks at the lamp or is one of the unmarked must not be able to tell.
 */
import fc from 'fast-check'
import t from 'tap'
import type { Effect, ResponderId } from '../../server/alarm/alarm.ts'
import { endsWithHerLanes, isOpenAsPerceived, lightOverLanes } from '../../server/alarm/lanes.ts'
import { isWanted, outstanding } from '../../server/alarm/outbox.ts'
import { light, responderView, workerView } from '../../server/alarm/views.ts'
import { anyPause, anyPlan, happeningsOf, lifeOf, realKind } from './chance.ts'
import type { Happening } from './chance.ts'
import { hers, house, circle, Room } from './room.ts'

function step (rooms: readonly Room[], { afterMs, what }: Happening): void {
  for (const room of rooms) {
    room.pass(afterMs)
    room.hears(what(room.now))
  }
}

/** Everything that she, the room and one unmarked person can perceive. */
function perceived (room: Room, unmarked: readonly ResponderId[], from: number): string {
  const { alarm } = room
  const toUnmarked = (effect: Effect): boolean => effect.do === 'warn' || unmarked.includes(effect.to.id)
  const besides = new Room(circle(['Reference']), house).press('alarm', { id: 'press-1' })
  return JSON.stringify({
    her: workerView(alarm),
    light: light(alarm),
    room: lightOverLanes([alarm, besides.alarm]),
    open: isOpenAsPerceived(alarm),
    houseEnds: endsWithHerLanes(besides.alarm, [alarm]),
    views: unmarked.map((id) => responderView(alarm, id)),
    told: room.said.slice(from).filter(({ effect }) => toUnmarked(effect)),
    outbox: outstanding(alarm).filter(toUnmarked),
    wanted: unmarked.map((id) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => isWanted(alarm, id, n)))
  })
}

t.test('after a duress PIN nothing that she, an unmarked responder or the button perceives differs from a true end', async (t) => {
  let forced = 0
  let told = 0
  fc.assert(fc.property(anyPlan, realKind, lifeOf(anyPause), fc.constantFrom(0, 0, 1_000, 30_000, 120_000), happeningsOf(anyPause, 14), (plan, kind, before, pauseMs, after) => {
    const free = new Room(plan, hers).press(kind)
    const force = new Room(plan, hers).press(kind)
    for (const happening of before) step([free, force], happening)
    const unmarked = plan.steps.flatMap((s) => s.people).filter((p) => !p.mayKnow).map((p) => p.who.id)
    const from = free.said.length
    // Not `pass`: a step that falls due in the very turn of the PIN is the case that once told the wrong person.
    free.jump(pauseMs).pin('true')
    force.jump(pauseMs).pin('duress')
    if (force.alarm.duress) forced++
    told += force.said.slice(from).filter(({ effect }) => effect.do === 'tell' && effect.what === 'duress').length
    if (perceived(free, unmarked, from) !== perceived(force, unmarked, from)) return false
    for (const happening of after) {
      step([free, force], happening)
      if (perceived(free, unmarked, from) !== perceived(force, unmarked, from)) return false
    }
    return true
  }), { numRuns: 3_000 })
  t.ok(forced > 500 && told > 300, `${forced} alarms went on under duress, ${told} people were told the truth`)
})
