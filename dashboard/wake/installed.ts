/** What this phone is, as far as waking it goes: an iPhone wakes nobody outside an installed app. */

export function isIphone (): boolean { return /iPhone|iPad|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1) }
export function isInstalled (): boolean { return matchMedia('(display-mode: standalone)').matches }

/** Apple's devices show a push themselves and may say nothing of it: their missing "shown" is unknown (R3). */
export function provesShown (): boolean { return !isIphone() && !/^((?!Chrom|Android).)*Safari/.test(navigator.userAgent) }

/** Keeps the shell for when the net is gone, and wakes the phone. Refused in private windows: then the page works while it is open. */
export async function registerWorker (): Promise<ServiceWorkerRegistration | null> {
  try {
    return await navigator.serviceWorker.register('/sw.js')
  } catch {
    return null
  }
}
