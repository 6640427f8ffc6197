/**
 * Incident: somebody paired, and no page told them whether their phone would ring. When she pressed it stayed silent; they answered the
 * next morning, and her screen had said "Shown" all night.
 */
import t from 'tap'
import { Stage, comesTrue } from './stage.ts'
import type { Phone } from './stage.ts'
import { Watched, heard } from './watched.ts'

t.test('paired by link; it rings until the answer; coming, arrived, over: each proven on her side', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const ana = await watched.phone({ language: 'en' })
  const { page } = ana
  const look = async (phone: Phone, screen: string): Promise<void> => {
    t.same(await phone.axe(), [], `${screen}: accessible`)
    t.notOk(await phone.overflows(), `${screen}: no sideways scrolling`)
  }
  const id = await watched.pair(ana, 'Ana', look)

  await page.getByText('This page does not ring yet.').waitFor()
  await look(ana, 'sound')
  await page.getByRole('button', { name: 'Let it ring' }).click()
  await page.getByText('This page rings while it is open.').waitFor()
  await page.getByRole('button', { name: 'Continue' }).click()
  await look(ana, 'closed')
  await page.getByRole('button', { name: 'Later' }).click()
  await look(ana, 'try')
  await page.getByRole('button', { name: 'Play it now' }).click()
  await page.getByRole('button', { name: 'I heard it' }).click()
  await page.getByText('Good. That is known now.').waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('heading', { name: 'Keeping watch' }).waitFor()
  await look(ana, 'home')

  await lina.workAt('Rue des Tilleuls 12')
  const before = await heard(ana)
  await lina.press('k1')
  await page.getByRole('heading', { name: 'Rue des Tilleuls 12' }).waitFor()
  await page.getByText('Knock and ask for the keys.').waitFor()
  await page.getByText('Nobody else is coming yet').waitFor()
  await comesTrue(page, `globalThis.heard.notes > ${before.notes} && globalThis.heard.badges.at(-1) === 1`)
  t.ok((await heard(ana)).shakes.some((shake) => Array.isArray(shake)), 'it vibrates')
  await comesTrue(page, 'document.title.startsWith("(1)")')
  await look(ana, 'alert')
  await watched.sees(([alarm]) => ['shown', 'seen'].includes(alarm?.rows.find(({ responder }) => responder === id)?.receipt?.level ?? ''))

  await page.getByRole('button', { name: 'I am coming, in 5 minutes' }).click()
  await page.getByRole('heading', { name: 'You are coming, 5 min' }).waitFor()
  await watched.sees(([alarm]) => alarm?.counts.coming === 1)
  await comesTrue(page, 'globalThis.heard.badges.at(-1) === 0 && globalThis.heard.shakes.at(-1) === 0')
  t.equal(await page.title(), 'Lueur')
  await watched.sees(([alarm]) => alarm?.rows.find(({ responder }) => responder === id)?.receipt?.level === 'seen')
  await look(ana, 'coming')
  await page.getByRole('button', { name: 'I have arrived' }).click()
  await page.getByRole('heading', { name: 'You have arrived' }).waitFor()
  await look(ana, 'arrived')
  await watched.sees(([alarm]) => alarm?.counts.arrived === 1)
  await page.getByRole('button', { name: 'It is over' }).click()
  await page.getByRole('heading', { name: 'You said it is over' }).waitFor()
  const [alarm] = watched.alarms
  await lina.end(alarm?.alarm ?? '')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await look(ana, 'over')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('heading', { name: 'Keeping watch' }).waitFor()
  ana.isSound(t)
})
