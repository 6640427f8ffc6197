/** Keeping watch: whether this phone would ring, whether it is woken, and until when one said "available". The first thing missing is the thing to do. */
import { Icon } from '../parts/icon.tsx'
import { Mark } from '../parts/mark.tsx'
import type { Sure } from '../parts/mark.tsx'
import { LightButton, QuietButton, Screen, Title } from '../parts/screen.tsx'
import type { Key } from '../say/catalogs.ts'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { go } from '../shell/route.ts'
import { isFresh, now, silenceMs } from '../shell/service-time.ts'
import { waking } from '../wake/subscription.ts'
import { Rings } from './alert.tsx'
import { Also } from './also.tsx'
import { live, me } from './mine.ts'
import { arm, sound } from './sound.ts'

type Fact = { readonly sure: Sure, readonly what: string, readonly at: number | null, readonly more?: string }

export function Home () {
  const listed = isListed()
  return (
    <Screen mood="pair" bar={<><span class="bar-place"><Icon name="lamp" /> {me.value?.name}</span><Rings /></>} foot={listed ? <Next /> : <LightButton onClick={() => { go('/pair') }}>{say('responder.home.code')}</LightButton>}>
      <Title lead={say(listed ? 'responder.home.lead' : 'responder.home.unlistedLead')}>{say(listed ? 'responder.home.title' : 'responder.home.unlisted')}</Title>
      {live.link.value === 'elsewhere' ? <QuietButton onClick={() => { live.look() }}>{say('shell.link.here')}</QuietButton> : null}
      <ul class="facts">{factsOf().map((fact) => <FactLine key={fact.what} fact={fact} />)}</ul>
      <Also />
      <ul class="rows">
        <Way to="/people" says="responder.home.people" />
        {me.value?.kind === 'reference-person' ? <Way to="/rota" says="responder.home.rota" /> : null}
        {isOfHouse() ? <Way to="/offers" says="responder.home.offers" /> : null}
        <Way to="/available" says="responder.home.available" />
        <Way to="/phone" says="responder.home.phone" />
      </ul>
    </Screen>
  )
}

/** By a worker who typed the digits, or by a house whose reference person this is. */
function isListed (): boolean { return isOfHouse() || (me.value?.circles ?? 0) > 0 }
function isOfHouse (): boolean { return me.value?.kind === 'reference-person' || me.value?.kind === 'organisation' }

function Next () {
  const asked = waking.value.is
  if (sound.value !== 'ready' && sound.value !== 'impossible') return <LightButton icon="rings" onClick={() => { void arm() }}>{say('responder.sound.arm')}</LightButton>
  if (asked === 'unasked') return <LightButton onClick={() => { go('/closed') }}>{say('responder.home.wake')}</LightButton>
  if (!isAvailable()) return <LightButton onClick={() => { go('/available') }}>{say('responder.available.title')}</LightButton>
  return <QuietButton icon="rings" onClick={() => { go('/try') }}>{say('responder.home.try')}</QuietButton>
}

function isAvailable (): boolean {
  const until = me.value?.availableUntil ?? null
  return until !== null && until > now.value
}

function factsOf (): readonly Fact[] {
  const heardAt = now.value - (silenceMs() ?? 0)
  const until = me.value?.availableUntil ?? null
  const woken = waking.value
  const isHeard = isFresh.value && live.link.value === 'live'
  return [
    isHeard
      ? { sure: 'proven', what: say('responder.home.connected'), at: heardAt }
      : { sure: 'missing', what: say(live.link.value === 'elsewhere' ? 'shell.link.elsewhere' : 'responder.home.lost'), at: silenceMs() === null ? null : heardAt },
    sound.value === 'ready'
      ? { sure: isHeard ? 'proven' : 'weak', what: say('responder.home.sound'), at: heardAt }
      : { sure: 'missing', what: say(sound.value === 'impossible' ? 'responder.sound.impossible' : 'responder.home.noSound'), at: null },
    woken.is === 'woken'
      ? { sure: 'proven', what: say('responder.home.woken'), at: woken.at }
      : { sure: woken.is === 'unasked' || woken.is === 'unknown' ? 'next' : 'missing', what: say('responder.home.notWoken'), at: null },
    isAvailable() && until !== null
      ? { sure: 'proven', what: say('responder.home.until'), at: until }
      : { sure: 'next', what: say('responder.home.notAvailable'), at: null }
  ]
}

function FactLine ({ fact: { sure, what, at } }: { readonly fact: Fact }) {
  return (
    <li class="fact" {...(sure === 'missing' ? { 'data-missing': '' } : sure === 'weak' ? { 'data-weak': '' } : {})}>
      <Mark sure={sure} /><span class="fact-what">{what}</span>{at === null ? <span /> : <time class="fact-when" dateTime={new Date(at).toISOString()}>{clock(at)}</time>}
    </li>
  )
}

function Way ({ to, says }: { readonly to: string, readonly says: Key }) {
  return <li><a class="row" href={`#${to}`}><span class="row-words">{say(says)}</span><Icon name="onward" /></a></li>
}
