/** Incident: the light on her screen was green all night; the button had been flat since nine, and the friend who was to come had her phone off. */
import t from 'tap'
import { Phone } from './house.ts'
import { readyRoom } from './ready-room.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

t.test('R19: green only with every proof: pressed in this shift, heard, charged, somebody available whose phone answered, a store that writes', async (t) => {
  const room = await readyRoom(t)
  t.ok((await room.codes()).includes('NO_SHIFT red'))
  await room.startsByPress()
  await room.pass(1_000)
  t.same(await room.codes(), ['NOBODY_AVAILABLE red', 'DEVICE_UNPROVEN red'], 'Ana is on her list and said nothing')
  await room.available()
  t.same(await room.codes(), ['DEVICE_UNPROVEN amber'])
  await room.tapsTest()
  t.match(await room.ready(), { level: 'green', reasons: [], shown: { batteryPct: 80, available: 1 } })
  room.beat({ batteryPct: 20 })
  t.same(await room.codes(), ['BATTERY_LOW amber'])
  room.beat()
  await room.house.clock.pass(40_000)
  t.same(await room.codes(), ['BUTTON_LATE amber'])
  await room.house.clock.pass(40_000)
  t.same(await room.codes(), ['BUTTON_SILENT red'], 'silent: 2.5 times its beat')
  await room.pass(4 * HOUR + MINUTE)
  t.same(await room.codes(), ['DEVICE_PROOF_OLD amber'], 'what her phone showed hours ago proves little')
  await room.pass(HOUR)
  t.same(await room.codes(), ['NOBODY_AVAILABLE amber', 'DEVICE_PROOF_OLD amber'], '"available" is over by itself')
})

t.test('R19: a shift begun by the room\'s QR is unready until the button is pressed; a replayed frame proves nothing', async (t) => {
  const room = await readyRoom(t)
  await room.available()
  await room.tapsTest()
  const token = room.house.people.venues.roomToken(room.room as never)
  await room.lina.post('/api/v1/shift/code', { token, plannedEndAt: room.house.clock.now() + HOUR, feedback: 0, house: false })
  t.same(await room.codes(), ['BUTTON_UNPROVEN red'])
  await room.lina.post('/api/v1/test', { room: room.room })
  room.press({ kind: 'test', stale: true })
  t.same(await room.codes(), ['BUTTON_UNPROVEN red'])
  await room.lina.post('/api/v1/test', { room: room.room })
  room.press({ kind: 'test' })
  t.same(await room.codes(), [])
})

t.test('R19: her own phone, paired as her own responder, is nobody who would come', async (t) => {
  const room = await readyRoom(t)
  const herself = await room.house.pair(room.lina, room.lina, 'Myself')
  await room.house.circle(room.lina, [herself.responder])
  await room.startsByPress()
  await room.subscribes(room.lina, 'lina')
  await room.available(room.lina)
  await room.tapsTest(room.lina, true)
  t.same(await room.codes(), ['ONLY_OWN_PHONE red'])
  await room.house.circle(room.lina, [herself.responder, room.ana.responder])
  await room.available()
  await room.tapsTest()
  t.same(await room.codes(), [], 'Ana has a phone of her own')
})

t.test('R19: another responder whose push goes to her own phone is nobody who would come either', async (t) => {
  const room = await readyRoom(t)
  await room.house.pair(room.lina, room.lina, 'Myself')
  await room.startsByPress()
  await room.subscribes(room.lina, 'ana')
  await room.available()
  await room.tapsTest()
  t.same(await room.codes(), ['ONLY_OWN_PHONE red'], 'the same push address')
})

t.test('R19: at a place she typed, her own page stands for the button', async (t) => {
  const room = await readyRoom(t)
  await room.available()
  await room.tapsTest()
  await room.lina.post('/api/v1/shift/place', { place: 'Hotel Nord, 214', plannedEndAt: room.house.clock.now() + HOUR, feedback: 0, house: false })
  t.same(await room.codes(), ['PHONE_UNHEARD red'])
  const page = await room.page()
  t.same(await room.codes(), [])
  await page.close()
  await room.settles()
  t.same(await room.codes(), ['PHONE_UNHEARD red'])
})

