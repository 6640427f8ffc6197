/**
 * Incident: a phone lay asleep on a night table. The push came, nothing was shown, and the browser took the permission away; and a tap on
 * "I am coming" opened a page that had no net, so that nobody came and everybody thought that somebody did. A rehearsal shook a phone like
 * the real thing; whoever had gone was called all the same.
 */
import t from 'tap'
import { enrolled } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import { Stage, comesTrue } from './stage.ts'
import { Watched, heard } from './watched.ts'
import { Woken } from './woken.ts'

/** A page can't be installed in a test: it is told that it was. */
const STANDALONE = `{
  const asked = matchMedia
  globalThis.matchMedia = (query) => query === '(display-mode: standalone)' ? Object.assign(new EventTarget(), { matches: true, media: query }) : asked.call(globalThis, query)
}`

t.test('woken with no page open: shown first and proven, answered in one tap, stood down in sight', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const ben = await watched.phone({ language: 'en' })
  const woken = await Woken.prepare(stage, ben)
  const id = await watched.pair(ben, 'Ben')
  await ben.page.getByRole('button', { name: 'Later' }).click()
  await ben.page.getByText(/^This phone can be woken/).waitFor()
  t.same(await ben.axe(), [])
  await woken.leave()

  await lina.workAt('Rue des Tilleuls 12')
  await lina.press('k1')
  const first = await woken.deliverNext()
  const alert = await woken.shows('Lina needs you now')
  t.match(alert.body, /Rue des Tilleuls 12/)
  t.same(alert.actions, ['Coming, 10 min', 'I cannot'])
  const row = () => watched.alarms[0]?.rows.find(({ responder }) => responder === id)
  await watched.sees(() => row()?.receipt?.level === 'shown')

  await woken.tap(alert.tag, 'coming')
  t.equal((await woken.shows('You are coming, 10 min')).body, 'Tap to change.')
  await watched.sees(() => row()?.minutes === 10)

  await lina.end(first.alarm)
  await woken.deliverNext('stand-down')
  await woken.shows('It is over')
  await woken.deliver(first)
  await woken.deliver('not json')
  await woken.shows('A message is waiting')
  t.equal((await woken.shows('It is over')).tag, alert.tag, 'an older push does not hide the end')

  await lina.press('k2')
  await woken.deliverNext('alert')
  const second = await woken.shows('Lina needs you now')
  await stage.service.kill()
  await woken.tap(second.tag, 'coming')
  await woken.shows('That did not get through')
  await ben.page.goto(`${stage.origin}/r`)
  await ben.page.getByText('No connection. Trying again…').waitFor()
  t.same(await ben.axe(), [], 'the shell works without a service, and says so')
  await stage.service.start()
  await ben.page.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
  await ben.page.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()
  ben.isSound(t)
})

