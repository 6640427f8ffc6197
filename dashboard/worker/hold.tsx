/**
 * Press and hold 1.2 s. Letting go cancels; so does whatever takes the finger away. By keyboard or screen reader: activate, then a
 * countdown of 3 s that can be stopped. The ring is the promise: nothing is raised before it is closed.
 */
import { signal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { after, every, steadyNow } from '../shell/clock.ts'
import type { Cancel } from '../shell/clock.ts'
import { raise } from './raise.ts'
import type { Kind } from './raise.ts'

/** As `--hold` of the tokens. */
const HOLD_MS = 1_200
const COUNTDOWN_S = 3
/** Two taps by a trembling hand are one: the second does not stop what the first began. */
const STEADY_MS = 500
/** A hint stays this long. */
const HINT_MS = 8_000

export type Holding = { readonly kind: Kind, readonly by: 'finger' } | { readonly kind: Kind, readonly by: 'countdown', readonly left: number, readonly begun: number }
export const holding = signal<Holding | null>(null)
/** After a touch that was too short, or a countdown that was stopped. */
export const hint = signal<'short' | 'stopped' | null>(null)

let cancelHold: Cancel = () => {}
let cancelHint: Cancel = () => {}

function begin (kind: Kind): void {
  cancelHold()
  hint.value = null
  holding.value = { kind, by: 'finger' }
  cancelHold = after(HOLD_MS, () => { close(kind) })
}

export function countDown (kind: Kind): void {
  if (holding.value !== null) return
  cancelHold()
  hint.value = null
  const begun = steadyNow()
  holding.value = { kind, by: 'countdown', left: COUNTDOWN_S, begun }
  cancelHold = every(1_000, () => {
    const left = COUNTDOWN_S - Math.round((steadyNow() - begun) / 1_000)
    if (left > 0) holding.value = { kind, by: 'countdown', left, begun }
    else close(kind)
  })
}

function close (kind: Kind): void {
  cancelHold()
  holding.value = null
  raise(kind)
}

/** Letting go, or "stop". */
export function letGo (says: 'short' | 'stopped'): void {
  const held = holding.value
  if (held === null || (held.by === 'countdown' && steadyNow() - held.begun < STEADY_MS)) return
  cancelHold()
  holding.value = null
  hint.value = says
  cancelHint()
  cancelHint = after(HINT_MS, () => { hint.value = null })
}

function dropFinger (): void { if (holding.value?.by === 'finger') letGo('short') }

/** On every screen with something to hold: a page that goes out of sight holds nothing. */
export function useHolding (): void {
  useEffect(() => {
    const hidden = (): void => { if (document.visibilityState === 'hidden') dropFinger() }
    const escape = (event: KeyboardEvent): void => { if (event.key === 'Escape') letGo('stopped') }
    document.addEventListener('visibilitychange', hidden)
    addEventListener('blur', dropFinger)
    addEventListener('keydown', escape)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      removeEventListener('blur', dropFinger)
      removeEventListener('keydown', escape)
      dropFinger()
    }
  }, [])
}

type HoldProps = { readonly kind: Kind, readonly class: string, readonly describedBy?: string, readonly children: ComponentChildren }

/** Anything that is held. The pointer is kept: a finger that slides off still holds. */
export function Hold ({ kind, class: name, describedBy, children }: HoldProps) {
  const held = holding.value?.kind === kind ? holding.value : null
  const finger = useRef<number | null>(null)
  const up = (event: PointerEvent): void => {
    if (finger.current !== event.pointerId) return
    finger.current = null
    dropFinger()
  }
  return (
    <button
      class={name} type="button" aria-describedby={describedBy}
      {...(held === null ? {} : { 'data-held': held.by })}
      onPointerDown={(event) => {
        if (!event.isPrimary || event.button !== 0) return
        finger.current = event.pointerId
        event.currentTarget.setPointerCapture(event.pointerId)
        begin(kind)
      }}
      onPointerUp={up} onPointerCancel={up} onLostPointerCapture={up}
      onContextMenu={(event) => { event.preventDefault() }}
      // No finger: a key, or a screen reader's own activation.
      onClick={(event) => { if (event.detail === 0) countDown(kind) }}
    >{children}
    </button>
  )
}

export function HoldChip ({ kind, icon, more, children }: { readonly kind: Kind, readonly icon: IconName, readonly more?: string, readonly children: ComponentChildren }) {
  return <Hold kind={kind} class="hold-chip"><Icon name={icon} /><span>{children}{more === undefined ? null : <span class="unseen">. {more}</span>}</span></Hold>
}
