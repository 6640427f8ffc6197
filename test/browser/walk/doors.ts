/** How one comes in, and how one leaves at once. */
import { granted } from '../../faults/full-house.ts'
import type { Stage } from '../stage.ts'
import { goes } from '../hers.ts'
import { settled } from './look.ts'
import type { Walk } from './look.ts'

const ROLES = ['worker', 'technician', 'reference-person', 'organisation'] as const

export async function doors ({ t, language, words, look }: Walk, stage: Stage): Promise<void> {
  const phone = await stage.phone({ language })
  const { page } = phone
  await phone.open('/')
  await page.locator('.rows').waitFor()
  await look(phone, 'door')
  for (const [path, screen] of [['/code', 'door-code'], ['/words', 'door-words'], ['/alone', 'door-alone']] as const) {
    await goes(phone, path)
    await settled(phone)
    await look(phone, screen)
  }
  const venue = await stage.venue('Maison Tilleul', 'employed')
  for (const role of ROLES) {
    const { code } = await stage.operate(async (people) => granted(await people.invites.make(role, venue.id)))
    await page.goto(`${stage.origin}/exit`)
    await phone.open(`/#${code}`)
    await page.getByLabel(words('door.understood')).waitFor()
    await look(phone, `door-invite-${role}`)
  }
  await page.goto(`${stage.origin}/exit`)
  await page.locator('.night-clock').waitFor()
  await look(phone, 'exit')
  phone.isSound(t)
}
