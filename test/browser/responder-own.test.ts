/**
 * Incidents: two people pressed in one night and the second alert lay under the first; a link with a code
 * was opened in a page that was open already, and nothing happened; whoever had asked for more people was asked whether they come.
 */
import t from 'tap'
import { SimWorker } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import { DESK, SMALL, Stage } from './stage.ts'
import type { Phone } from './stage.ts'
import { Watched } from './watched.ts'
import { Woken } from './woken.ts'

t.test('a name and an icon; a second list by a link in the open page; two alerts at once, each answered by itself; more are asked for', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const ana = await watched.phone({ language: 'en' })
  const { page } = ana
  page.setDefaultTimeout(12_000)
  const look = async (phone: Phone, screen: string): Promise<void> => {
    t.same(await phone.axe(), [], `${screen}: accessible`)
    t.notOk(await phone.overflows(), `${screen}: no sideways scrolling`)
  }
  await Woken.prepare(stage, ana)
  await watched.pair(ana, 'Ana')
  await page.getByRole('button', { name: 'Let it ring' }).click()
  await ana.open('/r#/phone')
  await page.getByText('Phones on which you are woken').waitFor()
  await page.getByRole('link', { name: 'Put an icon on this phone' }).click()
  await page.getByRole('button', { name: 'Tisane' }).click()
  await page.getByText('In your browser').waitFor()
  for (const size of [DESK, SMALL]) {
    await page.setViewportSize(size)
    await look(ana, 'a name and an icon')
  }
  t.equal(await page.title(), 'Tisane')
  await page.getByRole('button', { name: 'Lueur' }).click()

  // Another on the same list of phones: she gives Ana a code as well.
  const mira = new SimWorker('Mira', stage.doors)
  t.teardown(() => { mira.close() })
  await mira.join(await stage.operate(async (people) => granted(await people.invites.make('worker', people.venues.list()[0]?.id ?? null as never)).code))
  await mira.setPin('3691')
  await ana.open(`/r#${await mira.code()}`)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('I have understood this').check()
  await page.getByRole('button', { name: 'Continue' }).click()
  const digits = await page.locator('.digits').getAttribute('aria-label') ?? ''
  t.ok(await mira.confirm(digits.replaceAll(' ', '')))
  await page.getByRole('heading', { name: 'You are on the list' }).waitFor()

  await lina.workAt('Rue des Tilleuls 12')
  await mira.workAt('Quai 12')
  await lina.press('k1')
  await page.getByRole('heading', { name: 'Rue des Tilleuls 12' }).waitFor()
  await mira.press('k2')
  await page.getByRole('heading', { name: 'Quai 12' }).waitFor()
  await page.getByRole('link', { name: /Rue des Tilleuls 12/ }).waitFor()
  await look(ana, 'two alerts')
  await page.getByRole('button', { name: 'I cannot' }).click()
  await page.getByRole('heading', { name: 'You cannot come' }).waitFor()
  await page.getByRole('link', { name: /Rue des Tilleuls 12/ }).click()
  await page.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
  await page.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()
  await watched.sees(([alarm]) => alarm?.counts.coming === 1)
  await page.getByRole('button', { name: 'We need more' }).click()
  await watched.sees(([alarm]) => alarm?.facts.some(({ reason }) => reason === 'NEED_MORE') === true)
  await page.getByRole('heading', { name: 'You asked for more people' }).waitFor()
  await look(ana, 'more are asked for')
  await page.getByRole('button', { name: 'Not after all' }).click()
  await page.getByRole('heading', { name: 'You cannot come' }).waitFor()
  await watched.sees(([alarm]) => alarm?.counts.coming === 0)
  ana.isSound(t)
})
