/** One alert: where, and two giant answers; once answered, where and how, and the next word to say. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { LightButton, QuietButton, Screen, TextButton } from '../parts/screen.tsx'
import { troubleOf } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { go } from '../shell/route.ts'
import { now, silenceMs } from '../shell/service-time.ts'
import { give, ways } from './answers.ts'
import type { Given } from './answers.ts'
import { waits } from './calling.ts'
import { Notices, Others, Place, Since, Word, WordInPlace } from './card.tsx'
import { Also } from './also.tsx'
import { live } from './mine.ts'
import type { Alert } from './mine.ts'
import { drawn } from './receipts.ts'
import { hushed, wouldRing } from './rouse.ts'

type Shown = { readonly alert: Alert }
const MINUTES = [5, 10, 20, 30] as const

export function AlertScreen ({ alert }: Shown) {
  const { alarm, n, answer, asked } = alert
  // "Change my answer" holds for this answer alone.
  const [changes, setChanges] = useState<number | null>(null)
  useEffect(() => drawn(alarm, n), [alarm, n])
  useEffect(() => live.attend(), [])
  const change = (): void => { setChanges(answer.at) }
  if (changes !== null && changes === answer.at) return <Asking alert={alert} />
  if (asked !== null || answer.is === 'overdue') return <Question alert={alert} about={asked === 'over' ? 'over' : 'arrival'} onChange={change} />
  if (waits(alert) && !saidMore(alert)) return <Asking alert={alert} />
  switch (answer.is) {
    case 'coming': return <Coming alert={alert} onChange={change} />
    case 'arrived': return <There alert={alert} />
    case 'none':
    case 'cannot': return <Asking alert={alert} />
    default: return answer.is satisfies never
  }
}

/** "We need more" holds nothing back any more (R11), hers included: whoever said it is not asked again before a newer telling. */
function saidMore ({ alarm, n }: Alert): boolean {
  const way = ways.value.get(alarm)
  return way?.is === 'had' && way.given === 'need-more' && way.n >= n
}

/** Two answers, the first with its minutes in the same tap. */
function Asking ({ alert }: Shown) {
  const { alarm, answer, kind } = alert
  const again = !answer.counts && (answer.is === 'coming' || answer.is === 'arrived')
  const declined = answer.is === 'cannot'
  return (
    <Screen mood="alert" bar={<><Since alert={alert} /><Rings alarm={alarm} /></>} keepFoot foot={<><Minutes alarm={alarm} />{declined
      ? <QuietButton onClick={() => { go('/') }}>{say('shell.done')}</QuietButton>
      : <QuietButton class="giant" onClick={() => { tell(alarm, { is: 'cannot' }) }}>{say('safety.alert.cannot')}</QuietButton>}</>}>
      {kind === 'test' ? <p class="rehearsal">{say('safety.alert.rehearsal')}</p> : null}
      {again ? <Said title={say('safety.alert.again.title')} more={say('safety.alert.again.lead')} /> : null}
      {declined ? <Said title={say('safety.alert.declined.title')} more={say('safety.alert.declined.lead')} /> : null}
      <Place alert={alert} small={again || declined} />
      <Notices alert={alert} />
      <Way alarm={alarm} />
      <Word alert={alert} />
      <Others alert={alert} />
      <Also than={alarm} />
    </Screen>
  )
}

/**
 * Whoever answers stays with it, over whatever screen it came: they see that it was heard, and where it is, and no other alert slips
 * under the finger.
 */
function tell (alarm: string, given: Given): void {
  go(`/alert/${encodeURIComponent(alarm)}`, 'replace')
  void give(alarm, given)
}

function Minutes ({ alarm }: { readonly alarm: string }) {
  return (
    <div class="light-block" role="group" aria-labelledby="come">
      <p id="come"><Icon name="come" /> {say('safety.alert.come.in')}</p>
      <div class="minutes">
        {MINUTES.map((minutes) => (
          <button key={minutes} type="button" aria-label={minutes === 30 ? say('safety.alert.come.more') : say('safety.alert.come.minutes', { minutes })} onClick={() => { tell(alarm, { is: 'coming', minutes }) }}>
            {minutes === 30 ? '30+' : minutes}
          </button>
        ))}
      </div>
    </div>
  )
}

function Coming ({ alert, onChange }: Shown & { readonly onChange: () => void }) {
  const { answer: { minutes, at, arriveBy } } = alert
  const more = [
    at === null ? null : say('safety.alert.recorded', { time: clock(at, true) }),
    arriveBy === null ? null : say('safety.alert.coming.by', { time: clock(arriveBy) }),
    minutes === 20 || minutes === 30 ? say('safety.alert.coming.others') : null
  ].filter((part) => part !== null).join('. ')
  const said = saidMore(alert)
  return (
    <Under alert={alert} title={said ? say('push.result.need-more.title') : minutes === 30 ? say('safety.alert.coming.more') : say('safety.alert.coming.minutes', { minutes: minutes ?? '' })} more={said ? '' : more}
      foot={<><Big alert={alert} says="arrived" /><div class="pair pair-foot"><Small alert={alert} says="need-more" /><Small alert={alert} says="not-after-all" /></div><TextButton onClick={onChange}>{say('safety.alert.change')}</TextButton></>} />
  )
}

