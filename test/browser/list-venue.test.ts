/**
 * Incident: a house put its manager into everybody's list "for safety", and a policeman whom one of them had trusted for a night
 * was still told of everything a month later.
 */
import t from 'tap'
import { Browser } from '../../device-sim/live/browser.ts'
import { granted } from '../faults/full-house.ts'
import { asks, befriends, faultsOf, goes, herPhone, orders } from './hers.ts'
import { Stage } from './stage.ts'

type Contacts = { readonly contacts: readonly { readonly name: string, readonly confirmed: boolean }[] }
type Circle = { readonly steps: readonly { readonly people: readonly string[] }[] }
type Mine = { readonly offers: readonly { readonly code: string | null }[] }

t.test('what others may decide about her list: nothing', async (t) => {
  const stage = await Stage.open(t)
  const venue = await stage.venue('Maison Tilleul', 'employed')
  const { room, invite } = await stage.operate(async (people) => ({
    room: granted(await people.venues.addRoom(venue.id, 'Lilas', null)).room,
    invite: granted(await people.invites.make('reference-person', venue.id)).code
  }))

  await t.test('an offer is left, then taken by the digits she heard; the rooms are decided by those who work there', async (t) => {
    const phone = await herPhone(stage, venue.id)
    const { page } = phone
    const nour = new Browser(stage.origin)
    await nour.post(`/api/v1/invites/${invite}`, { role: 'reference-person', name: 'Nour', language: 'en', device: 'a phone', neverForwards: 'v1' })
    await nour.post('/api/v1/offers/mine')
    await phone.open('/w#/circle')
    await page.getByText('Nour offers to be there').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'No, thanks' }).click()
    await page.getByText('Nour offers to be there').waitFor({ state: 'detached' })
    t.same((await asks<Contacts>(phone, 'GET', '/contacts')).contacts, [], 'nobody came in by themselves')
    await page.getByRole('link', { name: /Where I work/ }).click()
    await page.getByText('You may take it later').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('link', { name: /Nour/ }).click()
    const [offer] = (await nour.get<Mine>('/api/v1/offers/mine')).offers
    await page.getByLabel('The six digits that Nour reads').fill(offer?.code ?? '')
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Add Nour' }).click()
    await page.getByRole('heading', { name: 'Not in the order' }).waitFor()
    t.match(await asks<Contacts>(phone, 'GET', '/contacts'), { contacts: [{ name: 'Nour', confirmed: true }] })

    await goes(phone, `/circle/rooms/${venue.id}`)
    await page.getByRole('button', { name: 'Agree Nour' }).click()
    await page.getByRole('button', { name: 'You agree Nour' }).waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('link', { name: /Lilas/ }).click()
    await page.getByRole('button', { name: /Nour/ }).first().click()
    await page.getByRole('heading', { name: 'First' }).waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('A press here is heard').waitFor()
    const { venues } = await asks<{ venues: { rooms: { room: string, steps: unknown[] }[] }[] }>(phone, 'GET', '/standing')
    t.equal(venues[0]?.rooms.find((each) => each.room === room.id)?.steps.length, 1)

    await goes(phone, '/circle/colleague')
    await page.getByLabel('The name they know you by').fill('Zoé')
    await page.getByLabel('What I am told here').check()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Offer it' }).click()
    await page.getByRole('heading', { name: 'Your offer is made' }).waitFor()
    const other = await herPhone(stage, venue.id, {}, 'Mona')
    t.match(await asks(other, 'GET', '/offers'), { offers: [{ name: 'Nour' }, { name: 'Zoé', kind: 'colleague' }] })
    phone.isSound(t)
  })

  await t.test('an authority is told of nothing without her consent, in exact words, for one shift, taken back at once', async (t) => {
    const phone = await herPhone(stage, venue.id, {}, 'Iris')
    const { page } = phone
    const ana = await befriends(phone, 'Ana')
    const dubois = await befriends(phone, 'Dubois', 'authority')
    await orders(phone, [[ana.responder]])
    const steps = async (): Promise<unknown> => (await asks<Circle>(phone, 'GET', '/circle')).steps.map(({ people }) => people)

    await phone.open(`/w#/circle/person/${dubois.responder}`)
    await page.getByRole('link', { name: 'See consent' }).waitFor()
    t.equal(await page.getByText('When is this person told?').count(), 0, 'not by the usual way')
    await page.getByRole('link', { name: 'See consent' }).click()
    await page.getByText('Start a shift first').waitFor()
    const { now } = await asks<{ now: number }>(phone, 'GET', '/readiness')
    await asks(phone, 'POST', '/shift/place', { place: 'Here', plannedEndAt: now + 3_600_000, feedback: 0, house: false })
    await goes(phone, '/circle/authority')
    await page.getByText('Told of nothing').waitFor()
    t.same(await faultsOf(phone), [])
    await page.getByRole('link', { name: /Dubois/ }).click()
    await page.getByText('Wording authority/1').waitFor()
    t.ok(await page.getByRole('button', { name: 'Let Dubois be told' }).isDisabled(), 'not by one tap')
    await page.getByLabel('I say this myself').check()
    await page.getByLabel('I know that what is told').check()
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Let Dubois be told' }).click()
    await page.getByText('Told: Then').waitFor()
    t.same(await steps(), [[ana.responder], [dubois.responder]], 'last of all')
    t.match(await asks(phone, 'GET', '/consents'), { consents: [{ responder: dubois.responder, wording: 'authority/1', live: true }] })
    t.same(await faultsOf(phone), [])
    await page.getByRole('button', { name: 'Take it back now' }).click()
    await page.getByRole('heading', { name: 'Earlier' }).waitFor()
    await page.getByText(/Taken back/).waitFor()
    t.same(await steps(), [[ana.responder]], 'out of her circle at once')
    phone.isSound(t)
  })
})
