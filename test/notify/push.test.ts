import t from 'tap'
import type { Test } from 'tap'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import type { Fetch } from '../../server/notify/push.ts'
import { FakePushService, status } from './push-service.ts'
import { Heard, Stage, WatchedClock, ana, luc } from './stage.ts'

async function scene (t: Test, through?: Fetch): Promise<{ service: FakePushService, stage: Stage }> {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  const stage = new Stage({ extraPushOrigins: [service.origin], clock, ...(through === undefined ? {} : { fetch: through }) })
  t.teardown(async () => {
    await stage.notify.stop()
    await service.stop()
  })
  return { service, stage }
}

const accepted = (stage: Stage, n = 1): Promise<void> => stage.receipts.until((all) => all.some((r) => r.n === n && r.level === 'accepted'))
const logged = (stage: Stage, code: string): Promise<void> => stage.logged.until((all) => all.some((fields) => fields['code'] === code))

t.test('a phone is told over real HTTP: sealed, signed, urgent, one size, one topic', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  stage.phone(ana, service.subscribe(), { text: 'discreet', language: 'fr' })
  await stage.tell(stage.telling())
  const pushes = [await service.next(), await service.next()]
  await accepted(stage)
  t.same(stage.levels(), ['attempted', 'accepted'], 'a 201 is accepted, never "shown" (R3)')
  for (const push of pushes) {
    t.equal(push.urgency, 'high')
    t.equal(push.ttlS, 300)
    t.match(push.topic, /^[A-Za-z0-9_-]{22}$/)
    t.equal(push.claims.aud, service.origin)
    t.equal(push.claims.sub, 'mailto:ops@example.org')
    t.equal(push.claims.exp, Math.floor(stage.clock.now() / 1000) + 12 * 3600)
    t.same([push.payload.v, push.payload.web_push, push.payload.alarm, push.payload.n, push.payload.what], [1, 8030, 'alarm-1', 1, 'alert'])
    t.equal(push.payload.notification.title, push.payload.title, 'Safari shows the declared notification')
    t.equal(push.payload.notification.navigate, 'https://lueur.example.org/m/alarm-1')
  }
  t.equal(pushes[0]?.bytes, pushes[1]?.bytes, 'the size says nothing')
  t.equal(pushes[0]?.topic, pushes[1]?.topic)
  t.equal(pushes[0]?.authorization, pushes[1]?.authorization, 'one signature serves a push service')
  t.same(service.faults, [])
})

t.test('the machine\'s clock was put right by days while an alarm ran: the token is of the time that push services see', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  stage.clock.jump(3 * 24 * 3_600_000)
  await stage.tell(stage.telling())
  const { claims } = await service.next()
  t.equal(claims.exp, Math.floor(stage.clock.now() / 1000) + 12 * 3600)
  await accepted(stage)
  t.same(service.faults, [])
})

t.test('a phone that was off gets only the newest: the stand-down has replaced the alert', async (t) => {
  const { service, stage } = await scene(t)
  const phone = service.subscribe()
  stage.phone(ana, phone)
  await stage.tell(stage.telling())
  await accepted(stage)
  await stage.tell(stage.telling({ n: 2, what: 'stand-down' }))
  await accepted(stage, 2)
  await stage.tell(stage.telling({ alarm: 'alarm-2' as AlarmId }))
  await stage.receipts.until((all) => all.some((r) => r.alarm === 'alarm-2' && r.level === 'accepted'))
  t.same(service.heldFor(phone).map(({ payload }) => [payload.alarm, payload.what]), [['alarm-1', 'stand-down'], ['alarm-2', 'alert']])
  t.equal(new Set(service.received.map(({ bytes }) => bytes)).size, 1, 'an end is as large as a cry for help')
})

for (const gone of [404, 410]) {
  t.test(`${gone}: the subscription is dead, and she is told that this responder can't be reached`, async (t) => {
    const { service, stage } = await scene(t)
    stage.phone(ana, service.subscribe(status(gone)))
    await stage.tell(stage.telling())
    await stage.reaches.until((all) => all.length === 2)
    t.same(stage.reaches.all.map(({ reach }) => reach), ['provable', 'none'])
    t.same(stage.book.get(ana), [])
    t.same(stage.levels(), ['attempted'])
  })
}

for (const code of [400, 401, 403]) {
  t.test(`${code} is our fault: the endpoint is kept, the operator is warned, the service is not hammered`, async (t) => {
    const { service, stage } = await scene(t)
    stage.phone(ana, service.subscribe(status(code, {}, '{"reason":"BadJwtToken"}')))
    await stage.tell(stage.telling())
    await logged(stage, 'PUSH_REFUSED')
    t.same(stage.logged.all.at(-1), { code: 'PUSH_REFUSED', status: code, reason: 'BadJwtToken' })
    t.equal(stage.book.get(ana)?.length, 1)
    await stage.clock.pass(4_999)
    t.equal(service.received.length, 1)
    await stage.tell(stage.telling())
    await accepted(stage)
    t.equal(service.received.length, 2, 'the engine repeats it, and this time it is taken')
  })
}

t.test('413: once more, without details; a second 413 is our fault', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe(status(413), status(413)))
  await stage.tell(stage.telling())
  const first = await service.next()
  await stage.clock.armed(0)
  await stage.clock.armed(0)
  await stage.clock.pass(0)
  const second = await service.next()
  t.ok(second.bytes < first.bytes)
  t.equal(second.payload.title, 'A message is waiting')
  await logged(stage, 'PUSH_TOO_LARGE')
  t.equal(service.received.length, 2)
})

