/**
 * Her press by phone. The key is made when the ring closes; the same press is said again until the service answers, also after the
 * page was left and opened again. What has not been answered has reached nobody, and is shown so.
 */
import { effect, signal } from '@preact/signals'
import type { Static } from 'typebox'
import type { PressTaken } from '../../server/contract/press.ts'
import { ask } from '../api/ask.ts'
import { after, wallNow } from '../shell/clock.ts'
import { keep, kept } from '../shell/kept.ts'
import { alarms, live, readAlarms } from './hers.ts'

export type Kind = 'alarm' | 'silent-alarm' | 'assist'
type Press = { readonly key: string, readonly kind: Kind, readonly at: number }
/** `trying`: not answered. `answered`: raised; the alarm itself is told by the live socket. `refused`: this phone may not. */
export type Raising = Press & { readonly is: 'trying' | 'answered' | 'unarmed' | 'refused', readonly tries: number, readonly recorded: boolean }

/** A request that hangs holds up no other: the next one goes out beside it. */
const AGAIN_MS: readonly number[] = [2_500, 2_500, 4_000, 6_000]
/** A press that could not be told is not told as if it were new. */
const OLD_MS = 10 * 60_000
/** The state must be known soon after, by whatever way. */
const LOOK_MS = 1_500

export const raising = signal<Raising | null>(null)
/** Keys of presses made on this page: what was raised elsewhere makes no sign here (R18). */
const pulsed = new Set<string>()

export function raise (kind: Kind): void {
  begin({ key: crypto.randomUUID(), kind, at: wallNow() })
}

/** A press that this page, in an earlier life, did not get through. */
export function raiseAgain (): void {
  const left = kept('unsent')
  const press = left === null ? null : JSON.parse(left) as Press
  if (press === null) return
  if (wallNow() - press.at < OLD_MS) begin(press)
  else keep('unsent', null)
}

function begin (press: Press): void {
  keep('unsent', JSON.stringify(press))
  raising.value = { ...press, is: 'trying', tries: 0, recorded: false }
  say(press)
}

function say (press: Press): void {
  if (!isTrying(press)) return
  const tries = raising.value?.tries ?? 0
  void ask<Static<typeof PressTaken>>('POST', '/press', { kind: press.kind }, { headers: { 'idempotency-key': press.key }, survives: true }).then((answer) => {
    if (!isTrying(press)) return
    if (answer.ok) answered(press, answer.data)
    else if (answer.code === 'SIGNED_OUT') settle(press, 'refused', false)
    else raising.value = { ...press, is: 'trying', tries: tries + 1, recorded: false }
  })
  after(AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)] ?? 0, () => {
    if (!isTrying(press)) return
    raising.value = { ...press, is: 'trying', tries: tries + 1, recorded: false }
    say(press)
  })
}

function answered (press: Press, { verdict, recorded }: Static<typeof PressTaken>): void {
  settle(press, verdict === 'unarmed' ? 'unarmed' : 'answered', recorded)
  if (recorded) pulse(press)
  // The socket may be dead without knowing it.
  live.look()
  after(LOOK_MS, () => {
    if (raising.value?.key !== press.key || running().length > 0) return
    // It may be over already: what is not running is not shown as if it were.
    void readAlarms().then((isRead) => { if (isRead && raising.value?.key === press.key && raising.value.is === 'answered' && running().length === 0) putAside() })
  })
}

/** From here on the alarm itself is shown. */
effect(() => {
  const [alarm] = running()
  const press = raising.value
  if (alarm === undefined || press?.is !== 'answered') return
  if (alarm.saved) pulse(press)
  raising.value = null
})

/** She has read that nobody was told. What is still being said goes on. */
export function putAside (): void {
  if (raising.value?.is !== 'trying') raising.value = null
}

function settle (press: Press, is: Raising['is'], recorded: boolean): void {
  keep('unsent', null)
  raising.value = { ...press, is, tries: raising.value?.tries ?? 0, recorded }
}

function isTrying ({ key }: Press): boolean { return raising.value?.key === key && raising.value.is === 'trying' }

/** One short pulse when it is recorded, never when the ring closes, and none where nobody may notice. */
function pulse ({ key, kind }: Press): void {
  if (kind !== 'alarm' || pulsed.has(key)) return
  pulsed.add(key)
  navigator.vibrate?.(80)
}

/** Her alarms that go on. A rehearsal is none. */
export function running () { return (alarms.value ?? []).filter(({ ended, kind }) => ended === null && kind !== 'test') }
