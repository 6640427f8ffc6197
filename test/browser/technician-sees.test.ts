/**
 * Incidents: a venue watched its list to learn who was in which room, and when somebody had pressed (R21); a list that was beautiful on
 * the desk where it was made could not be read on the phone of whoever stood on the ladder.
 */
import t from 'tap'
import type { Test } from 'tap'
import { enrolled, SimWorker } from '../../device-sim/live/venue.ts'
import type { SimButton } from '../../device-sim/live/button.ts'
import { granted } from '../faults/full-house.ts'
import { comeIn, holds, look } from './desk.ts'
import { seedVenue } from './seeded-venue.ts'
import { DESK, SMALL, Stage } from './stage.ts'
import type { Phone } from './stage.ts'

t.test('the unheard first, the unarmed plainly, hours without anybody on call; readable everywhere', async (t) => {
  const stage = await Stage.open(t)
  const { venue } = await seedVenue(t, stage)
  const phone = await comeIn(stage, 'technician', venue.id, { size: DESK })
  const { page } = phone
  await page.getByText('3 with a fresh beat').waitFor()
  const names = await page.locator('.room-name').allInnerTexts()
  t.same(names.slice(0, 3), ['Cedar', 'Opal', 'Chambre du fond, au deuxième étage'], 'the longest unheard first')
  t.same([...names.slice(3)], ['Maple', 'Juniper', 'Lilac', 'Saffron'], 'then what is missing or weak, then what is well')
  t.equal(await page.locator('.room:has-text("Juniper") .mark-weak').count(), 1)
  t.match(await page.locator('.room:has-text("Cedar")').innerText(), /14\s%[^]*no beat since/)
  t.notMatch(await page.content(), /Rosa/, 'times and kinds, never a name')
  await page.getByText('1 room is unarmed').waitFor()
  await holds(t, phone, 'the list', async () => { await page.locator('.mark-proven').first().waitFor() })
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.getByRole('button', { name: 'Yes, take it back' }).click()
  await page.getByText('Taken back').waitFor()
  await page.getByRole('link', { name: /Juniper/ }).click()
  await page.getByText('It failed its own check.').waitFor()
  await holds(t, phone, 'a room', async () => { await page.locator('.mark-weak').first().waitFor() })
  await moves(t, phone)
  await opens(t, phone)
  await stage.service.kill()
  await page.getByText('No connection. Trying again…').waitFor()
  phone.isSound(t)
})

/** From the page of Juniper: its button goes to Maple, which had none. */
async function moves (t: Test, phone: Phone): Promise<void> {
  const { page } = phone
  await page.getByRole('link', { name: 'Move to another room' }).click()
  await page.getByText('It hangs in Juniper.').waitFor()
  t.ok(await page.getByRole('button', { name: 'Choose a room' }).isDisabled(), 'nothing is moved before it is said where')
  t.equal(await page.getByRole('button', { name: 'Juniper' }).count(), 0)
  await page.getByRole('button', { name: 'Maple' }).click()
  for (const size of [DESK, SMALL]) {
    await page.setViewportSize(size)
    t.same(await phone.axe(), [])
    t.notOk(await phone.overflows())
  }
  await page.getByRole('button', { name: 'Move to Maple' }).click()
  await page.getByRole('heading', { name: 'Maple' }).waitFor()
  await page.getByText('It failed its own check.').waitFor()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.locator('.room:has-text("Juniper")').getByText('no button yet').waitFor()
}

/** Somebody has to be on call only while the house is open. */
async function opens (t: Test, phone: Phone): Promise<void> {
  const { page } = phone
  await page.getByText('Open all the time.').waitFor()
  await page.getByRole('link', { name: 'Change' }).click()
  await page.getByRole('button', { name: 'Add hours on Monday' }).click()
  await page.getByText('Until the next day.').waitFor()
  await page.getByRole('button', { name: 'The same every day' }).click()
  await page.getByRole('button', { name: 'Remove Tuesday 20:00' }).click()
  await page.getByRole('button', { name: 'Add hours on Friday' }).click()
  t.ok(await page.getByRole('button', { name: 'Save' }).isDisabled(), 'an hour that was not typed is not kept')
  const friday = page.getByRole('group', { name: 'Friday' }).nth(1)
  await friday.getByLabel('From', { exact: true }).fill('12:00')
  await friday.getByLabel('Until', { exact: true }).fill('15:30')
  await page.getByRole('button', { name: 'Save' }).click()
  const panel = page.locator('.panel:has-text("Opening hours")')
  await panel.getByText('12:00 – 15:30, 20:00 – 04:00').waitFor()
  t.match(await panel.innerText(), /Tuesday\s+closed/)
  await page.getByRole('link', { name: 'Change' }).click()
  for (const size of [DESK, SMALL, { width: 320, height: 640 }]) {
    await page.setViewportSize(size)
    t.same(await phone.axe(), [])
    t.notOk(await phone.overflows())
  }
  await page.getByRole('link', { name: 'Back' }).click()
}

