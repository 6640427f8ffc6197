/** Incident: the phone had lost the network an hour ago, the lamp was still lit, and a press said that help was on its way. */
import t from 'tap'
import { lineOf } from './dead-line.ts'
import { faultsOf } from './hers.ts'
import { available, fits, hold, lilac, PIN, SILENT, typePin } from './room.ts'
import { comesTrue } from './stage.ts'

/** What the phone itself does: no page shows it. */
const BODY = `(() => {
  const body = globalThis.body = { shakes: [], locks: 0 }
  navigator.vibrate = (pattern) => { body.shakes.push(pattern); return true }
  Object.defineProperty(navigator, 'wakeLock', { value: { request: async () => { body.locks += 1; return { released: false, release: async () => {} } } } })
})()`
const PRESS = '**/api/v1/press'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1'
const LAMP = /call your people/
/** The last of her steps was told when nobody had answered for half a minute. */
const GOES_ON = /Shown on 1 phone|Nobody so far/

t.test('without a network nothing is lit and nobody is said to be reached; when it is back the same press gets through', async (t) => {
  const { phone, lina } = await lilac(t, { with: { language: 'en' } })
  const { page, context } = phone
  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  await page.evaluate(BODY)
  await context.setOffline(true)
  await page.getByText(/No connection to the service since/).waitFor()
  t.equal(await page.locator('.lamp').getAttribute('data-light'), 'out')
  await fits(t, phone, 'no connection')
  await hold(phone, LAMP, 1_400)
  await page.getByRole('heading', { name: 'Nobody reached yet' }).waitFor()
  await page.getByText('Trying again, keep this open.').waitFor()
  t.equal(await page.getByRole('link', { name: 'I am safe' }).count(), 0, 'nothing is offered that would not be true')
  t.equal(await page.getByRole('link', { name: 'Phone somebody yourself' }).getAttribute('href'), 'tel:', 'the phone itself is the last resort')
  await fits(t, phone, 'nobody reached')
  await context.setOffline(false)
  await page.getByRole('heading', { name: /Recorded|Shown on 1 phone|Contact 1 is coming/ }).waitFor()
  await page.getByRole('link', { name: 'Phone somebody yourself' }).waitFor({ state: 'detached' })
  await comesTrue(page, 'globalThis.body.shakes.length === 1')
  t.same(await page.evaluate('globalThis.body'), { shakes: [80], locks: 1 }, 'one short pulse once it is recorded, and the screen stays on')
  const { alarms } = await lina.browser.get<{ alarms: { facts: { reason: string }[] }[] }>('/api/v1/alarms')
  t.equal(alarms.length, 1)
  t.notOk(alarms[0]?.facts.some(({ reason }) => reason === 'PRESSED_AGAIN'), 'however often it was said, it is one press')
  phone.isSound(t)
})

t.test('the service dies in the middle and comes back: what she sees says how old it is, and goes on', async (t) => {
  const { phone, stage } = await lilac(t, { steps: [[{ name: 'Ana', habit: SILENT }]] })
  const { page, context } = phone
  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  await hold(phone, LAMP, 1_400)
  await page.getByRole('heading', { name: 'Shown on 1 phone' }).waitFor()
  const tab = await context.newPage()
  await tab.goto(`${stage.origin}/w`)
  await tab.getByRole('heading', { name: 'Shown on 1 phone' }).waitFor()
  await stage.service.kill('SIGKILL')
  await page.getByText(/No connection. What you see is from/).waitFor()
  await fits(t, phone, 'an alarm of which nothing is heard')
  await stage.service.start()
  await page.getByText(/No connection. What you see is from/).waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: GOES_ON }).waitFor()

  await tab.keyboard.press('Shift')
  await tab.keyboard.press('Shift')
  await tab.keyboard.press('Shift')
  await tab.waitForURL('**/exit')
  await tab.goBack().catch(() => null)
  t.notMatch(await tab.locator('body').innerText(), /Ana|phone/i, '"back" leads to nothing of hers')
  await page.getByRole('button', { name: 'Close' }).click()
  await page.waitForURL('**/exit')
  await page.goto(`${stage.origin}/w`)
  await page.getByRole('heading', { name: GOES_ON }).waitFor()
  t.match(await page.evaluate('fetch("/api/v1/contacts").then((answer) => answer.status)'), 403, 'what was open is locked')
  phone.isSound(t)
})

t.test('a socket that is dead and looks open is found out, and the lamp goes out before', async (t) => {
  const house = await lilac(t)
  const { phone } = house
  const { page } = phone
  const line = await lineOf(page)
  await house.lina.workAt('Quai 12')
  await available(house)
  await phone.open('/w')
  await page.locator('.lamp[data-light="full"]').waitFor()
  line.dead = true
  await page.locator('.lamp[data-light="out"]').waitFor({ timeout: 40_000 })
  await page.getByText(/No connection to the service since/).waitFor()
  line.dead = false
  await page.locator('.lamp[data-light="full"]').waitFor({ timeout: 20_000 })
  phone.isSound(t)
})

