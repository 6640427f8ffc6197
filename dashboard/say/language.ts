/** The languages, and how whole each is. `test/texts/` compares these lists with the catalogs, so that nothing half is offered (R23). */
export type Language = 'fr' | 'nl' | 'en' | 'ro' | 'bg' | 'es' | 'pt' | 'sq'
/** Complete in every group of texts. */
export const COMPLETE = ['fr', 'nl', 'en'] as const satisfies readonly Language[]
export type Complete = typeof COMPLETE[number]
/** Whole in what must be understood at once, and in what leads there: the safety texts, notifications, help, the door, every screen's own buttons. */
export const SAFETY = ['ro', 'bg', 'es', 'pt', 'sq'] as const satisfies readonly Language[]
export const SAFETY_GROUPS: readonly string[] = ['safety', 'push', 'help', 'shell', 'door']

/** Each in its own words. */
export const NAMES: Readonly<Record<Language, string>> = { fr: 'Français', nl: 'Nederlands', en: 'English', ro: 'Română', bg: 'Български', es: 'Español', pt: 'Português', sq: 'Shqip' }

export function languagesOf (group: string): readonly Language[] {
  return SAFETY_GROUPS.includes(group) ? [...COMPLETE, ...SAFETY] : COMPLETE
}

export function isLanguage (word: string): word is Language { return Object.hasOwn(NAMES, word) }
export function isComplete (language: string): language is Complete { return (COMPLETE as readonly string[]).includes(language) }

/** BCP 47, for `lang`, voices, plurals, dates: Portuguese without a country would be Brazil's. */
export function tagOf (language: Language): string { return language === 'pt' ? 'pt-PT' : language }
