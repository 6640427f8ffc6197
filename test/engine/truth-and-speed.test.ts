/** R1, R2: alarm at once, reassure only on proof; what happens when the disk does not follow. */
import t from 'tap'
import { circle, hers, house, isSettled, lina, responder, SmallHouse } from './small-house.ts'

t.test('R1: a press is told before anything is written, and acknowledged only after', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.hang()
  const { verdict, durable } = room.press()
  t.equal(verdict, 'raised')
  t.same(room.ears.told, ['Ana alert'], 'told in the very tick of the press')
  await room.clock.pass(100)
  t.notOk(await isSettled(durable), 'no PUBACK while the disk is silent')
  room.disk.mend()
  t.ok(await isSettled(durable))
})

t.test('the same event again opens nothing, and is acknowledged when the first one is durable', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.hang()
  const first = room.press()
  const again = room.engine.pressByButton(first.heard)
  t.equal(again.verdict, 'known')
  t.notOk(await isSettled(again.durable))
  room.disk.mend()
  t.ok(await isSettled(again.durable))
  t.same(room.ears.told, ['Ana alert'])
})

t.test('an event that grew while its alarm runs is never "all clear" before that alarm is, however often it is heard', async (t) => {
  const room = await new SmallHouse().start()
  const { heard, durable } = room.press()
  await durable
  room.receipt('Ana', 'accepted')
  await room.clock.pass(10)
  const grown = { ...heard, merged: 2 }
  const light = (): unknown => room.engine.lightOf(heard.did, heard.event)?.feedback
  for (const time of ['grown', 'heard once more']) {
    t.equal(room.engine.pressByButton(grown).verdict, 'known', time)
    await room.clock.pass(10)
    t.equal(light(), 'received', time)
  }
  room.disk.hang()
  void room.engine.pin(lina, room.sees('Ana').view.alarm, 'true')
  room.engine.pressByButton(grown)
  t.equal(light(), 'received', 'her end is not on disk yet')
  room.disk.mend()
  await room.clock.pass(10)
  t.equal(light(), 'all-clear')
})

t.test('a grown event is acknowledged when it is on disk itself, also when it is heard twice', async (t) => {
  const room = await new SmallHouse().start()
  const { heard, durable } = room.press()
  await durable
  room.disk.hang()
  const grown = { ...heard, merged: 2 }
  const times = [room.engine.pressByButton(grown), room.engine.pressByButton(grown)]
  for (const time of times) t.notOk(await isSettled(time.durable))
  room.disk.mend()
  for (const time of times) t.ok(await isSettled(time.durable))
})

t.test('R2: `received` needs the disk and an endpoint; with nobody handed to it is `no-answer-yet`', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.hang()
  const { heard, durable } = room.press()
  room.receipt('Ana', 'accepted')
  t.equal(room.engine.lightOf(heard.did, heard.event), null, 'nothing on disk, no light')
  room.disk.mend()
  await durable
  await room.clock.pass(10)
  t.equal(room.engine.lightOf(heard.did, heard.event)?.feedback, 'received')
})

t.test('R2: a press that reaches nobody says so from the first second', async (t) => {
  const room = new SmallHouse()
  room.directory.lanes = []
  await room.start()
  const { heard, verdict, durable } = room.press()
  t.equal(verdict, 'unarmed')
  await durable
  t.equal(room.engine.lightOf(heard.did, heard.event)?.feedback, 'no-answer-yet')
  t.equal(room.engine.pressByButton(heard).verdict, 'known', 'remembered all the same')
})

t.test('R1: "Ana is coming" is shown to nobody before it is durable', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  await room.clock.pass(10)
  room.disk.hang()
  const acknowledged = room.coming('Ana')
  await room.clock.pass(100)
  t.notOk(await isSettled(acknowledged))
  t.equal(room.engine.workerAlarms(lina)[0]?.view.phase, 'calling')
  t.equal(room.sees('Ana').view.answer.is, 'none')
  room.disk.mend()
  t.same(await acknowledged, { ok: true, saved: true })
  t.equal(room.engine.workerAlarms(lina)[0]?.view.phase, 'helped')
})

t.test('R1: a full disk silences nothing: escalation goes on, answers act from memory after 5 s, no PUBACK, then it recovers', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.refuse()
  const { durable, heard } = room.press()
  t.same(room.ears.told, ['Ana alert'])
  await room.clock.pass(1_000)
  t.notOk(room.engine.health().storeWorks, 'readyz goes red')
  await room.clock.pass(30_000)
  t.ok(room.ears.told.includes('Luc alert'), 'the next step is told though nothing was saved')
  const answer = room.coming('Luc')
  t.same(await answer, { ok: true, saved: false })
  const [alarm] = room.engine.workerAlarms(lina)
  t.equal(alarm?.view.phase, 'helped')
  t.equal(alarm?.saved, false, 'labelled as not saved')
  t.equal(room.engine.lightOf(heard.did, heard.event), null, 'never `received`')
  t.notOk(await isSettled(durable), 'never a PUBACK')
  room.disk.mend()
  await room.clock.pass(2_000)
  t.ok(await isSettled(durable))
  t.ok(room.engine.health().storeWorks)
  t.equal(room.engine.workerAlarms(lina)[0]?.saved, true)
})

