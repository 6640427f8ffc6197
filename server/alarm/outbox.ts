/** The state is the outbox: what has been decided and not yet handed to any endpoint, read back from the state alone. */
import type { Alarm, Effect, Person, ResponderId } from './alarm.ts'
import { isAccepted } from './light.ts'
import { telling } from './turn.ts'

/** One effect per person whose newest telling no endpoint has accepted yet; under the same number as before. */
export function outstanding (alarm: Alarm): readonly (Effect & { readonly do: 'tell' })[] {
  return alarm.people.flatMap((p) => p.told !== null && !isAccepted(p.told.level) && isWantedOf(alarm, p)
    ? [telling(p.who, p.told.n, p.told.what)]
    : [])
}

/** Whether this telling should still go to another endpoint: the newest, not yet seen, and the person still there. */
export function isWanted (alarm: Alarm, to: ResponderId, n: number): boolean {
  const person = alarm.people.find((p) => p.who.id === to)
  return person !== undefined && person.told?.n === n && isWantedOf(alarm, person)
}

function isWantedOf (alarm: Alarm, person: Person): boolean {
  const { told, standing } = person
  if (told === null || told.level === 'seen' || standing === 'gone') return false
  const isSettled = standing === 'dismissed' ? alarm.ended?.settled === true : alarm.phase.is === 'settled'
  if (isSettled) return false
  // After the end nothing is told but the end: a drill's alert, or one that an old state still holds, stays unsaid.
  const isOver = standing === 'dismissed' || alarm.phase.is === 'closed'
  return isOver ? told.what === 'stand-down' : alarm.phase.is !== 'unresolved'
}
