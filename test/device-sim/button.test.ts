/** Incident: a simulator that forgets what a real button would forget, or remembers what it could not, proves nothing about either. */
import t from 'tap'
import { sameEvent } from '../../firmware-protocol/event-key.ts'
import { DID, House, stage } from './post.ts'

t.test('after every connect: each event, then hello with a new will', async (t) => {
  const { clock, post, button } = await stage()
  button.press()
  await clock.pass(100)
  post.breaks()
  await clock.pass(100)
  const [first, second] = post.heard.slice(-2).map(({ body }) => body)
  t.strictSame([first?.is, second?.is], ['press', 'hello'])
  const wills = post.only('hello').map(({ will }) => will)
  t.equal(new Set(wills).size, 2, 'each connection has its own')
  const seqs = post.heard.map(({ body }) => 'seq' in body ? body.seq : 0)
  t.strictSame(seqs, [...new Set(seqs)].sort((a, b) => a - b), 'seq only grows, and no will is used up by a frame')
  button.powerOff()
})

t.test('everybody comes back at once: whoever holds an event does not wait, whoever presses waits no longer', async (t) => {
  const { clock, post, button } = await stage({ jitterMs: () => 8_000 })
  post.breaks()
  await clock.pass(7_900)
  t.equal(post.connections.length, 1, 'nothing to say: it leaves the others room')
  await clock.pass(200)
  t.equal(post.connections.length, 2)
  post.breaks()
  await clock.pass(1_000)
  button.press()
  await clock.pass(100)
  t.equal(post.connections.length, 3, 'a press ends the wait')
  t.equal(post.only('press').length, 1)
  post.breaks()
  await clock.pass(100)
  t.equal(post.connections.length, 4, 'an event without an answer is held: at once')
  button.powerOff()
})

t.test('SUBSCRIBE comes before the first frame; the keep-alive is 30 s; hello says how much is pending', async (t) => {
  const { clock, post, button } = await stage()
  t.strictSame(post.subscriptions, [{ topic: `vbp/1/${DID}/down`, after: 0 }])
  t.equal(post.connections[0]?.keepAliveS, 30)
  t.equal(post.only('hello')[0]?.pending, 0)
  button.press('alarm')
  button.press('assist')
  post.breaks()
  await clock.pass(100)
  t.equal(post.only('hello').at(-1)?.pending, 2)
  button.powerOff()
})

t.test('each sending tells its own age', async (t) => {
  const { clock, post, button } = await stage()
  button.press()
  await clock.pass(3_600)
  t.strictSame(post.only('press').map(({ ageMs }) => ageMs), [0, 500, 1_500, 3_500])
  button.powerOff()
})

t.test('an event with a state is said once on each connection, and not retried', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage({ reply: house.reply })
  button.press()
  await clock.pass(100)
  house.feedback = null
  post.breaks()
  await clock.pass(19_000)
  t.equal(post.only('press').length, 2)
  button.powerOff()
})

t.test('after a sync that raised its boot it takes low dseqs again, and answers the nonce once', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage({ reply: house.reply })
  button.press()
  await clock.pass(10)
  post.say({ is: 'sync', nonce: new Uint8Array(8).fill(3), known: 40 })
  house.feedback = null
  await clock.pass(10)
  const coming = house.state(post.lastPress, 'coming')
  if (coming.is !== 'state') throw new TypeError('a state')
  post.say({ ...coming, dseq: 1 })
  t.strictSame(button.lights, ['coming'], 'the count of another boot does not bind it')
  post.breaks()
  await clock.pass(10)
  t.strictSame(post.only('hello').map(({ nonce }) => nonce !== undefined), [false, true, false])
  button.powerOff()
})

