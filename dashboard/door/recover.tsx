/** Her words, on a new phone: all earlier sessions and shortcuts are revoked (R24). */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Field } from '../parts/field.tsx'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { deviceName } from './device.ts'

export function Recover () {
  const [words, setWords] = useState('')
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const recover = async (): Promise<void> => {
    const answer = await ask('POST', '/recover', { words: words.trim(), device: deviceName() })
    if (answer.ok) location.replace('/w')
    else setTrouble(answer)
  }
  return (
    <Screen back="/">
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (words.trim() !== '') void recover() }}>
        <Title>{say('door.haveWords')}</Title>
        <Field label={say('door.words')} note={say('door.wordsNote')} value={words} onInput={setWords} max={200} long />
        <Trouble of={trouble} />
        <LightButton type="submit" disabled={words.trim() === ''}>{say('door.enter')}</LightButton>
      </form>
    </Screen>
  )
}
