/** The wide pages: rooms and buttons, and published figures. */
import { comeIn } from '../desk.ts'
import { BEFORE, TOLD, publish } from '../published.ts'
import { seedVenue } from '../seeded-venue.ts'
import { DESK, Stage } from '../stage.ts'
import type { Phone } from '../stage.ts'
import { settled } from './look.ts'
import type { Walk } from './look.ts'

/** The page at another of its places, loaded anew: one frame stays while what is in it changes. Resolves when names are known. */
async function opens (phone: Phone, path: string): Promise<void> {
  await phone.page.evaluate(`location.hash = ${JSON.stringify(path)}`)
  await phone.page.reload()
  await phone.page.locator('h1:not(:text("…"))').waitFor()
}

export async function rooms ({ t, language, look }: Walk, stage: Stage): Promise<void> {
  const { venue } = await seedVenue(t, stage)
  const phone = await comeIn(stage, 'technician', venue.id, { language, size: DESK })
  const { page } = phone
  await page.locator('.mark-proven').first().waitFor()
  await look(phone, 'rooms')
  const inRooms = async (room: string, screen: string): Promise<void> => {
    await opens(phone, '/')
    await page.locator('.rooms a', { hasText: room }).click()
    await settled(phone)
    await look(phone, screen)
  }
  await inRooms('Juniper', 'room')
  await page.locator('.test-window .quiet-button').click()
  await page.locator('.test-window .number').waitFor()
  await look(phone, 'room-test')
  await inRooms('Cedar', 'room-unheard')
  await inRooms('Maple', 'room-no-button')
  const [, id = ''] = /#\/room\/([^/]+)/.exec(page.url()) ?? []
  await opens(phone, `/room/${id}/button`)
  await settled(phone)
  await look(phone, 'room-enrol')
  await opens(phone, `/room/${id}/paper`)
  await page.locator('.paper .qr').waitFor()
  await look(phone, 'room-paper')
  for (const [path, screen] of [[`/room/${id}/name`, 'room-name'], ['/hours', 'house-hours'], ['/add', 'room-add'], ['/settings', 'desk-settings']] as const) {
    await opens(phone, path)
    await settled(phone)
    await look(phone, screen)
  }
  phone.isSound(t)
}

/** In a house of its own, as before anybody has read its figures. */
export async function figures ({ t, language, look }: Walk): Promise<void> {
  const stage = await Stage.open(t, { VEILLEUSE_OPERATOR: 'Union' })
  await publish(stage, '2026-Q3', BEFORE)
  await publish(stage, '2026-Q4', TOLD)
  const phone = await comeIn(stage, 'researcher', null, { language, size: DESK })
  await phone.page.locator('.plot-place canvas').nth(1).waitFor()
  await look(phone, 'figures')
  phone.isSound(t)
}