t.test('what could not be loaded is said, in three languages while there are no words at all, and "try again" fetches all of it anew', async (t) => {
  // A private window keeps nothing: every screen comes over the network.
  const { phone, stage } = await lilac(t, { with: { more: { serviceWorkers: 'block' } } })
  const { page, context } = phone
  const [WORDS, SCREENS] = ['**/a/en-*.js', '**/a/screens-*.js']
  await context.route(WORDS, async (route) => { await route.abort() })
  await phone.open('/w')
  await page.getByRole('button', { name: 'Pas de réponse. Réessayer' }).waitFor()
  await page.getByRole('button', { name: 'Geen antwoord. Opnieuw proberen' }).waitFor()
  await fits(t, phone, 'no words')
  const [anew] = await Promise.all([page.waitForRequest(`${stage.origin}/w`), page.waitForEvent('load'), page.getByRole('button', { name: 'No answer. Try again' }).click()])
  t.ok(anew.isNavigationRequest(), 'the page as a whole is asked for')
  await page.getByRole('button', { name: 'No answer. Try again' }).waitFor()
  await context.unroute(WORDS)
  await page.goto(`${stage.origin}/w`)
  await page.getByText('No shift has begun').waitFor()

  await context.route(SCREENS, async (route) => { await route.abort() })
  await page.getByRole('link', { name: 'More' }).click()
  await page.getByText('No answer. Check the connection and try again.').waitFor()
  await fits(t, phone, 'a screen that did not come')
  await context.unroute(SCREENS)
  await context.setOffline(true)
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('No answer. Check the connection and try again.').waitFor()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('button', { name: LAMP }).waitFor()
  t.pass('the lamp is still there: without a network nothing is loaded anew')
  await context.setOffline(false)
  await page.getByRole('link', { name: 'More' }).click()
  await page.getByRole('heading', { name: 'More', exact: true }).waitFor()

  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  await context.route(WORDS, async (route) => { await route.abort() })
  await page.getByRole('link', { name: 'More' }).click()
  await page.getByText('No answer. Check the connection and try again.').waitFor()
  await context.unroute(WORDS)
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByRole('link', { name: 'More' }).click()
  await page.getByRole('heading', { name: 'More', exact: true }).waitFor()
  t.same(await faultsOf(phone), [], 'its words came, too')
  phone.isSound(t)
})

t.test('what is not saved is said not to be, and is never called recorded; it goes on all the same, and is said again until it is', async (t) => {
  const { phone, lina, stage } = await lilac(t, { steps: [[{ name: 'Ana', habit: SILENT }]], with: { more: { userAgent: IPHONE } } })
  const { page, context } = phone
  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  await page.evaluate(BODY)
  let said = 0
  const again = new Promise<void>((resolve) => {
    void context.route(PRESS, async (route) => {
      said += 1
      if (said % 2 === 1) return await route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"code":"STORE_FAILING","status":503}' })
      await route.abort()
      resolve()
    })
  })
  await hold(phone, LAMP, 1_400)
  await page.getByRole('heading', { name: 'Nobody reached yet' }).waitFor()
  await page.getByText('Phone somebody yourself').waitFor()
  t.equal(await page.locator('a[href^="tel:"]').count(), 0, 'an iPhone opens no dialler without a number: words, and no link that does nothing')
  await fits(t, phone, 'refused')
  await again
  t.equal(await page.getByText('Recorded').count(), 0)
  t.match(await lina.browser.get('/api/v1/alarms'), { alarms: [] }, 'and nothing is')

  const free = stage.service.jam()
  t.teardown(free)
  await context.unroute(PRESS)
  await page.getByText('Not saved yet. It goes on all the same.').waitFor()
  await page.locator('.thread').getByText('Begun').waitFor()
  t.equal(await page.getByText('Recorded').count(), 0, 'the disk takes nothing')
  t.match(await page.evaluate('globalThis.body.shakes'), [], 'nor is it felt as if it were')
  await fits(t, phone, 'not saved')
  free()
  await page.locator('.thread').getByText('Recorded').waitFor()
  await page.getByText('Not saved yet').waitFor({ state: 'detached' })

  const freeAgain = stage.service.jam()
  t.teardown(freeAgain)
  await page.getByRole('link', { name: 'I am safe' }).click()
  await typePin(phone, PIN, 'End it')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await page.getByText('Not saved yet').waitFor()
  await fits(t, phone, 'over, and not saved')
  freeAgain()
  await page.getByText('Not saved yet').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  phone.isSound(t)
})
