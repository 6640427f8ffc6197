/** What is proven about one alarm, in words: the newest first of all, every fact in its order, and what comes next. Never more. */
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import type { Sure } from '../../parts/mark.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'
import { clock } from '../../say/when.ts'
import { nameOf } from './names.ts'
import type { Row } from './names.ts'

type Fact = LiveWorkerAlarm['facts'][number]
export type Hero = { readonly fact: string, readonly more: string | null }
export type Line = { readonly sure: Sure, readonly what: string, readonly at: number | null, readonly who: string | null }
export type Next = { readonly what: string, readonly when: string | null, readonly who: string | null }

/** Time for the second yes (R14), as the service gives it. */
const SECOND_YES_MS = 15 * 60_000
/** Said as "30 min or more". */
const FAR_MINUTES = 30
/** From here on an acceptance pauses nothing (R11). */
const LONG_MINUTES = 20

export function minutesOf (minutes: number): string { return minutes >= FAR_MINUTES ? `${minutes}+` : String(minutes) }

export function heroOf (alarm: LiveWorkerAlarm): Hero {
  const { counts, phase, overSaidAt, rows } = alarm
  if (overSaidAt !== null) return { fact: say('safety.call.overSaid', { who: nameOf(alarm, alarm.facts.findLast(({ reason }) => reason === 'OVER_SAID')?.who) }), more: say('safety.call.overMore', { time: clock(overSaidAt + SECOND_YES_MS) }) }
  const arrived = rows.find(({ answer }) => answer === 'arrived')
  if (arrived !== undefined) return { fact: say('safety.call.arrived', { who: nameOf(alarm, arrived.responder) }), more: arrived.answeredAt === null ? null : say('safety.call.arrivedAt', { time: clock(arrived.answeredAt, true) }) }
  const coming = rows.filter(({ answer }) => answer === 'coming').sort((a, b) => (a.minutes ?? FAR_MINUTES) - (b.minutes ?? FAR_MINUTES))
  const [first] = coming
  if (first !== undefined) return { fact: say('safety.call.coming', { who: nameOf(alarm, first.responder) }), more: comingMore(alarm, first) }
  switch (phase) {
    case 'unresolved': return { fact: say('safety.call.unresolved'), more: say('safety.call.unresolvedMore') }
    case 'nobody-yet': return counts.told === 0 ? { fact: say('safety.call.nobodyToTell'), more: say('safety.call.nobodyToTellMore') } : { fact: say('safety.call.nobody'), more: say('safety.call.all') }
    case 'calling':
    case 'helped':
    case 'ended': return calling(alarm)
  }
}

/** Nobody has answered: what is shown somewhere, else who is being told. */
function calling (alarm: LiveWorkerAlarm): Hero {
  const { counts, step, rows } = alarm
  if (counts.told === 0) return { fact: say('safety.call.nobodyToTell'), more: say('safety.call.nobodyToTellMore') }
  const newest = rows.filter((row) => row.step === step && row.told).length
  if (step > 0) return { fact: say('safety.call.nobody'), more: say('safety.call.tellingMore', { count: newest }) }
  if (rows.every(({ told, answer }) => !told || answer !== 'none')) return { fact: say('safety.call.nobody'), more: null }
  return counts.shown > 0
    ? { fact: say('safety.call.shown', { count: counts.shown }), more: say('safety.call.noAnswer') }
    : { fact: say(alarm.saved ? 'safety.call.recorded' : 'safety.call.raised'), more: say('safety.call.telling', { count: counts.told }) }
}

/** An acceptance that holds nothing back any more (a new press, "we need more") is not left to stand alone. */
function comingMore ({ phase }: LiveWorkerAlarm, { minutes, answeredAt }: Row): string | null {
  if (minutes === null || answeredAt === null) return null
  return phase !== 'helped' && minutes < LONG_MINUTES ? say('safety.call.goOn') : say('safety.call.answered', { minutes: minutesOf(minutes), time: clock(answeredAt, true) })
}