t.test('a stand-down goes out from memory after 5 s of a failing disk, once', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  await room.clock.pass(10)
  const alarm = room.sees('Ana').view.alarm
  room.disk.refuse()
  room.ears.clear()
  const ended = room.engine.pin(lina, alarm, 'true')
  await room.clock.pass(4_000)
  t.same(room.ears.told, [], 'not before 5 s')
  await room.clock.pass(2_000)
  t.same(await ended, { ok: true, saved: false })
  t.same(room.ears.told, ['Ana stand-down'])
  room.receipt('Ana', 'accepted')
  room.disk.mend()
  await room.clock.pass(3_000)
  t.same(room.ears.told, ['Ana stand-down'], 'not said again when the disk is back')
})

t.test('an authority is told only after its row is durable, and never from memory', async (t) => {
  const room = new SmallHouse()
  room.directory.consents.add('c1')
  room.directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana', { authority: 'Zone', consent: 'c1' }] }) }]
  await room.start()
  room.disk.refuse()
  room.press()
  await room.clock.pass(20_000)
  t.notOk(room.ears.told.some((line) => line.startsWith('Zone')))
  room.disk.mend()
  await room.clock.pass(2_000)
  const [telling] = room.ears.tellings.filter((one) => one.to === responder('Zone'))
  t.ok(telling?.authority)
  t.equal(await telling?.permitted(), true)
  room.directory.consents.clear()
  t.equal(await telling?.permitted(), false, 'the store is asked again at each send')
})

t.test('R6: a lane that she did not choose asks before each sending whether its person has declared; her own does not', async (t) => {
  const room = new SmallHouse()
  room.directory.lanes = [{ lane: hers(), plan: circle({ waitMs: 30_000, people: ['Ana'] }) }, { lane: house, plan: circle({ waitMs: 30_000, people: ['Paul'] }) }]
  await room.start()
  room.press()
  await room.clock.pass(100)
  const wanted = (name: string) => room.ears.tellings.find((one) => one.to === responder(name))?.wanted()
  t.same([wanted('Ana'), wanted('Paul')], [true, true])
  for (const name of ['Ana', 'Paul']) room.directory.forwarding.add(name)
  t.same([wanted('Ana'), wanted('Paul')], [true, false])
})

t.test('a reply that was lost is not a second alarm', async (t) => {
  const room = await new SmallHouse().start()
  room.disk.loseReplies(1)
  const { durable } = room.press()
  await room.clock.pass(2_000)
  t.ok(await isSettled(durable))
  t.same((await room.disk.live()).length, 1)
  t.equal(room.engine.responderAlarms(responder('Ana')).length, 1)
})

t.test('what nobody accepted is handed over again every 5 s under its own number', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  await room.clock.pass(11_000)
  t.same(room.ears.told, ['Ana alert', 'Ana alert', 'Ana alert'])
  t.same(new Set(room.ears.tellings.map((telling) => telling.n)).size, 1)
  room.receipt('Ana', 'accepted')
  await room.clock.pass(6_000)
  t.equal(room.ears.told.length, 3, 'accepted: not again')
})

t.test('a receipt that raises nothing is not stored', async (t) => {
  const room = await new SmallHouse().start()
  await room.press().durable
  room.receipt('Ana', 'shown')
  await room.clock.pass(10)
  const before = (await room.disk.live())[0]?.seq
  for (const level of ['shown', 'accepted', 'attempted'] as const) room.receipt('Ana', level)
  room.engine.receipt(room.sees('Ana').view.alarm, responder('Mallory'), 1, 'seen')
  await room.clock.pass(10)
  t.equal((await room.disk.live())[0]?.seq, before)
})

t.test('a card that can\'t be sealed silences nobody: it is told first and sealed after', async (t) => {
  const room = new SmallHouse()
  room.directory.sealCard = () => { throw new Error('no key') }
  await room.start()
  const { durable } = room.press()
  t.same(room.ears.told, ['Ana alert'])
  await durable
  t.equal((await room.disk.live())[0]?.card, null)
})

for (const merged of [1, 3]) {
  t.test(`a stale press of ${merged} that was not proven is labelled, and still escalates`, async (t) => {
    const room = await new SmallHouse().start()
    const { heard, durable } = room.press({ stale: true, merged })
    await durable
    room.engine.mayBeReplay(heard.did, heard.event, true)
    t.equal(room.sees('Ana').view.doubt, 'none', 'not before it is on disk')
    await room.clock.pass(31_000)
    t.equal(room.sees('Ana').view.doubt, 'may-be-replay')
    t.ok(room.ears.told.includes('Luc alert'))
  })
}
