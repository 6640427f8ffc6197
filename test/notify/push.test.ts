import t from 'tap'
import type { Test } from 'tap'
import { FakePushService } from './push-service.ts'
import { Stage, WatchedClock, ana } from './stage.ts'

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

t.test('a phone is told over real HTTP: sealed, signed, urgent, one size, one topic', async (t) => {
  const { service, stage } = await scene(t)
  stage.phone(ana, service.subscribe())
  stage.phone(ana, service.subscribe(), { text: 'discreet', language: 'fr' })
  await stage.tell(stage.telling())
  const pushes = [await service.next(), await service.next()]
  await stage.receipts.until((all) => all.some(({ level }) => level === 'accepted'))
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
  t.same(service.faults, [])
})
