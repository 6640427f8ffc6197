/** Incident: the ring had filled, the phone showed that it was sent, and nothing had left it. */
import t from 'tap'
import { available, fits, hold, lilac, PIN, typePin } from './room.ts'

const LAMP = /call your people/

t.test('the lamp is lit by proof alone; letting go does nothing; held to the end her people are told, one comes, and her PIN ends it', async (t) => {
  const house = await lilac(t)
  const { phone, lina, button } = house
  const { page } = phone
  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  t.equal(await page.locator('.lamp').getAttribute('data-light'), 'ember')
  await fits(t, phone, 'the lamp, not ready')

  await lina.workIn(house.token)
  await available(house)
  button.powerOn()
  await lina.browser.post('/api/v1/test', { room: house.room })
  await page.getByText('Button not tried in this shift').waitFor()
  button.press()
  await page.locator('.lamp[data-light="full"]').waitFor()
  await page.getByText('Button tried').waitFor()
  await fits(t, phone, 'the lamp, ready')

  const before = await page.locator('.lamp').boundingBox()
  const box = await page.getByRole('button', { name: LAMP }).boundingBox()
  t.ok(box !== null && box.height >= 320, 'what is held is half the screen')
  await page.mouse.move(180, 220)
  await page.mouse.down()
  await page.getByText('Let go to cancel').waitFor()
  t.same(await page.locator('.lamp').boundingBox(), before, 'the lamp does not move under her finger')
  await page.mouse.up()
  await page.getByText('Keep your finger on it a little longer').waitFor()
  t.same((await lina.browser.get<{ alarms: { kind: string }[] }>('/api/v1/alarms')).alarms.filter(({ kind }) => kind !== 'test'), [], 'nobody was told')

  await hold(phone, LAMP, 1_400)
  await page.getByRole('heading', { name: /Recorded|Shown on 1 phone/ }).waitFor()
  await page.getByRole('heading', { name: 'Contact 1 is coming' }).waitFor()
  await fits(t, phone, 'somebody comes')
  await page.getByRole('heading', { name: 'Contact 1 has arrived' }).waitFor()
  t.match(await page.locator('.thread li .thread-what').allTextContents(), ['Recorded', 'Shown on 1 phone', 'Contact 1 is coming, 10 min', 'Contact 1 has arrived'], 'every fact, in its order')
  t.notMatch(await page.locator('body').innerText(), /Ana/, 'her PIN guards who they are')

  await page.getByRole('link', { name: 'I am safe' }).click()
  await fits(t, phone, 'the PIN')
  await typePin(phone, '999999', 'End it')
  await page.getByText('That PIN is not right.').waitFor()
  await typePin(phone, PIN, 'End it')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await fits(t, phone, 'the end')
  await page.getByRole('button', { name: 'Back to the lamp' }).click()
  await page.getByRole('button', { name: LAMP }).waitFor()
  phone.isSound(t)
})

t.test('by keyboard a countdown that can be stopped; a quiet check is told as one; without a PIN "safe" is only said', async (t) => {
  const { phone, lina } = await lilac(t, { pin: false, with: { more: { reducedMotion: 'reduce' } } })
  const { page } = phone
  await phone.open('/w')
  await page.getByText('No shift has begun').waitFor()
  await page.getByRole('button', { name: LAMP }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  await page.getByRole('status').getByText('In 2 seconds your people are told').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('Stopped. Nobody was told.').waitFor()
  await fits(t, phone, 'stopped')
  await page.getByRole('button', { name: /Quiet check/ }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('heading', { name: /Recorded|Shown on 1 phone|Ana is coming/ }).waitFor()
  t.match((await lina.browser.get<{ alarms: { kind: string }[] }>('/api/v1/alarms')).alarms, [{ kind: 'assist' }])
  await page.getByRole('heading', { name: 'Ana is coming' }).waitFor()
  await page.getByRole('link', { name: 'I am safe' }).click()
  await page.getByText('You have no PIN').waitFor()
  await fits(t, phone, 'safe without a PIN')
  await page.getByRole('button', { name: 'I am safe' }).click()
  await page.getByText('You said you are safe, without PIN').waitFor()
  phone.isSound(t)
})

t.test('with nobody on her list it is said that nobody was told, and nothing else', async (t) => {
  const { phone } = await lilac(t, { steps: [], pin: false, with: { language: 'nl', size: { width: 320, height: 568 } } })
  const { page } = phone
  await phone.open('/w')
  await page.getByText('Er staat niemand op je lijst').waitFor()
  t.equal(await page.locator('.lamp').getAttribute('data-light'), 'out')
  await fits(t, phone, 'an empty list')
  await hold(phone, /je mensen te verwittigen/, 1_400)
  await page.getByRole('heading', { name: 'Niemand om te verwittigen' }).waitFor()
  await fits(t, phone, 'nobody to tell')
  await page.getByRole('button', { name: 'Terug naar de lamp' }).click()
  await page.getByText('Er is geen dienst begonnen').waitFor()
  phone.isSound(t)
})
