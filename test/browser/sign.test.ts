/**
 * Incident: she had promised a sign and fell asleep; her phone said nothing of it, her people were told of a press that nobody had made, and
 * twelve hours later her screen still said that somebody was being asked.
 */
import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import { goes } from './hers.ts'
import { later, toDayMs } from './later.ts'
import { fits, hold, lilac, PIN, SILENT, typePin, wear } from './room.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Time for her page to be there again before the grace is over: without it nobody could say that her phone can be reached. */
const BACK_MS = 20_000

const MOMENT_MS = 2_000

type Told = { readonly alarms: readonly { readonly facts: readonly { readonly reason: string, readonly at: number }[] }[] }
type Alerts = { readonly alerts: readonly { readonly alarm: string, readonly kind: string }[] }

t.test('a rehearsal is measured for each; a sign in time ends calmly; a missed one calls her people; what nobody answers is said to be so', async (t) => {
  const day = toDayMs()
  const house = await lilac(t, { steps: [[{ name: 'Ana', habit: SILENT }, { name: 'Bea', habit: SILENT }]], more: later(day) })
  const { phone, lina, stage } = house
  const { page } = phone
  const [ana] = lina.responders
  if (ana === undefined) throw new Error('Ana is on her list')
  const alerts = async (): Promise<Alerts['alerts']> => (await ana.browser.get<Alerts>('/api/v1/alerts')).alerts.filter(({ kind }) => kind !== 'test')
  const passes = async (ms: number): Promise<void> => {
    await stage.service.kill('SIGTERM')
    await stage.service.start(later(ms))
  }
  await lina.browser.post('/api/v1/unlock', { pin: PIN })

  await phone.open('/w#/drill')
  await page.getByRole('button', { name: 'Try it out' }).click()
  await page.getByRole('heading', { name: 'Running' }).waitFor()
  await page.locator('.row').filter({ hasText: 'Bea' }).getByText(/^Shown after .* no answer$/).waitFor()
  const { alerts: [rehearsal] } = await ana.browser.get<Alerts>('/api/v1/alerts')
  await ana.browser.post(`/api/v1/alerts/${encodeURIComponent(rehearsal?.alarm ?? '')}/answer`, { is: 'coming', minutes: 5 })
  await page.locator('.row').filter({ hasText: 'Ana' }).getByText(/^Answered after [\d.]+ sec/).waitFor()
  t.match(await page.locator('.row').filter({ hasText: 'Bea' }).innerText(), /Shown after [\d.]+ sec/, 'each for herself')

  await goes(phone, '/shift/place')
  await page.getByLabel(/Where will you be/).fill('Quai 12')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByText('This phone is heard').waitFor()
  await goes(phone, '/shift/sign')
  await page.getByRole('button', { name: '15 minutes' }).click()
  await page.getByRole('button', { name: 'Call everyone' }).click()
  await page.getByRole('button', { name: 'Promise it' }).click()
  await page.getByText('Next sign in').waitFor()
  await goes(phone, '/')
  const hers = await stage.phone()
  await wear(hers, ana)
  await hers.open('/r')

  await passes(day + 16 * MINUTE)
  await page.getByRole('link', { name: /Please give a sign.*or your people are told/ }).waitFor()
  await fits(t, phone, 'a sign that is late')
  t.same(await alerts(), [], 'before the grace is over nobody is told')
  await page.getByRole('link', { name: /Please give a sign/ }).click()
  await page.getByRole('alert').getByText(/or your people are told/).waitFor()
  await fits(t, phone, 'late, on its own page')
  await page.getByRole('button', { name: /All is well/ }).first().click()
  await typePin(phone, PIN, 'All is well')
  await page.getByText('Next sign in').waitFor()
  await goes(phone, '/')
  t.equal(await page.getByText('Please give a sign').count(), 0)
  t.same(await alerts(), [], 'a sign in time: nobody was told')

  const { checkIn } = await lina.browser.get<{ checkIn: { raisesAt: number } }>('/api/v1/check-in')
  const missed = checkIn.raisesAt - BACK_MS - systemClock.now()
  await passes(missed)
  await page.getByText(/^No sign from you by|^Your phone out of reach since/).waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: /Shown on 2 phones/ }).waitFor()
  t.same((await lina.browser.get<{ alarms: { kind: string }[] }>('/api/v1/alarms')).alarms.filter(({ kind }) => kind !== 'test').length, 1)
  await fits(t, phone, 'a sign that was missed')
  await hers.page.getByRole('heading', { name: 'Quai 12' }).waitFor()
  await hers.page.getByText(/^Lina was to be heard of by/).waitFor()
  await fits(t, hers, 'what her people see of it')

  await passes(missed + 15 * MINUTE)
  await page.getByText('Everyone on your list has been told.').waitFor()
  // Twelve hours of asking, not of a service that was down: it comes back a moment after.
  const { alarms } = await lina.browser.get<Told>('/api/v1/alarms')
  const exhaustedAt = alarms.flatMap(({ facts }) => facts).find(({ reason }) => reason === 'EXHAUSTED')?.at ?? 0
  await passes(exhaustedAt + 12 * HOUR + MOMENT_MS - systemClock.now())
  await page.getByRole('heading', { name: 'Nobody answered' }).waitFor()
  await page.getByText('We have stopped asking. Hold to ask everyone again.').waitFor()
  await fits(t, phone, 'nobody answered')
  await hers.page.getByRole('heading', { name: 'Quai 12' }).waitFor()
  await hold(phone, 'Hold: ask everyone again', 1_400)
  await page.locator('.thread').getByText('Pressed again').waitFor()
  await page.getByRole('heading', { name: 'Nobody answered' }).waitFor({ state: 'detached' })
  await page.getByRole('link', { name: 'I am safe' }).click()
  await typePin(phone, PIN, 'End it')
  await page.getByRole('heading', { name: 'It is over' }).waitFor()
  await hers.page.getByRole('heading', { name: 'It is over' }).waitFor()
  phone.isSound(t)
  hers.isSound(t)
})
