/** The screen stays on while an alarm runs; a browser that does not know how lets it go dark. */
import { effect } from '@preact/signals'
import { raising, running } from '../raise.ts'

let lock: WakeLockSentinel | null = null
let wanted = false

async function follow (): Promise<void> {
  if (!wanted) {
    await lock?.release()
    lock = null
    return
  }
  if (document.visibilityState !== 'visible' || lock?.released === false) return
  try {
    lock = await navigator.wakeLock.request('screen')
  } catch { /* Battery saving, or an old browser. */ }
}

export function keepAwake (): void {
  effect(() => {
    wanted = running().length > 0 || raising.value !== null
    void follow()
  })
  // The browser takes it away whenever the page is out of sight.
  document.addEventListener('visibilitychange', () => { void follow() })
}
