/** Which languages this phone was told, or its browser prefers. */
import { keep, kept } from '../shell/kept.ts'
import { isComplete, isLanguage } from './language.ts'
import type { Complete, Language } from './language.ts'

const wanted = (): readonly string[] => navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())

/** What this phone was last told, else what the browser prefers, else French. */
export function preferred (): Language {
  const chosen = kept('language')
  if (chosen !== null && isLanguage(chosen)) return chosen
  return wanted().find(isLanguage) ?? 'fr'
}

/** For the texts that the first language does not have. */
export function second (): Complete {
  const chosen = kept('second-language')
  if (chosen !== null && isComplete(chosen)) return chosen
  return wanted().find(isComplete) ?? 'en'
}

export function remember (language: Language): void { keep('language', language) }
export function rememberSecond (language: Complete): void { keep('second-language', language) }
