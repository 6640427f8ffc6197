/** Another language, on whatever screen a page shows, without leaving it. */
import { tagOf } from '../../../dashboard/say/language.ts'
import type { Complete } from '../../../dashboard/say/language.ts'
import type { Phone } from '../stage.ts'

/**
 * What the settings call when another language is chosen, on any screen: `useLanguage` of `dashboard/shell/begin.tsx`. The build gives it a
 * short name, so it is known by what only it does. False where a page has no such thing.
 */
const USE_LANGUAGE = `(async (language) => {
  const begin = performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /[/]a[/]begin-[^/]*[.]js$/.test(name))
  if (begin === undefined) return false
  const use = Object.values(await import(begin)).find((each) => typeof each === 'function' && /documentElement[.]lang/.test(String(each)))
  if (use === undefined) throw new Error('the pages have no useLanguage')
  await use(language)
  return true
})`

/** Resolves when the screen says everything in it. A page that can't (the night light) is loaded anew in it. */
export async function sayIn (phone: Phone, language: Complete): Promise<void> {
  const { page } = phone
  if (!await page.evaluate<boolean>(`${USE_LANGUAGE}('${language}')`)) {
    await page.evaluate(`localStorage.setItem('language', '${language}')`)
    await page.reload()
  }
  await page.locator(`html[lang="${tagOf(language)}"]`).waitFor({ state: 'attached' })
}
