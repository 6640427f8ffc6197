/** What is hers on this phone: who she is, and what the service last told her page. Nothing here is guessed. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { LiveWorkerAlarm, LiveWorkerHome } from '../../server/contract/live.ts'
import type { Me } from '../../server/contract/session.ts'
import type { ShiftShown } from '../../server/contract/shift.ts'
import { ask } from '../api/ask.ts'
import { LiveLink } from '../live/live.ts'

type Session = Static<typeof Me>['sessions'][number]
export type Worker = Extract<Session, { role: 'worker' }>

/** null: not asked yet, or nobody is signed in (see `link`). */
export const her = signal<Worker | null>(null)
export const aliases = signal<readonly Worker[]>([])
export const alarms = signal<readonly LiveWorkerAlarm[] | null>(null)
export const home = signal<LiveWorkerHome | null>(null)
export const shift = signal<Static<typeof ShiftShown> | null>(null)

export const live = new LiveLink('worker', (message) => {
  switch (message.type) {
    case 'worker-alarms': alarms.value = message.alarms; break
    case 'worker-home': home.value = message.home; break
    case 'hello':
      void readHer()
      void readShift()
      break
    case 'responder-alarms':
    case 'told':
    case 'gone':
    case 'pong':
    case 'error': break
  }
})

/** Whether somebody is signed in as a worker here. */
export async function readHer (): Promise<boolean> {
  const me = await ask<Static<typeof Me>>('GET', '/me')
  if (!me.ok) {
    if (me.code === 'SIGNED_OUT') her.value = null
    return false
  }
  aliases.value = me.data.sessions.filter((session): session is Worker => session.role === 'worker')
  her.value = aliases.value.find(({ inUse }) => inUse) ?? null
  return her.value !== null
}

export async function readShift (): Promise<void> {
  const answer = await ask<Static<typeof ShiftShown>>('GET', '/shift')
  if (answer.ok) shift.value = answer.data
}
