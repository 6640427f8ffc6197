/**
 * What her PIN guards on these screens. The service decides and locks by itself; this keeps the page from showing longer what
 * the service would not show any more, and locks when she goes elsewhere.
 */
import { computed, signal } from '@preact/signals'
import { ask } from '../api/ask.ts'
import type { Answer, Method, Refused } from '../api/ask.ts'
import { after, steadyNow, wallNow } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { her, readHer } from '../worker/hers.ts'

/** The service keeps it open for five minutes; the page is never the last to close. */
const OPEN_MS = 5 * 60_000 - 3_000

const isOpen = signal(false)
/** null: it is not known yet whether she has a PIN. */
export const isLocked = computed(() => her.value === null ? null : her.value.hasPin && !isOpen.value)
let opened: { readonly steady: number, readonly wall: number } | null = null
let closes: Cancel = () => {}
const forgets = new Set<() => void>()

/** What these screens keep in memory goes when she leaves them. */
export function forgetWhenLeft (forget: () => void): void { forgets.add(forget) }

export async function guarded<T = null> (method: Method, path: string, body?: unknown): Promise<Answer<T>> {
  const answer = await ask<T>(method, path, body)
  if (!answer.ok && answer.code === 'PIN_NEEDED') {
    shut()
    // It may have been set on another phone a moment ago.
    if (her.value?.hasPin === false) await readHer()
  }
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
  isOpen.value = true
}

function shut (): void {
  closes()
  opened = null
  isOpen.value = false
}

export function leaveList (): void {
  for (const forget of forgets) forget()
  shut()
  // Of a page that goes nobody waits for an answer; a beacon is sent all the same.
  if (her.value?.hasPin === true) navigator.sendBeacon('/api/v1/lock')
}

// A sleeping phone's timers sleep too; both clocks are asked, and the one that says "later" is believed.
document.addEventListener('visibilitychange', () => {
  if (opened !== null && Math.max(steadyNow() - opened.steady, wallNow() - opened.wall) >= OPEN_MS) shut()
})
addEventListener('pagehide', leaveList)
