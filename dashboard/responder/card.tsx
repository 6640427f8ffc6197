/** What an alert says of her: who and since when, where, her word on how to approach, her wishes, and how many others come. */
import { Icon } from '../parts/icon.tsx'
import { Mark } from '../parts/mark.tsx'
import { say } from '../say/say.ts'
import { ago, clock } from '../say/when.ts'
import { isFresh, now, silenceMs } from '../shell/service-time.ts'
import { live } from './mine.ts'
import type { Alert } from './mine.ts'

/** "Lina pressed 14 s ago". */
export function Since ({ alert: { kind, missed, pressedAt, card } }: { readonly alert: Alert }) {
  const alias = card?.alias ?? null
  const how = alias === null ? 'someone' : 'named'
  const values = { alias: alias ?? '', ago: ago(now.value - pressedAt), time: clock(missed?.dueAt ?? pressedAt) }
  const what = missed !== null && kind !== null ? 'missed' : kind === 'assist' ? 'asked' : kind === 'test' ? 'tried' : 'pressed'
  return <p class="since">{say(`safety.alert.${what}.${how}`, values)}</p>
}

export function Place ({ alert, small = false }: { readonly alert: Alert, readonly small?: boolean }) {
  const { first, more } = placeOf(alert)
  const Name = small ? 'h2' : 'h1'
  return (
    <div class="place">
      <Name class="place-room" {...(small ? {} : { tabIndex: -1 })}>{first}</Name>
      <p class="place-more">{more.map((line) => <>{line}<br /></>)}<When alert={alert} /></p>
    </div>
  )
}

/** The room first; without one, whatever names the place. */
export function placeOf ({ card }: Pick<Alert, 'card'>): { readonly first: string, readonly more: readonly string[] } {
  if (card?.where === 'hidden') return { first: say('safety.alert.placeHidden'), more: [] }
  const [first, ...more] = [card?.room, card?.place, card?.venue, card?.address].filter((part): part is string => typeof part === 'string' && part !== '')
  return first === undefined ? { first: say('safety.alert.placeUnknown'), more: [] } : { first, more }
}

/** R8: as of when. A press that waited in a button is said to be late. */
function When ({ alert: { doubt, pressedAt, missed } }: { readonly alert: Alert }) {
  const time = <time dateTime={new Date(pressedAt).toISOString()}>{clock(pressedAt, true)}</time>
  switch (doubt) {
    case 'none': return missed === null ? <>{before(say('safety.alert.asOf', { time: MARK }))}{time}{behind(say('safety.alert.asOf', { time: MARK }))}</> : null
    case 'late': return <>{say('push.body.late', { time: clock(pressedAt, true) })}</>
    case 'may-be-replay': return <>{say('safety.alert.replay')} {time}</>
    case 'time-uncertain': return <>{say('safety.alert.uncertain')}</>
    default: return doubt satisfies never
  }
}

/** Where an element stands in a sentence. */
const MARK = '\u0000'
const before = (sentence: string): string => sentence.split(MARK)[0] ?? ''
const behind = (sentence: string): string => sentence.split(MARK)[1] ?? ''

/** What must be known before anybody moves: a rehearsal, forced words, silence, a promise that was not kept. */
export function Notices ({ alert }: { readonly alert: Alert }) {
  const { kind, phase, missed, saidSafeUnproven, saved } = alert
  const lines = [
    kind === 'test' ? say('push.body.test') : null,
    phase === 'duress' ? say(missed?.forced === true ? 'push.duress.insideFine' : 'push.duress.inside') : null,
    kind === 'silent-alarm' ? say('push.body.quiet') : null,
    missed?.unreachableSince != null ? say('push.body.unreachable', { time: clock(missed.unreachableSince) }) : null,
    saidSafeUnproven === null ? null : say('safety.alert.unproven', { time: clock(saidSafeUnproven) }),
    saved ? null : say('safety.alert.notSaved')
  ].filter((line) => line !== null)
  if (lines.length === 0) return null
  return <div class="notices" role="status">{phase === 'duress' ? <Icon name="noPhone" /> : null}{lines.map((line) => <p key={line}>{line}</p>)}</div>
}

export function Word ({ alert }: { readonly alert: Alert }) {
  const lines = wordLines(alert)
  if (lines.length === 0) return null
  return <div class="word"><Icon name="word" /><div>{lines.map(({ text, more }) => <p key={text} {...(more ? { class: 'word-more' } : {})}>{text}</p>)}</div></div>
}

/** The same beside the place, once somebody is on the way. */
export function WordInPlace ({ alert }: { readonly alert: Alert }) {
  const lines = wordLines(alert)
  if (lines.length === 0) return null
  return <div class="place-word"><Icon name="word" /><div>{lines.map(({ text, more }) => <p key={text} {...(more ? { class: 'word-more' } : {})}>{text}</p>)}</div></div>
}

function wordLines ({ kind, card }: Alert): readonly { readonly text: string, readonly more: boolean }[] {
  const wishes = card?.wishes ?? null
  return [
    ...(kind === 'assist' && card?.quietCheck != null ? [{ text: card.quietCheck, more: false }] : []),
    ...(card?.note == null ? [] : [{ text: card.note, more: false }]),
    ...(wishes === null ? [] : [{ text: say('push.body.wishes', { ambulance: say(`push.wish.${wishes.ambulance}`), police: say(`push.wish.${wishes.police}`) }), more: true }])
  ]
}

/** Numbers, never names (R11). Lit only while the service speaks; the time is when it last did. */
export function Others ({ alert: { others, kind } }: { readonly alert: Alert }) {
  const at = now.value - (silenceMs() ?? 0)
  const lines = [
    ...(others.arrived > 0 ? [say('safety.alert.others.there', { count: others.arrived })] : []),
    ...(others.coming > 0 ? [say('safety.alert.others.coming', { count: others.coming })] : [])
  ]
  const sure = lines.length === 0 ? 'next' : live.link.value === 'live' && isFresh.value ? 'proven' : 'weak'
  const words = lines.length === 0 ? [say('safety.alert.others.none')] : lines
  return (
    <ul class="others" aria-label={say('safety.alert.others.list')}>
      {words.map((line, at_) => (
        <li class="other" key={line}>
          <Mark sure={sure} />
          <span>{line}{at_ === words.length - 1 && kind !== 'test' ? <span class="other-more"><Icon name="together" /> {say('push.body.alone')}</span> : null}</span>
          <time dateTime={new Date(at).toISOString()}>{clock(at, true)}</time>
        </li>
      ))}
    </ul>
  )
}
