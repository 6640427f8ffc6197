/** What this phone remembers by itself: choices, never a fact. Names say nothing (R22). A browser may refuse; then nothing is kept. */
export type Kept = 'language' | 'second-language' | 'theme' | 'identity' | 'sound' | 'push-asked' | 'push-text' | 'reminded' | 'reminded-text' | 'warned' | 'unsent'

export function kept (name: Kept): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function keep (name: Kept, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(name)
    else localStorage.setItem(name, value)
  } catch { /* A private window: the choice lasts as long as the page. */ }
}