t.test('a reboot between press and send: the same event, and nobody knows how old', async (t) => {
  const { clock, post, button, flash } = await stage()
  post.answers = false
  post.breaks()
  button.press()
  const [held] = flash.events
  button.powerOff()
  post.answers = true
  button.powerOn()
  await clock.pass(1)
  const press = post.lastPress
  t.ok(held !== undefined && sameEvent(held.event, press.event))
  t.strictSame([press.boot, press.event.evboot, press.ageMs], [2, 1, undefined])
  button.powerOff()
})

t.test('flash loss: it counts from boot 1 again, a sync brings it above what is known', async (t) => {
  const { clock, post, button, flash } = await stage()
  button.powerOff()
  flash.boot = 40
  button.loseFlash()
  t.strictSame([flash.boot, button.holds, button.mode], [0, 0, 0])
  button.powerOn()
  await clock.pass(1)
  button.press()
  post.say({ is: 'sync', nonce: new Uint8Array(8).fill(3), known: 40 })
  await clock.pass(1)
  t.equal(flash.boot, 41)
  t.equal(post.lastPress.boot, 41, 'the press came again in the new boot')
  t.equal(post.lastPress.event.evboot, 1, 'as the same event')
  t.ok((post.lastPress.ageMs ?? -1) >= 0, 'and its age runs on')
  button.powerOff()
})

t.test('no PUBACK in 3 s: the connection is made again, and the press sent again', async (t) => {
  const { clock, post, button } = await stage()
  post.acknowledges = false
  button.press()
  await clock.pass(2_999)
  t.equal(post.connections.length, 1)
  post.acknowledges = true
  await clock.pass(2)
  t.equal(post.connections.length, 2)
  t.strictSame(post.endings, ['cut'], 'without goodbye')
  t.equal(post.only('press').length, 1, 'heard at once on the new one')
  button.powerOff()
})

t.test('a press ends the wait for the next try', async (t) => {
  const { clock, post, button } = await stage()
  post.answers = false
  post.breaks()
  // Given up at 5, 10.5 and 16.5 s; the next try would be at 18.5.
  await clock.pass(17_400)
  post.answers = true
  button.press()
  await clock.pass(1)
  t.equal(post.only('press').length, 1)
  button.powerOff()
})

t.test('from the press until clear: seen at each state and every 20 s, however often she presses', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage({ reply: house.reply })
  for (let i = 0; i < 10; i++) {
    button.press()
    await clock.pass(5_000)
  }
  const every = post.only('seen').length
  t.equal(every, 10 + 2, 'ten states, and two rounds of 20 s')
  house.feedback = 'all-clear'
  post.breaks()
  await clock.pass(1_000)
  t.equal(button.holds, 0)
  const seen = post.only('seen').length
  await clock.pass(100_000)
  t.equal(post.only('seen').length, seen, 'then no more')
  button.powerOff()
})

t.test('a beat is said when nothing else was for beat-s', async (t) => {
  const { clock, post, button } = await stage()
  await clock.pass(20_000)
  button.fault('battery')
  await clock.pass(29_000)
  t.equal(post.only('beat').length, 0)
  await clock.pass(1_000)
  t.equal(post.only('beat').length, 1)
  button.powerOff()
})

t.test('a config is kept and answered, and a reboot keeps it', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage()
  post.say(house.config({ boot: 1 }, 5, 60))
  await clock.pass(1)
  const hello = post.only('hello').at(-1)
  t.strictSame([hello?.mode, hello?.beatS], [5, 60])
  button.powerOff()
  button.powerOn()
  await clock.pass(1)
  t.strictSame([button.mode, button.beatS], [5, 60])
  button.powerOff()
})

