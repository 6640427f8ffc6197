/** Why something on these screens was refused, in words that say what to do; each rule has its own. */
import type { Refused } from '../api/ask.ts'
import { troubleOf } from '../parts/trouble.tsx'
import type { Key } from '../say/catalogs.ts'
import { say } from '../say/say.ts'

export function refusalWords (refused: Refused): string {
  const key = `list.reason.${refused.reason ?? refused.code}` as Key
  const words = say(key)
  return words === key ? troubleOf(refused) : words
}

export function Refusal ({ of }: { readonly of: Refused | null }) {
  return <p class="trouble" role="alert">{of === null ? '' : refusalWords(of)}</p>
}
