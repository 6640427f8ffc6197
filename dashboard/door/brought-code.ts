/** The code one came with: in the history's state, so that it outlives a reload and stands in no address bar. */
import { go } from '../shell/route.ts'

export function bring (code: string): void {
  go('/join')
  history.replaceState({ code }, '', '#/join')
}

export function broughtCode (): string | null {
  const { code } = (history.state ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : null
}
