/** Language, theme, and what she is called. */
import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Choices, Field } from '../../parts/field.tsx'
import { QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { COMPLETE, NAMES, isComplete } from '../../say/language.ts'
import type { Language } from '../../say/language.ts'
import { second } from '../../say/preferred.ts'
import { say, spoken } from '../../say/say.ts'
import { useLanguage, useSecondLanguage } from '../../shell/begin.tsx'
import { theme, wear } from '../../shell/theme.ts'
import type { Theme } from '../../shell/theme.ts'
import { her, readHer } from '../../worker/hers.ts'
import { Refusal } from '../refusal.tsx'

export function Settings () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const speakTo = async (language: Language): Promise<void> => {
    await useLanguage(language)
    // What the service writes to her changes too.
    const answer = await ask('PATCH', '/me/worker', { language })
    setTrouble(answer.ok ? null : answer)
  }
  return (
    <Screen back="/more" closes>
      <div class="form">
        <Title>{say('list.more.settings')}</Title>
        <fieldset class="plain"><legend class="field-label">{say('shell.language')}</legend><Choices label={say('shell.language')} of={(Object.keys(NAMES) as Language[]).map((is) => ({ is, says: NAMES[is], lang: is }))} chosen={spoken.value} onChoose={(is) => { void speakTo(is) }} /></fieldset>
        {isComplete(spoken.value) ? null : <fieldset class="plain"><legend class="field-label">{say('shell.otherTexts')}</legend><Choices label={say('shell.otherTexts')} of={COMPLETE.map((is) => ({ is, says: NAMES[is], lang: is }))} chosen={second()} onChoose={(is) => { void useSecondLanguage(is) }} /></fieldset>}
        <fieldset class="plain"><legend class="field-label">{say('list.settings.light')}</legend><Choices label={say('list.settings.light')} of={(['dark', 'light'] as const).map((is: Theme) => ({ is, says: say(is === 'dark' ? 'list.settings.dark' : 'list.settings.day') }))} chosen={theme.value} onChoose={wear} /></fieldset>
        <Refusal of={trouble} />
        <Alias />
      </div>
    </Screen>
  )
}

function Alias () {
  const [alias, setAlias] = useState<string | null>(null)
  const [saved, setSaved] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const shown = alias ?? her.value?.alias ?? ''
  const keepAlias = async (): Promise<void> => {
    const answer = await ask('PATCH', '/me/worker', { alias: shown.trim() })
    setTrouble(answer.ok ? null : answer)
    setSaved(answer.ok)
    if (answer.ok) await readHer()
  }
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); if (shown.trim() !== '') void keepAlias() }}>
      <Field label={say('list.settings.alias')} note={say('list.settings.aliasMore')} value={shown} max={40} onInput={(next) => { setAlias(next); setSaved(false) }} />
      <Refusal of={trouble} />
      <p class="done" role="status">{saved ? say('list.saved') : ''}</p>
      <QuietButton type="submit" disabled={shown.trim() === '' || alias === null}>{say('shell.save')}</QuietButton>
    </form>
  )
}
