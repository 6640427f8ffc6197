/** A short code, typed. */
import { useState } from 'preact/hooks'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { bring } from './brought-code.ts'

export function EnterCode () {
  const [code, setCode] = useState('')
  const ready = code.replace(/[^0-9A-Za-z]/g, '').length >= 4
  return (
    <Screen back="/" mood="pair">
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) bring(code.trim()) }}>
        <Title>{say('door.haveCode')}</Title>
        <label><span class="field-label">{say('door.code')}</span><input class="code" autocapitalize="characters" autocomplete="one-time-code" spellcheck={false} maxLength={24} value={code} onInput={(event) => { setCode(event.currentTarget.value) }} /></label>
        <p class="fine">{say('door.codeNote')}</p>
        <LightButton type="submit" disabled={!ready}>{say('shell.continue')}</LightButton>
      </form>
    </Screen>
  )
}
