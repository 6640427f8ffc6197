/** Coming onto somebody's list: one code, who one is, and six digits to read aloud. Nothing is used up by looking. */
import type { Static } from 'typebox'
import type { ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import type { PairingShown } from '../../server/contract/joining.ts'
import { Languages } from '../door/languages.tsx'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Later } from '../parts/later.tsx'
import { Mark } from '../parts/mark.tsx'
import { LightButton, Screen } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { NAMES } from '../say/language.ts'
import { say, spoken } from '../say/say.ts'
import { learn } from '../shell/begin.tsx'
import { route } from '../shell/route.ts'
import { identity, TITLES } from '../identity/identity.ts'
import { bring, broughtCode } from './brought.ts'
import { Digits } from './digits.tsx'
import { needsIcon } from './needs-icon.ts'
import { boot } from './mine.ts'
import { WaySteps } from './way.tsx'

// Whoever joins reads the same words as at the door; they come when somebody goes on.
const about = async (): Promise<ComponentType> => {
  await learn(['door'])
  return (await import('./about.tsx')).About
}
const icon = async (): Promise<ComponentType> => {
  await learn(['door'])
  return (await import('./iphone.tsx')).OnIphone
}

export function Pair () {
  const [looked, setLooked] = useState(false)
  if (route.value[0] === 'digits') return <Digits />
  if (looked) return <Later load={about} />
  if (needsIcon()) return <Later load={icon} />
  return <Code onCode={() => { setLooked(true) }} />
}

/** As it is typed: letters and digits, without what people put between. */
const plain = (typed: string): string => typed.replace(/[^0-9A-Za-z]/g, '').toUpperCase()
const CODE_LETTERS = 8

function Code ({ onCode }: { readonly onCode: () => void }) {
  const [typed, setTyped] = useState(plain(broughtCode()))
  const [speaks, setSpeaks] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [busy, setBusy] = useState(false)
  const look = async (code: string): Promise<void> => {
    setBusy(true)
    const shown = await ask<Static<typeof PairingShown>>('GET', `/pairings/${encodeURIComponent(code)}`)
    setBusy(false)
    if (!shown.ok) return setTrouble(shown)
    bring('/pair', { code })
    onCode()
  }
  const ready = typed.length >= CODE_LETTERS && !busy
  return (
    <Screen mood="pair" {...(boot.value === 'known' ? { back: '/' } : { place: TITLES[identity.value], placeIcon: 'lamp' as const })}
      bar={<button class="bar-button" type="button" data-close aria-expanded={speaks} aria-label={`${say('shell.language')}: ${NAMES[spoken.value]}`} onClick={() => { setSpeaks(!speaks) }}>{NAMES[spoken.value]}</button>}
      foot={<LightButton disabled={!ready} onClick={() => { void look(typed) }}>{say('shell.continue')}</LightButton>}>
      {speaks ? <Languages /> : null}
      <WaySteps at="code" />
      <h1 class="page-title" tabIndex={-1}>{say('responder.pair.title')}</h1>
      <form onSubmit={(event) => { event.preventDefault(); if (ready) void look(typed) }}>
        <label class="field-label" for="code">{say('responder.pair.code')}</label>
        <input class="code" id="code" inputMode="text" autocomplete="one-time-code" autocapitalize="characters" spellcheck={false} maxLength={24} value={typed}
          onInput={(event) => { setTyped(plain(event.currentTarget.value).slice(0, CODE_LETTERS)); setTrouble(null) }} />
      </form>
      <Trouble of={trouble} />
      <Sees />
    </Screen>
  )
}

function Sees () {
  return (
    <dl class="sees">
      <div><Mark sure="next" /><dt>{say('responder.pair.compare')}</dt><dd>{say('responder.pair.compareMore')}</dd></div>
      <div><Mark sure="proven" /><dt>{say('responder.pair.see')}</dt><dd>{say('responder.pair.seeMore')}</dd></div>
      <div><Mark sure="no" /><dt>{say('responder.pair.never')}</dt><dd>{say('responder.pair.neverMore')}</dd></div>
    </dl>
  )
}
