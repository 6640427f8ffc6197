/** Her alarm runs: the newest proven fact, every fact in order, what comes next; to ask everyone again, and to end it. */
import { useEffect, useState } from 'preact/hooks'
import type { LiveWorkerAlarm } from '../../../server/contract/live.ts'
import { Choices } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Screen, TextButton } from '../../parts/screen.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'
import { clock } from '../../say/when.ts'
import { every } from '../../shell/clock.ts'
import { now } from '../../shell/service-time.ts'
import { isIphone } from '../../wake/installed.ts'
import { alarmsAt, live, readAlarms, shift } from '../hers.ts'
import { HoldChip, hint, holding, useHolding } from '../hold.tsx'
import { whereOf } from '../home.tsx'
import { Pressing } from '../pressing.tsx'
import { putAside, raising, running } from '../raise.ts'
import type { Kind, Raising } from '../raise.ts'
import { Orbit } from './orbit.tsx'
import { heroOf, linesOf, nextOf } from './said.ts'

/** While the socket is dead, so often by HTTP. */
const LOOK_MS = 4_000
/** What is older than this is said to be old: a page that is heard is told within seconds. */
const OLD_MS = 15_000
const KINDS: Readonly<Record<LiveWorkerAlarm['kind'], Key | null>> = { alarm: null, test: null, 'silent-alarm': 'safety.hold.silent', assist: 'safety.hold.assist' }

export function AlarmScreen () {
  useHolding()
  useEffect(() => live.attend(), [])
  useEffect(() => every(LOOK_MS, () => { if (live.link.value !== 'live') void readAlarms() }), [])
  const [chosen, setChosen] = useState<string | null>(null)
  const all = running()
  const alarm = all.find((one) => one.alarm === chosen) ?? all[0] ?? null
  const pending = raising.value
  const again: Kind = alarm?.kind === 'silent-alarm' ? 'silent-alarm' : 'alarm'
  return (
    <Screen mood={holding.value === null ? 'alarm' : 'pressing-alarm'} closes {...(shift.value?.shift == null ? {} : { place: whereOf() })} bar={<a class="bar-button" href="#/more" aria-label={say('shell.tabs.more')}><Icon name="more" /></a>} keepFoot foot={<Foot alarm={alarm} again={again} />}>
      <Pressing />
      {all.length > 1 ? <Choices label={say('safety.ready.lanes')} chosen={alarm?.alarm ?? null} onChoose={setChosen} of={all.map(({ alarm: is, kind, openedAt }) => ({ is, says: `${clock(openedAt)}${KINDS[kind] === null ? '' : ` · ${say(KINDS[kind])}`}` }))} /> : null}
      {alarm === null ? null : <Orbit alarm={alarm} isOld={isOld()} />}
      <Doubt />
      {pending !== null && (alarm === null || pending.is === 'trying' || pending.is === 'refused') ? <Unheard press={pending} /> : null}
      {alarm === null ? null : <Told alarm={alarm} isFirst={pending?.is !== 'trying'} />}
    </Screen>
  )
}

/** The press of this page that nobody has answered for yet. */
function Unheard ({ press: { is, at, tries, recorded } }: { readonly press: Raising }) {
  const [fact, more] = is === 'refused' ? [say('safety.call.trying'), say('safety.call.signedOut')]
    : is === 'unarmed' ? [say('safety.call.nobodyToTell'), say('safety.ready.CIRCLE_EMPTY')]
      : is === 'trying' ? [say('safety.call.trying'), say('safety.call.tryingMore')] : [say(recorded ? 'safety.call.recorded' : 'safety.call.raised'), recorded ? say('shell.waiting') : say('safety.call.notSaved')]
  return (
    <>
      <div class="hero" role="status"><h1 class="hero-fact" tabIndex={-1}>{fact}</h1><p class="hero-more">{more}</p></div>
      {is === 'trying' && tries > 0 ? <Dial /> : null}
      <ol class="thread" aria-label={say('safety.call.happened')}><li data-next><Mark sure="next" /><span class="thread-what">{say('safety.ready.held')}</span><time>{clock(at, true)}</time></li></ol>
    </>
  )
}

/**
 * The last resort: the phone's own dialler, which knows her people. The page knows no number, and brings none along (R6: no way to
 * police or 112 is built in). An iPhone opens nothing without a number: there the words stand alone, not a link that does nothing.
 */
function Dial () {
  const words = <><Icon name="rings" /> {say('safety.call.dial')}</>
  return isIphone() ? <p class="lead-words">{words}</p> : <a class="quiet-button" href="tel:">{words}</a>
}

function Told ({ alarm, isFirst }: { readonly alarm: LiveWorkerAlarm, readonly isFirst: boolean }) {
  const { fact, more } = heroOf(alarm)
  const lines = linesOf(alarm)
  const next = nextOf(alarm)
  const kind = KINDS[alarm.kind]
  return (
    <>
      {isFirst ? <div class="hero" role="status"><h1 class="hero-fact" tabIndex={-1}>{fact}</h1>{more === null ? null : <p class="hero-more">{more}</p>}{kind === null ? null : <p class="hero-kind">{say(kind)}</p>}</div> : null}
      <ol class="thread" aria-label={say('safety.call.happened')}>
        {lines.map(({ sure, what, at, who }, index) => (
          <li key={`${index} ${what}`} {...(index === lines.length - 1 ? { 'data-newest': '' } : {})}>
            <Mark sure={sure} /><span class="thread-what">{what}</span>{at === null ? null : <time>{clock(at, true)}</time>}{who === null ? null : <span class="thread-who">{who}</span>}
          </li>
        ))}
        {next === null ? null : <li data-next><Mark sure="next" /><span class="thread-what">{next.what}</span>{next.when === null ? null : <time>{next.when}</time>}{next.who === null ? null : <span class="thread-who">{next.who}</span>}</li>}
      </ol>
    </>
  )
}

/** What cannot be heard any more may have changed since. */
function isOld (): boolean { return live.link.value !== 'live' && alarmsAt.value !== null && now.value - alarmsAt.value >= OLD_MS }

/** As of when. */
function Doubt () {
  const at = alarmsAt.value
  if (at === null || !isOld() || running().length === 0) return null
  return <p class="doubt" role="status">{say('safety.call.disconnected', { time: clock(at, true) })}</p>
}

function Foot ({ alarm, again }: { readonly alarm: LiveWorkerAlarm | null, readonly again: Kind }) {
  const isRefused = raising.value?.is === 'unarmed' || raising.value?.is === 'refused'
  return (
    <>
      <HoldChip kind={again} icon="rings">{say(hint.value === 'short' ? 'safety.hold.short' : alarm === null || alarm.kind === 'assist' ? 'safety.hold.label' : 'safety.call.holdAgain')}</HoldChip>
      {alarm === null ? null : <a class="quiet-button" href={`#/safe/${encodeURIComponent(alarm.alarm)}`}><Icon name="lock" /> {say('safety.call.safe')}</a>}
      {alarm === null && isRefused ? <TextButton onClick={putAside}>{say('safety.over.back')}</TextButton> : <p class="fine">{say('safety.call.closing')}</p>}
    </>
  )
}
