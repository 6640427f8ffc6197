/**
 * Incidents: one went home at six and had handed over by word of mouth: the button in the back room called somebody who was asleep. And a
 * house's contact person, whom somebody had said no to, could see on the own phone that it was she.
 */
import t from 'tap'
import { Browser } from '../../device-sim/live/browser.ts'
import { enrolled } from '../../device-sim/live/venue.ts'
import { granted } from '../faults/full-house.ts'
import { asks, goes, herPhone, orders } from './hers.ts'
import { fits, wear } from './room.ts'
import { Stage, comesTrue } from './stage.ts'
import type { Phone } from './stage.ts'
import { PROBE, heard } from './watched.ts'

/** So often a page looks for what others have changed. Its own clock is moved on, nothing else. */
const LOOKS = 20_000

t.test('hours are taken, handed over and taken out, and each press calls whoever has them; an offer is refused and accepted, and only she knows', async (t) => {
  const stage = await Stage.open(t)
  const { venue, rooms, invites } = await stage.operate(async (people) => {
    const { venue } = granted(await people.venues.add('Maison Tilleul', 'employed'))
    const rooms = []
    for (const label of ['Lilac', 'Juniper', 'Cedar']) {
      const { room } = granted(await people.venues.addRoom(venue.id, label, null))
      rooms.push({ label, button: granted(await people.buttons.add(room.id, null)).button })
    }
    const invites = []
    for (const role of ['reference-person', 'reference-person', 'technician'] as const) invites.push(granted(await people.invites.make(role, venue.id)).code)
    return { venue, rooms, invites }
  })
  const [lilac, juniper, cedar] = rooms.map(({ button }) => {
    const device = enrolled(button, stage.doors)
    t.teardown(() => { device.powerOff() })
    device.powerOn()
    return device
  })
  /** On duty for the house, with a page that rings. */
  const watches = async (invite: string | undefined, name: string): Promise<{ readonly phone: Phone, readonly browser: Browser }> => {
    const browser = new Browser(stage.origin)
    await browser.post(`/api/v1/invites/${invite ?? ''}`, { role: 'reference-person', name, language: 'en', device: 'a phone', neverForwards: 'v1' })
    const phone = await stage.phone()
    await phone.context.addInitScript(PROBE)
    await wear(phone, { browser })
    await phone.page.clock.install()
    await phone.open('/r')
    await phone.page.getByRole('button', { name: 'Let it ring' }).click()
    await phone.page.getByText('Rings while this page is open').waitFor()
    return { phone, browser }
  }
  const [paul, rita] = [await watches(invites[0], 'Paul'), await watches(invites[1], 'Rita')]
  const told = async ({ browser }: { readonly browser: Browser }): Promise<readonly string[]> => {
    const { alerts } = await browser.get<{ alerts: readonly { readonly phase: string, readonly card: { readonly room: string | null } | null }[] }>('/api/v1/alerts')
    return alerts.map(({ card }) => card?.room ?? '').sort((a, b) => a.localeCompare(b))
  }

  await t.test('whoever has the hours is called', async (t) => {
    const [p, r] = [paul.phone.page, rita.phone.page]
    await p.getByRole('link', { name: 'My hours' }).click()
    await p.getByText('Nobody in the next twelve hours').waitFor()
    await fits(t, paul.phone, 'hours that nobody has')
    await p.getByRole('button', { name: 'Add these hours' }).click()
    await p.getByText('The next twelve hours are covered.').waitFor()
    await p.getByRole('button', { name: 'Hand over' }).click()
    await p.getByText('You offered these. You stay on duty until somebody takes them.').waitFor()
    await fits(t, paul.phone, 'offered, and still on duty')
    const quiet = await heard(rita.phone)
    const before = await heard(paul.phone)
    lilac?.press()
    await p.getByRole('heading', { name: 'Lilac' }).waitFor()
    await comesTrue(p, `globalThis.heard.notes > ${before.notes}`)
    t.same(await told(rita), [], 'offered is not handed over')
    t.equal((await heard(rita.phone)).notes, quiet.notes)
    await p.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
    await p.getByRole('heading', { name: 'You are coming, 10 min' }).waitFor()
    await goes(paul.phone, '/rota')
    await p.getByText('You offered these.').waitFor()

    await r.getByRole('link', { name: 'My hours' }).click()
    await r.getByText('Somebody offers these hours').waitFor()
    t.notMatch(await r.locator('body').innerText(), /Paul/, 'nobody is named')
    await fits(t, rita.phone, 'hours that somebody offers')
    await r.getByRole('button', { name: 'Take them over' }).click()
    await r.getByRole('button', { name: 'Take out' }).waitFor()
    await p.clock.fastForward(LOOKS)
    await p.getByText('No hours yet.').waitFor()
    juniper?.press()
    await r.getByRole('heading', { name: 'Juniper' }).waitFor()
    await comesTrue(r, `globalThis.heard.notes > ${quiet.notes}`)
    t.same(await told(paul), ['Lilac'], 'whoever has handed over is not called')
    await r.getByRole('button', { name: 'I am coming, in 5 minutes' }).click()
    await r.getByRole('heading', { name: 'You are coming, 5 min' }).waitFor()

    await goes(rita.phone, '/rota')
    await r.getByRole('button', { name: 'Take out' }).click()
    await r.getByText('Nobody in the next twelve hours').waitFor()
    cedar?.press()
    for (const page of [p, r]) await page.getByRole('heading', { name: 'Cedar' }).waitFor()
    t.same([await told(paul), await told(rita)], [['Cedar', 'Lilac'], ['Cedar', 'Juniper']], 'with nobody on duty all are called')
    for (const page of [p, r]) await page.getByRole('button', { name: 'I cannot' }).click()
  })

  await t.test('an offer is refused, accepted and taken back by the house', async (t) => {
    const { page } = paul.phone
    const her = await herPhone(stage, venue.id)
    await goes(paul.phone, '/offers')
    await page.getByText('You offer yourself to nobody yet.').waitFor()
    await page.getByRole('button', { name: 'Offer myself to this house' }).click()
    const digits = (await page.locator('.digits').getAttribute('aria-label') ?? '').replaceAll(' ', '')
    await fits(t, paul.phone, 'digits to read aloud')
    const offered = async (): Promise<string> => {
      await page.reload()
      await page.locator('.digits').waitFor()
      return await page.locator('main').innerText()
    }
    const unanswered = await offered()

    await her.open('/w#/circle')
    await her.page.getByText('Paul offers to be there').waitFor()
    await her.page.getByRole('button', { name: 'No, thanks' }).click()
    await her.page.getByText('Paul offers to be there').waitFor({ state: 'detached' })
    t.equal(await offered(), unanswered, 'nothing tells that somebody said no')
    await goes(her, '/circle/offers')
    await her.page.getByText('You may take it later').waitFor()
    await her.page.getByRole('link', { name: /Paul/ }).click()
    await her.page.getByLabel('The six digits that Paul reads').fill(digits)
    await her.page.getByRole('button', { name: 'Add Paul' }).click()
    await her.page.getByRole('heading', { name: 'Not in the order' }).waitFor()
    t.equal(await offered(), unanswered, 'nothing tells that somebody said yes')

    const { contacts } = await asks<{ contacts: readonly { readonly responder: string }[] }>(her, 'GET', '/contacts')
    await orders(her, [contacts.map(({ responder }) => responder)])
    const { now } = await asks<{ now: number }>(her, 'GET', '/readiness')
    await asks(her, 'POST', '/shift/place', { place: 'Quai 12', plannedEndAt: now + 3_600_000, feedback: 0, house: false })
    await asks(her, 'POST', '/press')
    // What was chosen to be looked at gives way to whoever calls.
    await page.locator('.minutes').waitFor()
    await page.getByRole('button', { name: 'I am coming, in 10 minutes' }).click()
    // Her alarm has come to the front by itself.
    await her.page.getByRole('heading', { name: 'Paul is coming' }).waitFor()

    const tech = new Browser(stage.origin)
    await tech.post(`/api/v1/invites/${invites[2] ?? ''}`, { role: 'technician', device: 'a desk' })
    const { offers } = await tech.get<{ offers: readonly { readonly offer: string }[] }>('/api/v1/venue/offers')
    await tech.delete(`/api/v1/venue/offers/${offers[0]?.offer ?? ''}`)
    await goes(paul.phone, '/offers')
    await page.getByText('Taken back by the house.').waitFor()
    t.equal(await page.getByRole('button', { name: 'Offer myself to this house' }).count(), 0, 'what would be refused is not held out')
    await fits(t, paul.phone, 'taken back')
    for (const phone of [paul.phone, rita.phone, her]) phone.isSound(t)
  })
})
