/** Nothing of the app stays on this phone. What the service could not take along by its answer is let go here; nobody waits for it. */
import { endsAt } from '../../worker/hers.ts'

/** Before the service is asked: the page may end before its answer is read. */
export function leaveForGood (on: boolean): void { endsAt.value = on ? '/exit' : '/' }

export function forgetPhone (): void {
  try {
    localStorage.clear()
    sessionStorage.clear()
    void caches.keys().then(async (names) => await Promise.all(names.map(async (name) => await caches.delete(name))))
    void navigator.serviceWorker.getRegistrations().then(async (all) => await Promise.all(all.map(async (each) => await each.unregister())))
  } catch { /* A private window has none of them. */ }
  // No way back by "back"; what is left is a night light.
  location.replace('/exit')
}
