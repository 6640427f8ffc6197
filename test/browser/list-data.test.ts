/** Incident: she asked for everything to be erased, and her phone still opened her list from what the browser had kept. */
import { readFileSync } from 'node:fs'
import t from 'tap'
import { asks, befriends, faultsOf, goes, herPhone, orders } from './hers.ts'
import { Stage } from './stage.ts'

const PIN = '135790'

t.test('what is kept of her', async (t) => {
  const stage = await Stage.open(t)

  await t.test('what happened is hers: read, kept, taken along, erased', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    await orders(phone, [[ana.responder]])
    await asks(phone, 'PUT', '/me/pin', { current: null, pin: PIN, duress: null })
    for (const _ of [1, 2]) {
      await asks(phone, 'POST', '/press')
      const { alarms } = await asks<{ alarms: { alarm: string, phase: string }[] }>(phone, 'GET', '/alarms')
      await asks(phone, 'POST', `/alarms/${alarms.find(({ phase }) => phase !== 'ended')?.alarm ?? ''}/close`, { pin: PIN })
    }
    await phone.open('/w#/more/history')
    for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click()
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('Ended by your PIN').first().waitFor()
    t.same(await faultsOf(phone), [])
    t.equal(await page.locator('.rows a.row').count(), 2)
    await page.getByLabel('How many days').fill('7')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved').waitFor()
    await page.locator('.rows a.row').first().click()
    await page.getByText('You called').waitFor()
    await page.getByText('Ana could not be reached').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Keep this one for a year' }).click()
    await page.getByText('Kept, sealed').waitFor()
    await goes(phone, '/more/history')
    await page.locator('.rows a.row').last().click()
    await page.getByRole('button', { name: 'Keep this one for a year' }).click()
    await page.getByText('Another one is kept').waitFor()
    await page.getByRole('button', { name: 'Erase this one' }).click()
    await page.getByRole('button', { name: 'Erase it now' }).click()
    await page.getByText('Kept, sealed').waitFor()
    t.equal(await page.locator('.rows a.row').count(), 1)

    await goes(phone, '/more/journal')
    await page.getByText('Digits compared').waitFor()
    await page.getByText('You: Ana').first().waitFor()
    t.same(await faultsOf(phone), [])

    await goes(phone, '/more/export')
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).click()])
    t.equal(download.suggestedFilename(), 'data.json')
    const file = JSON.parse(readFileSync(await download.path(), 'utf8')) as { self: { alias: string }, contacts: { name: string }[], historyDays: number }
    t.match(file, { self: { alias: 'Lina' }, contacts: [{ name: 'Ana' }], historyDays: 7 })
    await page.getByText('is in your downloads').waitFor()
    phone.isSound(t)
  })

  await t.test('erased in three days unless called off; erased at once by PIN and words, and the phone keeps nothing', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    await phone.open('/w#/more/erase')
    await page.getByLabel('I know that nothing can bring it back').check()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Erase everything in 72 hours' }).click()
    await page.getByText('Everything is erased on').waitFor()
    await goes(phone, '/more')
    await page.getByText('Everything is erased on').waitFor()
    await goes(phone, '/more/erase')
    await page.getByRole('button', { name: 'Call it off' }).click()
    await page.getByLabel('I know that nothing can bring it back').waitFor()

    const { words } = await asks<{ words: string[] }>(phone, 'POST', '/me/recovery')
    await page.getByRole('button', { name: 'At once' }).click()
    await page.getByLabel('Your recovery words').fill(words.join(' '))
    await page.getByLabel('I know that nothing can bring it back').check()
    await page.getByRole('button', { name: 'Erase everything now' }).click()
    await page.getByText('Choose a PIN first.').waitFor()
    await asks(phone, 'PUT', '/me/pin', { current: null, pin: PIN, duress: null })
    await asks(phone, 'POST', '/unlock', { pin: PIN })
    await page.getByRole('button', { name: 'Erase everything now' }).click()
    await page.getByRole('heading', { name: 'Good night' }).waitFor()
    t.same(await page.evaluate<string[]>('Object.keys(localStorage)'), [], 'nothing of the app is kept')
    await phone.open('/w')
    await page.getByText('I was given a code').waitFor()
    phone.isSound(t)
  })

  await t.test('a phone that is forgotten has a night light, and nothing else', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    await phone.open('/w#/more/settings')
    await page.getByRole('button', { name: 'Day' }).click()
    t.equal(await page.locator('html').getAttribute('data-theme'), 'light')
    t.same(await faultsOf(phone), [])
    await goes(phone, '/more/forget')
    await page.getByRole('button', { name: 'Forget this phone now' }).click()
    await page.getByRole('heading', { name: 'Good night' }).waitFor()
    t.same(await page.evaluate<string[]>('Object.keys(localStorage)'), [])
    await phone.open('/w#/circle')
    await page.getByText('I was given a code').waitFor()
    phone.isSound(t)
  })
})
