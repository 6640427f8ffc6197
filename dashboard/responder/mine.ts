/** What this responder's page knows: who they are, and which alerts are addressed to them. Nothing here is guessed. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { AlertsListed } from '../../server/contract/alarm.ts'
import type { LiveResponderAlarm, ServerMessage } from '../../server/contract/live.ts'
import type { Me } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import { LiveLink } from '../live/live.ts'
import { after } from '../shell/clock.ts'

type Session = Static<typeof Me>['sessions'][number]
export type Responder = Extract<Session, { role: 'responder' }>
export type Alert = LiveResponderAlarm
export type Told = Extract<ServerMessage, { type: 'told' }>

/** `stranger`: nobody watches over anybody on this phone yet. `unanswered`: the service did not say. */
export const boot = signal<'asking' | 'unanswered' | 'stranger' | 'known'>('asking')
export const me = signal<Responder | null>(null)
/** null: not told yet. */
export const alerts = signal<readonly Alert[] | null>(null)
/** Told by name, and not yet in the list: it rings before anybody knows more. */
export const early = signal<readonly Told[]>([])
/** Somebody works with this phone too (R18). */
export const alsoWorks = signal(false)

const AGAIN_MS = 3_000

export const live = new LiveLink('responder', (message) => {
  switch (message.type) {
    case 'responder-alarms': take(message.alarms); break
    case 'told':
      if (!isListed(message)) early.value = [...early.value.filter(({ alarm }) => alarm !== message.alarm), message]
      void readAlerts()
      break
    case 'hello':
      if (message.resumed) break
      void readMe()
      break
    case 'worker-alarms':
    case 'worker-home':
    case 'gone':
    case 'pong':
    case 'error': break
  }
})

/** Begins the page: who is this? Asked again until the service answers. */
export async function begin (): Promise<void> {
  await readMe()
  if (boot.value === 'unanswered') after(AGAIN_MS, () => { void begin() })
  if (boot.value === 'known') watch()
}

let watching = false
export function watch (): void {
  if (watching) return
  watching = true
  live.open()
}

export async function readMe (): Promise<void> {
  const answer = await ask<Static<typeof Me>>('GET', '/me')
  if (!answer.ok) {
    if (answer.code === 'SIGNED_OUT') boot.value = 'stranger'
    else if (boot.value !== 'known') boot.value = 'unanswered'
    return
  }
  const { sessions } = answer.data
  alsoWorks.value = sessions.some(({ role }) => role === 'worker')
  me.value = sessions.find((session): session is Responder => session.role === 'responder') ?? null
  boot.value = me.value === null ? 'stranger' : 'known'
}

/** The same list by the other way: for a socket that is dead and looks open, and after every answer. */
export async function readAlerts (): Promise<boolean> {
  const answer = await ask<Static<typeof AlertsListed>>('GET', '/alerts')
  if (answer.ok) {
    take(answer.data.alerts)
    early.value = early.value.filter((told) => !isListed(told) && answer.data.alerts.some(({ alarm }) => alarm === told.alarm))
  }
  return answer.ok
}

function take (list: readonly Alert[]): void {
  alerts.value = list
  early.value = early.value.filter((told) => !isListed(told))
}

function isListed ({ alarm, n }: Told): boolean {
  return alerts.value?.some((alert) => alert.alarm === alarm && alert.n >= n) ?? false
}
