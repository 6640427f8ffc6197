/** Incident: a page grew by a library at a time, until it took ten seconds on the phone of whoever needed it most. */
import t from 'tap'
import type { Response } from 'playwright-core'
import { SimWorker } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import { Stage } from './stage.ts'
import type { Phone } from './stage.ts'

/** JavaScript of a first load, packed, texts of one language included. */
const SCRIPT_BYTES_MAX = 40_000

/** Every script that came over the network until the page was at rest, with what it weighed there. */
async function scriptsOf (phone: Phone, path: string): Promise<ReadonlyMap<string, number>> {
  const weights = new Map<string, number>()
  const weigh = async (response: Response): Promise<void> => {
    if (response.request().resourceType() !== 'script') return
    weights.set(new URL(response.url()).pathname, (await response.request().sizes()).responseBodySize)
  }
  const weighing: Promise<void>[] = []
  phone.page.on('response', (response) => { weighing.push(weigh(response)) })
  await phone.open(path)
  await phone.page.waitForLoadState('networkidle')
  await Promise.all(weighing)
  return weights
}

const total = (weights: ReadonlyMap<string, number>): number => [...weights.values()].reduce((sum, bytes) => sum + bytes, 0)

t.test('a first load fits the budget, for her, for whoever watches over her, and at the door', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue()
  const her = await stage.phone({ language: 'fr' })
  const { code } = await stage.operate(async (people) => granted(await people.invites.make('worker', venue.id)))
  const lina = new SimWorker('Lina', stage.doors)
  await lina.join(code)
  const [name = '', value = ''] = lina.browser.cookie.split('=')
  await her.context.addCookies([{ name, value, url: stage.origin, httpOnly: true, sameSite: 'Strict' }])
  for (const [phone, path] of [[her, '/w'], [await stage.phone({ language: 'nl' }), '/r'], [await stage.phone(), '/']] as const) {
    const weights = await scriptsOf(phone, path)
    t.ok(weights.size >= 3, `${path} was loaded: ${weights.size} scripts`)
    t.ok(total(weights) <= SCRIPT_BYTES_MAX, `${path} weighs ${total(weights)} bytes of ${SCRIPT_BYTES_MAX}: ${JSON.stringify([...weights])}`)
    t.ok([...weights.values()].every((bytes) => bytes > 0), 'every script was weighed')
    phone.isSound(t)
  }
})