function There ({ alert }: Shown) {
  const { alarm, answer: { at } } = alert
  const way = ways.value.get(alarm)
  const saidOver = way?.is === 'had' && way.given === 'over'
  const title = saidOver ? say('push.result.over.title') : saidMore(alert) ? say('push.result.need-more.title') : say('safety.alert.there')
  const more = saidOver ? say('push.result.over.body') : at === null ? '' : say('safety.alert.recorded', { time: clock(at, true) })
  return <Under alert={alert} title={title} more={more} foot={<>{saidOver ? null : <Big alert={alert} says="over" />}<Small alert={alert} says="need-more" /></>} />
}

/** The service asks: have you arrived, is it over? */
function Question ({ alert, about, onChange }: Shown & { readonly about: 'arrival' | 'over', readonly onChange: () => void }) {
  const ask = about === 'over' ? 'ask-over' as const : 'ask-arrival' as const
  return (
    <Under alert={alert} title={say(`push.${ask}.title`)} more={say(`push.${ask}.body`)}
      foot={about === 'over'
        ? <><Big alert={alert} says="over" /><Small alert={alert} says="need-more" /></>
        : <><Big alert={alert} says="arrived" /><div class="pair pair-foot"><Small alert={alert} says="need-more" /><Small alert={alert} says="not-after-all" /></div><TextButton onClick={onChange}>{say('safety.alert.change')}</TextButton></>} />
  )
}

function Under ({ alert, title, more, foot }: Shown & { readonly title: string, readonly more: string, readonly foot: ComponentChildren }) {
  return (
    <Screen mood="coming" bar={<><Since alert={alert} /><Rings alarm={alert.alarm} /></>} keepFoot foot={foot}>
      {alert.kind === 'test' ? <p class="rehearsal">{say('safety.alert.rehearsal')}</p> : null}
      <Said title={title} more={more} />
      <Notices alert={alert} />
      <Way alarm={alert.alarm} />
      <div class="panel"><Place alert={alert} small /><WordInPlace alert={alert} /></div>
      <Others alert={alert} />
      <Also than={alert.alarm} />
    </Screen>
  )
}

function Said ({ title, more }: { readonly title: string, readonly more: string }) {
  return <div class="hero hero-start" role="status"><h1 class="hero-fact" tabIndex={-1}>{title}</h1>{more === '' ? null : <p class="hero-more">{more}</p>}</div>
}

const GIVES = { arrived: 'arrived', over: 'over', 'need-more': 'need-more', 'not-after-all': 'cannot' } as const satisfies Record<string, Given['is']>
type Says = { readonly alert: Alert, readonly says: keyof typeof GIVES }

function Big ({ alert, says }: Says) {
  return <LightButton class="giant" icon="door" onClick={() => { tell(alert.alarm, { is: GIVES[says] }) }}>{say(`push.action.${says}`)}</LightButton>
}

function Small ({ alert, says }: Says) {
  return <TextButton onClick={() => { tell(alert.alarm, { is: GIVES[says] }) }}>{say(`push.action.${says}`)}</TextButton>
}

/** How the last answer fares, and whether what is shown is old. */
function Way ({ alarm }: { readonly alarm: string }) {
  const way = ways.value.get(alarm)
  const old = live.link.value === 'live' ? null : say('safety.alert.old', { time: clock(now.value - (silenceMs() ?? 0)) })
  const trouble = way?.is === 'failed' ? way.why.code === 'OFFLINE' ? say('safety.alert.notThrough') : troubleOf(way.why) : way?.is === 'had' && !way.saved ? say('safety.alert.notSaved') : null
  const goes = way?.is === 'asking' ? say('shell.waiting') : way?.is === 'trying' ? say('safety.alert.sending') : null
  return (
    <>
      <p class="trouble" role="alert">{trouble}</p>
      <p class="goes" role="status">{[goes, old].filter((part) => part !== null).join(' ')}</p>
    </>
  )
}

/** Said truthfully: whether this page makes itself heard. */
export function Rings ({ alarm }: { readonly alarm?: string }) {
  if (alarm !== undefined && hushed.value.has(alarm)) return <span class="bar-place"><Icon name="quiet" /> {say('safety.alert.vibrates')}</span>
  return wouldRing.value ? <span class="bar-place"><Icon name="rings" /> {say('safety.alert.rings')}</span> : <span class="bar-place"><Icon name="quiet" /> {say('safety.alert.ringsNot')}</span>
}
