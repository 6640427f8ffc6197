/**
 * What every screen must be, in every language: on the narrowest phone that anybody is asked to read on, and, in the first language, by day
 * and on a desk. A screen is reached once and then said in one language after the other, as it is when somebody chooses another one there.
 */
import t from 'tap'
import { COMPLETE } from '../../../dashboard/say/language.ts'
import { faultsOf } from '../hers.ts'
import type { Phone } from '../stage.ts'
import { DESK, Stage } from '../stage.ts'
import { partsOf } from './every.ts'
import type { Side } from './every.ts'
import { onlyIn } from './look.ts'
import { sayIn } from './say-in.ts'

/** The same as 640 px at twice the size. */
const NARROW = { width: 320, height: 640 } as const
const [FIRST, ...OTHERS] = COMPLETE

export async function judgeEvery (side: Side): Promise<void> {
  await t.test(`every screen of ${side}, in ${COMPLETE.join(', ')}: nothing sticks out, nothing is too small for a finger, axe finds nothing`, async (t) => {
    const stage = await Stage.open(t)
    const texts = await onlyIn(FIRST, OTHERS)
    for (const [name, walks] of await partsOf(stage, FIRST, side)) {
      await t.test(name, async (t) => { await walks(t, async (phone, screen) => { t.same(await faultsIn(phone, texts), [], screen) }) })
    }
  })
}

/** One line a fault. The page is left as it was found, in the first language. @param ofTheFirst what is said in the first language alone */
async function faultsIn (phone: Phone, ofTheFirst: ReadonlySet<string>): Promise<readonly string[]> {
  const { page } = phone
  const before = page.viewportSize()
  await page.setViewportSize(NARROW)
  const faults = (await faultsOf(phone)).map((fault) => `${FIRST}: ${fault}`)
  await page.evaluate('document.documentElement.dataset.theme = "light"')
  faults.push(...(await phone.axe('colours')).map((fault) => `by day: ${fault}`))
  await page.evaluate('document.documentElement.dataset.theme = "dark"')
  for (const language of OTHERS) {
    await sayIn(phone, language)
    const lines = await page.evaluate<string[]>('document.body.innerText.split("\\n").map((line) => line.replaceAll("\\u00a0", " ").trim())')
    faults.push(...[...lines.filter((line) => ofTheFirst.has(line)).map((line) => `still in ${FIRST}: ${line}`), ...await faultsOf(phone, 'words')].map((fault) => `${language}: ${fault}`))
  }
  await sayIn(phone, FIRST)
  await page.setViewportSize(DESK)
  if (await phone.overflows()) faults.push('it sticks out on a desk')
  if (before !== null) await page.setViewportSize(before)
  return faults
}
