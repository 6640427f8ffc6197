/** Incident: a chat program opened the link before she did, and her only invite was gone. */
import t from 'tap'
import { granted } from '../faults/full-house.ts'
import { Stage } from './stage.ts'

t.test('an invite by link: looking consumes nothing, coming in does, and the first page speaks her language', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue()
  const { code } = await stage.operate(async (people) => granted(await people.invites.make('worker', venue.id)))
  const phone = await stage.phone({ language: 'nl' })
  await phone.open(`/#${code}`)
  await phone.page.getByRole('heading', { name: 'Goedenavond' }).waitFor()
  t.notMatch(phone.page.url(), new RegExp(code.slice(4)), 'the code is wiped from the address')
  t.same(await phone.axe(), [])
  t.notOk(await phone.overflows())
  await phone.page.reload()
  await phone.page.getByRole('button', { name: 'Français' }).click()
  await phone.page.getByLabel('Comment faut-il vous appeler ?').fill('Lina')
  await phone.page.getByLabel('J’ai compris').check()
  await phone.page.getByRole('button', { name: 'Entrer' }).click()
  await phone.page.waitForURL('**/w')
  const other = await stage.phone({ language: 'fr' })
  await other.open(`/#${code}`)
  await other.page.waitForURL(/\/r/)
  phone.isSound(t)
})

t.test('a quick exit leaves a night light', async (t) => {
  const stage = await Stage.open(t)
  const phone = await stage.phone({ language: 'fr' })
  await phone.open('/exit')
  await phone.page.getByRole('heading', { name: 'Bonne nuit' }).waitFor()
  t.equal(await phone.page.title(), 'Bonne nuit')
  t.same(await phone.axe(), [])
  phone.isSound(t)
})
