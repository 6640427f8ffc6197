/** The languages, and how whole each is. `test/texts/` compares these lists with the catalogs, so that nothing half is offered (R23). */
export type Language = 'fr' | 'nl' | 'en' | 'ro' | 'bg' | 'es' | 'pt' | 'sq'
/** Complete in every group of texts. */
export const COMPLETE = ['fr', 'nl', 'en'] as const satisfies readonly Language[]
export type Complete = typeof COMPLETE[number]
/** Whole in the groups for all. */
export const SAFETY = ['ro', 'bg', 'es', 'pt', 'sq'] as const satisfies readonly Language[]
/** What must be understood at once, and what leads there: her lamp and an alert, notifications, help, the door, every screen's own buttons. */
const FOR_ALL: readonly string[] = ['safety', 'push', 'help', 'shell', 'door']

/** Each in its own words. */
export const NAMES: Readonly<Record<Language, string>> = { fr: 'Français', nl: 'Nederlands', en: 'English', ro: 'Română', bg: 'Български', es: 'Español', pt: 'Português', sq: 'Shqip' }

/** A group of texts that every language has. */
export function isForAll (group: string): boolean { return FOR_ALL.includes(group) }

export function languagesOf (group: string): readonly Language[] {
  return isForAll(group) ? [...COMPLETE, ...SAFETY] : COMPLETE
}

export function isLanguage (word: string): word is Language { return Object.hasOwn(NAMES, word) }
export function isComplete (language: string): language is Complete { return (COMPLETE as readonly string[]).includes(language) }

/** BCP 47, for `lang`, voices, plurals, dates: Portuguese without a country would be Brazil's. */
export function tagOf (language: Language): string { return language === 'pt' ? 'pt-PT' : language }
/** For `Intl`. A browser that lacks a language (Chromium lacks Albanian) would take its own, whatever that is; English counts as Albanian does. */
export function localesOf (language: Language): string[] { return [tagOf(language), 'en-BE'] }