t.test('dark shows nothing; a silent alarm shows nothing in any mode; nobody answering is not for the room', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage({ reply: house.reply })
  house.feedback = 'coming'
  button.press('alarm')
  await clock.pass(10)
  t.strictSame([button.lights, button.visible], [['coming'], []], 'dark')
  post.say(house.config({ boot: 1 }, 7))
  await clock.pass(10)
  t.strictSame(button.visible, ['coming'], 'light')
  button.press('silent-alarm')
  await clock.pass(10)
  t.strictSame([button.lights, button.visible], [['coming', 'coming'], ['coming']], 'silent')
  house.feedback = 'no-answer-yet'
  button.press('assist')
  await clock.pass(10)
  t.strictSame([button.lights[2], button.visible], ['no-answer-yet', ['coming']])
  await clock.pass(60_000)
  t.strictSame(button.visible, ['received'], '"coming" that nobody renewed')
  button.powerOff()
})

t.test('a sleeper says goodbye, wakes for its beat and for a press, and stays until clear', async (t) => {
  const house = new House()
  const { clock, post, button } = await stage({ sleeper: true, reply: house.reply })
  await clock.pass(2_000)
  t.ok(button.isAsleep)
  t.strictSame(post.only('bye').map(({ why }) => why), ['sleeping'])
  t.strictSame(post.endings, ['end'], 'so that the will is not said')
  await clock.pass(30_000)
  t.equal(post.only('hello').length, 2, 'a sign of life within beat-s')
  await clock.pass(2_000)
  t.ok(button.isAsleep)
  button.press()
  await clock.pass(10)
  t.equal(post.only('press').length, 1)
  await clock.pass(100_000)
  t.notOk(button.isAsleep, 'it listens while she waits')
  t.equal(post.lastPress.boot, 1, 'waking up is no reboot')
  post.say(house.state(post.lastPress, 'all-clear'))
  await clock.pass(2_001)
  t.ok(button.isAsleep)
  button.press()
  post.answers = false
  button.switchOff()
  await clock.pass(200_000)
  t.notOk(button.isConnected, 'off is off')
})

t.test('without power nothing happens', async (t) => {
  const { clock, post, button } = await stage()
  button.switchOff()
  t.strictSame(post.only('bye').map(({ why }) => why), ['off'])
  button.press()
  button.fault('tamper')
  await clock.pass(100_000)
  t.strictSame([button.holds, post.connections.length], [0, 1])
})

t.test('a counter never wraps: at the last seq it reboots, and says what it holds in the new boot', async (t) => {
  const { clock, post, button, flash } = await stage({ seqMax: 6 })
  button.press()
  await clock.pass(3_600)
  t.strictSame(post.heard.filter(({ body }) => body.is !== 'hello').map(({ body }) => 'seq' in body ? `${body.boot}/${body.seq}` : ''), ['1/3', '1/4', '1/5', '1/6'], 'after will and hello; nothing follows the last')
  const [held] = flash.events
  await clock.pass(4_000)
  t.equal(flash.boot, 2)
  t.equal(post.endings[0], 'cut', 'a reboot says no goodbye')
  const press = post.lastPress
  t.strictSame([press.boot, press.seq, press.event.evboot, press.ageMs], [2, 2, 1, undefined], 'the same event, of unknown age, after the new will')
  t.ok(held !== undefined && sameEvent(held.event, press.event))
  button.powerOff()
})

t.test('a connection that breaks at the last seq: the new one has a will of the new boot', async (t) => {
  const { clock, post, button } = await stage({ seqMax: 3 })
  button.press()
  await clock.pass(10)
  post.breaks()
  await clock.pass(10)
  t.strictSame(post.only('press').map(({ boot, seq }) => `${boot}/${seq}`), ['1/3', '2/2'])
  t.strictSame(post.only('hello').map(({ boot, will }) => `${boot}/${will}`), ['1/1', '2/1'])
  t.equal(post.connections.length, 2, 'none without a will')
  button.powerOff()
})

t.test('switched off at the last seq it stays off', async (t) => {
  const { clock, post, button, flash } = await stage({ seqMax: 2 })
  button.switchOff()
  await clock.pass(100_000)
  t.strictSame([flash.boot, post.connections.length, button.isConnected], [1, 1, false])
})
