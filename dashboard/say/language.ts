/** The languages that are whole, by group of texts. A test compares this list with the catalogs. */
import { keep, kept } from '../shell/kept.ts'
import type { Group } from './catalogs.ts'

export type Language = 'fr' | 'nl' | 'en' | 'ro' | 'bg' | 'es' | 'pt' | 'sq'
/** Complete in every group. */
export const COMPLETE = ['fr', 'nl', 'en'] as const satisfies readonly Language[]
/** Whole in the safety texts, the notifications and the pages of help (R23). */
export const SAFETY = ['ro', 'bg', 'es', 'pt', 'sq'] as const satisfies readonly Language[]
const SAFETY_GROUPS: ReadonlySet<Group> = new Set(['safety', 'push', 'help'])

/** Each in its own words. */
export const NAMES: Readonly<Record<Language, string>> = { fr: 'Français', nl: 'Nederlands', en: 'English', ro: 'Română', bg: 'Български', es: 'Español', pt: 'Português', sq: 'Shqip' }

export function languagesOf (group: Group): readonly Language[] {
  return SAFETY_GROUPS.has(group) ? [...COMPLETE, ...SAFETY] : COMPLETE
}

export function isLanguage (word: string): word is Language { return Object.hasOwn(NAMES, word) }

/** What this phone was last told, else what the browser prefers, else French. */
export function preferred (): Language {
  const chosen = kept('language')
  if (chosen !== null && isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'fr'
}

/** For the texts that the first language does not have. */
export function second (): Language {
  const chosen = kept('second-language')
  if (chosen !== null && isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag): tag is Language => (COMPLETE as readonly string[]).includes(tag)) ?? 'en'
}

export function remember (language: Language): void { keep('language', language) }