t.test('429: this phone is left alone as long as asked, by later tellings too; the other phone rings meanwhile', async (t) => {
  const { service, stage } = await scene(t)
  const [busy, free] = [service.subscribe(status(429, { 'retry-after': '60' })), service.subscribe()]
  stage.phone(ana, busy)
  stage.phone(ana, free)
  await stage.tell(stage.telling())
  await accepted(stage)
  await stage.clock.armed(60_000)
  await stage.clock.pass(30_000)
  await stage.tell(stage.telling({ n: 2, what: 'again' }))
  await accepted(stage, 2)
  t.same(service.received.map(({ subscription }) => subscription === busy).sort(), [false, false, true], 'the busy one had its one try')
  await stage.clock.pass(30_000)
  const pushes = [await service.next(), await service.next(), await service.next(), await service.next()]
  t.same(pushes.filter(({ subscription }) => subscription === busy).map(({ payload }) => payload.n), [1, 2], 'then the newest, not the old one')
})

t.test('a failing service is tried after 0.5, 1, 2, 4 and 4 s, and the other phone does not wait for it', async (t) => {
  const { service, stage } = await scene(t)
  const failing = service.subscribe(status(500), status(503), { is: 'drop' }, status(502), status(500))
  stage.phone(ana, failing)
  const other = service.subscribe()
  stage.phone(ana, other)
  await stage.tell(stage.telling())
  await accepted(stage)
  const times: number[] = []
  const start = stage.clock.mono()
  for (const waitMs of [500, 1_000, 2_000, 4_000, 4_000]) {
    await stage.clock.armed(waitMs)
    await stage.clock.pass(waitMs)
    times.push(stage.clock.mono() - start)
  }
  const tries = []
  for (let i = 0; i < 7; i++) tries.push(await service.next())
  t.same(times, [500, 1_500, 3_500, 7_500, 11_500])
  t.equal(tries.filter(({ subscription }) => subscription === failing).length, 6)
  t.same(stage.levels(), ['attempted', 'accepted'])
})

t.test('a service that hangs holds us for 5 s, then it is tried again', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling())
  const push = await service.next()
  await stage.clock.pass(5_000)
  await push.closed
  t.same(stage.levels(), ['attempted'])
  await stage.clock.armed(500)
  await stage.clock.pass(500)
  t.equal((await service.next()).payload.n, 1)
})

t.test('a service that drips its refusal holds us for 5 s; its status was the answer', async (t) => {
  const heads = new Heard<number>()
  const { service, stage } = await scene(t, async (url, init) => {
    const response = await fetch(url, init)
    heads.say(response.status)
    return response
  })
  stage.phone(ana, service.subscribe({ is: 'drip', status: 403 }))
  await stage.tell(stage.telling())
  const push = await service.next()
  await heads.until((all) => all.length === 1)
  await stage.clock.pass(5_000)
  await push.closed
  await logged(stage, 'PUSH_REFUSED')
  t.same(stage.levels(), ['attempted'])
})

t.test('a 201 whose body never ends is a 201, and is hung up on', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe({ is: 'drip', status: 201 }))
  await stage.tell(stage.telling())
  const push = await service.next()
  await accepted(stage)
  await stage.clock.pass(5_000)
  await push.closed
  t.same(stage.levels(), ['attempted', 'accepted'])
})

t.test('a reply of megabytes is not read', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe(status(400, {}, 'x'.repeat(8_000_000))))
  await stage.tell(stage.telling())
  const push = await service.next()
  await logged(stage, 'PUSH_REFUSED')
  await push.closed
  t.equal(stage.logged.all.at(-1)?.['reason'], '', 'what is not a plain word stays out of the log')
})

t.test('a redirect is not followed: it could lead anywhere', async (t) => {
  const { service, stage } = await scene(t)
  const elsewhere = await FakePushService.start(stage.clock)
  t.teardown(() => elsewhere.stop())
  stage.phone(ana, service.subscribe(status(307, { location: elsewhere.subscribe().url })))
  await stage.tell(stage.telling())
  await logged(stage, 'PUSH_REDIRECTED')
  t.equal(elsewhere.connections, 0)
  t.equal(stage.book.get(ana)?.length, 1)
})

t.test('a refused connection is tried again', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  await service.stop()
  await stage.tell(stage.telling())
  await stage.clock.armed(500)
  t.same(stage.levels(), ['attempted'])
})

t.test('an address that is not a push service is never posted to, whoever stored it', async (t) => {
  const { service, stage } = await scene(t)
  const foreign = await FakePushService.start(stage.clock)
  t.teardown(() => foreign.stop())
  stage.phone(luc, foreign.subscribe())
  await stage.tell(stage.telling({ to: luc }))
  await stage.reaches.until((all) => all.length === 1)
  t.equal(foreign.connections, 0)
  t.same(stage.codes(), ['PUSH_URL_NOT_ALLOWED'])
  t.same(stage.reaches.all, [{ responder: luc, reach: 'none' }], 'and counts as no way to reach somebody')
  t.equal(service.connections, 0)
})

t.test('a subscription with broken keys is kept and warned about, and harms nobody else', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, { ...service.subscribe(), p256dh: 'AAAA' })
  stage.phone(ana, service.subscribe())
  await stage.tell(stage.telling())
  await accepted(stage)
  t.ok(stage.codes().includes('PUSH_KEYS_INVALID'))
})
