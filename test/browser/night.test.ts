/**
 * A whole night on real phones. Incident: every part had its own test and passed, and between a press on the wall and a tap on a lock
 * screen nobody had ever walked.
 */
import t from 'tap'
import { enrolled } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import { fits, typePin, wear } from './room.ts'
import { Stage, comesTrue } from './stage.ts'
import { Watched, heard } from './watched.ts'
import { Woken } from './woken.ts'

t.test('she starts by QR and presses on the wall; one page rings, the other phone is woken and answers in one tap; she sees each proof, leaves in haste, the service dies and comes back, and her PIN stands everybody down', async (t) => {
  const stage = await Stage.open(t)
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const { lina } = watched
  const place = await stage.operate(async (people) => {
    const venue = granted(await people.venues.add('Maison Tilleul', 'independent')).venue
    const { room } = granted(await people.venues.addRoom(venue.id, 'Lilac', 'Rue des Tilleuls 12'))
    return { token: people.venues.roomToken(room.id), button: granted(await people.buttons.add(room.id, null)).button }
  })
  const button = enrolled(place.button, stage.doors)
  t.teardown(() => { button.powerOff() })

  const ana = await watched.phone({ language: 'en' })
  await watched.pair(ana, 'Ana')
  await ana.page.getByRole('button', { name: 'Let it ring' }).click()
  await ana.page.getByText('This page rings while it is open.').waitFor()
  const ben = await watched.phone({ language: 'en' })
  const woken = await Woken.prepare(stage, ben)
  await watched.pair(ben, 'Ben')
  await ben.page.getByRole('button', { name: 'Later' }).click()
  await ben.page.getByText(/^This phone can be woken/).waitFor()
  await woken.leave()

  const her = await stage.phone({ language: 'en' })
  await wear(her, lina)
  const { page } = her
  await her.open(`/q/${place.token}`)
  await page.waitForURL(/\/w#\/shift/)
  await lina.workIn(place.token)
  await her.open('/w')
  button.powerOn()
  await page.locator('.lamp').waitFor()

  const before = await heard(ana)
  button.press()
  await page.getByRole('heading', { name: /Shown on \d/ }).waitFor()
  await ana.page.getByRole('heading', { name: 'Lilac' }).waitFor()
  await comesTrue(ana.page, `globalThis.heard.notes > ${before.notes}`)
  await woken.deliverNext()
  const alert = await woken.shows('Lina needs you now')
  await page.getByText('Shown on 2 phones').first().waitFor()
  await woken.tap(alert.tag, 'coming')
  await woken.shows('You are coming, 10 min')
  await page.getByRole('heading', { name: /is coming/ }).waitFor()
  await ana.page.getByText('1 other person is coming').waitFor()
  await fits(t, her, 'her alarm')
  await fits(t, ana, 'the alert')

  await page.getByRole('button', { name: 'Close' }).click()
  await page.waitForURL('**/exit')
  await stage.service.kill('SIGKILL')
  await stage.service.start()
  await her.open('/w')
  await page.getByRole('heading', { name: /is coming/ }).waitFor()
  await ana.page.getByRole('button', { name: 'I cannot' }).click()

  await page.getByRole('link', { name: 'I am safe' }).click()
  await typePin(her, '2580', 'End it')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await ana.page.getByRole('heading', { name: 'It is over' }).waitFor()
  await woken.deliverNext('stand-down')
  await woken.shows('It is over')
  for (const phone of [her, ana, ben]) phone.isSound(t)
})
