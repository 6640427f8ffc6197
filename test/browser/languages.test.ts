/** Incident: her phone spoke Romanian until something happened, and French from there on; a screen reader read both with one voice. */
import t from 'tap'
import type { Test } from 'tap'
import { NAMES, isComplete, tagOf } from '../../dashboard/say/language.ts'
import type { Language } from '../../dashboard/say/language.ts'
import { textsOf, treeOf } from '../texts/catalog.ts'
import { SILENT, lilac, wear } from './room.ts'
import { Stage } from './stage.ts'
import type { Phone } from './stage.ts'

const LANGUAGES = Object.keys(NAMES) as Language[]

/** Keys that are shown or read aloud as they are: nobody understands "safety.call.coming". */
async function rawKeys (phone: Phone): Promise<readonly string[]> {
  return await phone.page.evaluate<string[]>(`[...document.querySelectorAll('body *')]
    .flatMap((element) => [element.getAttribute('aria-label') ?? '', ...[...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)])
    .filter((text) => /(^|\\s)(shell|door|safety|worker|list|responder|technician|researcher|help|push)\\.[a-z][\\w.-]*/i.test(text) || /\\{\\{/.test(text))`)
}

/** What holds on every screen in every language. */
async function isWhole (t: Test, phone: Phone, language: Language, where: string): Promise<void> {
  t.equal(await phone.page.getAttribute('html', 'lang'), tagOf(language), `${language} ${where}: the page says its language`)
  t.same(await rawKeys(phone), [], `${language} ${where}: words, no keys`)
  t.notOk(await phone.overflows(), `${language} ${where}: no sideways scrolling`)
  t.same(await phone.axe(), [], `${language} ${where}: axe`)
}

t.test('the door speaks eight languages; whoever chose one that is not whole chooses a second for the rest', async (t) => {
  const stage = await Stage.open(t)
  const phone = await stage.phone({ language: 'bg' })
  await phone.open('/')
  await phone.page.getByRole('heading', { name: 'Добър вечер' }).waitFor()
  for (const language of LANGUAGES) {
    await phone.page.getByRole('button', { name: NAMES[language], exact: true }).first().click()
    await phone.page.locator(`html[lang="${tagOf(language)}"]`).waitFor()
    await isWhole(t, phone, language, 'the door')
    const chosen = phone.page.locator('.languages [aria-pressed="true"]')
    t.equal(await chosen.count(), isComplete(language) ? 1 : 2, `${language}: a second is asked for where it is needed`)
    t.same(await phone.page.evaluate<string[]>('[...document.querySelector(".languages .choices").children].map((button) => button.lang)'), LANGUAGES.map(tagOf), 'each name is read by its own voice')
  }
  await phone.page.getByRole('group', { name: 'Faqet e tjera, tani për tani' }).getByRole('button', { name: 'Nederlands' }).click()
  await phone.page.reload()
  await phone.page.getByRole('heading', { name: 'Mirëmbrëma' }).waitFor()
  t.equal(await phone.page.getByRole('group', { name: 'Faqet e tjera, tani për tani' }).locator('[aria-pressed="true"]').textContent(), NAMES.nl, 'both are remembered')
  phone.isSound(t)
})

/** What this phone was told, as if at the door. */
async function speaks (phone: Phone, language: Language): Promise<ReadonlyMap<string, string>> {
  await phone.page.evaluate(`localStorage.setItem('language', '${language}')`)
  await phone.page.reload()
  return textsOf(await treeOf('safety', language))
}

t.test('her lamp, her call and an alert are whole in every language; a push in Romanian reaches whoever reads Romanian', async (t) => {
  const { stage, lina, phone } = await lilac(t, { steps: [[{ name: 'Ana', habit: SILENT }]] })
  const [ana] = lina.responders
  if (ana === undefined) throw new Error('nobody was chosen')
  await phone.open('/w')
  for (const language of LANGUAGES) {
    const words = await speaks(phone, language)
    await phone.page.locator('.lamp-word', { hasText: words.get('lamp.notReady') ?? '' }).waitFor()
    await phone.page.getByText(words.get('ready.NO_SHIFT') ?? '').waitFor()
    await isWhole(t, phone, language, 'her lamp')
  }

  await ana.browser.put('/api/v1/endpoints', { ...stage.push.subscribe(), text: 'full', language: 'ro', provesShown: true })
  await lina.press('one')
  const { payload } = await stage.push.next()
  t.equal(payload.title, 'Lina are nevoie de tine acum')
  t.match(payload.body, /Nu intra fără cineva cu tine\..*Dorința ei: ambulanță da, poliție nu\./)
  t.same(payload.actions.map(({ title }) => title), ['Vin, 10 min', 'Nu pot'])
  t.equal(payload.notification.lang, 'ro')

  const hers = await stage.phone({ language: 'ro' })
  await wear(hers, ana)
  await hers.open('/r')
  for (const language of LANGUAGES) {
    const words = await speaks(phone, language)
    await phone.page.getByText(words.get('call.closing') ?? '').waitFor()
    await isWhole(t, phone, language, 'her call')
    await speaks(hers, language)
    await hers.page.getByRole('button', { name: words.get('alert.cannot') ?? '', exact: true }).waitFor()
    await isWhole(t, hers, language, 'an alert')
  }
  phone.isSound(t)
  hers.isSound(t)
})
