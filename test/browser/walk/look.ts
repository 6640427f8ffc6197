/** A walk over every screen of a face in one language, whatever is done with each: photographed, or judged. */
import type { Test } from 'tap'
import type { Complete } from '../../../dashboard/say/language.ts'
import { groups, textsOf, treeOf } from '../../texts/catalog.ts'
import type { Phone } from '../stage.ts'

/** What is done with a screen. Its name is the same in every language. */
export type Look = (phone: Phone, screen: string) => Promise<void>
/** What a text says, as it is shown. */
export type Words = (key: string) => string
export type Walk = { readonly t: Test, readonly language: Complete, readonly words: Words, readonly look: Look }

/** By `group.key`. */
async function everyText (language: Complete): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  for (const group of await groups()) for (const [key, text] of textsOf(await treeOf(group, language))) texts.set(`${group}.${key}`, text)
  return texts
}

export async function wordsOf (language: Complete): Promise<Words> {
  const texts = await everyText(language)
  return (key) => {
    const text = texts.get(key)
    if (text === undefined) throw new Error(`no text ${key}`)
    return text
  }
}

/** What is said in `language` and in none of `others`; whole texts, without what people are called in them. */
export async function onlyIn (language: Complete, others: readonly Complete[]): Promise<ReadonlySet<string>> {
  const elsewhere = new Set((await Promise.all(others.map(everyText))).flatMap((texts) => [...texts.values()]))
  return new Set([...(await everyText(language)).values()].filter((text) => !elsewhere.has(text) && !text.includes('{{')))
}

/** Nothing is being asked for any more. */
export async function settled (phone: Phone): Promise<void> {
  await phone.page.locator('h1').first().waitFor({ state: 'attached' })
  await phone.page.locator('[role=status]:text-matches("…$")').first().waitFor({ state: 'detached' })
}

/** The page stands still from here on, as under a finger that does not move: no ring closes. A reload wakes it. */
export async function freeze (phone: Phone): Promise<void> {
  await phone.page.evaluate('for (let id = 100_000; id > 0; id -= 1) clearTimeout(id)')
}

export async function wake (phone: Phone): Promise<void> {
  await phone.page.mouse.up()
  await phone.page.reload()
  await settled(phone)
}
