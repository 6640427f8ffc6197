/**
 * Incident: a phone lay asleep on a night table. The push came, nothing was shown, and the browser took the permission away; and a tap on
 * "I am coming" opened a page that had no net, so that nobody came and everybody thought that somebody did.
 */
import t from 'tap'
import { Stage } from './stage.ts'
import { Watched } from './watched.ts'
import { Woken } from './woken.ts'

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
