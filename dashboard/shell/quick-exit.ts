/**
 * Quick exit: hides at once, locks, and leaves a night light. It ends nothing: session, shift and alarm live on (R16).
 * By the button, or Shift pressed three times; not Escape, which screen readers and browsers use.
 */
import { after } from './clock.ts'
import type { Cancel } from './clock.ts'

const THREE_MS = 1_500
const NEUTRAL = '/exit'

let locks: () => void = () => {}

/** `lock`: what has to be shut before the page goes, without waiting for an answer. */
export function armQuickExit (lock: () => void): void {
  locks = lock
  let presses = 0
  let forget: Cancel = () => {}
  addEventListener('keydown', (event) => {
    if (event.key !== 'Shift' || event.repeat) return
    presses += 1
    forget()
    forget = after(THREE_MS, () => { presses = 0 })
    if (presses >= 3) leave()
  })
}

export function leave (): void {
  const cover = document.createElement('div')
  cover.className = 'cover'
  document.body.append(cover)
  document.title = ' '
  locks()
  location.replace(NEUTRAL)
}
