/**
 * Incidents: a button was dead for three weeks and the list still called it fine; a test press that nobody heard was shown as done;
 * the paper in the room told a visitor what it was for.
 */
import t from 'tap'
import { readButtons } from '../../device-sim/enrolled-buttons.ts'
import { enrolled } from '../../device-sim/live/venue.ts'
import { comeIn, look } from './desk.ts'
import { Stage } from './stage.ts'

t.test('a room, a button enrolled with what the page showed, heard, tested, switched off, taken out', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue('Maison Claire')
  const phone = await comeIn(stage, 'technician', venue.id)
  const { page } = phone
  await page.getByRole('heading', { name: 'Maison Claire' }).waitFor()
  await page.getByRole('link', { name: 'Add a room' }).click()
  await page.getByLabel('What the room is called').fill('Lilac')
  await page.getByLabel('Where it is').fill('Rue des Tilleuls 12')
  await page.getByRole('button', { name: 'Add a room' }).click()
  await page.getByRole('heading', { name: 'Lilac' }).waitFor()
  await page.getByText('This room is unarmed').waitFor()

  await page.getByRole('link', { name: 'Add a button' }).click()
  await page.getByRole('button', { name: 'Show it' }).click()
  await page.getByText('This is shown only once.').waitFor()
  t.same(await phone.axe(), [])
  t.notOk(await phone.overflows())
  await page.getByText('Waiting for its first beat').waitFor()
  const [keys] = readButtons(await page.getByLabel('The same as text').inputValue())
  t.ok(keys, 'what the page shows is what a device takes')
  const device = enrolled({ did: keys?.did ?? '', root: Buffer.from(keys?.root ?? []).toString('hex') }, stage.doors)
  t.teardown(() => { device.powerOff() })
  device.powerOn()
  await page.getByText('beat just now').waitFor()
  await page.getByRole('link', { name: 'It is in the device' }).click()
  await page.getByRole('heading', { name: 'Lilac' }).waitFor()
  await page.goBack()
  await page.getByRole('button', { name: 'Show it' }).waitFor()
  t.notMatch(await page.content(), /"root"/, 'shown once: it is not on the page any more')
  await page.goBack()

  await page.getByRole('button', { name: 'Test it' }).click()
  await page.getByText('Press the button now').last().waitFor()
  t.same(await phone.axe(), [])
  t.equal(await page.getByText('Heard', { exact: true }).count(), 0, 'nothing is shown as heard before it was')
  device.press()
  await page.getByText('Heard', { exact: true }).waitFor()
  await page.getByRole('link', { name: 'Back' }).click()
  await page.getByText('1 with a fresh beat').waitFor()
  t.equal(await page.locator('.room .mark-proven').count(), 1)

  device.switchOff()
  await look(phone)
  await page.getByText('switched off, last beat').waitFor()
  await page.getByText('1 unheard').waitFor()
  t.equal(await page.locator('.mark-proven').count(), 0)
  await page.getByRole('link', { name: /Lilac/ }).click()
  await page.getByRole('button', { name: 'Take it out of use' }).click()
  await page.getByText('It is cut off at once').waitFor()
  await page.getByRole('button', { name: 'Take it out of use' }).click()
  await page.getByText('There is no button in this room yet.').waitFor()
  phone.isSound(t)
})

t.test('the paper for a room bears its code and not one word', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue('Maison Claire')
  await stage.operate(async (people) => { await people.venues.addRoom(venue.id, 'Opal', null) })
  const phone = await comeIn(stage, 'technician', venue.id)
  await phone.page.getByRole('link', { name: /Opal/ }).click()
  await phone.page.getByRole('link', { name: 'QR for the room' }).click()
  await phone.page.locator('.paper .qr').waitFor()
  t.same(await phone.axe(), [])
  await phone.page.emulateMedia({ media: 'print' })
  t.equal((await phone.page.locator('body').innerText()).trim(), '')
  t.ok(await phone.page.locator('.paper .qr').isVisible())
  await phone.page.evaluate('dispatchEvent(new Event("beforeprint"))')
  t.equal((await phone.page.title()).trim(), '', 'a browser would print the title')
  await phone.page.evaluate('dispatchEvent(new Event("afterprint"))')
  t.equal(await phone.page.title(), 'Lueur')
  phone.isSound(t)
})

t.test('signing out ends this page and nobody else\'s', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue('Maison Claire')
  const phone = await comeIn(stage, 'technician', venue.id)
  await phone.page.getByRole('link', { name: 'Settings' }).click()
  await phone.page.getByRole('button', { name: 'Français' }).click()
  await phone.page.getByRole('heading', { name: 'Réglages' }).waitFor()
  t.same(await phone.axe(), [])
  await phone.page.getByRole('button', { name: 'Se déconnecter ici' }).click()
  await phone.page.waitForURL(`${stage.origin}/`)
  await phone.open('/t')
  await phone.page.waitForURL(`${stage.origin}/`)
  phone.isSound(t)
})
