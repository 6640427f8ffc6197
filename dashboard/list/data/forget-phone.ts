/** Nothing of the app stays on this phone: storage, caches, the service worker. The cookie is the service's to take. */
export async function forgetPhone (): Promise<void> {
  try {
    localStorage.clear()
    sessionStorage.clear()
    for (const name of await caches.keys()) await caches.delete(name)
    for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister()
  } catch { /* A private window has none of them. */ }
  // No way back by "back"; what is left is a night light.
  location.replace('/exit')
}
