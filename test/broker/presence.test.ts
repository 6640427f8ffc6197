import { once } from 'node:events'
import t from 'tap'
import { upTopic } from '../../firmware-protocol/topics.ts'
import { closeOf, Place, until, type TestButton } from './room.ts'

const willOf = (button: TestButton, boot: number, seq: number) =>
  ({ topic: upTopic(button.did), payload: button.frame({ is: 'bye', boot, seq, uptimeMs: 0, why: 'will' }), qos: 1 as const, retain: false })

t.test('frames are the signs of life: what they say of the button is told, as last heard', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody({ health: { batteryPct: 80, batteryMv: 3_000 }, beatS: 60 }))
  await button.send({ is: 'beat', ...button.up(), health: { batteryPct: 79, rssiDbm: -60, flags: 2 } })
  t.match(place.house.beats.at(-1), { did: button.did, at: place.clock.now(), beatS: 60, batteryPct: 79, batteryMv: 3_000, rssiDbm: -60, flags: 2, fw: '1.0', model: 'vb' })
})

t.test('silence is told once, after 75 s and before 90 s, though the connection stands', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody())
  const lastHeardAt = place.clock.now()
  await place.clock.pass(75_000)
  t.same(place.house.silences, [])
  await place.clock.pass(15_000)
  t.same(place.house.silences, [{ did: button.did, why: 'silent', lastHeardAt }])
  await place.clock.pass(600_000)
  t.equal(place.house.silences.length, 1)
  await button.beat()
  await place.clock.pass(90_000)
  t.equal(place.house.silences.length, 2, 'heard again, it may fall silent again')
})

t.test('a dropped connection alone says nothing; beats every 30 s are never silence', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody())
  for (let n = 0; n < 10; n++) {
    await place.clock.pass(30_000)
    await button.breakLine()
    await button.connect()
    await button.beat()
  }
  t.same(place.house.silences, [])
})

t.test('a sleeper is silent only when it does not wake within its own promise', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody({ beatS: 3_600 }))
  await button.send({ is: 'bye', ...button.up(), why: 'sleeping' })
  t.match(place.house.silences, [{ why: 'sleeping' }])
  await place.clock.pass(8_000_000)
  t.equal(place.house.silences.length, 1)
  await place.clock.pass(1_010_000)
  t.match(place.house.silences[1], { why: 'silent' })
})

t.test('a retired button is not missed', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody())
  place.buttons.known.delete(button.did)
  place.broker.cut(button.did)
  await place.clock.pass(600_000)
  t.same(place.house.silences, [])
})

t.test('switched off: told, and nothing more', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody())
  await button.send({ is: 'bye', ...button.up(), why: 'off' })
  await place.clock.pass(600_000)
  t.match(place.house.silences, [{ why: 'off' }])
  t.equal(place.house.silences.length, 1)
})

t.test('a frame that waited over 30 s on its way is no sign of life', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  await button.send(button.helloBody())
  const late = button.frame(button.pressBody())
  await place.clock.pass(90_000)
  const beats = place.house.beats.length
  await button.raw(late)
  t.equal(place.house.beats.length, beats)
  t.match(place.house.raised, [{ queueMs: 90_000, pressedAt: place.clock.now() - 90_100 }], 'but the press raises, dated back')
})

t.test('the will of the newest hello, when the line breaks: gone', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 50) })
  await button.send(button.helloBody({ will: 50 }))
  const told = once(place.house.told, 'silent')
  await button.breakLine()
  t.same(await told, ['will'])
})

t.test('a clean goodbye leaves no will', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 50) })
  await button.send(button.helloBody({ will: 50 }))
  await button.hangUp()
  await button.connect()
  await button.beat()
  t.same(place.house.silences, [])
  t.notOk(place.broker.counts().HEARD_BYE)
})

t.test('a will that no hello named is not believed, nor one of an older hello', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 50) })
  await button.send(button.helloBody({ will: 51 }))
  await button.breakLine()
  await until(() => place.broker.counts().HEARD_BYE === 1)
  t.same(place.house.silences, [])
  t.match(place.broker.counts(), { WILL_NOT_BELIEVED: 1 })
})

t.test('a takeover is nobody\'s death: the will of the connection replaced does not count', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 50) })
  await button.send(button.helloBody({ will: 50 }))
  const first = button.client
  const gone = closeOf(first)
  await button.connect({ will: willOf(button, 7, 60) })
  await gone
  await button.beat()
  t.same(place.house.silences, [])
  t.match(place.broker.counts(), { WILL_NOT_OVER: 1 })
})

t.test('a stop of the service is nobody\'s death either', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 50) })
  await button.send(button.helloBody({ will: 50 }))
  await place.broker.close()
  t.same(place.house.silences, [])
})

t.test('a will touches nothing: not the window, not the clock', async (t) => {
  const place = await Place.open(t)
  const button = place.button()
  await button.connect({ will: willOf(button, 7, 5_000) })
  await button.send(button.helloBody({ will: 5_000 }))
  await button.breakLine()
  await until(() => place.broker.counts().HEARD_BYE === 1)
  await button.connect()
  await button.beat()
  t.equal(place.house.beats.length, 2, 'the frames after it are still newer')
})

t.test('a hello that was held back on its way does not turn silence into sleep, nor bring old settings back', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const old = button.frame(button.helloBody({ beatS: 86_400, mode: 7, health: { batteryPct: 99 } }))
  await button.send(button.helloBody({ beatS: 30, health: { batteryPct: 12 } }))
  await button.raw(old)
  t.match(place.house.beats.at(-1), { beatS: 30, batteryPct: 12 })
  t.notOk(place.broker.counts().SENT_CONFIG, 'what it does now is what its newest hello says')
  await place.clock.pass(90_000)
  t.match(place.house.silences, [{ why: 'silent' }])
})

t.test('a hello that a press has overtaken is still the newest hello', async (t) => {
  const place = await Place.open(t)
  const button = await place.button().connect()
  const hello = button.frame(button.helloBody({ beatS: 60 }))
  await button.send(button.pressBody())
  await button.raw(hello)
  t.match(place.house.beats.at(-1), { beatS: 60, fw: '1.0' })
})
