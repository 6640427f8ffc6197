/** Which languages this phone was told, or its browser prefers. What was told lasts as long as the page even where the browser keeps nothing. */
import { keep, kept } from '../shell/kept.ts'
import { isComplete, isLanguage } from './language.ts'
import type { Complete, Language } from './language.ts'

let told: string | null = kept('language')
let toldSecond: string | null = kept('second-language')
const wanted = (): readonly string[] => navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())

/** What this phone was last told, else what the browser prefers, else French. */
export function preferred (): Language {
  if (told !== null && isLanguage(told)) return told
  return wanted().find(isLanguage) ?? 'fr'
}

/** For the texts that the first language does not have. */
export function second (): Complete {
  if (toldSecond !== null && isComplete(toldSecond)) return toldSecond
  return wanted().find(isComplete) ?? 'en'
}

export function remember (language: Language): void {
  told = language
  keep('language', language)
}

export function rememberSecond (language: Complete): void {
  toldSecond = language
  keep('second-language', language)
}
