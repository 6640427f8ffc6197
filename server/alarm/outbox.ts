/** The state is the outbox: what has been decided and not yet handed to any endpoint, read back from the state alone. */
import { assertNever } from './alarm.ts'
import type { Alarm, Answer, Effect, Person, ResponderId, Told } from './alarm.ts'
import { isAccepted } from './light.ts'
import { telling } from './turn.ts'

/** One effect per person whose newest telling no endpoint has accepted yet; under the same number as before. */
export function outstanding (alarm: Alarm): readonly (Effect & { readonly do: 'tell' })[] {
  return alarm.people.flatMap((p) => p.told !== null && !isAccepted(p.told.level) && isWantedBy(alarm, p)
    ? [telling(p.who, p.told.n, p.told.what)]
    : [])
}

/**
 * Asked again before every attempt of a telling's transport. False when a newer telling has replaced it, when the person
 * left, was removed or has answered since, or when the alarm is over for them: a late push must never call somebody to
 * an alarm that has ended.
 */
export function isWanted (alarm: Alarm, to: ResponderId, n: number): boolean {
  const person = alarm.people.find((p) => p.who.id === to)
  return person !== undefined && person.told?.n === n && isWantedBy(alarm, person)
}

function isWantedBy (alarm: Alarm, person: Person): boolean {
  const { told, standing, answer } = person
  if (told === null || standing === 'gone') return false
  switch (told.what) {
    case 'coming': return standing === 'in' && alarm.phase.is === 'helped'
    // For whoever was dismissed it settles at the same moment whether the end was true or said under duress (R15).
    case 'stand-down': return standing === 'in' ? alarm.phase.is === 'closed' : alarm.ended?.settled === false
    case 'alert':
    case 'again':
    case 'duress':
    case 'ask-arrival':
    case 'ask-over': return standing === 'in' && isRunning(alarm) && !isAnswered(answer, told)
    default: return assertNever(told.what)
  }
}

/** An unresolved alarm is still listed, and pushed no more (R10). */
function isRunning ({ phase }: Alarm): boolean {
  return phase.is === 'calling' || phase.is === 'helped' || phase.is === 'exhausted'
}

/**
 * Whoever answers has seen what they were told (`facts.ts`), so that an earlier answer is one to a telling not seen yet.
 * Their times don't say it: a wall clock may have been set back in between. `overdue` is our own conclusion, not theirs.
 */
function isAnswered (answer: Answer, told: Told): boolean {
  return (answer.is === 'cannot' || answer.is === 'coming' || answer.is === 'arrived') && told.level === 'seen'
}