t.test('R21: nothing that reaches a technician changes when somebody starts a shift, presses, is answered, or ends it', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue('Maison Claire')
  const { hers, calm, token, invite } = await stage.operate(async (people) => {
    const room = async (label: string) => granted(await people.venues.addRoom(venue.id, label, null)).room
    const [lilac, opal] = [await room('Lilac'), await room('Opal')]
    return {
      hers: granted(await people.buttons.add(lilac.id, null)).button,
      calm: granted(await people.buttons.add(opal.id, null)).button,
      token: people.venues.roomToken(lilac.id),
      invite: granted(await people.invites.make('worker', venue.id)).code
    }
  })
  const lit: string[] = []
  let taken: () => void = () => {}
  const switchedOn = (button: typeof hers): Promise<SimButton> => new Promise((resolve) => {
    const device = enrolled(button, stage.doors, { puback: ({ is }) => { if (is === 'hello') resolve(device) }, took: ({ feedback }) => { lit.push(feedback); taken() } })
    t.teardown(() => { device.powerOff() })
    device.powerOn()
  })
  const [lilac] = await Promise.all([switchedOn(hers), switchedOn(calm)])
  const phone = await stage.phone({ size: DESK })
  const frames: string[] = []
  phone.page.on('websocket', (socket) => { socket.on('framereceived', ({ payload }) => { frames.push(String(payload)) }) })
  const { code } = await stage.operate(async (people) => granted(await people.invites.make('technician', venue.id)))
  await phone.open(`/#${code}`)
  await phone.page.getByLabel('I have understood this').check()
  await phone.page.getByRole('button', { name: 'Come in' }).click()
  await phone.page.getByText('2 with a fresh beat').waitFor()
  /** Hers beside the one where nothing ever happens: whatever differs but the label was told by an event. */
  const differs = async (when: string): Promise<void> => {
    const answered = phone.page.waitForResponse('**/api/v1/venue')
    await look(phone)
    const { rooms, buttons } = await (await answered).json() as { rooms: Record<string, unknown>[], buttons: Record<string, unknown>[] }
    const anonymous = (rows: Record<string, unknown>[]) => rows.map((row) => JSON.stringify({ ...row, did: '', room: '', label: '' }))
    t.equal(new Set(anonymous(rooms)).size, 1, `${when}: two rooms, one like the other`)
    t.equal(new Set(anonymous(buttons)).size, 1, `${when}: two buttons, one like the other`)
    const rows = (await phone.page.locator('.rooms > li').evaluateAll((items: { innerHTML: string }[]) => items.map(({ innerHTML }) => innerHTML)))
      .map((html) => html.replace(/Lilac|Opal/, 'room').replace(/#\/room\/[^"]*/, ''))
    t.equal(new Set(rows).size, 1, `${when}: two lines, one like the other`)
    t.equal(rows.length, 2)
  }
  await differs('before')
  const until = (feedback: string): Promise<void> => new Promise((resolve) => {
    taken = () => { if (lit.includes(feedback)) resolve() }
    taken()
  })
  const lina = new SimWorker('Lina', stage.doors)
  t.teardown(() => { lina.close() })
  await lina.join(invite)
  await lina.choose([[{ name: 'Ana', habit: { showAfterMs: 10, answer: { afterMs: 50, is: 'coming', minutes: 5, arriveAfterMs: 50 }, overAfterMs: null } }]])
  await lina.setPin('2580')
  await lina.workIn(token)
  await differs('she is on shift')
  lilac.press()
  await until('coming')
  await differs('she pressed, and somebody comes')
  lilac.press('silent-alarm')
  await differs('she pressed again')
  const { alarms } = await lina.browser.get<{ alarms: { alarm: string }[] }>('/api/v1/alarms')
  for (const { alarm } of alarms) await lina.end(alarm)
  await until('all-clear')
  await differs('it is over')
  await lina.browser.delete('/api/v1/shift')
  await differs('she went home')
  const messages = frames.map((frame) => JSON.parse(frame) as { type: string, cursor?: string })
  t.same([...new Set(messages.map(({ type }) => type))].sort(), ['hello', 'pong'], 'the line says that it is there, and what time it is')
  t.equal(new Set(messages.flatMap(({ cursor }) => cursor ?? [])).size, 1, 'and its cursor never moved')
  t.notMatch(frames.join(' ') + await phone.page.content(), /Lina|Ana/)
  phone.isSound(t)
})
