/** What a call does to the phone: sound, vibration, a lit screen, a number on the icon, a sign in the title. All of it ends with the answer. */
import { computed, effect, signal } from '@preact/signals'
import { TITLES, identity } from '../identity/identity.ts'
import { every } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { calls } from './calling.ts'
import type { Call } from './calling.ts'
import { live } from './mine.ts'
import { hush, note, ring, sound, wake } from './sound.ts'

const SHAKE_MS = 3_000
const SHAKES: readonly number[] = [600, 200, 600, 200, 900]
const TITLE_MS = 1_000

/** Alarms that may not sound here: on shift in the same venue, a phone only vibrates (R18). */
export const hushed = signal<ReadonlySet<string>>(new Set())
/** What this page would do if somebody called now, said truthfully. */
export const wouldRing = computed(() => sound.value === 'ready' && live.link.value === 'live')
/** An answer is under way: quiet, until it is known whether it got through. */
export const answering = signal<ReadonlySet<string>>(new Set())

const now = computed(() => calls.value.filter(({ alarm }) => !answering.value.has(alarm)))
const rings = computed(() => now.value.some(({ alarm, how }) => how === 'rings' && !hushed.value.has(alarm)))
const shakes = computed(() => now.value.some(({ how }) => how === 'rings'))
const count = computed(() => now.value.length)

export function rouse (): void {
  effect(() => { if (rings.value && sound.value === 'ready') ring(); else hush() })
  effect(onceEach(now, () => {
    note()
    shake([400])
  }))
  effect(() => shakes.value ? whileTrue(() => { shake(SHAKES) }, SHAKE_MS, () => { shake(0) }) : undefined)
  effect(() => count.value > 0 ? holdScreen() : undefined)
  effect(() => { void setBadge(count.value) })
  effect(() => {
    if (count.value === 0) return undefined
    const [title, called] = [TITLES[identity.value], `(${count.value}) ${TITLES[identity.value]}`]
    return whileTrue(() => { document.title = document.title === called ? title : called }, TITLE_MS, () => { document.title = title })
  })
  // Whatever is tapped first lets the page sound again, where the browser held it back.
  addEventListener('pointerdown', () => { void wake() }, { capture: true })
  addEventListener('keydown', () => { void wake() }, { capture: true })
  document.addEventListener('visibilitychange', () => { void wake() })
}

function onceEach (from: { readonly value: readonly Call[] }, act: () => void): () => void {
  const done = new Set<string>()
  return () => {
    for (const { alarm, n, how } of from.value) {
      const key = `${alarm} ${n}`
      if (how !== 'note' || done.has(key)) continue
      done.add(key)
      if (hushed.peek().has(alarm)) shake([400])
      else act()
    }
  }
}

function whileTrue (act: () => void, ms: number, end: () => void): Cancel {
  act()
  const cancel = every(ms, act)
  return () => {
    cancel()
    end()
  }
}

/** Refused before the first tap, and unknown to iPhones: then nothing happens. */
function shake (pattern: number | readonly number[]): void {
  navigator.vibrate?.(typeof pattern === 'number' ? pattern : [...pattern])
}

/** The screen stays lit while somebody calls; the browser takes the lock back when the page is hidden. */
function holdScreen (): Cancel {
  let lock: WakeLockSentinel | null = null
  let over = false
  const take = (): void => {
    if (document.visibilityState !== 'visible') return
    navigator.wakeLock?.request('screen').then((taken) => {
      lock = taken
      if (over) void taken.release()
    }, () => {})
  }
  take()
  document.addEventListener('visibilitychange', take)
  return () => {
    over = true
    document.removeEventListener('visibilitychange', take)
    void lock?.release()
  }
}

async function setBadge (calling: number): Promise<void> {
  try {
    if (calling > 0) await navigator.setAppBadge?.(calling)
    else await navigator.clearAppBadge?.()
  } catch { /* Not installed: there is no icon to put a number on. */ }
}
