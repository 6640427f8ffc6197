/** What open pages are shown of running alarms: hers as it is pretended to be, everybody else's as it is (R16). */
import type { AlarmDesk } from './engine/desk.ts'
import type { People } from './people/services.ts'
import { pretendedAlarm } from './people/pretended-alarm.ts'

export function deskUnderLies (desk: Pick<AlarmDesk, 'workerAlarms' | 'responderAlarms'>, people: Pick<People, 'veils'>): Pick<AlarmDesk, 'workerAlarms' | 'responderAlarms'> {
  return {
    workerAlarms: (worker) => desk.workerAlarms(worker).map((alarm) => pretendedAlarm(alarm, people.veils.lie(worker))),
    responderAlarms: (responder) => desk.responderAlarms(responder)
  }
}
