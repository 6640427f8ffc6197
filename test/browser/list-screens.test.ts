/** Incident: in Dutch the button that removes somebody lay outside the screen of a small phone, and a screen reader found no name on it. */
import t from 'tap'
import { asks, befriends, faultsOf, goes, herPhone, joins, orders } from './hers.ts'
import { Browser } from '../../device-sim/live/browser.ts'
import type { Phone } from './stage.ts'
import { Stage } from './stage.ts'

const LANGUAGES = ['fr', 'nl', 'en'] as const
/** The narrowest phone that anybody is asked to read on; the same as 640 px at twice the size. */
const NARROW = { width: 320, height: 640 } as const

/** Everything that may stand on these screens, with long names. */
async function furnish (phone: Phone): Promise<readonly string[]> {
  const ana = await befriends(phone, 'Anastasia-Konstantina van den Broecke')
  const luc = await befriends(phone, 'Luc', 'colleague')
  const centre = await befriends(phone, 'Centre d’accompagnement et d’écoute', 'organisation')
  const dubois = await befriends(phone, 'Inspecteur principal Dubois', 'authority')
  await orders(phone, [[ana.responder, luc.responder], [centre.responder]], { note: 'Knock and ask for the keys.', mayKnow: [ana.responder] })
  const { code } = await asks<{ code: string }>(phone, 'POST', '/contacts/codes')
  await joins(new Browser(phone.stage.origin), code, 'Mireille')
  await asks(phone, 'POST', '/shortcuts')
  await asks(phone, 'POST', '/press')
  const circle = ['', '/order', `/person/${ana.responder}`, `/person/${dubois.responder}`, '/words', '/wishes', '/add', '/offers', '/colleague', '/authority', `/authority/${dubois.responder}`].map((path) => `/circle${path}`)
  const more = ['', '/shortcut', '/pin', '/words', '/devices', '/data', '/history', '/journal', '/export', '/forget', '/erase', '/settings', '/icon', '/reminders', '/help'].map((path) => `/more${path}`)
  return [...circle, ...more, ...['care', 'union', 'support', 'men', 'flanders', 'forced'].map((place) => `/more/help/${place}`), '/aliases']
}

for (const language of LANGUAGES) {
  t.test(`every screen of her list and behind "more", in ${language}`, async (t) => {
    const stage = await Stage.open(t)
    const phone = await herPhone(stage, (await stage.venue()).id, { language, size: NARROW })
    const { page } = phone
    const places = await furnish(phone)
    await phone.open('/w#/more')
    await page.locator('h1').waitFor()
    t.equal(await page.locator('html').getAttribute('lang'), language)
    for (const place of places) {
      await goes(phone, place)
      await page.locator('h1').waitFor()
      await page.locator('[role=status]:text-matches("…$")').first().waitFor({ state: 'detached' })
      t.same(await faultsOf(phone), [], place)
    }
    phone.isSound(t)
  })
}
