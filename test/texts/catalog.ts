/**
 * What a catalog of texts has to be: one language's file of a group beside the English one. Keys, plurals, placeholders here; words in
 * `wording.ts`. i18next-v4 JSON: nested keys, `{{name}}`, plurals as `key_one`, `key_other`.
 */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { tagOf } from '../../dashboard/say/language.ts'
import type { Language } from '../../dashboard/say/language.ts'
import { root } from '../runner/root.ts'

export type Tree = { readonly [key: string]: string | Tree }
export type Catalog = { readonly group: string, readonly language: Language, readonly own: Tree, readonly english: Tree }

const FOLDER = join(root, 'server/contract/texts')
const PLURAL = /_(zero|one|two|few|many|other)$/
/** Enough for every rule of the eight; a million has a category of its own in French, Spanish and Portuguese. */
const COUNTS: readonly number[] = [...Array.from({ length: 201 }, (_, n) => n), 1_000_000]

/** Every text by its path. */
export function textsOf (tree: Tree, path = ''): ReadonlyMap<string, string> {
  return new Map(Object.entries(tree).flatMap(([key, value]) => typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...textsOf(value, `${path}${key}.`)]))
}

export async function groups (): Promise<readonly string[]> {
  return (await readdir(FOLDER, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort()
}
/** The languages that have a file in this group. */
export async function filesOf (group: string): Promise<readonly string[]> {
  return (await readdir(join(FOLDER, group))).map((name) => name.replace(/\.json$/, '')).sort()
}
export async function treeOf (group: string, language: string): Promise<Tree> {
  return JSON.parse(await readFile(join(FOLDER, group, `${language}.json`), 'utf8')) as Tree
}

const placeholders = (text: string): string => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort().join(' ')
const bases = (texts: ReadonlyMap<string, string>): ReadonlySet<string> => new Set([...texts.keys()].map((key) => key.replace(PLURAL, '')))

/** Empty for a whole catalog. */
export function holes ({ group, language, own, english }: Catalog): readonly string[] {
  const [mine, theirs] = [textsOf(own), textsOf(english)]
  const named = (key: string, fault: string): string => `${language} ${group}.${key}: ${fault}`
  const rules = new Intl.PluralRules(tagOf(language))
  const wanted = [...bases(theirs)].flatMap((base) => theirs.has(base) ? [base] : rules.resolvedOptions().pluralCategories.map((category) => `${base}_${category}`))
  return [
    ...wanted.filter((key) => !mine.has(key)).map((key) => named(key, PLURAL.test(key) ? 'a plural is missing' : 'missing')),
    ...[...mine.keys()].filter((key) => !wanted.includes(key)).map((key) => named(key, 'no such text, or no such plural in this language')),
    ...[...mine].filter(([, text]) => text.trim() === '').map(([key]) => named(key, 'empty')),
    ...[...mine].filter(([key, text]) => !fits(key, text, theirs, rules)).map(([key, text]) => named(key, `other placeholders: ${text}`))
  ]
}

/** As in English, but "one minute" needs no figure where its plural stands for 1 alone. */
function fits (key: string, text: string, english: ReadonlyMap<string, string>, rules: Intl.PluralRules): boolean {
  const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other'))
  if (model === undefined) return true
  if (placeholders(text) === placeholders(model)) return true
  const category = PLURAL.exec(key)?.[1]
  const standsFor = COUNTS.filter((count) => rules.select(count) === category)
  return standsFor.length === 1 && placeholders(`${text} {{count}}`) === placeholders(model)
}
