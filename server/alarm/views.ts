/** What one responder may see (R5, R11, R15), and the door to the other views. */
import { assertNever } from './alarm.ts'
import type { Alarm, AlarmId, Doubt, EpochMs, Kind, Minutes, Missed, Person, ResponderId, Told, What } from './alarm.ts'
import { isReminded } from './escalate.ts'
import { pausingMinutesMost } from './limits.ts'
import { spokenPress } from './presses.ts'

export type { WorkerView } from './alarm.ts'
export { light } from './light.ts'
export type { Light } from './light.ts'
export { workerView } from './worker-view.ts'

/** Numbers of others, never names; nothing of her history; nothing at all once it is over and settled. */
export type ResponderView = {
  readonly alarm: AlarmId
  readonly responder: ResponderId
  /** Number of the newest telling; receipts name it. */
  readonly n: number
  readonly what: What
  readonly kind: Kind
  readonly openedAt: EpochMs
  readonly pressedAt: EpochMs
  readonly doubt: Doubt
  /** R17: she did not answer a check-in. null: she pressed, or it is over. */
  readonly missed: Missed | null
  readonly phase: 'calling' | 'helped' | 'nobody-yet' | 'over' | 'duress'
  readonly answer: {
    readonly is: 'none' | 'cannot' | 'overdue' | 'coming' | 'arrived'
    readonly at: EpochMs | null
    readonly minutes: Minutes | null
    readonly arriveBy: EpochMs | null
    /** false after a new press or "we need more": it has to be said again. */
    readonly counts: boolean
  }
  readonly others: { readonly coming: number, readonly arrived: number }
  readonly asked: 'arrival' | 'over' | null
  /** "I am safe", said without a PIN: to be shown as unproven (R14). */
  readonly saidSafeUnproven: EpochMs | null
}

/** null: never told, removed, or over and settled. */
export function responderView (alarm: Alarm, responder: ResponderId): ResponderView | null {
  const person = alarm.people.find((p) => p.who.id === responder)
  if (person === undefined || person.told === null || person.standing === 'gone') return null
  if (isOverFor(alarm, person)) return isSettledFor(alarm, person) ? null : overView(alarm, person, person.told)
  const press = spokenPress(alarm)
  const others = alarm.people.filter((p) => p.standing === 'in' && p !== person)
  return {
    alarm: alarm.id,
    responder: person.who.id,
    n: person.told.n,
    what: person.told.what,
    kind: alarm.kind,
    openedAt: alarm.openedAt,
    pressedAt: press?.pressedAt ?? alarm.openedAt,
    doubt: press?.doubt ?? 'none',
    missed: press?.missed ?? null,
    phase: phaseFor(alarm),
    answer: answerOf(person),
    others: {
      coming: others.filter((p) => p.answer.is === 'coming').length,
      arrived: others.filter((p) => p.answer.is === 'arrived').length
    },
    asked: askedOf(alarm, person),
    saidSafeUnproven: alarm.saidSafe
  }
}

/** Built from nothing that a duress alarm goes on changing. */
function overView (alarm: Alarm, person: Person, told: Told): ResponderView {
  return {
    alarm: alarm.id,
    responder: person.who.id,
    n: told.n,
    what: told.what,
    kind: alarm.kind,
    openedAt: alarm.openedAt,
    pressedAt: alarm.openedAt,
    doubt: 'none',
    missed: null,
    phase: 'over',
    answer: { is: 'none', at: null, minutes: null, arriveBy: null, counts: false },
    others: { coming: 0, arrived: 0 },
    asked: null,
    saidSafeUnproven: null
  }
}

function isOverFor (alarm: Alarm, person: Person): boolean {
  return person.standing === 'dismissed' || alarm.phase.is === 'closed' || alarm.phase.is === 'settled'
}

function isSettledFor (alarm: Alarm, person: Person): boolean {
  return person.standing === 'dismissed' ? alarm.ended?.settled === true : alarm.phase.is === 'settled'
}

function phaseFor (alarm: Alarm): ResponderView['phase'] {
  if (alarm.duress) return 'duress'
  switch (alarm.phase.is) {
    case 'calling': return 'calling'
    case 'helped': return 'helped'
    case 'exhausted':
    case 'unresolved': return 'nobody-yet'
    case 'closed':
    case 'settled': return 'over'
    default: return assertNever(alarm.phase)
  }
}

function answerOf (person: Person): ResponderView['answer'] {
  const { answer } = person
  return {
    is: answer.is,
    at: answer.is === 'none' ? null : answer.at,
    minutes: answer.is === 'coming' ? answer.minutes : null,
    arriveBy: answer.is === 'coming' ? answer.arriveBy : null,
    counts: isCounted(person)
  }
}

/** "In 20 minutes" never pauses escalation (R11) and is an answer all the same, until it is asked for anew. */
function isCounted (person: Person): boolean {
  const { answer } = person
  if (answer.is === 'coming' && answer.minutes > pausingMinutesMost) return !isReminded(person)
  return answer.is === 'coming' || answer.is === 'arrived' ? answer.pauses : true
}

function askedOf (alarm: Alarm, person: Person): ResponderView['asked'] {
  if (person.answer.is === 'coming' && person.answer.asked) return 'arrival'
  if (alarm.over !== null && alarm.over.by !== person.who.id) return 'over'
  return person.told?.what === 'ask-over' ? 'over' : null
}
