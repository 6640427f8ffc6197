/** What time the service says it is, carried on by the phone's steady clock: a phone's own clock may be hours wrong. */
import { signal } from '@preact/signals'
import { every, steadyNow, wallNow } from './clock.ts'

/** Green is shown only within this of the service's last word (R19). */
export const FRESH_MS = 90_000
const TICK_MS = 1_000

let said: { readonly now: number, readonly at: number } | null = null
/** Moves every second, so that ages on screen are true. Milliseconds since 1970, by the service's clock where it has spoken. */
export const now = signal(wallNow())
/** Whether the service has spoken within `FRESH_MS`. */
export const isFresh = signal(false)

export function heardNow (serviceNow: number): void {
  said = { now: serviceNow, at: steadyNow() }
  tick()
}

/** How long ago the service spoke; null: never on this page. */
export function silenceMs (): number | null {
  return said === null ? null : steadyNow() - said.at
}

function tick (): void {
  now.value = said === null ? wallNow() : Math.round(said.now + steadyNow() - said.at)
  const silence = silenceMs()
  isFresh.value = silence !== null && silence <= FRESH_MS
}

every(TICK_MS, tick)
