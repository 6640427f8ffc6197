/** The wide pages as they are opened, and what each of their screens must hold in every size, language and light. */
import type { Test } from 'tap'
import { granted } from '../faults/full-house.ts'
import type { VenueId } from '../../server/people/words.ts'
import { DESK, SMALL } from './stage.ts'
import type { Phone, PhoneOptions, Stage } from './stage.ts'

const NARROW = { width: 320, height: 640 } as const
const ENTER = { fr: ['J’ai compris', 'Entrer'], nl: ['Ik heb dit begrepen', 'Binnenkomen'], en: ['I have understood this', 'Come in'] } as const

/** Somebody invited by the operator comes in by the door. */
export async function comeIn (stage: Stage, role: 'technician' | 'researcher', venue: VenueId | null, options: PhoneOptions = {}): Promise<Phone> {
  const { code } = await stage.operate(async (people) => granted(await people.invites.make(role, venue)))
  const phone = await stage.phone(options)
  const [understood, enter] = ENTER[(options.language ?? 'en') as keyof typeof ENTER]
  await phone.open(`/#${code}`)
  await phone.page.getByLabel(understood).check()
  await phone.page.getByRole('button', { name: enter }).click()
  await phone.page.waitForURL(role === 'technician' ? '**/t' : '**/s')
  return phone
}

/** Whoever comes back to a page has it ask at once. */
export async function look (phone: Phone): Promise<void> { await phone.page.evaluate('dispatchEvent(new Event("focus"))') }

/** From the smallest screen to the desk, in three languages; dark and light in the first, whose colours are everybody's. `settle`: what must stand there before it is judged. */
export async function holds (t: Test, phone: Phone, path: string, settle: () => Promise<void>): Promise<void> {
  for (const language of ['fr', 'nl', 'en']) {
    const isFirst = language === 'fr'
    for (const theme of isFirst ? ['dark', 'light'] : ['dark']) {
      await phone.page.evaluate(`localStorage.setItem('language', '${language}'); localStorage.setItem('theme', '${theme}')`)
      await phone.page.setViewportSize(DESK)
      await phone.page.reload()
      await settle()
      for (const size of [DESK, SMALL, NARROW]) {
        await phone.page.setViewportSize(size)
        t.notOk(await phone.overflows(), `${path} in ${language}, ${theme}, is not wider than ${size.width}`)
        t.same(await phone.axe(isFirst ? 'all' : 'words'), [], `${path} in ${language}, ${theme}, at ${size.width}`)
      }
    }
  }
  await phone.page.evaluate(`localStorage.setItem('language', 'en'); localStorage.setItem('theme', 'dark')`)
  await phone.page.setViewportSize(DESK)
  await phone.page.reload()
  await settle()
}
