/** Home: the lamp, what it stands on, and the hold. Lit only by a fresh word of the service over a live link (R19). */
import { useEffect } from 'preact/hooks'
import { Mark } from '../parts/mark.tsx'
import { Screen } from '../parts/screen.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { identity, TITLES } from '../identity/identity.ts'
import { say } from '../say/say.ts'
import { ago, clock, left } from '../say/when.ts'
import { every } from '../shell/clock.ts'
import { isFresh, now, silenceMs } from '../shell/service-time.ts'
import { home, live, readReadiness, readShift, shift } from './hers.ts'
import { Hold, HoldChip, countDown, hint, holding, useHolding } from './hold.tsx'
import { Lamp } from './lamp.tsx'
import { Pressing } from './pressing.tsx'
import { arcsOf, factsOf, lightOf } from './ready.ts'
import type { Fact, Light } from './ready.ts'

/** Ages of what beats are asked for so often while she looks. */
const AGES_MS = 20_000
const WORD = { full: 'safety.lamp.ready', low: 'safety.lamp.weaker', ember: 'safety.lamp.notReady', out: 'safety.lamp.notReady' } as const

export function Home () {
  useHolding()
  useEffect(() => every(AGES_MS, () => {
    if (document.visibilityState !== 'visible' || live.link.value !== 'live') return
    void readReadiness()
    if (shift.value?.shift?.room != null) void readShift()
  }), [])
  const ready = home.value?.readiness ?? null
  const isHeard = live.link.value === 'live' && isFresh.value
  const light: Light = isHeard && ready !== null ? lightOf(ready) : 'out'
  const facts = isHeard && ready !== null ? factsOf(ready, now.value) : [unheard()]
  const arcs = isHeard && ready !== null ? arcsOf(ready) : (['missing', 'missing', 'missing', 'missing'] as const)
  const isHolding = holding.value !== null
  return (
    <Screen mood={isHolding ? 'pressing' : 'lamp'} closes place={whereOf()} tabs={<Tabs here="lamp" />}>
      <h1 class="unseen">{TITLES[identity.value]}</h1>
      <Pressing />
      <Hold kind="alarm" class="hold" describedBy="stands-on">
        <Lamp light={light} arcs={arcs}>
          <LampWords light={light} isHeard={isHeard} />
        </Lamp>
        <span class="unseen">{say('safety.hold.label')}</span>
      </Hold>
      <Under />
      <ul class="facts" id="stands-on" aria-label={say('safety.ready.standsOn')}>{facts.map((fact) => <FactLine key={fact.what} fact={fact} />)}<Waiting /></ul>
    </Screen>
  )
}

function LampWords ({ light, isHeard }: { readonly light: Light, readonly isHeard: boolean }) {
  const held = holding.value
  if (held !== null) return held.by === 'finger' ? null : <span class="lamp-word">{held.left}</span>
  if (hint.value !== null) return <span class="lamp-hint" role="status">{say(hint.value === 'short' ? 'safety.hold.short' : 'safety.hold.stopped')}</span>
  const how = !isHeard ? 'safety.lamp.holdTries' : light === 'ember' ? 'safety.lamp.holdWorks' : light === 'out' ? 'safety.lamp.holdTries' : 'safety.lamp.hold'
  return <><span class="lamp-word">{say(isHeard ? WORD[light] : 'safety.lamp.dark')}</span><span class="lamp-how">{say(how)}</span></>
}

/** At the thumb: a sign that is late goes before anything else. */
function Under () {
  const checkIn = promised()
  if (checkIn === null || !isLate(checkIn)) return <Chips />
  return <a class="light-button late-sign" href="#/shift/sign"><span>{say('safety.sign.overdue')}<span class="button-small">{say('safety.sign.overdueMore', { time: clock(checkIn.raisesAt) })}</span></span></a>
}

/** A sign that she promised, not one that a shift asks for. */
function promised () {
  const checkIn = home.value?.checkIn ?? null
  return checkIn?.for === 'promise' ? checkIn : null
}

function isLate ({ phase, dueAt }: { readonly phase: string, readonly dueAt: number }): boolean { return phase === 'overdue' || now.value >= dueAt }

/** What waits for her on the page of her shift. A sign that is late stands above. */
function Waiting () {
  const checkIn = promised()
  const asked = shift.value?.asked ?? []
  return (
    <>
      {checkIn === null || isLate(checkIn) ? null : <li><a class="fact" href="#/shift/sign"><Mark sure="next" /><span class="fact-what">{say('safety.sign.next')}</span><time class="fact-when">{left(checkIn.dueAt - now.value)}</time></a></li>}
      {asked.map(({ request, alias }) => <li key={request}><a class="fact" href="#/shift"><Mark sure="next" /><span class="fact-what">{say('worker.shift.wantsIn', { alias })}</span></a></li>)}
    </>
  )
}

/** Held like the lamp: no choice to be made before, none that could be forgotten. */
function Chips () {
  if (hint.value === 'short') return <div class="hold-chips"><button class="hold-chip" type="button" onClick={() => { countDown('alarm') }}>{say('safety.hold.slow')}</button></div>
  return (
    <div class="hold-chips">
      <HoldChip kind="silent-alarm" icon="quiet" more={say('safety.hold.silentMore')}>{say('safety.hold.silent')}</HoldChip>
      <HoldChip kind="assist" icon="word" more={say('safety.hold.assistMore')}>{say('safety.hold.assist')}</HoldChip>
    </div>
  )
}

function unheard (): Fact {
  const silence = silenceMs()
  return { sure: 'missing', what: silence === null ? say('safety.lamp.never') : say('safety.lamp.since', { time: clock(now.value - silence) }), at: null, fresh: false, since: false }
}

function FactLine ({ fact: { sure, what, at, fresh, since } }: { readonly fact: Fact }) {
  const flags = sure === 'missing' ? { 'data-missing': '' } : sure === 'weak' ? { 'data-weak': '' } : {}
  const when = at === null ? null : fresh ? ago(now.value - at) : since ? say('safety.ready.since', { time: clock(at) }) : clock(at)
  return <li class="fact" {...flags}><Mark sure={sure} /><span class="fact-what">{what}</span>{when === null ? null : <time class="fact-when">{when}</time>}</li>
}

/** Where she works now. */
export function whereOf (): string {
  const current = shift.value?.shift ?? null
  if (current === null) return say('safety.ready.noShift')
  return current.label ?? current.place ?? say('shell.tabs.shift')
}
