/** Incident: the one person on her list had left at noon; she found out at midnight, when she pressed. R5: she is told at once. */
import t from 'tap'
import type { Test } from 'tap'
import type { WorkerId } from '../../server/alarm/alarm.ts'
import { openHouse, Phone } from './house.ts'
import { Ear } from './twins.ts'

const MINUTE = 60_000

async function scene (t: Test) {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const [ana, luc] = [await house.pair(lina), await house.pair(lina, new Phone(house), 'Luc')]
  await house.circle(lina, [ana.responder])
  const [session] = lina.cookie.split('=')[1]?.split('.').flatMap((token) => house.people.sessions.find(token) ?? []) ?? []
  const lines: string[] = []
  house.live.join(new Ear((line) => { lines.push(line) }), { subject: { is: 'worker', id: session!.who.id }, session: session!.id, cursor: null })
  const pass = async (ms: number): Promise<void> => {
    await house.clock.pass(ms)
    await house.disk.probe()
  }
  const homes = (): { leftAt: number | null, readiness: { reasons: { code: string }[] } }[] => lines
    .filter((line) => line.includes('worker-home')).map((line) => (JSON.parse(line.replace(/^message \d+ /, '')) as { home: never }).home)
  const reminded = (): readonly string[] => house.reminded.filter((line) => line.includes('somebody-left'))
  await pass(2_000)
  return { house, lina, ana, luc, pass, homes, reminded, worker: house.idOf(lina, 'worker') as WorkerId }
}

t.test('R5, R19: she is told at once that somebody left, by page and phone, without a name; her readiness is drawn again; then she takes note', async (t) => {
  const { house, lina, ana, pass, homes, reminded, worker } = await scene(t)
  t.match(homes().at(-1), { leftAt: null })
  const at = house.clock.now()
  await ana.phone.post('/api/v1/me/responder/leave')
  await pass(2_000)
  t.match(homes().at(-1), { leftAt: at })
  t.ok(homes().at(-1)?.readiness.reasons.some(({ code }) => code === 'CIRCLE_EMPTY'))
  t.same(reminded(), [`${worker} somebody-left`])
  t.notOk(JSON.stringify(homes()).includes('Ana'))
  t.match((await lina.get('/api/v1/home')).json(), { leftAt: at })
  await lina.ask({ method: 'DELETE', url: '/api/v1/contacts/left' })
  await pass(2_000)
  t.match(homes().at(-1), { leftAt: null })
})

t.test('R5: of one list alone, and although the disk was full when they went: as soon as it can be known', async (t) => {
  const { house, ana, pass, homes, reminded } = await scene(t)
  const { circles } = (await ana.phone.get('/api/v1/me/responder/circles')).json<{ circles: { circle: string }[] }>()
  house.disk.refuse()
  await house.passUntil(ana.phone.ask({ method: 'DELETE', url: `/api/v1/me/responder/circles/${circles[0]?.circle ?? ''}` }))
  await house.clock.pass(2_000)
  t.ok(homes().at(-1)?.readiness.reasons.some(({ code }) => code === 'CIRCLE_EMPTY'), 'nobody is counted on who went')
  house.disk.mend()
  for (let n = 0; n < 5; n++) await pass(1_000)
  t.ok(homes().at(-1)?.leftAt)
  t.equal(reminded().length, 1)
})

t.test('R15: in the hour after her alarm nothing tells of it at that moment; afterwards it does', async (t) => {
  const { lina, luc, pass, homes, reminded } = await scene(t)
  await lina.press('one')
  const { alarms } = (await lina.get('/api/v1/alarms')).json<{ alarms: { alarm: string }[] }>()
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await lina.post(`/api/v1/alarms/${alarms[0]?.alarm ?? ''}/close`, { pin: '4711' })
  await pass(2 * MINUTE)
  const before = homes().length
  await luc.phone.post('/api/v1/me/responder/leave')
  await pass(2_000)
  t.equal(homes().length, before)
  t.same(reminded(), [])
  t.match((await lina.get('/api/v1/home')).json(), { leftAt: null })
  for (let n = 0; n < 60; n++) await pass(MINUTE)
  await pass(2_000)
  t.ok(homes().at(-1)?.leftAt)
  t.equal(reminded().length, 1)
})
