import t from 'tap'
import type { Test } from 'tap'
import { FakePushService, status } from './push-service.ts'
import { Stage, WatchedClock, ana, card, luc } from './stage.ts'

async function scene (t: Test): Promise<{ service: FakePushService, stage: Stage }> {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  const stage = new Stage({ extraPushOrigins: [service.origin], clock })
  t.teardown(async () => {
    await stage.notify.stop()
    await service.stop()
  })
  return { service, stage }
}

const accepted = (stage: Stage, n = 1): Promise<void> => stage.receipts.until((all) => all.some((r) => r.n === n && r.level === 'accepted'))

t.test('the engine repeats a telling every 5 s: what is in flight is not sent twice', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling())
  await service.next()
  for (let i = 0; i < 10; i++) await stage.tell(stage.telling())
  t.equal(service.received.length, 1)
  t.same(stage.levels(), ['attempted'])
})

t.test('while a retry waits, the same telling again does not hurry it', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe(status(500)))
  await stage.tell(stage.telling())
  await stage.clock.armed(500)
  for (let i = 0; i < 10; i++) await stage.tell(stage.telling())
  t.equal(service.received.length, 1)
  await stage.clock.pass(500)
  await accepted(stage)
  t.equal(service.received.length, 2)
})

t.test('a phone that she adds in the middle is told by the next repetition, the others are left alone', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling())
  await service.next()
  const added = service.subscribe()
  stage.phone(ana, added)
  await stage.tell(stage.telling())
  t.equal((await service.next()).subscription, added)
  t.equal(service.received.length, 2)
})

t.test('a later telling ends the retries of an earlier one, and hangs up on what is in flight', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe(status(500)))
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling())
  const early = [await service.next(), await service.next()]
  await stage.clock.armed(500)
  await stage.tell(stage.telling({ n: 2, what: 'stand-down' }))
  await Promise.all(early.map(({ closed }) => closed))
  await service.next()
  await service.next()
  await stage.clock.pass(20_000)
  t.same(service.received.map(({ payload }) => payload.n), [1, 1, 2, 2], 'nobody is called to what is over')
})

t.test('an earlier telling that arrives after a later one says nothing', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling({ n: 2, what: 'stand-down' }))
  await service.next()
  await stage.tell(stage.telling({ n: 1 }))
  await stage.clock.pass(1_000)
  t.equal(service.received.length, 1)
})

t.test('before each send, retries too, it is asked whether it is still wanted', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe(status(500)))
  let wanted = true
  await stage.tell(stage.telling({ wanted: () => wanted }))
  await stage.clock.armed(500)
  wanted = false
  await stage.clock.pass(60_000)
  t.equal(service.received.length, 1)
  t.equal(stage.notify.messenger.underWay, 0, 'and nothing is kept of it')
})

t.test('what nobody accepts is given up when a phone would no longer be given it, and the engine may begin again', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  await service.stop()
  await stage.tell(stage.telling({ what: 'coming' }))
  for (const waitMs of [500, 1_000, 2_000, ...Array.from({ length: 14 }, () => 4_000)]) {
    await stage.clock.armed(waitMs)
    await stage.clock.pass(waitMs)
  }
  await stage.logged.until((all) => all.some((fields) => fields['code'] === 'PUSH_UNREACHABLE'))
  t.equal(stage.notify.messenger.underWay, 0)
})

t.test('an authority is asked about at the store before each send, and never told on a no, an error or a silence (R6)', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(luc, service.subscribe(status(500), status(500)))
  const answers: (() => Promise<boolean>)[] = [
    async () => false,
    async () => { throw new Error('the store is down') },
    () => { throw new Error('the port is broken') },
    () => new Promise(() => {})
  ]
  for (const permitted of answers) {
    await stage.tell(stage.telling({ to: luc, authority: true, permitted }))
    await stage.clock.pass(5_000)
  }
  t.equal(service.connections, 0)
  t.same(stage.receipts.all, [])
  let asked = 0
  await stage.tell(stage.telling({ to: luc, authority: true, permitted: async () => { asked += 1; return asked <= 3 } }))
  await stage.clock.armed(500)
  await stage.clock.pass(500)
  await stage.clock.armed(1_000)
  await stage.clock.pass(60_000)
  t.equal(service.received.length, 2, 'asked once for pages and once for each try; revoked in between, told no more')
  t.equal(asked, 4)
})

