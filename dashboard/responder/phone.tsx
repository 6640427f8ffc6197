/** This phone: the name one is known by, the language, what the locked screen says, and the phones on which one is woken. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { EndpointsListed } from '../../server/contract/endpoint.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Choices, Field } from '../parts/field.tsx'
import { Icon } from '../parts/icon.tsx'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { NAMES } from '../say/language.ts'
import type { Language } from '../say/language.ts'
import { langOf, say, spoken } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { useLanguage } from '../shell/begin.tsx'
import { now } from '../shell/service-time.ts'
import { RESPONDER, forgetHere, pushText, resync, tellBy, waking } from '../wake/subscription.ts'
import type { PushText } from '../wake/subscription.ts'
import { useTelling } from '../wake/telling.ts'
import { me, readMe } from './mine.ts'
import { Woken } from './steps.tsx'

type Endpoint = Static<typeof EndpointsListed>['endpoints'][number]
const TEXTS: readonly PushText[] = ['full', 'discreet']

export function Phone () {
  const [name, setName] = useState(me.value?.name ?? '')
  const [savedAt, setSavedAt] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const save = async (change: { readonly name: string } | { readonly language: Language }): Promise<void> => {
    const answer = await ask('PATCH', '/me/responder', change)
    setTrouble(answer.ok ? null : answer)
    setSavedAt(answer.ok ? now.value : null)
    if (answer.ok) await readMe()
  }
  const speak = async (language: Language): Promise<void> => {
    await useLanguage(language)
    await save({ language })
    await resync(RESPONDER)
  }
  return (
    <Screen mood="pair" back="/">
      <Title>{say('responder.phone.title')}</Title>
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (name.trim() !== '') void save({ name: name.trim() }) }}>
        <Field label={say('responder.phone.name')} value={name} onInput={setName} max={60} autocomplete="nickname" required />
        <LightButton type="submit" disabled={name.trim() === '' || name.trim() === me.value?.name}>{say('shell.save')}</LightButton>
        <p class="done" role="status">{savedAt === null ? '' : say('responder.phone.saved', { time: clock(savedAt, true) })}</p>
        <Trouble of={trouble} />
      </form>
      <div class="field">
        <span>{say('responder.closed.text')}</span>
        <small>{say(`responder.closed.texts.${pushText.value}More`)}</small>
        <Choices label={say('responder.closed.text')} of={TEXTS.map((is) => ({ is, says: say(`responder.closed.texts.${is}`) }))} chosen={pushText.value} onChoose={(is) => { void tellBy(is, RESPONDER) }} />
      </div>
      <Woken />
      <Devices />
      <ul class="rows rows-after"><li><a class="row" href="#/icon"><span class="row-words">{say('responder.phone.icon')}</span><Icon name="onward" /></a></li></ul>
      <div class="field"><span>{say('shell.language')}</span><Choices label={say('shell.language')} of={(Object.keys(NAMES) as Language[]).map((is) => ({ is, says: NAMES[is], lang: is }))} chosen={spoken.value} onChoose={(is) => { void speak(is) }} /></div>
    </Screen>
  )
}

function Devices () {
  const [endpoints, setEndpoints] = useState<readonly Endpoint[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const here = waking.value.is === 'woken' ? waking.value.endpoint : null
  const isTelling = useTelling()
  const read = async (): Promise<void> => {
    const answer = await ask<Static<typeof EndpointsListed>>('GET', '/endpoints')
    if (answer.ok) setEndpoints(answer.data.endpoints)
  }
  useEffect(() => { void read() }, [here, pushText.value])
  const remove = async (endpoint: string): Promise<void> => {
    const answer = await ask('DELETE', `/endpoints/${encodeURIComponent(endpoint)}`)
    setTrouble(answer.ok ? null : answer)
    // What the service still has is still woken: it is not said to be gone.
    if (answer.ok && endpoint === here) await forgetHere(RESPONDER)
    await read()
  }
  const change = async (endpoint: string, text: PushText): Promise<void> => {
    if (endpoint === here) await tellBy(text, RESPONDER)
    else {
      const answer = await ask('PATCH', `/endpoints/${encodeURIComponent(endpoint)}`, { text })
      setTrouble(answer.ok ? null : answer)
    }
    await read()
  }
  return (
    <section>
      <div class="step-head"><h2>{say('responder.phone.devices')}</h2></div>
      <Trouble of={trouble} />
      {endpoints?.length === 0 ? <p class="page-lead">{say('responder.phone.none')}</p> : null}
      <ul class="rows">{(endpoints ?? []).map(({ endpoint, text, language, addedAt }) => (
        <li class="row row-wraps" key={endpoint}>
          <span class="row-words"><span class="row-name">{say(endpoint === here ? 'responder.phone.here' : 'responder.phone.other')}</span><span class="row-more">{[say(`responder.closed.texts.${text}`), NAMES[language], new Intl.DateTimeFormat(langOf('responder'), { dateStyle: 'medium' }).format(addedAt)].join(', ')}</span></span>
          {endpoint === here ? null : <button class="bar-button row-does" type="button" disabled={isTelling} onClick={() => { void change(endpoint, text === 'full' ? 'discreet' : 'full') }}>{say(`responder.closed.texts.${text === 'full' ? 'discreet' : 'full'}`)}</button>}
          <button class="bar-button row-does" type="button" disabled={isTelling} onClick={() => { void remove(endpoint) }}>{say('responder.phone.remove')}</button>
        </li>
      ))}</ul>
    </section>
  )
}
