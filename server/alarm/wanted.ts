/** The state is the outbox: which tellings still go out, read back from the state alone. */
import { assertNever } from './alarm.ts'
import type { Alarm, Answer, Effect, EpochMs, Person, ResponderId } from './alarm.ts'
import { isAccepted } from './light.ts'
import { telling } from './turn.ts'

/** One effect per person whose newest telling no endpoint has accepted yet; under the same number as before. */
export function outstanding (alarm: Alarm): readonly (Effect & { readonly do: 'tell' })[] {
  return alarm.people.flatMap((p) => p.told !== null && !isAccepted(p.told.level) && isWantedOf(alarm, p)
    ? [telling(p.who, p.told.n, p.told.what)]
    : [])
}

/**
 * Asked again before every attempt of a telling's transport. False when a newer telling has replaced it, when it was
 * seen, when the person left, was removed or has answered since, or when the alarm is over for them: a late push must
 * never call somebody to an alarm that has ended.
 */
export function isWanted (alarm: Alarm, to: ResponderId, n: number): boolean {
  const person = alarm.people.find((p) => p.who.id === to)
  return person !== undefined && person.told?.n === n && isWantedOf(alarm, person)
}

function isWantedOf (alarm: Alarm, { told, standing, answer }: Person): boolean {
  if (told === null || told.level === 'seen' || standing === 'gone') return false
  switch (told.what) {
    // The perceived end settles at the same moment whether it was true or said under duress (R15).
    case 'stand-down': return alarm.ended !== null && !alarm.ended.settled
    case 'coming': return standing === 'in' && isRunning(alarm)
    case 'alert':
    case 'again':
    case 'duress':
    case 'ask-arrival':
    case 'ask-over': return standing === 'in' && isRunning(alarm) && !hasAnsweredSince(answer, told.since)
    default: return assertNever(told.what)
  }
}

function isRunning (alarm: Alarm): boolean {
  return alarm.phase.is !== 'closed' && alarm.phase.is !== 'settled' && alarm.phase.is !== 'unresolved'
}

/** An `overdue` answer is our own conclusion, not theirs. */
function hasAnsweredSince (answer: Answer, since: EpochMs): boolean {
  switch (answer.is) {
    case 'none':
    case 'overdue': return false
    case 'cannot':
    case 'coming':
    case 'arrived': return answer.at > since
    default: return assertNever(answer)
  }
}
