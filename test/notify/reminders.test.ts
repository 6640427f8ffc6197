/** Incident: a reminder to her own phone said on the lock screen what she does; another carried her alarm along. */
import t from 'tap'
import type { Test } from 'tap'
import { Compile } from 'typebox/compile'
import { ReminderPayload } from '../../server/contract/reminder.ts'
import { tellingStem } from '../../server/notify/discretion.ts'
import { REMINDER_TTL_S } from '../../server/notify/limits.ts'
import type { EndpointId, PushEndpoint, ReminderWhat, WorkerId } from '../../server/notify/ports.ts'
import { FakePushService, status } from './push-service.ts'
import type { Subscription } from './push-service.ts'
import { Stage, WatchedClock, ana } from './stage.ts'

const mina = 'mina' as WorkerId
const fits = Compile(ReminderPayload)
const whats: readonly ReminderWhat[] = ['check-in-due', 'drill-due', 'readiness-lost', 'somebody-left']

async function scene (t: Test): Promise<{ service: FakePushService, stage: Stage, phone: (more?: Partial<PushEndpoint>) => Subscription }> {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  const stage = new Stage({ extraPushOrigins: [service.origin], clock })
  t.teardown(async () => {
    await stage.notify.stop()
    await service.stop()
  })
  let n = 0
  const phone = (more: Partial<PushEndpoint> = {}): Subscription => {
    n += 1
    const subscription = service.subscribe()
    const endpoint: PushEndpoint = { id: `hers-${n}` as EndpointId, ...subscription, text: 'discreet', language: 'fr', provesShown: false, ...more }
    stage.own.set(mina, [...stage.own.get(mina) ?? [], endpoint])
    return subscription
  }
  return { service, stage, phone }
}

t.test('her phone is reminded, discreetly; it is no alarm, and looks to the push service like any other push', async (t) => {
  const { service, stage, phone } = await scene(t)
  phone()
  phone({ text: 'full', language: 'nl' })
  stage.phone(ana, service.subscribe())
  stage.notify.reminders.remind(mina, 'check-in-due')
  await stage.clock.pass(0)
  const pushes = [await service.next(), await service.next()]
  for (const { payload } of pushes) t.same([...fits.Errors(payload)], [])
  t.match(pushes.map(({ payload }) => payload), [{ title: 'Un message vous attend', what: null }, { title: 'Laat weten dat alles goed is', what: 'check-in-due' }])
  t.notOk('alarm' in (pushes[0]?.payload ?? {}), 'no byte of an alarm')
  await stage.tell(stage.telling())
  const alert = await service.next()
  t.equal(pushes[0]?.bytes, alert.bytes, 'the size says nothing')
  t.not(pushes[0]?.topic, alert.topic)
  t.equal(pushes[0]?.ttlS, REMINDER_TTL_S)
  await stage.reached.until((all) => all.length === 2)
  t.same(service.faults, [])
})

t.test('a phone that would say "shown" is not reached by a 201 (R3)', async (t) => {
  const { service, stage, phone } = await scene(t)
  phone({ provesShown: true })
  phone()
  stage.notify.reminders.remind(mina, 'check-in-due')
  await stage.clock.pass(0)
  await service.next()
  await service.next()
  await stage.reached.until((all) => all.length === 1)
  t.same(stage.reached.all, [mina], 'the other one alone')
})

t.test('what she has answered meanwhile does not ring, and a forgotten subscription is dropped', async (t) => {
  const { service, stage, phone } = await scene(t)
  const subscription = phone()
  stage.notify.reminders.remind(mina, 'check-in-due', () => false)
  await stage.clock.pass(1_000)
  service.script(subscription, status(410))
  stage.notify.reminders.remind(mina, 'drill-due')
  await stage.clock.pass(0)
  t.equal((await service.next()).payload.title, 'Un message vous attend')
  await stage.logged.until((all) => all.some(({ code }) => code === 'PUSH_ENDPOINT_DEAD'))
  t.same(stage.own.get(mina), [])
  t.same(stage.reached.all, [])
})

t.test('in every language no reminder says what this is (R22)', async (t) => {
  for (const language of ['fr', 'nl', 'en', 'ro', 'bg', 'es', 'pt', 'sq'] as const) {
    for (const what of whats) {
      const { service, stage, phone } = await scene(t)
      phone({ text: 'full', language })
      stage.notify.reminders.remind(mina, what)
      await stage.clock.pass(0)
      const { payload } = await service.next()
      t.equal(tellingStem(`${payload.title} ${payload.body} ${payload.url}`), null, `${language} ${what}`)
    }
  }
})
