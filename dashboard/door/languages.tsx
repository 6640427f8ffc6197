/** The first page changes the language: each in its own words. */
import { Choices } from '../parts/field.tsx'
import { NAMES } from '../say/language.ts'
import type { Language } from '../say/language.ts'
import { say, spoken } from '../say/say.ts'
import { useLanguage } from '../shell/begin.tsx'

export function Languages () {
  const of = (Object.keys(NAMES) as Language[]).map((is) => ({ is, says: NAMES[is], lang: is }))
  return <Choices label={say('shell.language')} of={of} chosen={spoken.value} onChoose={(is) => { void useLanguage(is) }} />
}