t.test('a rehearsal is one single note and calls nobody; a phone that was taken out is not woken, and whoever left is not called', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const place = await stage.operate(async (people) => {
    const { room } = granted(await people.venues.addRoom(granted(await people.venues.add('Maison Tilleul', 'independent')).venue.id, 'Lilac', null))
    const { button } = granted(await people.buttons.add(room.id, null))
    return { room: room.id, token: people.venues.roomToken(room.id), button }
  })
  const button = enrolled(place.button, stage.doors)
  t.teardown(() => { button.powerOff() })
  button.powerOn()
  const ben = await watched.phone({ language: 'en' })
  const woken = await Woken.prepare(stage, ben)
  const id = await watched.pair(ben, 'Ben')
  await ben.page.getByRole('button', { name: 'Later' }).click()
  await ben.page.getByText(/^This phone can be woken/).waitFor()
  await woken.leave()
  const ana = await watched.phone({ language: 'en' })
  const { page } = ana
  const left = await watched.pair(ana, 'Ana')
  await page.getByRole('button', { name: 'Let it ring' }).click()
  await page.getByText('This page rings while it is open.').waitFor()
  await ana.open('/r')
  await page.getByText('Rings while this page is open').waitFor()

  await lina.workIn(place.token)
  await lina.browser.post('/api/v1/test', { room: place.room })
  const quiet = await heard(ana)
  button.press()
  await page.getByText('Only a rehearsal').waitFor()
  await comesTrue(page, `globalThis.heard.notes > ${quiet.notes} && globalThis.heard.shakes.length > ${quiet.shakes.length}`)
  const noted = await heard(ana)
  t.same(noted.shakes.slice(quiet.shakes.length).filter((shake) => shake !== 0), [[400]], 'one short shake')
  t.same(await ana.axe(), [])
  // It goes on until both have been shown it: Ben has not yet.
  await woken.deliverNext('alert')
  const rehearsed = await woken.shows('Lina is trying this out')
  t.match(rehearsed.body, /Nobody needs to come/)
  t.same(rehearsed.vibrate, [200], 'as a message shakes a phone')
  await page.getByText('Only a rehearsal').waitFor({ state: 'detached' })
  t.equal((await heard(ana)).notes, noted.notes, 'the note is not repeated')
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText('Rings while this page is open').waitFor()

  await ben.open('/r#/phone')
  await ben.page.getByRole('button', { name: 'Remove' }).click()
  await ben.page.getByText('None yet.').waitFor()
  t.same(await ben.axe(), [], 'taken out')
  await ben.page.reload()
  await ben.page.getByText('Not allowed yet.').waitFor()
  await ben.page.goto('about:blank')
  const pushes = stage.push.received.length
  await lina.press('k1')
  await page.getByRole('heading', { name: 'Lilac' }).waitFor()
  const real = () => watched.alarms.find(({ kind, ended }) => kind === 'alarm' && ended === null)
  await watched.sees(() => real() !== undefined)
  t.equal(stage.push.received.length, pushes, 'the phone that was taken out is not woken')
  t.notMatch(real()?.rows.find(({ responder }) => responder === id)?.receipt, { level: /shown|seen/ }, 'and is not said to have shown anything')
  await lina.end(real()?.alarm ?? '')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()

  await page.getByRole('link', { name: 'People I watch over' }).click()
  await page.getByRole('button', { name: 'Leave this list' }).click()
  await page.getByRole('heading', { name: 'Leave now? They are told that you left.' }).waitFor()
  t.same(await ana.axe(), [], 'to leave')
  await page.getByRole('button', { name: 'Leave this list' }).click()
  await page.getByText('You left. Nobody calls you for it any more.').waitFor()
  t.match(await lina.browser.get('/api/v1/contacts'), { left: [{ name: 'Ana' }] }, 'she is told')
  const last = await heard(ana)
  await lina.press('k2')
  const { alarms } = await lina.browser.get<{ alarms: readonly { readonly ended: object | null, readonly rows: readonly { readonly responder: string, readonly told: boolean }[] }[] }>('/api/v1/alarms')
  t.notOk(alarms.some(({ ended, rows }) => ended === null && rows.some(({ responder, told }) => told && responder === left)), 'she sees that whoever left is not told')
  t.equal(stage.push.received.length, pushes, 'nobody was woken until here')
  t.equal((await heard(ana)).notes, last.notes, 'and nothing rings')
  await ana.open('/r')
  // What ended a moment ago is told again on a page that is loaded anew, each until it is read; behind it, nobody is left to watch over.
  const unlisted = page.getByRole('heading', { name: 'Not on a list yet' })
  const over = page.getByRole('heading', { name: 'It is over' })
  for (await unlisted.or(over).first().waitFor(); !await unlisted.isVisible(); await unlisted.or(over).first().waitFor()) {
    await page.evaluate('document.querySelector(\'[data-mood="after"] .light-button\')?.click()')
  }
  t.equal((await heard(ana)).notes, 0, 'nor on a page that is loaded anew')
  for (const phone of [ana, ben]) phone.isSound(t)
})

t.test('an iPhone: first the icon, the short code typed inside it, then two taps from the notification to "I am coming"', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const more = { userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1', isMobile: true }
  const browser = await watched.phone({ language: 'en', more })
  const code = await lina.code()
  await browser.open(`/r#${code}`)
  await browser.page.getByRole('heading', { name: 'First, an icon' }).waitFor()
  const said = await browser.page.locator('.ordered').innerText()
  t.match(said, new RegExp(`Type your code there: ${code}`), 'nothing goes over into the app but what they remember')
  t.same(await browser.axe(), [])
  t.notOk(await browser.overflows())

  // The app has a store of its own.
  const app = await watched.phone({ language: 'en', more })
  const { page } = app
  const woken = await Woken.prepare(stage, app)
  await app.context.addInitScript(STANDALONE)
  const id = await watched.pair(app, 'Ana', async () => {}, `${code.slice(0, 4).toLowerCase()} ${code.slice(4).toLowerCase()}`)
  await page.getByRole('button', { name: 'Later' }).click()
  await page.getByText(/^This phone can be woken/).waitFor()
  t.same(await app.axe(), [], 'woken')
  await woken.leave()
  await lina.workAt('Rue des Tilleuls 12')
  await lina.press('k1')
  const { notification } = await woken.deliverNext('alert')
  await woken.shows('Lina needs you now')
  t.match(notification, { title: 'Lina needs you now', body: /Rue des Tilleuls 12/, lang: 'en' }, 'what the phone shows by itself')
  // The first tap opens what the push names, the second answers.
  await page.goto(notification.navigate)
  await page.getByRole('button', { name: 'I am coming, in 5 minutes' }).click()
  await page.getByRole('heading', { name: 'You are coming, 5 min' }).waitFor()
  await watched.sees(([alarm]) => alarm?.rows.find(({ responder }) => responder === id)?.minutes === 5)
  t.same(await app.axe(), [], 'coming')
  for (const phone of [browser, app]) phone.isSound(t)
})
