/** A code or digits that came along: in the history's state, so that they outlive a reload and stand in no address bar. */
import { go, takeFragment } from '../shell/route.ts'

type State = { readonly code?: unknown, readonly digits?: unknown }
const state = (): State => (history.state ?? {}) as State

/** `/r#K7M2Q9XA`: wiped from the address at once. */
export function takeCode (): void {
  const code = takeFragment().replace(/[^0-9A-Za-z -]/g, '').slice(0, 24)
  if (code !== '') bring('/pair', { code })
}

export function broughtCode (): string {
  const { code } = state()
  return typeof code === 'string' ? code : ''
}

/** What was shown to be read aloud; null: gone with the page. */
export function broughtDigits (): string | null {
  const { digits } = state()
  return typeof digits === 'string' ? digits : null
}

export function bring (path: '/pair' | '/digits', what: { readonly code: string } | { readonly digits: string }): void {
  go(path, 'replace')
  history.replaceState(what, '', `#${path}`)
}
