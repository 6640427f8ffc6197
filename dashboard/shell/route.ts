/** Which screen is shown: the fragment of the address, so that it never reaches a server's log. */
import { computed, signal } from '@preact/signals'

const fragment = signal(location.hash.slice(1))
addEventListener('hashchange', () => { fragment.value = location.hash.slice(1) })

/** `#/circle/add` -> `['circle', 'add']`; anything that is no path is none of ours: `[]`. */
export const route = computed<readonly string[]>(() => fragment.value.startsWith('/') ? fragment.value.slice(1).split('/').filter((part) => part !== '').map(decoded) : [])

/** `replace`: "back" does not come here again. */
export function go (path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') location.hash = path
  else {
    history.replaceState(null, '', `#${path}`)
    fragment.value = path
  }
}

/** What an address brought along after `#`, taken once and wiped from the address bar and the history. */
export function takeFragment (): string {
  const brought = decoded(location.hash.slice(1))
  if (brought !== '' && !brought.startsWith('/')) go('/', 'replace')
  return brought.startsWith('/') ? '' : brought
}

function decoded (part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
