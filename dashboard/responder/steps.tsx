/** Steps two and three: let this phone ring, let it be woken, and hear it once. Each can be done again from the first page. */
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Choices } from '../parts/field.tsx'
import { Mark } from '../parts/mark.tsx'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { after } from '../shell/clock.ts'
import { go, route } from '../shell/route.ts'
import { RESPONDER, allow, pushText, tellBy, waking } from '../wake/subscription.ts'
import { arm, hush, ring, sound } from './sound.ts'
import { WaySteps } from './way.tsx'

export function Steps () {
  const [screen] = route.value
  if (screen === 'sound') return <Sound />
  return screen === 'closed' ? <Closed /> : <Try />
}

function Sound () {
  const ready = sound.value === 'ready'
  return (
    <Screen mood="pair" back="/" foot={ready
      ? <LightButton onClick={() => { go('/closed') }}>{say('shell.continue')}</LightButton>
      : <><LightButton icon="rings" onClick={() => { void arm() }}>{say('responder.sound.arm')}</LightButton><TextButton onClick={() => { go('/closed') }}>{say('responder.later')}</TextButton></>}>
      <WaySteps at="sound" />
      <Title lead={say('responder.sound.lead')}>{say('responder.sound.title')}</Title>
      <div class="sees" role="status">
        <div><Mark sure={ready ? 'proven' : 'missing'} /><p class="sees-words">{say(ready ? 'responder.sound.ready' : sound.value === 'impossible' ? 'responder.sound.impossible' : sound.value === 'asleep' ? 'responder.sound.asleep' : 'responder.sound.off')}</p></div>
      </div>
      <p class="page-lead">{say('responder.sound.open')}</p>
    </Screen>
  )
}

/** The right moment to ask: somebody has just said that they want to be called. */
function Closed () {
  const { value } = waking
  const done = value.is === 'woken'
  return (
    <Screen mood="pair" back="/" foot={done || value.is === 'impossible'
      ? <LightButton onClick={() => { go('/try') }}>{say('shell.continue')}</LightButton>
      : <><LightButton onClick={() => { void allow(RESPONDER) }}>{say(value.is === 'unasked' ? 'responder.closed.allow' : 'shell.again')}</LightButton><TextButton onClick={() => { go('/try') }}>{say('responder.later')}</TextButton></>}>
      <WaySteps at="sound" />
      <Title lead={say('responder.closed.lead')}>{say('responder.closed.title')}</Title>
      <div class="field">
        <span>{say('responder.closed.text')}</span>
        <small>{say(`responder.closed.texts.${pushText.value}More`)}</small>
        <Choices label={say('responder.closed.text')} of={(['full', 'discreet'] as const).map((is) => ({ is, says: say(`responder.closed.texts.${is}`) }))} chosen={pushText.value} onChoose={(is) => { void tellBy(is, RESPONDER) }} />
      </div>
      <Woken />
    </Screen>
  )
}

/** What there is to do when it was refused. */
export function Woken () {
  const { value } = waking
  return (
    <div class="sees" role="status">
      <div><Mark sure={value.is === 'woken' ? 'proven' : value.is === 'unknown' || value.is === 'unasked' ? 'next' : 'missing'} />
        <p class="sees-words">{value.is === 'woken' ? say('responder.closed.woken', { time: clock(value.at) }) : say(`responder.closed.${value.is}`)}</p></div>
    </div>
  )
}

/** Long enough for the notes to grow loud. */
const TRY_MS = 6_000

function Try () {
  const [tried, setTried] = useState<'not' | 'playing' | 'played'>('not')
  const [said, setSaid] = useState<boolean | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => hush, [])
  const play = async (): Promise<void> => {
    setSaid(null)
    setTried('playing')
    await arm()
    ring()
    navigator.vibrate?.([600, 200, 600])
    after(TRY_MS, () => {
      hush()
      setTried('played')
    })
  }
  const tell = async (heard: boolean): Promise<void> => {
    const answer = await ask('POST', '/me/responder/test', { sound: heard })
    setTrouble(answer.ok ? null : answer)
    if (answer.ok) setSaid(heard)
  }
  return (
    <Screen mood="pair" back="/" foot={said !== null
      ? <LightButton onClick={() => { go('/') }}>{say('shell.done')}</LightButton>
      : tried === 'played'
        ? <><LightButton onClick={() => { void tell(true) }}>{say('responder.try.heard')}</LightButton><QuietButton onClick={() => { void tell(false) }}>{say('responder.try.notHeard')}</QuietButton></>
        : <><LightButton icon="rings" disabled={tried === 'playing'} onClick={() => { void play() }}>{say('responder.try.play')}</LightButton><TextButton onClick={() => { go('/') }}>{say('responder.later')}</TextButton></>}>
      <WaySteps at="try" />
      <Title lead={say('responder.try.lead')}>{say('responder.try.title')}</Title>
      <p class="page-lead" role="status">{said === null ? say(tried === 'played' ? 'responder.try.ask' : tried === 'playing' ? 'responder.try.playing' : 'responder.try.loud') : say(said ? 'responder.try.good' : 'responder.try.bad')}</p>
      <Trouble of={trouble} />
    </Screen>
  )
}
