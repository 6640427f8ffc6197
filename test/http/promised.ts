/** Lina, who promises to say that she is fine, and the two who would miss her. */
import { setImmediate } from 'node:timers/promises'
import type { Test } from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import type { ResponderId, WorkerId } from '../../server/people/words.ts'
import { Phone, openHouse } from './house.ts'
import type { House, HouseOptions } from './house.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
/** What stories promise, unless they say otherwise. */
export const DUE = 10 * MINUTE
export const GRACE = 2 * MINUTE

export type Told = { readonly phone: Phone, readonly responder: ResponderId }
type Scene = { readonly house: House, readonly lina: Phone, readonly id: WorkerId, readonly ana: Told, readonly luc: Told }

/** Lina with Ana, who may know, and Luc. Her page is open unless the story closes it. */
export async function scene (t: Test, options: HouseOptions = {}): Promise<Scene> {
  const house = await openHouse(t, options)
  const lina = await house.join('worker')
  const ana = await house.pair(lina, new Phone(house), 'Ana')
  const luc = await house.pair(lina, new Phone(house), 'Luc')
  await house.circle(lina, [ana.responder, luc.responder], [ana.responder])
  const id = house.idOf(lina, 'worker') as WorkerId
  house.pages.set(id, 1)
  return { house, lina, id, ana, luc }
}

export const setPins = async (lina: Phone): Promise<void> => { await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9058' } }) }
export const promise = async (lina: Phone, more: object = {}): Promise<LightMyRequestResponse> => await lina.post('/api/v1/check-in', { forS: DUE / 1000, graceS: GRACE / 1000, then: 'alarm', ...more })
export const homeOf = async (phone: Phone) => (await phone.get('/api/v1/home')).json<{ checkIn: { phase: string, dueAt: number, raisesAt: number, for: string } | null }>().checkIn
export const alarmsOf = async (phone: Phone) => (await phone.get('/api/v1/alarms')).json<{ alarms: { alarm: string, kind: string, pressedAt: number, missed: { dueAt: number, unreachableSince: number | null } | null, facts: { reason: string }[], phase: string, doubt: string }[] }>().alarms
export const alertsOf = async ({ phone }: Told) => (await phone.get('/api/v1/alerts')).json<{ alerts: { alarm: string, kind: string, phase: string, missed: object | null }[] }>().alerts
/** Lets what falls due happen, and the disk follow. */
export const pass = async (house: House, ms: number): Promise<void> => {
  await house.clock.pass(ms)
  for (let turn = 0; turn < 3; turn++) {
    await house.disk.probe()
    await setImmediate()
  }
}
