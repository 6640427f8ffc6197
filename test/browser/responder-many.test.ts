/**
 * Incident: two tabs were open and the tap in one left the other ringing; the service was restarted and the page went on showing an answer
 * that nobody had; a tap on "I cannot" was lost because the word before it was still on its way.
 */
import t from 'tap'
import { Stage, comesTrue } from './stage.ts'
import { Watched, heard } from './watched.ts'

t.test('two tabs, a restart in the middle, an answer that no longer counts, a refused permission', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const ana = await watched.phone({ language: 'en' })
  const { page } = ana
  page.setDefaultTimeout(12_000)
  // A browser in a test asks nobody: this one was told "no" before.
  await ana.context.addInitScript("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
  await watched.pair(ana, 'Ana')
  await page.getByRole('button', { name: 'Let it ring' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByText(/^Messages are blocked for this page/).waitFor()
  t.same(await ana.axe(), [], 'refused: what to do stands there')
  t.notOk(await ana.overflows())
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByRole('button', { name: 'Later' }).click()

  const second = await ana.context.newPage()
  await second.goto(`${stage.origin}/r`)
  await second.getByRole('heading', { name: 'Keeping watch' }).waitFor()
  await lina.workAt('Rue des Tilleuls 12')
  await lina.press('k1')
  for (const tab of [page, second]) await tab.getByRole('heading', { name: 'Rue des Tilleuls 12' }).waitFor()
  await second.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
  await page.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()
  await comesTrue(page, 'globalThis.heard.badges.at(-1) === 0')

  await stage.service.kill()
  await page.getByText(/^No connection. This is from/).waitFor()
  t.same(await ana.axe(), [], 'old: said so')
  await stage.service.start()
  await page.getByText(/^No connection. This is from/).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()

  const before = await heard(ana)
  await lina.press('k2')
  await page.getByRole('heading', { name: 'Please answer again' }).waitFor()
  await comesTrue(page, `globalThis.heard.badges.length > ${before.badges.length} && globalThis.heard.badges.at(-1) === 1`)
  t.same(await ana.axe(), [])
  t.notOk(await ana.overflows())
  // Her word is slow on its way, and she has thought better of it meanwhile: the newest tap is what counts.
  let arrives = (): void => {}
  const slow = new Promise<void>((resolve) => { arrives = resolve })
  await page.route('**/answer', async (route) => {
    await slow
    await route.continue()
  }, { times: 1 })
  await page.getByRole('button', { name: 'I am coming, in 5 minutes' }).click()
  await page.locator('.goes:not(:empty)').waitFor()
  await page.getByRole('button', { name: 'I cannot' }).click()
  arrives()
  await page.getByRole('heading', { name: 'You cannot come' }).waitFor()
  await watched.sees(([alarm]) => alarm?.counts.coming === 0)
  t.same(await ana.axe(), [])
  ana.isSound(t)
})
