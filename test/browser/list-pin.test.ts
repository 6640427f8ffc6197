/** Incident: he took her phone from her hand while her list was open; ten minutes later he still read it, and what he saw told him of a second PIN. */
import t from 'tap'
import { asks, befriends, faultsOf, goes, herPhone, orders, types } from './hers.ts'
import { hold } from './room.ts'
import { Stage } from './stage.ts'

const PIN = '135790'
const SECOND = '135709'
const TOO_CLOSE = '135791'

t.test('her PIN', async (t) => {
  const stage = await Stage.open(t)

  await t.test('a PIN guards her list: asked before, asked again after she left, and never a word of a second one', async (t) => {
    const venue = await stage.venue()
    const phone = await herPhone(stage, venue.id)
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    await orders(phone, [[ana.responder]])

    await phone.open('/w#/more/pin')
    await page.getByRole('button', { name: 'Choose a PIN' }).click()
    t.same(await faultsOf(phone), [])
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'Once more' }).waitFor()
    await types(phone, TOO_CLOSE)
    await page.getByText('Those were not the same.').waitFor()
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'Once more' }).waitFor()
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'A second PIN?' }).waitFor()
    t.same(await faultsOf(phone), [])
    t.ok(await page.getByRole('button', { name: 'Choose a second PIN' }).isDisabled(), 'nobody is marked: there can be no second one')
    await page.getByLabel('Ana').check()
    await page.getByRole('button', { name: 'Choose a second PIN', disabled: false }).click()
    await types(phone, TOO_CLOSE)
    await page.getByText('different in at least two places').last().waitFor()
    await types(phone, SECOND)
    await page.getByRole('heading', { name: 'Once more' }).waitFor()
    await types(phone, SECOND)
    await page.getByRole('heading', { name: 'Your PIN is set' }).waitFor()

    await goes(phone, '/circle')
    await page.getByRole('heading', { name: 'Your PIN' }).waitFor()
    t.same(await faultsOf(phone), [])
    t.equal(await page.getByText('Ana').count(), 0)
    await types(phone, '999999')
    await page.getByText('That PIN is not right.').waitFor()
    const shown: string[] = []
    for (const pin of [PIN, SECOND]) {
      await types(phone, pin)
      await page.getByRole('link', { name: /Ana/ }).waitFor()
      await page.getByText('Ambulance').waitFor()
      shown.push(await page.locator('body').innerText())
      await goes(phone, '/')
      await page.getByRole('heading', { name: 'Told in this order' }).waitFor({ state: 'detached' })
      await goes(phone, '/circle')
      await page.getByRole('heading', { name: 'Your PIN' }).waitFor()
    }
    t.equal(shown[0], shown[1], 'the same page, letter by letter')
    t.notMatch(shown[0], /second|forced|duress/i)

    await types(phone, PIN)
    await page.getByRole('link', { name: /Ana/ }).waitFor()
    await asks(phone, 'POST', '/lock')
    await page.getByRole('link', { name: 'My wishes' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'Your PIN' }).waitFor()
    t.pass('what the service has locked is not shown any longer')
    phone.isSound(t)
  })

  await t.test('a PIN is changed by the one before it', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    await asks(phone, 'PUT', '/me/pin', { current: null, pin: PIN, duress: null })
    await phone.open('/w#/more/pin')
    await page.getByRole('button', { name: 'Change the PIN' }).click()
    await types(phone, '000000')
    await page.getByText('That PIN is not right.').waitFor()
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'A new PIN' }).waitFor()
    await types(phone, '2468')
    await page.getByRole('heading', { name: 'Once more' }).waitFor()
    await types(phone, '2468')
    await page.getByRole('button', { name: 'Without a second PIN' }).click()
    await page.getByRole('heading', { name: 'Your PIN is set' }).waitFor()
    await asks(phone, 'POST', '/unlock', { pin: '2468' })
    phone.isSound(t)
  })

  await t.test('after five wrong PINs she is told how long to wait, on every screen that asks; to call needs none', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id)
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    await orders(phone, [[ana.responder]])
    await asks(phone, 'PUT', '/me/pin', { current: null, pin: PIN, duress: null })
    await phone.open('/w#/circle')
    await page.getByRole('heading', { name: 'Your PIN' }).waitFor()
    for (const wrong of ['1111', '2222', '3333', '4444', '5555', '6666']) await types(phone, wrong)
    await page.getByText('Too many tries. Wait 1 minute.').waitFor()
    t.same(await faultsOf(phone), [])
    await t.rejects(asks(phone, 'POST', '/unlock', { pin: PIN }), /429/, 'the right one is not looked at either')

    await goes(phone, '/')
    await hold(phone, /call your people/, 1_400)
    await page.locator('.thread').waitFor()
    await page.getByRole('link', { name: 'I am safe' }).click()
    await types(phone, PIN)
    await page.getByText(/^Too many tries. Wait \d minutes?\.$/).waitFor()
    await page.getByRole('button', { name: 'Say it without the PIN' }).click()
    await page.getByText('You said you are safe, without PIN').waitFor()
    t.match(await asks(phone, 'GET', '/alarms'), { alarms: [{ ended: null }] }, 'it goes on')
    phone.isSound(t)
  })

  await t.test('what a second PIN does and can not do is said before it is chosen, in her language; one too near to the first is refused in words', async (t) => {
    const phone = await herPhone(stage, (await stage.venue()).id, { language: 'fr' })
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    await orders(phone, [[ana.responder]], { mayKnow: [ana.responder] })
    await phone.open('/w#/more/pin')
    await page.getByRole('button', { name: 'Choisir un PIN' }).click()
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'Encore une fois' }).waitFor()
    await types(phone, PIN)
    await page.getByRole('heading', { name: 'Un deuxième PIN ?' }).waitFor()
    for (const words of ['À lire seule.', 'exactement la même chose qu’après votre PIN', 'de ne pas vous appeler', 'Rien sur ce téléphone n’y met fin', 'Il ne cache rien à qui sait qu’il existe', 'Tapé par erreur, il vous envoie du monde']) {
      t.ok(await page.getByText(words).isVisible(), words)
    }
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Choisir un deuxième PIN' }).click()
    await page.getByRole('heading', { name: 'Le deuxième PIN' }).waitFor()
    for (const unfit of [PIN, TOO_CLOSE, SECOND.slice(0, 5)]) {
      await types(phone, unfit)
      await page.getByRole('alert').filter({ hasText: 'Aussi long, et différent à deux endroits au moins.' }).waitFor()
    }
    t.same(await faultsOf(phone), [])
    await types(phone, SECOND)
    await page.getByRole('heading', { name: 'Encore une fois' }).waitFor()
    await types(phone, SECOND)
    await page.getByRole('heading', { name: 'Votre PIN est choisi' }).waitFor()
    phone.isSound(t)
  })
})
