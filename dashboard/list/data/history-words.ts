/** What happened, in her words; something that these pages do not know yet is left out rather than guessed. */
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'

type Fact = LiveWorkerAlarm['facts'][number]

export const kindWords = (kind: string): string => said(`list.history.kind.${kind}`) ?? kind
export const whyWords = (why: string): string => said(`list.history.why.${why}`) ?? ''

/** What went as it should; the rest is no good news, and is not lit. */
const LIT: ReadonlySet<string> = new Set(['OPENED', 'PRESSED_AGAIN', 'UPGRADED', 'PRESS_DOUBT_LIFTED', 'STEP_TOLD', 'REACHED_AT_LAST', 'SHOWN', 'COMING', 'ARRIVED', 'NEED_MORE', 'OVER_SAID', 'SAID_SAFE', 'CONSENT_REVOKED', 'CLOSED'])
export const isLit = ({ reason }: Fact): boolean => LIT.has(reason)

/** null: it says nothing to her. */
export function factWords ({ reason, who, minutes, step }: Fact, nameOf: (responder: string) => string): string | null {
  return said(`list.fact.${reason}`, { who: who === undefined ? '' : nameOf(who), minutes: minutes ?? '', step: (step ?? 0) + 1 })
}

function said (key: string, values = {}): string | null {
  const words = say(key as Key, values)
  return words === key ? null : words
}
