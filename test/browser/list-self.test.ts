/**
 * Incident: a shortcut was shared with an old phone and pressed at night for weeks, and nobody could say where it came from or
 * how to stop it; and a phone with two names on it opened the wrong one.
 */
import t from 'tap'
import { SimResponder } from '../../device-sim/live/responder.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { granted } from '../faults/full-house.ts'
import { asks, befriends, faultsOf, goes, herPhone, orders, types } from './hers.ts'
import { Stage, comesTrue } from './stage.ts'
import { Woken } from './woken.ts'

type Reminded = { readonly endpoint: string, readonly text: string }

t.test('what is hers on this phone', async (t) => {
  const stage = await Stage.open(t)

  await t.test('a shortcut raises, is seen to have been used, and is stopped at once', async (t) => {
    const venue = await stage.venue()
    const phone = await herPhone(stage, venue.id)
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    await orders(phone, [[ana.responder]])
    const hers = new SimResponder({ name: 'Ana', browser: ana.browser, clock: systemClock, habit: { showAfterMs: 0, answer: null, overAfterMs: null } })
    await hers.open()
    t.teardown(() => { hers.close() })
    await phone.open('/w#/more/shortcut')
    await page.getByRole('button', { name: 'Make a shortcut' }).click()
    await page.getByRole('heading', { name: 'Into your phone' }).waitFor()
    for (const app of ['MacroDroid (Android)', 'iPhone', 'HTTP Shortcuts (Android)']) {
      await page.getByRole('button', { name: app }).click()
      t.equal(await page.locator('.numbered > li').count(), 5, `${app}: five steps`)
    }
    t.same(await faultsOf(phone), [])
    await page.locator('.copied').first().waitFor()
    const [address = '', header = '', value = ''] = await page.locator('.copied code').allTextContents()
    await page.getByRole('button', { name: 'I have put it in' }).click()
    await page.getByText('Never used').waitFor()
    t.equal(await page.getByText(value).count(), 0, 'the secret was shown once')

    const press = async (): Promise<number> => (await fetch(address, { method: 'POST', headers: { [header]: value } })).status
    t.equal(await press(), 202)
    t.equal((await ana.browser.get<{ alerts: unknown[] }>('/api/v1/alerts')).alerts.length, 1, 'her people are told')
    await goes(phone, '/more')
    await goes(phone, '/more/shortcut')
    await page.getByText('Pressed 1 time in 24 hours.').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Stop it at once' }).click()
    await page.getByText('Shortcut 1').first().waitFor({ state: 'detached' })
    t.equal(await press(), 401, 'it opens nothing any more')
    phone.isSound(t)
  })

  await t.test('recovery words are asked back from the paper, and open another phone', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    await phone.open('/w#/more/words')
    await page.getByRole('button', { name: 'Make my words' }).click()
    await page.locator('.secret-words').waitFor()
    const words = await page.locator('.secret-words li').allTextContents()
    t.equal(words.length, 8)
    await page.getByRole('button', { name: 'I have written them down' }).click()
    t.same(await faultsOf(phone), [])
    const fields = page.getByRole('textbox')
    await fields.first().fill('wrong')
    await fields.last().fill('wrong')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('Not those.').waitFor()
    for (const field of await fields.all()) {
      const number = Number(/\d+/.exec(await field.locator('xpath=..').textContent() ?? '')?.[0])
      await field.fill(words[number - 1] ?? '')
    }
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'More', exact: true }).waitFor()
    const other = await stage.phone()
    await asks(other, 'POST', '/recover', { words: words.join(' '), device: 'Firefox, Android' })
    await other.open('/w#/more/devices')
    await other.page.getByText('Firefox, Android').waitFor()
    t.same(await faultsOf(other), [])
    other.isSound(t)
  })

  await t.test('two names on one phone: each opens behind its own PIN, and says nothing of the other', async (t) => {
    const venue = await stage.venue()
    const phone = await herPhone(stage, venue.id)
    const { page } = phone
    await asks(phone, 'PUT', '/me/pin', { current: null, pin: '135790', duress: null })
    const { code } = await stage.operate(async (people) => granted(await people.invites.make('worker', venue.id)))
    await asks(phone, 'POST', `/invites/${code}`, { role: 'worker', alias: 'Mona', language: 'en', device: 'Chrome, Android' })
    await phone.open('/w#/aliases')
    await page.getByText('In use now').waitFor()
    t.equal(await page.getByText('Lina').count(), 0, 'a name behind its PIN is not shown')
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: /Behind its PIN/ }).click()
    await types(phone, '246810')
    await page.getByText('That PIN is not right.').waitFor()
    await types(phone, '135790')
    await page.waitForURL(/\/w$/)
    await goes(phone, '/aliases')
    await page.getByText('Lina').waitFor()
    await page.getByRole('button', { name: /Mona/ }).click()
    await page.waitForURL(/\/w$/)
    await goes(phone, '/aliases')
    await page.getByText('Mona').waitFor()

    // The line was gone when it happened: no word reached this page, and it leaves for the door by itself all the same.
    await phone.context.setOffline(true)
    await comesTrue(page, '!navigator.onLine')
    await asks(phone, 'POST', '/sign-out')
    await phone.context.setOffline(false)
    await page.waitForURL((url) => url.pathname === '/')
    await page.getByRole('link', { name: /behind/i }).click()
    await page.getByRole('button', { name: /Behind its PIN/ }).waitFor()
    t.equal(await page.locator('.lamp').count() + await page.getByText('Lina').count(), 0, 'she who is left stays behind her PIN')
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: /Behind its PIN/ }).click()
    await types(phone, '135790')
    await page.waitForURL(/\/w$/)
    await page.locator('.lamp').waitFor()
    phone.isSound(t)
  })

  await t.test('a phone that she asked to remind her is told anew at every load, says when somebody left, and stops when she says so', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    const woken = await Woken.prepare(stage, phone)
    const ana = await befriends(phone, 'Ana')
    const reminded = async (): Promise<readonly Reminded[]> => (await asks<{ endpoints: readonly Reminded[] }>(phone, 'GET', '/me/endpoints')).endpoints
    await phone.open('/w#/more/reminders')
    await page.getByRole('button', { name: 'Remind me on this phone' }).waitFor()
    t.same(await reminded(), [], 'allowed by the browser is not asked for by her')
    await page.getByRole('button', { name: 'Remind me on this phone' }).click()
    await page.locator('.row-name').getByText('This phone').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Full' }).click()
    await page.getByText('. Full').waitFor()
    const [told] = await reminded()
    t.equal(told?.text, 'full')

    await asks(phone, 'DELETE', `/me/endpoints/${told?.endpoint}`)
    await page.reload()
    await page.locator('.row-name').getByText('This phone').waitFor()
    t.match(await reminded(), [{ text: 'full' }], 'what the service had lost, it has again')
    await woken.leave()
    const { circles } = await ana.browser.get<{ circles: { circle: string }[] }>('/api/v1/me/responder/circles')
    await fetch(`${stage.origin}/api/v1/me/responder/circles/${circles[0]?.circle}`, { method: 'DELETE', headers: { origin: stage.origin, cookie: ana.browser.cookie } })
    await woken.deliverNext()
    t.equal((await woken.shows('Your list has changed')).body, 'Have a look when it suits you.')

    await phone.open('/w#/more/reminders')
    await page.getByRole('button', { name: /^Stop/ }).click()
    await page.locator('.row-name').getByText('This phone').waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: 'Remind me on this phone' }).waitFor()
    t.same(await reminded(), [], 'and stays so')
    phone.isSound(t)
  })

  await t.test('reminders are asked for by a tap alone, and a no is answered with what to do', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    // What the browser says when somebody taps "block".
    await phone.context.addInitScript({ content: "Notification.requestPermission = async () => { document.title = 'asked'; return 'denied' }" })
    await phone.open('/w#/more/reminders')
    await page.getByRole('heading', { name: 'Reminders' }).waitFor()
    t.not(await page.title(), 'asked')
    await page.getByRole('button', { name: 'Full' }).click()
    await page.getByText('Can be read on a locked screen').waitFor()
    await page.getByRole('button', { name: 'Remind me on this phone' }).click()
    await page.getByText('allow notifications').waitFor()
    t.equal(await page.title(), 'asked')
    t.same(await faultsOf(phone), [])
    phone.isSound(t)
  })
})
