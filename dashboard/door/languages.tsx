/** The first page changes the language: each in its own words. What hers does not have yet, she chooses a second one for. */
import { Choices } from '../parts/field.tsx'
import { COMPLETE, NAMES, isComplete, tagOf } from '../say/language.ts'
import type { Language } from '../say/language.ts'
import { second } from '../say/preferred.ts'
import { langOf, say, spoken } from '../say/say.ts'
import { useLanguage, useSecondLanguage } from '../shell/begin.tsx'

const named = <L extends Language>(languages: readonly L[]) => languages.map((is) => ({ is, says: NAMES[is], lang: tagOf(is) }))

export function Languages () {
  const isPartial = !isComplete(spoken.value)
  return (
    <div class="languages" lang={langOf('shell')}>
      <Choices label={say('shell.language')} of={named(Object.keys(NAMES) as Language[])} chosen={spoken.value} onChoose={(is) => { void useLanguage(is) }} />
      {isPartial ? <><p class="fine">{say('shell.otherTexts')}</p><Choices label={say('shell.otherTexts')} of={named(COMPLETE)} chosen={second()} onChoose={(is) => { void useSecondLanguage(is) }} /></> : null}
    </div>
  )
}
