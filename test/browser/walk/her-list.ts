/** Her list and everything behind "more", with long names; her PINs, with the second one explained; the way in through her PIN. */
import { Browser } from '../../../device-sim/live/browser.ts'
import { granted } from '../../faults/full-house.ts'
import { asks, befriends, goes, herPhone, joins, orders, types } from '../hers.ts'
import type { Phone, Stage } from '../stage.ts'
import { settled } from './look.ts'
import type { Walk } from './look.ts'

const PIN = '135790'
const MORE = ['', '/shortcut', '/pin', '/words', '/devices', '/data', '/history', '/journal', '/export', '/forget', '/erase', '/settings', '/icon', '/reminders', '/help'] as const
const PLACES_OF_HELP = ['care', 'union', 'support', 'men', 'flanders', 'forced'] as const

/** Everything that may stand on these screens. */
async function furnish (phone: Phone): Promise<readonly (readonly [path: string, screen: string])[]> {
  const ana = await befriends(phone, 'Anastasia-Konstantina van den Broecke')
  const luc = await befriends(phone, 'Luc', 'colleague')
  const centre = await befriends(phone, 'Centre d’accompagnement et d’écoute', 'organisation')
  const dubois = await befriends(phone, 'Inspecteur principal Dubois', 'authority')
  await orders(phone, [[ana.responder, luc.responder], [centre.responder]], { note: 'Knock and ask for the keys.', mayKnow: [ana.responder] })
  const { code } = await asks<{ code: string }>(phone, 'POST', '/contacts/codes')
  await joins(new Browser(phone.stage.origin), code, 'Mireille')
  await asks(phone, 'POST', '/shortcuts')
  await asks(phone, 'POST', '/press')
  const { venues } = await asks<{ venues: readonly { readonly venue: string, readonly rooms: readonly { readonly room: string }[] }[] }>(phone, 'GET', '/standing')
  const [house] = venues
  const circle = [
    ['', ''], ['/order', 'order'], [`/person/${ana.responder}`, 'person'], [`/person/${dubois.responder}`, 'person-authority'], ['/words', 'words'], ['/wishes', 'wishes'],
    ['/add', 'add'], ['/offers', 'offers'], ['/colleague', 'colleague'], ['/authority', 'authorities'], [`/authority/${dubois.responder}`, 'authority'],
    [`/rooms/${house?.venue ?? ''}`, 'rooms'], [`/rooms/${house?.venue ?? ''}/${house?.rooms[0]?.room ?? ''}`, 'room']
  ] as const
  return [
    ...circle.map(([path, name]) => [`/circle${path}`, `circle${name === '' ? '' : `-${name}`}`] as const),
    ...MORE.map((path) => [`/more${path}`, `more${path.replace('/', '-')}`] as const),
    ...PLACES_OF_HELP.map((place) => [`/more/help/${place}`, `more-help-${place}`] as const),
    ['/aliases', 'aliases']
  ]
}

/** Signed in as a worker of a house with rooms and somebody who offers. */
async function inAHouse (stage: Stage, language: string): Promise<Phone> {
  const { venue, invite } = await stage.operate(async (people) => {
    const { venue } = granted(await people.venues.add('Maison Tilleul', 'employed'))
    for (const label of ['Lilas', 'Chambre du fond, au deuxième étage']) granted(await people.venues.addRoom(venue.id, label, 'Rue des Tilleuls 12'))
    return { venue: venue.id, invite: granted(await people.invites.make('reference-person', venue.id)).code }
  })
  const nour = new Browser(stage.origin)
  await nour.post(`/api/v1/invites/${invite}`, { role: 'reference-person', name: 'Nour', language: 'en', device: 'a phone', neverForwards: 'v1' })
  await nour.post('/api/v1/offers/mine')
  return await herPhone(stage, venue, { language })
}

export async function herList ({ t, language, look }: Walk, stage: Stage): Promise<void> {
  const phone = await inAHouse(stage, language)
  await phone.open('/w#/circle')
  await settled(phone)
  await look(phone, 'circle-nobody')
  const places = await furnish(phone)
  for (const [path, screen] of places) {
    await goes(phone, path)
    await settled(phone)
    await look(phone, screen)
  }
  phone.isSound(t)
}

/** A code for one person, whoever took it, and how a few people look. */
export async function adding ({ t, language, look }: Walk, stage: Stage): Promise<void> {
  const phone = await inAHouse(stage, language)
  const { page } = phone
  const [ana, luc] = [await befriends(phone, 'Ana'), await befriends(phone, 'Luc', 'colleague')]
  await orders(phone, [[ana.responder], [luc.responder]], { note: 'Knock and ask for the keys.' })
  await phone.open('/w#/circle')
  await settled(phone)
  await look(phone, 'circle-few')
  await goes(phone, '/circle/add')
  await page.locator('.light-button').click()
  await page.locator('.qr-ink').waitFor()
  await look(phone, 'circle-add-code')
  const code = (await page.locator('.code-shown').textContent())?.replace(/\s/g, '') ?? ''
  await joins(new Browser(stage.origin), code, 'Mireille')
  await page.locator('.qr-ink').waitFor({ state: 'detached' })
  await settled(phone)
  await look(phone, 'circle-add-digits')
  phone.isSound(t)
}

/** Her PIN, the second one with what it is and what it is not, her recovery words, a shortcut's steps, and her list behind the PIN. */
export async function herPins ({ t, language, look }: Walk, stage: Stage): Promise<void> {
  const phone = await inAHouse(stage, language)
  const { page } = phone
  const ana = await befriends(phone, 'Ana')
  await orders(phone, [[ana.responder]])
  await phone.open('/w#/more/words')
  await settled(phone)
  await page.locator('.light-button').click()
  await page.locator('.secret-words').waitFor()
  await look(phone, 'words-shown')
  await goes(phone, '/more/shortcut')
  await settled(phone)
  await page.locator('.light-button').click()
  await page.locator('.copied').first().waitFor()
  await look(phone, 'shortcut-shown')
  await goes(phone, '/more/pin')
  await settled(phone)
  await page.locator('.light-button').click()
  await page.locator('.keys').waitFor()
  await look(phone, 'pin-new')
  const typed = async (): Promise<void> => {
    const title = await page.locator('h1').textContent() ?? ''
    await types(phone, PIN)
    await page.locator('h1', { hasText: title }).waitFor({ state: 'detached' })
  }
  await typed()
  await typed()
  await page.getByLabel('Ana').check()
  await look(phone, 'pin-second-explained')
  await page.getByRole('button').last().click()
  await page.locator('.foot .light-button').waitFor()
  await look(phone, 'pin-set')
  await goes(phone, '/circle')
  await page.locator('.keys').waitFor()
  await look(phone, 'circle-gate')
  phone.isSound(t)
}
