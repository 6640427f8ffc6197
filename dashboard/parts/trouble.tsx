/** What went wrong, in words that say what to do; read aloud at once. */
import type { Refused } from '../api/ask.ts'
import type { Key } from '../say/catalogs.ts'
import { langOf, say } from '../say/say.ts'

const WORDS: Partial<Record<Refused['code'], Key>> = {
  OFFLINE: 'shell.trouble.offline',
  CODE_WRONG: 'shell.trouble.code',
  WORDS_WRONG: 'shell.trouble.words',
  PIN_WRONG: 'shell.trouble.pin',
  PIN_UNFIT: 'shell.trouble.pinUnfit',
  PIN_NEEDED: 'shell.trouble.pinNeeded',
  SIGNED_OUT: 'shell.trouble.signedOut',
  STORE_FAILING: 'shell.trouble.store',
  STOPPING: 'shell.trouble.store',
  CONFLICT: 'shell.trouble.changed'
}

export function troubleOf ({ code, reason, retryS }: Refused): string {
  if (code === 'TOO_MANY') return say('shell.trouble.wait', { count: Math.max(1, Math.ceil((retryS ?? 60) / 60)) })
  const words = WORDS[code]
  if (words !== undefined) return say(words)
  return reason === null ? say('shell.trouble.other') : say('shell.trouble.refused', { reason })
}

export function Trouble ({ of }: { readonly of: Refused | null }) {
  return <p class="trouble" role="alert" lang={langOf('shell')}>{of === null ? '' : troubleOf(of)}</p>
}
