/** Her lamp and her call, from an empty list to the end. */
import type { SimWorker } from '../../../device-sim/live/venue.ts'
import { available, hold, lilac, PIN, SILENT, typePin } from '../room.ts'
import type { Lilac } from '../room.ts'
import { freeze, settled, wake } from './look.ts'
import type { Walk } from './look.ts'

const LAMP = '.hold'

/** Held by key, so that no clock runs against the walk: the countdown is on screen, and stops at once. */
async function countsDown ({ phone }: Lilac): Promise<void> {
  await phone.page.locator(LAMP).focus()
  await phone.page.keyboard.press('Enter')
  await phone.page.locator('.let-go').waitFor()
}

export async function emptyList ({ t, language, words, look }: Walk): Promise<void> {
  const { phone } = await lilac(t, { steps: [], pin: false, with: { language } })
  const { page } = phone
  await phone.open('/w')
  await page.getByText(words('safety.ready.CIRCLE_EMPTY')).first().waitFor()
  await look(phone, 'lamp-nobody')
  await hold(phone, words('safety.hold.label'), 1_400)
  await page.getByRole('heading', { name: words('safety.call.nobodyToTell') }).waitFor()
  await look(phone, 'call-nobody-to-tell')
  phone.isSound(t)
}

/** Somebody of hers says this of the alarm that runs. */
async function says (who: SimWorker['responders'][number] | undefined, given: { readonly is: string, readonly minutes?: number }): Promise<void> {
  if (who === undefined) throw new Error('she chose nobody')
  const { alerts } = await who.browser.get<{ alerts: readonly { readonly alarm: string }[] }>('/api/v1/alerts')
  for (const { alarm } of alerts) await who.browser.post(`/api/v1/alerts/${encodeURIComponent(alarm)}/answer`, given)
}

export async function lampAndCall (walk: Walk): Promise<void> {
  const { t, language, words, look } = walk
  const house = await lilac(t, { steps: [[{ name: 'Ana', habit: SILENT }, { name: 'Luc', habit: SILENT }], [{ name: 'Mireille', habit: SILENT }]], with: { language } })
  const { phone, lina, button } = house
  const { page } = phone
  await phone.open('/w')
  await page.locator('.lamp[data-light="ember"]').waitFor()
  await look(phone, 'lamp-not-ready')
  await lina.workIn(house.token)
  await available(house)
  button.powerOn()
  await lina.browser.post('/api/v1/test', { room: house.room })
  await page.getByText(words('safety.ready.BUTTON_UNPROVEN')).waitFor()
  await look(phone, 'lamp-untried')
  button.press()
  await page.locator('.lamp[data-light="full"]').waitFor()
  await look(phone, 'lamp-ready')
  await underHerFinger(walk, house)
  await page.locator('.lamp[data-light="full"]').waitFor()
  await hold(phone, words('safety.hold.label'), 1_400)
  await page.locator('.orbit').waitFor()
  await page.getByText(/ 2 /).first().waitFor()
  await look(phone, 'call-shown')
  await her(walk, house)
}

async function underHerFinger ({ words, look }: Walk, house: Lilac): Promise<void> {
  const { phone } = house
  const { page } = phone
  await page.mouse.move(180, 220)
  await page.mouse.down()
  await page.locator('.let-go').waitFor()
  await page.waitForTimeout(800)
  await freeze(phone)
  await look(phone, 'pressing')
  await wake(phone)
  await page.locator('.lamp[data-light="full"]').waitFor()
  await countsDown(house)
  await freeze(phone)
  await look(phone, 'pressing-countdown')
  await wake(phone)
  await page.locator('.lamp[data-light="full"]').waitFor()
  await page.mouse.move(180, 220)
  await page.mouse.down()
  await page.locator('.let-go').waitFor()
  await page.mouse.up()
  await page.getByText(words('safety.hold.short')).waitFor()
  await freeze(phone)
  await look(phone, 'pressing-too-short')
  await wake(phone)
}

/** What comes of it: declined, coming, arrived, her PIN, over. */
async function her ({ t, words, look }: Walk, { phone, lina }: Lilac): Promise<void> {
  const { page } = phone
  const [ana, luc, mireille] = lina.responders
  for (const each of [ana, luc]) await says(each, { is: 'cannot' })
  await page.getByRole('heading', { name: words('safety.call.nobody') }).waitFor()
  await settled(phone)
  await look(phone, 'call-nobody-yet')
  await says(mireille, { is: 'coming', minutes: 10 })
  await page.locator('.thread li').filter({ hasText: '10 min' }).first().waitFor()
  await look(phone, 'call-coming')
  await page.context().setOffline(true)
  await page.locator('.doubt').waitFor()
  await look(phone, 'call-old')
  await page.context().setOffline(false)
  await page.locator('.doubt').waitFor({ state: 'detached' })
  await says(mireille, { is: 'arrived' })
  await page.locator('.thread li').nth(4).waitFor()
  await look(phone, 'call-arrived')
  await page.getByRole('link', { name: words('safety.call.safe') }).click()
  await page.locator('.keys').waitFor()
  await look(phone, 'safe-pin')
  await typePin(phone, '999999', words('safety.pin.end'))
  await page.locator('[role=alert]:not(:empty)').waitFor()
  await look(phone, 'safe-pin-wrong')
  await typePin(phone, PIN, words('safety.pin.end'))
  await page.getByRole('heading', { name: words('safety.over.title') }).waitFor()
  await look(phone, 'over')
  await page.getByRole('button', { name: words('safety.over.back') }).click()
  await page.locator(LAMP).waitFor()
  phone.isSound(t)
}

/** No PIN keeps the names from whoever holds her phone. */
export async function withoutNetOrPin ({ t, language, words, look }: Walk): Promise<void> {
  const { phone, lina } = await lilac(t, { pin: false, steps: [[{ name: 'Ana', habit: SILENT }, { name: 'Luc', habit: SILENT }], [{ name: 'Mireille', habit: SILENT }]], with: { language } })
  const { page } = phone
  await phone.open('/w')
  await page.locator('.lamp[data-light="ember"]').waitFor()
  // Seen with its net, too: whatever else is said of it afterwards came by it.
  await look(phone, 'lamp-no-shift')
  await page.context().setOffline(true)
  await page.locator('.lamp[data-light="out"]').waitFor()
  await look(phone, 'lamp-dark')
  await hold(phone, words('safety.hold.label'), 1_400)
  await page.getByRole('heading', { name: words('safety.call.trying') }).waitFor()
  await look(phone, 'call-nobody-reached')
  await page.context().setOffline(false)
  await page.locator('.thread-who').first().waitFor()
  await says(lina.responders[0], { is: 'coming', minutes: 10 })
  await page.getByRole('heading', { name: /Ana/ }).waitFor()
  await look(phone, 'call-ana-is-coming')
  await page.getByRole('link', { name: words('safety.call.safe') }).click()
  await page.getByText(words('safety.pin.none')).first().waitFor()
  await look(phone, 'safe-without-pin')
  phone.isSound(t)
}
