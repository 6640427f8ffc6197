/** What must never happen, whatever the scenario: looked at in every run, and never averaged. One is exit code 3. */
import type { Recipient } from '../../../server/alarm/alarm.ts'
import { dueAt } from '../../../server/alarm/transition.ts'
import type { Responder } from './responder.ts'
import type { Run, Running } from './run.ts'

/** R6, R5: nobody of her circle, or an authority that she did not ask for. Judged by the scenario, not by the core. */
export function checkTelling (run: Run, running: Running, to: Recipient, who: Responder): void {
  if (who.type.kind === 'authority') {
    run.authorityTellings++
    if (!run.policy.consents.includes(who.type.role) || to.kind !== 'authority') run.breach('AUTHORITY_WITHOUT_CONSENT', running, `${who.entity} was told without her consent`)
    if (running.alarm.lane.is !== 'hers') run.breach('AUTHORITY_OUTSIDE_HER_LANE', running, `${who.entity} was told in a lane that is not hers`)
  }
  const { room, worker } = running
  // Another worker of the same room has a list of her own.
  const isOfHers = worker?.responders.includes(who) === true || room.responders.includes(who) || room.venue.responders.includes(who)
  if (!running.circle.has(who.id) || !isOfHers) run.breach('TOLD_OUTSIDE_CIRCLE', running, `${who.entity} is not in the circle`)
}

/** R12, R4: one alarm a lane, as she perceives it. */
export function checkOpen (run: Run, running: Running, isTaken: boolean): void {
  if (isTaken) run.breach('TWO_OPEN_IN_LANE', running, 'a second alarm was opened in a lane that has one')
}

/** R10: it ends because somebody ended it; whoever was told is told so. */
export function checkEnd (run: Run, running: Running): void {
  const { alarm } = running
  if (alarm.phase.is !== 'closed' && alarm.phase.is !== 'settled') return
  if (alarm.phase.why === 'superseded') run.breach('ENDED_SILENTLY', running, 'superseded by nothing')
  if (alarm.kind === 'test') return
  for (const { who, told, standing } of alarm.people) {
    if (told !== null && standing === 'in' && told.what !== 'stand-down') run.breach('ENDED_SILENTLY', running, `${who.id} was told of the alarm and not of its end`)
  }
}

/** At the end of the run nothing is left that still waits and has no time to go on at. */
export function checkLeft (run: Run, running: Running): void {
  const { phase } = running.alarm
  if (phase.is === 'settled' || phase.is === 'unresolved') return
  if (dueAt(running.alarm) === null) run.breach('STOPPED_SILENTLY', running, `${phase.is} and nothing will ever happen`)
}
