/**
 * What her PIN guards on these screens. The service decides and locks by itself; this keeps the page from showing longer what
 * the service would not show any more, and locks when she goes elsewhere.
 */
import { signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import type { Answer, Method, Refused } from '../api/ask.ts'
import { after, steadyNow, wallNow } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { her } from '../worker/hers.ts'

/** The service keeps it open for five minutes; the page is never the last to close. */
const OPEN_MS = 5 * 60_000 - 3_000

export const isLocked = signal(false)
let opened: { readonly steady: number, readonly wall: number } | null = null
let closes: Cancel = () => {}
const forgets = new Set<() => void>()

/** What these screens keep in memory goes when she leaves them. */
export function forgetWhenLeft (forget: () => void): void { forgets.add(forget) }

export async function guarded<T = null> (method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  const answer = await ask<T>(method, path, body)
  if (!answer.ok && answer.code === 'PIN_NEEDED') shut()
  return answer
}

export async function unlock (pin: string): Promise<Refused | null> {
  const answer = await ask('POST', '/unlock', { pin })
  if (!answer.ok) return answer
  openedNow()
  return null
}

function openedNow (): void {
  closes()
  opened = { steady: steadyNow(), wall: wallNow() }
  closes = after(OPEN_MS, shut)
  isLocked.value = false
}

function shut (): void {
  closes()
  opened = null
  isLocked.value = true
}

export function leaveList (): void {
  for (const forget of forgets) forget()
  closes()
  opened = null
  isLocked.value = her.value?.hasPin === true
  // Of a page that goes nobody waits for an answer; a beacon is sent all the same.
  if (isLocked.value) navigator.sendBeacon('/api/v1/lock')
}

// A sleeping phone's timers sleep too; both clocks are asked, and the one that says "later" is believed.
document.addEventListener('visibilitychange', () => {
  if (opened !== null && Math.max(steadyNow() - opened.steady, wallNow() - opened.wall) >= OPEN_MS) shut()
})
addEventListener('pagehide', leaveList)