t.test('R19: somebody with an open page who has not said "available" is weaker, and is told of at any part of a millisecond', async (t) => {
  const room = await readyRoom(t)
  await room.startsByPress()
  await room.house.clock.pass(0.4)
  room.house.clock.jump(-0.4)
  const page = await room.page(room.ana.phone, 'responder')
  await room.house.clock.pass(1_000)
  t.same(await room.codes(), ['NOBODY_AVAILABLE amber'])
  await page.close()
})

t.test('R19: night-ready: two devices, one of which rings through silence', async (t) => {
  const room = await readyRoom(t)
  const bo = await room.house.pair(room.lina, new Phone(room.house), 'Bo')
  await room.house.circle(room.lina, [room.ana.responder, bo.responder])
  await room.startsByPress()
  await room.available()
  await room.tapsTest()
  t.same((await room.ready()).night, { ready: false, reasons: ['NIGHT_ONE_CHANNEL', 'NIGHT_NOTHING_RINGS'] })
  await room.available(bo.phone)
  const page = await room.page(bo.phone, 'responder')
  t.same((await room.ready()).night, { ready: false, reasons: ['NIGHT_NOTHING_RINGS'] })
  await room.tapsTest(bo.phone, true)
  t.same((await room.ready()).night, { ready: true, reasons: [] })
  await page.close()
  await room.settles()
  t.notOk((await room.ready()).night.ready, 'a closed page rings nobody')
})

t.test('R13: a button that is added, retired or reads presses anew makes the room unready; she is told, and the technician learns nothing', async (t) => {
  const room = await readyRoom(t)
  await room.startsByPress()
  await room.available()
  await room.tapsTest()
  t.same(await room.codes(), [])
  const tech = await room.house.join('technician')
  const added = await tech.post(`/api/v1/rooms/${room.room}/buttons`)
  t.notMatch(added.body, /Lina|shift|worker/)
  const { did } = added.json<{ did: string }>()
  t.same(await room.codes(), ['BUTTON_CHANGED red', 'BUTTON_CHANGED amber', 'BUTTON_UNHEARD amber', 'BATTERY_UNKNOWN amber'])
  t.match((await room.lina.get('/api/v1/journal')).json(), { lines: [{ what: 'room-changed', by: 'venue', room: room.room }] })
  t.equal((await tech.ask({ method: 'DELETE', url: `/api/v1/buttons/${did}` })).statusCode, 204)
  t.same(await room.codes(), ['BUTTON_CHANGED red'], 'the other one is gone, and still nothing was tested')
  await room.lina.post('/api/v1/test', { room: room.room })
  room.press({ kind: 'test' })
  t.same(await room.codes(), [])
  room.beat({ fw: '1.1' })
  await room.settles()
  t.same(await room.codes(), ['BUTTON_CHANGED red'], 'another firmware may read a press in another way')
  const lines = (await room.lina.get('/api/v1/journal')).json<{ lines: { what: string, by: string }[] }>().lines
  t.match(lines[0], { what: 'room-changed', by: 'service' })
})

t.test('R15: after an alarm has ended, truly or not, what her people do is not shown for an hour', async (t) => {
  const seen = async (pin: string): Promise<readonly string[]> => {
    const room = await readyRoom(t)
    await room.house.circle(room.lina, [room.ana.responder], [room.ana.responder])
    await room.lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '4799' } })
    await room.startsByPress()
    await room.lina.press('one')
    await room.settles()
    const { alarm } = (await room.lina.get('/api/v1/alarms')).json<{ alarms: { alarm: string }[] }>().alarms[0] ?? { alarm: '' }
    t.equal((await room.house.passUntil(room.lina.post(`/api/v1/alarms/${alarm}/close`, { pin }))).reply.statusCode, 200)
    await room.settles()
    // Checking a PIN takes as long as it takes.
    room.beat()
    const screens: string[] = []
    const look = async (): Promise<void> => {
      const { shown: { available }, ...ready } = await room.ready()
      screens.push(JSON.stringify([available, ready.level, ready.reasons.map(({ code, level }) => [code, level])]))
    }
    await look()
    // Under duress Ana reacts: she opens her page, says that she is there, answers.
    if (pin === '4799') {
      await room.available()
      await room.tapsTest(room.ana.phone, true)
      await room.page(room.ana.phone, 'responder')
    }
    for (let tens = 0; tens < 5; tens++) {
      await room.pass(10 * MINUTE)
      await look()
    }
    return screens
  }
  const truly = await seen('4711')
  t.same(await seen('4799'), truly)
  t.match(truly[0], /AFTER_ALARM/)
})
