/**
 * Incident: her phone had gone from one network to another, and so had theirs. Both sockets looked open: her page went on saying that
 * somebody comes, after he had taken it back; and his said "rings" while nothing could have made it ring.
 */
import t from 'tap'
import { lineOf } from './dead-line.ts'
import { fits, wear } from './room.ts'
import { Stage, comesTrue } from './stage.ts'
import { Watched, heard } from './watched.ts'

/** Pages ask every 20 s, while an alarm is shown every 4 s, and wait 8 s for an answer. The page's own clock is moved on, nothing else. */
const [ASKS, ASKS_SOON, GIVES_UP, OLD] = [20_000, 4_000, 8_000, 15_000]

t.test('a line that died unnoticed is found out on both sides: nothing old is lit, and the alert that was raised meanwhile rings', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const ana = await watched.phone({ language: 'en' })
  const { page } = ana
  const hers = await lineOf(page)
  await page.clock.install()
  const id = await watched.pair(ana, 'Ana')
  await page.getByRole('button', { name: 'Let it ring' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
  for (let later = 0; later < 2; later += 1) await page.getByRole('button', { name: 'Later' }).click()
  await page.getByText('Connected').waitFor()
  const before = await heard(ana)

  hers.dead = true
  await lina.workAt('Rue des Tilleuls 12')
  await lina.press('k1')
  await page.clock.fastForward(ASKS)
  await page.clock.fastForward(GIVES_UP)
  await page.getByText('No connection').waitFor()
  await page.getByText('does not ring', { exact: true }).waitFor()
  t.equal(await page.locator('.fact[data-weak]').getByText('Rings while this page is open').count(), 1, 'what needs a connection is not said for sure')
  t.equal((await heard(ana)).notes, before.notes, 'it did not ring')
  await watched.sees(([alarm]) => alarm?.counts.told === 1)
  t.notMatch(watched.alarms[0]?.rows.find(({ responder }) => responder === id)?.receipt, { level: /shown|seen/ }, 'nobody is said to have been shown anything')
  await fits(t, ana, 'not connected')
  hers.dead = false
  await page.clock.fastForward(GIVES_UP)
  await page.getByRole('heading', { name: 'Rue des Tilleuls 12' }).waitFor()
  await comesTrue(page, `globalThis.heard.notes > ${before.notes} && globalThis.heard.badges.at(-1) === 1`)
  await watched.sees(([alarm]) => alarm?.counts.shown === 1)

  const lamp = await stage.phone({ language: 'en' })
  await wear(lamp, lina)
  const her = lamp.page
  const line = await lineOf(her)
  await her.clock.install()
  await lamp.open('/w')
  await her.getByRole('heading', { name: 'Shown on 1 phone' }).waitFor()
  await page.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
  await page.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()
  await her.getByRole('heading', { name: 'Ana is coming' }).waitFor()

  line.dead = true
  await her.route('**/api/v1/**', async (route) => { await route.abort() })
  await her.clock.fastForward(ASKS_SOON)
  await her.clock.fastForward(GIVES_UP)
  await her.clock.fastForward(OLD)
  await her.getByText(/^No connection. What you see is from/).waitFor()
  await her.locator('.orbit[data-old]').waitFor({ state: 'attached' })
  t.equal(await her.locator('.orbit-ripple').count(), 0, 'nothing moves as if somebody were being told')
  await fits(t, lamp, 'an alarm of which nothing is heard')
  // He has taken it back, on a line that is as dead: what he says goes another way.
  hers.dead = true
  await page.clock.fastForward(ASKS_SOON)
  await page.clock.fastForward(GIVES_UP)
  await page.getByText(/^No connection. This is from/).waitFor()
  await page.getByRole('button', { name: 'Not after all' }).click()
  await page.getByRole('heading', { name: 'You cannot come' }).waitFor()
  await watched.sees(([alarm]) => alarm?.counts.coming === 0)
  await her.unroute('**/api/v1/**')
  await her.clock.fastForward(ASKS_SOON)
  // By the other way, while the line is still dead.
  await her.getByText('Ana is not coming after all').waitFor()
  t.equal(await her.getByRole('heading', { name: 'Ana is coming' }).count(), 0)
  line.dead = false
  await her.clock.fastForward(GIVES_UP)
  await her.locator('.orbit[data-old]').waitFor({ state: 'detached' })
  await fits(t, lamp, 'taken back')
  ana.isSound(t)
  lamp.isSound(t)
})
