/** What is hers on this phone: who she is, and what the service last told her page. Nothing here is guessed. */
import { batch, signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { AlarmsListed } from '../../server/contract/alarm.ts'
import type { ContactsListed } from '../../server/contract/circle.ts'
import type { LiveWorkerAlarm, LiveWorkerHome } from '../../server/contract/live.ts'
import type { ReadyShown } from '../../server/contract/readiness.ts'
import type { Me } from '../../server/contract/session.ts'
import type { ShiftShown } from '../../server/contract/shift.ts'
import { ask } from '../api/ask.ts'
import { LiveLink } from '../live/live.ts'
import { heardNow, now } from '../shell/service-time.ts'

type Session = Static<typeof Me>['sessions'][number]
export type Worker = Extract<Session, { role: 'worker' }>

/** null: not asked yet, or nobody is signed in (see `link`). */
export const her = signal<Worker | null>(null)
/** Where this page goes when its session has ended. */
export const endsAt = signal<'/' | '/w' | '/exit'>('/')
let isLeaving = false
/** Once: of two that leave at the same moment, one would stop the other. */
export function leaveFor (path: string): void {
  if (isLeaving) return
  isLeaving = true
  location.replace(path)
}
export const aliases = signal<readonly Worker[]>([])
export const alarms = signal<readonly LiveWorkerAlarm[] | null>(null)
/** As of when `alarms` are told. */
export const alarmsAt = signal<number | null>(null)
export const home = signal<LiveWorkerHome | null>(null)
export const shift = signal<Static<typeof ShiftShown> | null>(null)
/** Of people on her list, while her PIN lets this phone read it; else they are numbers. Never kept. */
export const names = signal<ReadonlyMap<string, string>>(new Map())

export const live = new LiveLink('worker', (message) => {
  switch (message.type) {
    case 'worker-alarms': takeAlarms(message.alarms); break
    case 'worker-home':
      home.value = message.home
      void readShift()
      break
    case 'hello':
      if (message.resumed) alarmsAt.value = message.now
      void readHer()
      void readShift()
      void readNames()
      break
    case 'pong':
      alarmsAt.value = message.now
      break
    case 'responder-alarms':
    case 'told':
    case 'gone':
    case 'error': break
  }
})

/** Alarms for which the names were read: somebody may have come onto her list while this page was open. */
const named = new Set<string>()

function takeAlarms (told: readonly LiveWorkerAlarm[]): void {
  const fresh = told.filter(({ alarm, ended }) => ended === null && !named.has(alarm))
  for (const { alarm } of fresh) named.add(alarm)
  if (fresh.length > 0) void readNames()
  alarms.value = told
  alarmsAt.value = now.value
}

/** Whether somebody is signed in as a worker here; null: nobody could be asked. */
export async function readHer (): Promise<boolean | null> {
  const me = await ask<Static<typeof Me>>('GET', '/me')
  if (!me.ok) {
    if (me.code !== 'SIGNED_OUT') return null
    take([])
    return false
  }
  take(me.data.sessions.filter((session): session is Worker => session.role === 'worker'))
  return her.value !== null
}

/** Together: for a moment it would look as if everybody here had gone behind her PIN. */
function take (all: readonly Worker[]): void {
  batch(() => {
    aliases.value = all
    her.value = all.find(({ inUse }) => inUse) ?? null
  })
}

export async function readShift (): Promise<void> {
  const answer = await ask<Static<typeof ShiftShown>>('GET', '/shift')
  if (answer.ok) shift.value = answer.data
}

/** The same as the live socket tells, for when it is dead. Whether it was read. */
export async function readAlarms (): Promise<boolean> {
  const answer = await ask<Static<typeof AlarmsListed>>('GET', '/alarms')
  if (answer.ok) takeAlarms(answer.data.alarms)
  return answer.ok
}

/** Ages go on although nothing changes: the socket tells of changes alone. */
export async function readReadiness (): Promise<void> {
  const answer = await ask<Static<typeof ReadyShown>>('GET', '/readiness')
  if (!answer.ok || home.value === null) return
  heardNow(answer.data.now)
  home.value = { ...home.value, readiness: answer.data.readiness }
}

export async function readNames (): Promise<void> {
  const answer = await ask<Static<typeof ContactsListed>>('GET', '/contacts')
  if (answer.ok) names.value = new Map(answer.data.contacts.map(({ responder, name }) => [responder, name]))
}
