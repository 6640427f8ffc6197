/** The other alerts of this person, each on one line. */
import { useEffect } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { placeOf } from './card.tsx'
import { alerts } from './mine.ts'
import type { Alert } from './mine.ts'
import { drawn } from './receipts.ts'

export function Also ({ than }: { readonly than?: string }) {
  const others = (alerts.value ?? []).filter(({ alarm, phase }) => alarm !== than && phase !== 'over')
  if (others.length === 0) return null
  return (
    <section class="also">
      <h2 class="also-title">{say('safety.alert.also')}</h2>
      <ul class="rows">{others.map((alert) => <li key={alert.alarm}><Line alert={alert} /></li>)}</ul>
    </section>
  )
}

function Line ({ alert }: { readonly alert: Alert }) {
  const { alarm, n, pressedAt, kind } = alert
  useEffect(() => drawn(alarm, n), [alarm, n])
  const mine = mineOf(alert)
  return (
    <a class="row" href={`#/alert/${encodeURIComponent(alarm)}`}>
      <span class="row-words">
        <span class="row-name">{placeOf(alert).first}</span>
        <span class="row-more">{[kind === 'test' ? say('safety.alert.rehearsal') : null, clock(pressedAt, true), mine].filter((part) => part !== null).join(', ')}</span>
      </span>
      <Icon name="onward" />
    </a>
  )
}

function mineOf ({ answer: { is, minutes } }: Alert): string | null {
  switch (is) {
    case 'none': return null
    case 'cannot': return say('safety.alert.declined.title')
    case 'coming': return minutes === 30 ? say('safety.alert.coming.more') : say('safety.alert.coming.minutes', { minutes: minutes ?? '' })
    case 'overdue': return say('push.ask-arrival.title')
    case 'arrived': return say('safety.alert.there')
    default: return is satisfies never
  }
}