t.test('a consent that is proven too late does not count', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(luc, service.subscribe())
  let say: (yes: boolean) => void = () => {}
  const late = new Promise<boolean>((resolve) => { say = resolve })
  await stage.tell(stage.telling({ to: luc, authority: true, permitted: () => late }))
  await stage.clock.pass(5_000)
  say(true)
  await stage.clock.pass(1_000)
  t.equal(service.connections, 0)
})

t.test('while the store is asked, the alarm ends: the authority is not told', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(luc, service.subscribe())
  let wanted = true
  await stage.tell(stage.telling({ to: luc, authority: true, wanted: () => wanted, permitted: async () => { wanted = false; return true } }))
  await stage.clock.pass(1_000)
  t.equal(service.connections, 0)
})

t.test('a card that can not be put into words still wakes somebody', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  await stage.tell(stage.telling({ card: card({ wishes: null as never, sees: null as never }) }))
  t.equal((await service.next()).payload.title, 'A message is waiting')
  t.same(stage.codes(), ['PUSH_TEXT_FAULT'])
})

t.test('a telling that throws when asked takes nobody down', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  t.doesNotThrow(() => { stage.notify.messenger.tell(stage.telling({ wanted: () => { throw new Error('broken') } })) })
  await stage.clock.pass(1_000)
  t.equal(service.connections, 0)
  await stage.tell(stage.telling({ n: 2 }))
  await accepted(stage, 2)
})

t.test('somebody without any way to be reached is reported, not waited for', async (t) => {
  const { stage } = await scene(t)
  await stage.tell(stage.telling())
  t.same(stage.reaches.all, [{ responder: ana, reach: 'none' }])
  t.same(stage.receipts.all, [])
  t.equal(stage.notify.messenger.underWay, 0)
})

t.test('receipts never come within tell: the engine is in the middle of its turn', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  stage.notify.messenger.tell(stage.telling())
  t.same([stage.receipts.all, stage.reaches.all], [[], []])
})

t.test('500 presses at once: all are told, over far fewer connections', async (t) => {
  const { service, stage } = await scene(t)
  const phone = service.subscribe()
  stage.phone(ana, phone)
  for (let i = 0; i < 500; i++) stage.notify.messenger.tell(stage.telling({ alarm: `alarm-${i}` as never }))
  await stage.clock.pass(0)
  while (stage.receipts.all.filter(({ level }) => level === 'accepted').length < 500) {
    const before = stage.receipts.all.length
    await stage.receipts.until((all) => all.length > before)
    await stage.clock.pass(0)
  }
  t.equal(new Set(service.received.map(({ payload }) => payload.alarm)).size, 500)
  t.ok(service.connections <= 200, `a connection serves many: ${service.connections}`)
})

t.test('nothing that could name anybody is ever logged', async (t) => {
  const { service, stage } = await scene(t)
  const phone = service.subscribe(status(403, {}, `{"reason":"token ${'x'.repeat(50)}"}`), status(410))
  stage.phone(ana, phone)
  await stage.tell(stage.telling())
  await stage.logged.until((all) => all.length === 1)
  await stage.tell(stage.telling())
  await stage.logged.until((all) => all.length === 2)
  const log = JSON.stringify(stage.logged.all)
  for (const secret of [phone.url, phone.auth, phone.p256dh, 'Lina', 'Lilac', 'alarm-1', 'ana', '127.0.0.1', 'token']) t.notOk(log.includes(secret), secret)
})
