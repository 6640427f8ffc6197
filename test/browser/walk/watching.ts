/** Whoever watches over her: from the code to the end of an alert, and their own things. */
import { Browser } from '../../../device-sim/live/browser.ts'
import { granted } from '../../faults/full-house.ts'
import { wear } from '../room.ts'
import type { Phone, Stage } from '../stage.ts'
import { Watched } from '../watched.ts'
import { goes } from '../hers.ts'
import { settled } from './look.ts'
import type { Walk } from './look.ts'

export async function watching (walk: Walk, stage: Stage): Promise<void> {
  const { t, language } = walk
  const watched = await Watched.begin(stage)
  t.teardown(() => { watched.close() })
  const phone = await watched.phone({ language })
  // A browser in a test asks nobody: this one was told "no" before.
  await phone.context.addInitScript("Object.defineProperty(Notification, 'permission', { get: () => 'denied' })")
  await pairs(walk, watched, phone)
  await theirOwn(walk, phone)
  await alerted(walk, watched, phone)
  phone.isSound(t)
}

async function pairs ({ look, words }: Walk, { lina }: Watched, phone: Phone): Promise<void> {
  const { page } = phone
  await phone.open('/r')
  await settled(phone)
  await look(phone, 'pair-no-code')
  await page.goto(`${phone.stage.origin}/exit`)
  await phone.open(`/r#${await lina.code()}`)
  await settled(phone)
  await look(phone, 'pair-code')
  await page.locator('.foot .light-button').click()
  await page.getByLabel(words('door.name')).fill('Ana')
  await page.getByRole('button', { name: words('responder.about.kinds.contact') }).click()
  await page.getByRole('button', { name: words('responder.about.promise'), exact: true }).click()
  await page.getByLabel(words('door.understood')).check()
  await look(phone, 'pair-about')
  await page.locator('.foot .light-button').click()
  await page.locator('.digits').waitFor()
  await look(phone, 'pair-digits')
  await lina.confirm((await page.locator('.digits').getAttribute('aria-label') ?? '').replaceAll(' ', ''))
  await page.getByRole('heading', { name: words('responder.digits.confirmed') }).waitFor()
  await look(phone, 'pair-confirmed')
  await page.locator('.foot .light-button').click()
  await page.getByText(words('responder.sound.off')).waitFor()
  await look(phone, 'pair-sound')
  await page.getByRole('button', { name: words('responder.sound.arm') }).click()
  await page.getByText(words('responder.sound.ready')).waitFor()
  await look(phone, 'pair-sound-ready')
  await page.locator('.foot .light-button').click()
  await settled(phone)
  await look(phone, 'pair-refused')
  await page.getByRole('button', { name: words('responder.later') }).click()
  await page.getByText(words('responder.try.loud')).waitFor()
  await look(phone, 'pair-try')
  await page.getByRole('button', { name: words('responder.later') }).click()
  await page.getByRole('heading', { name: words('responder.home.title') }).waitFor()
  await look(phone, 'watch-home')
}

async function theirOwn ({ look }: Walk, phone: Phone): Promise<void> {
  for (const place of ['people', 'available', 'phone', 'sound', 'closed', 'try']) {
    await goes(phone, `/${place}`)
    await settled(phone)
    await look(phone, `watch-${place}`)
  }
  await goes(phone, '/')
}

async function alerted ({ look, words }: Walk, watched: Watched, phone: Phone): Promise<void> {
  const { page } = phone
  const { lina } = watched
  const { mayKnowReach, ...circle } = await lina.browser.get<{ readonly mayKnowReach: string }>('/api/v1/circle')
  await lina.browser.put('/api/v1/circle', { ...circle, note: 'Knock and ask for the keys.' })
  await lina.workAt('Rue des Tilleuls 12')
  await lina.press('k1')
  await page.locator('.minutes').waitFor()
  await page.getByText(words('safety.alert.others.none')).waitFor()
  await look(phone, 'alert')
  await page.locator('.minutes button').nth(1).click()
  await page.locator('[data-mood="coming"]').waitFor()
  await look(phone, 'alert-coming')
  await lina.press('k2')
  await page.getByText(words('safety.alert.again.title')).waitFor()
  await look(phone, 'alert-again')
  await page.getByRole('button', { name: words('safety.alert.cannot'), exact: true }).click()
  await page.getByText(words('safety.alert.declined.title')).waitFor()
  await look(phone, 'alert-cannot')
  await page.locator('.minutes button').first().click()
  await page.locator('[data-mood="coming"] .giant, [data-mood="coming"] .light-button').first().click()
  await page.getByRole('heading', { name: words('safety.alert.there') }).waitFor()
  await look(phone, 'alert-arrived')
  await watched.sees(([alarm]) => alarm?.counts.arrived === 1)
  for (const { alarm } of watched.alarms) await lina.end(alarm)
  await page.locator('.minutes, [data-mood="coming"]').waitFor({ state: 'detached' })
  await settled(phone)
  await look(phone, 'alert-over')
}

/** A reference person's hours and offers. */
export async function onDuty ({ t, language, look }: Walk, stage: Stage): Promise<void> {
  const invite = await stage.operate(async (people) => {
    const { venue } = granted(await people.venues.add('Maison Tilleul', 'employed'))
    return granted(await people.invites.make('reference-person', venue.id)).code
  })
  const browser = new Browser(stage.origin)
  await browser.post(`/api/v1/invites/${invite}`, { role: 'reference-person', name: 'Nour', language, device: 'a phone', neverForwards: 'v1' })
  await browser.post('/api/v1/offers/mine')
  const phone = await stage.phone({ language })
  await wear(phone, { browser })
  await phone.open('/r')
  await settled(phone)
  await look(phone, 'watch-home-reference')
  for (const place of ['rota', 'offers']) {
    await goes(phone, `/${place}`)
    await settled(phone)
    await look(phone, `watch-${place}`)
  }
  phone.isSound(t)
}
