/** What every screen must be, in one language: on the narrowest phone that anybody is asked to read on, and, in the first language, by day and on a desk. */
import t from 'tap'
import { COMPLETE } from '../../../dashboard/say/language.ts'
import type { Complete } from '../../../dashboard/say/language.ts'
import { faultsOf } from '../hers.ts'
import type { Phone } from '../stage.ts'
import { DESK, Stage } from '../stage.ts'
import { partsOf, prepare } from './every.ts'

/** The same as 640 px at twice the size. */
const NARROW = { width: 320, height: 640 } as const

export async function judgeEvery (language: Complete): Promise<void> {
  await t.test(`every screen in ${language}: nothing sticks out, nothing is too small for a finger, axe finds nothing`, async (t) => {
    const stage = await Stage.open(t)
    const seeded = await prepare(t, stage)
    for (const [name, walks] of await partsOf(stage, seeded, language)) {
      await t.test(name, async (t) => { await walks(t, async (phone, screen) => { t.same(await faultsIn(phone, language === COMPLETE[0]), [], screen) }) })
    }
  })
}

/** One line a fault. */
async function faultsIn (phone: Phone, isFirst: boolean): Promise<readonly string[]> {
  const { page } = phone
  const before = page.viewportSize()
  await page.setViewportSize(NARROW)
  const narrow = await faultsOf(phone, isFirst ? 'all' : 'words')
  const day: string[] = []
  if (isFirst) {
    await page.evaluate('document.documentElement.dataset.theme = "light"')
    day.push(...await phone.axe())
    await page.setViewportSize(DESK)
    if (await phone.overflows()) day.push('it sticks out on a desk')
    await page.evaluate('document.documentElement.dataset.theme = "dark"')
  }
  if (before !== null) await page.setViewportSize(before)
  return [...narrow, ...day.map((fault) => `by day: ${fault}`)]
}