/** Each reason that she is told, and how sure it is. What is not here adds nothing for her. */
const SAID: Readonly<Record<string, readonly [Sure, Key]>> = {
  PRESSED_AGAIN: ['proven', 'safety.call.pressedAgain'],
  UPGRADED: ['proven', 'safety.call.pressedAgain'],
  PRESS_MAY_BE_REPLAY: ['weak', 'safety.call.pressOld'],
  PRESS_TIME_UNCERTAIN: ['weak', 'safety.call.pressOld'],
  NOBODY_TO_TELL: ['missing', 'safety.call.nobodyToTell'],
  SKIPPED_UNREACHABLE: ['missing', 'safety.call.unreachable'],
  REACHED_AT_LAST: ['proven', 'safety.call.reachable'],
  ALL_ASKED_AGAIN: ['next', 'safety.call.again'],
  UNRESOLVED: ['missing', 'safety.call.unresolved'],
  CANNOT: ['no', 'safety.call.cannot'],
  NOT_AFTER_ALL: ['no', 'safety.call.notAfterAll'],
  ARRIVED: ['proven', 'safety.call.arrived'],
  NEED_MORE: ['proven', 'safety.call.needMore'],
  LEFT: ['no', 'safety.call.left'],
  CONSENT_REVOKED: ['no', 'safety.call.left'],
  AUTHORITY_REFUSED: ['no', 'safety.call.left'],
  ARRIVAL_ASKED: ['next', 'safety.call.arrivalAsked'],
  ARRIVAL_OVERDUE: ['missing', 'safety.call.late'],
  OVER_ASKED: ['next', 'safety.call.overAsked'],
  SILENT_AFTER_ARRIVAL: ['missing', 'safety.call.goOn'],
  NOBODY_PAUSES: ['next', 'safety.call.goOn'],
  NO_SECOND_YES: ['next', 'safety.call.goOn'],
  OVER_SAID: ['proven', 'safety.call.overSaid'],
  SAID_SAFE: ['weak', 'safety.call.saidSafe']
}

export function linesOf (alarm: LiveWorkerAlarm): readonly Line[] {
  const lines: Line[] = []
  let shown: string[] = []
  for (const fact of alarm.facts) {
    // Phones that showed it one after the other, with nothing in between, are one line; its time is the newest.
    if (fact.reason === 'SHOWN') {
      if (shown.length > 0) lines.pop()
      shown = [...shown, nameOf(alarm, fact.who)]
      lines.push({ sure: 'proven', what: say('safety.call.shown', { count: shown.length }), at: fact.at, who: shown.join(', ') })
      continue
    }
    const line = lineOf(alarm, fact)
    if (line === null) continue
    shown = []
    lines.push(line)
  }
  return lines
}

function lineOf (alarm: LiveWorkerAlarm, fact: Fact): Line | null {
  const { at, reason, who, minutes, step } = fact
  switch (reason) {
    case 'OPENED': return alarm.saved ? { sure: 'proven', what: say('safety.call.recorded'), at, who: null } : { sure: 'weak', what: say('safety.call.raised'), at, who: say('safety.call.notSaved') }
    case 'PRESS_LATE': return { sure: 'weak', what: say('safety.call.pressLate', { time: clock(alarm.pressedAt, true) }), at, who: null }
    case 'CHECK_IN_MISSED': return { sure: 'missing', what: say('safety.call.missed', { time: clock(alarm.missed?.dueAt ?? at) }), at, who: null }
    case 'PHONE_UNREACHABLE': return { sure: 'missing', what: say('safety.call.phoneAway', { time: clock(alarm.missed?.unreachableSince ?? at) }), at, who: null }
    case 'STEP_TOLD': {
      const count = alarm.rows.filter((row) => row.step === step).length
      return step === undefined || step === 0 || count === 0 ? null : { sure: 'next', what: say('safety.call.tellingMore', { count }), at, who: null }
    }
    case 'EXHAUSTED': return { sure: 'missing', what: say('safety.call.nobody'), at, who: null }
    case 'COMING': return minutes === undefined ? null : { sure: 'proven', what: say('safety.call.comingIn', { who: nameOf(alarm, who), minutes: minutesOf(minutes) }), at, who: minutes >= LONG_MINUTES ? say('safety.call.farAway') : null }
    default: {
      const said = SAID[reason]
      return said === undefined ? null : { sure: said[0], what: say(said[1], { who: nameOf(alarm, who) }), at, who: null }
    }
  }
}

export function nextOf (alarm: LiveWorkerAlarm): Next | null {
  const { nextAt, phase, rows, step } = alarm
  const waiting = rows.filter((row) => row.step === step + 1).length
  const due = rows.filter(({ arriveBy, answer }) => answer === 'coming' && arriveBy !== null).sort((a, b) => (a.arriveBy ?? 0) - (b.arriveBy ?? 0))[0]
  if (due !== undefined) return { what: say('safety.call.nextArrives', { who: nameOf(alarm, due.responder) }), when: say('safety.call.by', { time: clock(due.arriveBy ?? 0) }), who: say('safety.call.ifNot') }
  if (rows.some(({ answer }) => answer === 'arrived') && phase === 'helped') return { what: say('safety.call.nextOver'), when: null, who: null }
  if (nextAt !== null && waiting > 0) return { what: say('safety.call.nextTold', { count: waiting }), when: clock(nextAt, true), who: null }
  return phase === 'unresolved' || phase === 'ended' ? null : { what: say('safety.call.nextAgain'), when: null, who: null }
}
