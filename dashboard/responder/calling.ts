/**
 * Which alerts call this person, and how loudly. A telling calls until it is dealt with: answered here or on another device. Whoever
 * has declined is left alone until everybody has, and a newer telling comes (R10).
 */
import { computed, effect, signal } from '@preact/signals'
import { alerts, early } from './mine.ts'
import type { Alert } from './mine.ts'

/** `note`: one single note, as for a rehearsal, or for a question to somebody who may already stand at the door. */
export type Call = { readonly alarm: string, readonly n: number, readonly how: 'rings' | 'note' }

/** By alarm: the newest telling that was dealt with. */
const dealt = signal<ReadonlyMap<string, number>>(new Map())
/** Nothing is asked of them any more, in their own words: the answer that was given when they were last looked at. */
const answeredAt = new Map<string, number | null>()

/** Whether this alert waits for a word of this person. */
export function waits ({ phase, asked, answer: { is, counts } }: Alert): boolean {
  if (phase === 'over') return false
  if (asked !== null) return true
  switch (is) {
    case 'none':
    case 'overdue': return true
    case 'cannot': return false
    case 'coming':
    case 'arrived': return !counts
    default: return is satisfies never
  }
}

export function deal (alarm: string, n: number): void {
  if ((dealt.peek().get(alarm) ?? -1) < n) dealt.value = new Map(dealt.peek()).set(alarm, n)
}

export const calls = computed<readonly Call[]>(() => [
  ...(alerts.value ?? []).flatMap((alert): Call[] => {
    const how = howOf(alert)
    return how === null || alert.n <= (dealt.value.get(alert.alarm) ?? -1) ? [] : [{ alarm: alert.alarm, n: alert.n, how }]
  }),
  // A rehearsal waits for the list, which knows whether it may sound here.
  ...early.value.filter(({ what, n, alarm, rehearsal }) => !rehearsal && what !== 'coming' && what !== 'stand-down' && n > (dealt.value.get(alarm) ?? -1)).map(({ alarm, n }): Call => ({ alarm, n, how: 'rings' }))
])

function howOf (alert: Alert): Call['how'] | null {
  const { what, phase, kind, answer } = alert
  if (phase === 'over') return null
  switch (what) {
    case 'alert':
    case 'again': return waits(alert) || answer.is === 'cannot' ? kind === 'test' ? 'note' : 'rings' : null
    case 'ask-arrival':
    case 'ask-over': return waits(alert) ? 'note' : null
    case 'duress': return 'rings'
    case 'coming':
    case 'stand-down': return null
    default: return what satisfies never
  }
}

// An answer given on another device, or before this page was opened, has dealt with what was told until then.
effect(() => {
  for (const alert of alerts.value ?? []) {
    const { alarm, n, what, answer } = alert
    const before = answeredAt.get(alarm)
    const isNew = before === undefined ? what !== 'duress' && answer.at !== null : answer.at !== null && answer.at !== before
    answeredAt.set(alarm, answer.at)
    if (isNew && !waits(alert)) deal(alarm, n)
  }
})
