/** Lina and her people, with real phones where a story looks at them: her list is made, her room has a button, nobody has pressed yet. */
import type { Test } from 'tap'
import { enrolled, SimWorker } from '../../device-sim/live/venue.ts'
import type { Contact } from '../../device-sim/live/venue.ts'
import type { Habit } from '../../device-sim/live/responder.ts'
import type { SimButton } from '../../device-sim/live/button.ts'
import { granted } from '../faults/full-house.ts'
import { Stage } from './stage.ts'
import type { Phone, PhoneOptions } from './stage.ts'

export const PIN = '482913'
const MINUTE_MS = 60_000
/** An open page is a sign of life; answers come when the story says so. */
export const SILENT: Habit = { showAfterMs: 0, answer: null, overAfterMs: null }
export const COMES: Habit = { showAfterMs: 300, answer: { afterMs: 2_500, is: 'coming', minutes: 10, arriveAfterMs: 3_500 }, overAfterMs: null }

export type Lilac = { readonly stage: Stage, readonly lina: SimWorker, readonly phone: Phone, readonly button: SimButton, readonly token: string, readonly room: string, readonly names: ReadonlyMap<string, string> }
type Wish = { readonly steps?: readonly (readonly Contact[])[], readonly pin?: boolean, readonly more?: Readonly<Record<string, string>>, readonly regime?: 'employed' | 'independent', readonly with?: PhoneOptions }

/** Lina's phone is a browser that holds the very session with which her list was made. */
export async function lilac (t: Test, { steps = [[{ name: 'Ana', habit: COMES }]], pin = true, more = {}, regime = 'independent', with: options = {} }: Wish = {}): Promise<Lilac> {
  const stage = await Stage.open(t, more)
  const house = await stage.operate(async (people) => {
    const { venue } = granted(await people.venues.add('Maison Tilleul', regime))
    const { room } = granted(await people.venues.addRoom(venue.id, 'Lilac', null))
    const { button } = granted(await people.buttons.add(room.id, null))
    const { code } = granted(await people.invites.make('worker', venue.id))
    return { code, room: room.id, button, token: people.venues.roomToken(room.id) }
  })
  const lina = new SimWorker('Lina', stage.doors)
  t.teardown(() => { lina.close() })
  await lina.join(house.code)
  const names = steps.length === 0 ? new Map<string, string>() : await lina.choose(steps)
  if (pin) await lina.setPin(PIN)
  const phone = await stage.phone(options)
  await wear(phone, lina)
  const button = enrolled(house.button, stage.doors)
  t.teardown(() => { button.powerOff() })
  return { stage, lina, phone, button, token: house.token, room: house.room, names }
}

/** The cookie of a session that exists goes into a browser. */
export async function wear (phone: Phone, { browser }: Pick<SimWorker, 'browser'>): Promise<void> {
  const cookies = browser.cookie.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: phone.stage.origin }
  })
  await phone.context.addCookies(cookies)
}

/** Whoever is there says for how long. */
export async function available ({ lina, stage }: Pick<Lilac, 'lina' | 'stage'>, hours = 5): Promise<void> {
  for (const responder of lina.responders) await responder.browser.put('/api/v1/me/responder/available', { until: stage.doors.clock.now() + hours * 60 * MINUTE_MS })
}

/** Presses the thing that is held for so long, and lets go. */
export async function hold (phone: Phone, name: string | RegExp, ms: number): Promise<void> {
  const box = await phone.page.getByRole('button', { name }).boundingBox()
  if (box === null) throw new Error(`nothing to hold: ${String(name)}`)
  await phone.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await phone.page.mouse.down()
  await phone.page.waitForTimeout(ms)
  await phone.page.mouse.up()
}

export async function typePin (phone: Phone, pin: string, does: string): Promise<void> {
  for (const digit of pin) await phone.page.getByRole('button', { name: digit, exact: true }).click()
  await phone.page.getByRole('button', { name: does }).click()
}

/** No fault of access, and nothing wider than the phone. */
export async function fits (t: Test, phone: Phone, what: string): Promise<void> {
  t.same(await phone.axe(), [], `${what}: everybody can use it`)
  t.notOk(await phone.overflows(), `${what}: fits`)
}
