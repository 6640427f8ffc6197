/** Incident: the only one who would have learnt that she was forced had left weeks before, and she had not been told. */
import t from 'tap'
import type { EndpointId } from '../../server/notify/ports.ts'
import type { ResponderId } from '../../server/people/words.ts'
import type { House } from './house.ts'
import { HOUR, MINUTE, pass, scene, setPins } from './promised.ts'

const circleOf = async (phone: { get: (url: string) => Promise<{ json: <T>() => T }> }) => (await phone.get('/api/v1/circle')).json<{ mayKnow: string[], mayKnowReach: string }>()

async function device (house: House, responder: ResponderId): Promise<EndpointId> {
  const added = await house.people.endpoints.subscribe(responder, { url: `http://127.0.0.1:9/${responder}`, p256dh: 'B'.repeat(87), auth: 'A'.repeat(22), text: 'discreet', language: 'en', provesShown: true })
  if (!added.ok) throw new Error(added.code)
  return added.id
}

t.test('the last one who may know leaves: a line in her journal, a calm reminder, and her list says so', async (t) => {
  const { house, lina, id, ana } = await scene(t)
  await device(house, ana.responder)
  t.match(await circleOf(lina), { mayKnow: [ana.responder], mayKnowReach: 'device' })
  await house.people.responders.leave(ana.responder)
  t.same(house.reminded.filter((line) => !line.includes('somebody-left')), [`${id} readiness-lost`])
  t.match(await circleOf(lina), { mayKnow: [], mayKnowReach: 'nobody' })
  t.match((await lina.get('/api/v1/journal')).json<{ lines: object[] }>().lines.slice(0, 2), [{ what: 'nobody-may-know', by: 'service' }, { what: 'contact-left' }])
  t.notMatch((await lina.get('/api/v1/home')).body, /KNOW|know/, 'her home screen, which anybody may see, has no word of it')
})

t.test('their only device is forgotten by its push service, or taken back: the same', async (t) => {
  for (const how of ['dead', 'taken back'] as const) {
    const { house, lina, id, ana, luc } = await scene(t)
    await device(house, luc.responder)
    const endpoint = await device(house, ana.responder)
    if (how === 'dead') house.open.directory.dead(endpoint)
    else await house.people.endpoints.unsubscribe(ana.responder, endpoint)
    await pass(house, 0)
    t.same(house.reminded.filter((line) => !line.includes('somebody-left')), [`${id} readiness-lost`], how)
    t.match(await circleOf(lina), { mayKnow: [ana.responder], mayKnowReach: 'no-device' })
    t.match((await lina.get('/api/v1/journal')).json<{ lines: { what: string }[] }>().lines[0], { what: 'nobody-may-know' })
  }
})

t.test('another one who may know is still there: nobody is disturbed', async (t) => {
  const { house, lina, ana, luc } = await scene(t)
  await house.circle(lina, [ana.responder, luc.responder], [ana.responder, luc.responder])
  for (const each of [ana, luc]) await device(house, each.responder)
  await house.people.responders.leave(ana.responder)
  t.same(house.reminded.filter((line) => !line.includes('somebody-left')), [])
  t.match(await circleOf(lina), { mayKnowReach: 'device' })
})

t.test('R15: with and without a duress PIN it is the same, under either PIN; in the hour after an alarm nothing rings', async (t) => {
  const seen: unknown[] = []
  for (const pins of ['none', 'true', 'duress'] as const) {
    const { house, lina, ana } = await scene(t)
    if (pins !== 'none') await setPins(lina)
    if (pins !== 'none') await lina.post('/api/v1/unlock', { pin: pins === 'true' ? '4711' : '9058' })
    await device(house, ana.responder)
    await house.people.responders.leave(ana.responder)
    const { mayKnow, mayKnowReach } = await circleOf(lina)
    const { lines } = (await lina.get('/api/v1/journal')).json<{ lines: { what: string }[] }>()
    seen.push({ mayKnow, mayKnowReach, lines: lines.map(({ what }) => what).filter((what) => what !== 'pin-changed'), reminded: house.reminded.filter((line) => !line.includes('somebody-left')).length })
  }
  t.same(seen[1], seen[0])
  t.same(seen[2], seen[0])
  const { house, lina, ana } = await scene(t)
  await setPins(lina)
  await device(house, ana.responder)
  await lina.press('one')
  const [{ alarm } = { alarm: '' }] = (await lina.get('/api/v1/alarms')).json<{ alarms: { alarm: string }[] }>().alarms
  await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })
  await pass(house, 10 * MINUTE)
  await house.people.responders.leave(ana.responder)
  t.same(house.reminded.filter((line) => !line.includes('somebody-left')), [], 'not at a moment that somebody else chose')
  await pass(house, HOUR)
  t.equal(house.reminded.filter((line) => line.endsWith('readiness-lost')).length, 1)
})
