/** Incident: the service said "up" while its disk had been full for a day; the numbers told who had pressed. */
import t from 'tap'
import { buildMetricsApp } from '../../server/http/metrics.ts'
import type { LabelName } from '../../server/http/metrics.ts'
import { createLogger } from '../../server/http/log.ts'
import { Phone, openHouse } from './house.ts'

t.test('ready only while store, broker and auditor are; alive always', async (t) => {
  const house = await openHouse(t)
  const phone = new Phone(house)
  t.same((await phone.get('/readyz')).json(), { ready: true, store: true, broker: true, auditor: true })
  for (const part of ['store', 'broker', 'auditor'] as const) {
    house.health[part] = false
    const reply = await phone.get('/readyz')
    t.equal(reply.statusCode, 503, part)
    t.match(reply.json(), { ready: false, [part]: false })
    t.equal((await phone.get('/healthz')).statusCode, 200)
    house.health[part] = true
  }
})

t.test('the metrics are aggregates: route patterns, never an id, a name or a secret', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  await lina.press('one')
  await lina.get('/api/v1/nowhere/secret-path')
  house.metrics.gauge('veilleuse_alarms_open', 'Open alarms.', () => 1)
  house.metrics.counter('veilleuse_push_total', 'Pushes, by outcome.', ['outcome']).inc({ outcome: 'accepted' })
  const app = buildMetricsApp({ metrics: house.metrics, logger: createLogger('silent') })
  t.teardown(() => app.close())
  const { body, headers } = await app.inject('/metrics')
  t.match(headers['content-type'], /^text\/plain/)
  t.match(body, /veilleuse_http_request_seconds_count\{method="POST",route="\/api\/v1\/press",status="202"\} 1/)
  t.match(body, /route="\(unknown\)",status="404"/)
  t.match(body, /veilleuse_alarms_open 1/)
  for (const secret of [ana.responder, house.idOf(lina, 'worker'), 'secret-path', 'Lina', lina.cookie.split('=')[1] ?? '']) t.notOk(body.includes(secret))
  t.equal((await app.inject('/')).statusCode, 404)
  t.equal((await lina.get('/metrics')).statusCode, 404, 'and they are not on the public port')
  t.throws(() => house.metrics.counter('veilleuse_bad', 'By button.', ['did' as LabelName]), /not a label of an aggregate/)
})
