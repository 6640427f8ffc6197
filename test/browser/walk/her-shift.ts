/** Her shift: where, by what, waiting for the press, running; a promised sign; a rehearsal; the minutes without hearing. */
import { available, lilac, SILENT } from '../room.ts'
import { asks, goes } from '../hers.ts'
import { settled } from './look.ts'
import type { Walk } from './look.ts'

export async function herShift ({ t, language, words, look }: Walk): Promise<void> {
  const house = await lilac(t, { regime: 'employed', pin: false, steps: [[{ name: 'Ana', habit: SILENT }]], with: { language } })
  const { phone, button, token } = house
  const { page } = phone
  await available(house)
  button.powerOn()
  await phone.open('/w#/shift')
  await settled(phone)
  await look(phone, 'shift-where')
  for (const [path, screen] of [['/shift/room', 'shift-rooms'], ['/shift/place', 'shift-place'], [`/shift/code/${token}`, 'shift-code'], ['/shift/scan', 'shift-scan'], ['/drill', 'drill'], ['/deaf', 'deaf']] as const) {
    await goes(phone, path)
    await settled(phone)
    await look(phone, screen)
  }
  await goes(phone, '/shift/room')
  await page.getByRole('link', { name: /Lilac/ }).click()
  await page.locator('form .light-button').waitFor()
  await look(phone, 'shift-room')
  await page.locator('form .light-button').click()
  await page.locator('form').waitFor({ state: 'detached' })
  await look(phone, 'shift-press-now')
  button.press()
  await page.locator('.lamp').waitFor()
  await goes(phone, '/shift')
  await settled(phone)
  await look(phone, 'shift-running')
  await goes(phone, '/shift/test')
  await settled(phone)
  await look(phone, 'shift-test')
  await goes(phone, '/shift/sign')
  await settled(phone)
  await look(phone, 'sign-promise')
  await page.locator('.light-button').first().click()
  await page.getByText(words('safety.sign.fine')).first().waitFor()
  await look(phone, 'sign-due')
  await goes(phone, '/')
  await page.getByText(words('safety.sign.next')).waitFor()
  await look(phone, 'lamp-sign-promised')
  await asks(phone, 'POST', '/check-in/confirm', {})
  await goes(phone, '/drill')
  await settled(phone)
  await page.locator('.light-button').first().click()
  await page.locator('.light-button[disabled], .row, .trouble:not(:empty)').first().waitFor()
  await look(phone, 'drill-runs')
  await goes(phone, '/deaf')
  await settled(phone)
  await look(phone, 'deaf-shift')
  phone.isSound(t)
}
