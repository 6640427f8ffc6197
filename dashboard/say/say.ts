/**
 * Words by key: i18next-v4 JSON catalogs (`{{name}}`, plurals as `key_one`, `key_other`), shared with the service. A group of texts
 * that a language does not have yet is read in the second language; the safety texts and notifications are never mixed (R23).
 */
import { signal } from '@preact/signals'
import type { Group, Key } from './catalogs.ts'
import { read } from './catalogs.ts'
import { languagesOf, localesOf, tagOf } from './language.ts'
import type { Language } from './language.ts'

type Tree = { readonly [name: string]: string | Tree }
export type Values = Readonly<Record<string, string | number>>

const words = signal<ReadonlyMap<Group, { readonly language: Language, readonly tree: Tree }>>(new Map())
/** The language that was asked for; single groups may be in another. */
export const spoken = signal<Language>('fr')

/** Loads these groups, then everything on screen changes at once. */
export async function speak (language: Language, second: Language, groups: readonly Group[]): Promise<void> {
  const loaded = await Promise.all(groups.map(async (group) => {
    const whole = languagesOf(group)
    const chosen = whole.includes(language) ? language : whole.includes(second) ? second : 'en'
    return [group, { language: chosen, tree: await read(group, chosen) as Tree }] as const
  }))
  words.value = new Map([...words.value, ...loaded])
  spoken.value = language
}

/** In which language this group is shown. */
export function languageOf (group: Group): Language { return words.value.get(group)?.language ?? spoken.value }
/** The same for `lang`, dates and figures: `pt-PT`. */
export function langOf (group: Group): string { return tagOf(languageOf(group)) }

/** `count` chooses the plural. A missing text shows its key: CI keeps that from happening. */
export function say (key: Key, values: Values = {}): string {
  const [group = '', ...path] = key.split('.')
  const found = words.value.get(group as Group)
  if (found === undefined) return key
  const count = values['count']
  const text = typeof count === 'number' ? leaf(found.tree, path, `_${plural(found.language, count)}`) ?? leaf(found.tree, path, '_other') : null
  return unbroken(fill(text ?? leaf(found.tree, path, '') ?? key, values))
}

/** No line begins with a mark or a per cent sign: French sets a space before most of them. */
function unbroken (text: string): string { return text.replace(/ (?=[;:?!»%])|(?<=«) /g, '\u00a0') }

function leaf (tree: Tree, path: readonly string[], suffix: string): string | null {
  let at: string | Tree | undefined = tree
  path.forEach((name, index) => { at = typeof at === 'object' ? at[index === path.length - 1 ? name + suffix : name] : undefined })
  return typeof at === 'string' ? at : null
}

/** Replaces each placeholder once; what a person typed is never read as a placeholder. */
function fill (text: string, values: Values): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(values[name] ?? ''))
}

const rules = new Map<Language, Intl.PluralRules>()
function plural (language: Language, count: number): Intl.LDMLPluralRule {
  const known = rules.get(language) ?? new Intl.PluralRules(localesOf(language))
  rules.set(language, known)
  return known.select(count)
}
