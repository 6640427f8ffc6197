import t from 'tap'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { SessionId } from '../../server/people/words.ts'
import { HOUR, must, openHouse, smallHouse } from './small-house.ts'
import { openStore } from '../../server/store/sqlite/sqlite-store.ts'

const DAY = 24 * HOUR

t.test('an invite opens one door, once, for a week', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const { code, expiresAt } = must(await house.people.invites.make('worker', venue.id))
  t.same(await house.people.invites.look(code), { role: 'worker', expiresAt })
  t.same(await house.people.invites.look(code), { role: 'worker', expiresAt }, 'looking consumes nothing')
  t.match(await house.people.invites.accept(code, { role: 'technician', device: 'x' }), { code: 'ROLE_MISMATCH' })
  t.match(await house.people.invites.accept(code, { role: 'worker', alias: '  ', language: 'fr', device: 'x' }), { code: 'TEXT_EMPTY' })
  const typed = code.toLowerCase().replace(/(.{4})/g, '$1 ')
  const { session } = must(await house.people.invites.accept(typed, { role: 'worker', alias: 'Mira', language: 'fr', device: 'x' }))
  t.match(house.people.sessions.find(session.token), { who: { is: 'worker', id: session.who.id } })
  t.match(await house.people.invites.accept(code, { role: 'worker', alias: 'Eve', language: 'fr', device: 'x' }), { code: 'INVITE_NOT_FOUND' })
  t.equal(await house.people.invites.look(code), null)
  const old = must(await house.people.invites.make('researcher', null))
  await house.clock.pass(7 * DAY)
  t.equal(await house.people.invites.look(old.code), null)
  t.match(await house.people.invites.accept(old.code, { role: 'researcher', device: 'x' }), { code: 'INVITE_NOT_FOUND' })
  t.match(await house.people.invites.make('technician', null), { code: 'VENUE_NEEDED' })
  t.match(await house.people.invites.make('technician', 'nowhere' as never), { code: 'VENUE_NOT_FOUND' })
})

t.test('a technician belongs to the venue that invited', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const { code } = must(await house.people.invites.make('technician', venue.id))
  const { session } = must(await house.people.invites.accept(code, { role: 'technician', device: 'x' }))
  t.match(session.who, { is: 'technician', venue: venue.id })
  t.match(house.people.sessions.find(session.token)?.who, { is: 'technician', venue: venue.id })
})

t.test('sessions: several, listed, rotated with grace, revoked at once', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const who = { is: 'worker', id: mira } as const
  const gone: SessionId[] = []
  house.people.sessions.onRevoked((id) => gone.push(id))
  const second = await house.people.sessions.open(who, 'Tablet')
  t.same(new Map(house.people.sessions.list(who, second.id).map((s) => [s.device, s.current])), new Map([['Phone', false], ['Tablet', true]]))
  const { token } = must(await house.people.sessions.rotate(second.token))
  t.equal(house.people.sessions.find(token)?.id, second.id)
  t.equal(house.people.sessions.find(second.token)?.id, second.id, 'the answer may have been lost')
  await house.clock.pass(121_000)
  t.equal(house.people.sessions.find(second.token), null)
  const zoe = await house.worker(await house.venue('independent', 'Two'), 'Zoe')
  t.match(await house.people.sessions.revoke({ is: 'worker', id: zoe }, second.id), { code: 'SESSION_NOT_FOUND' })
  must(await house.people.sessions.revoke(who, second.id))
  t.equal(house.people.sessions.find(token), null)
  t.same(gone, [second.id])
  t.equal(house.people.sessions.find('nonsense'), null)
})

t.test('the disk is dead: sessions and shortcuts still open, so that a phone can raise', async (t) => {
  const house = await smallHouse(t)
  const mira = await house.worker(await house.venue())
  const ana = await house.responder(mira)
  await house.circle(mira, [[ana]])
  const { token, id } = must(await house.people.shortcuts.make(mira))
  house.disk.reads = house.disk.writes = false
  t.equal(await house.open.directory.refresh(), false)
  t.equal(house.people.shortcuts.find(token)?.worker, mira)
  t.equal(house.phone(mira).lanes.length, 1)
  house.disk.reads = house.disk.writes = true
  must(await house.people.shortcuts.revoke(mira, id))
  t.equal(house.people.shortcuts.find(token), null)
})

t.test('the command line writes the same file: the service sees it within a second', async (t) => {
  const house = await smallHouse(t)
  const store = await openStore({ file: house.file, clock: systemClock, log: { warn: () => undefined } })
  const cli = await openHouse(store, house.file, house.clock)
  t.teardown(async () => { await cli.open.stop(); await store.close() })
  t.teardown(house.open.follow())
  const venue = await cli.venue()
  const room = await cli.room(venue)
  const did = await cli.button(room)
  t.equal(house.people.buttons.find(did as never), null)
  await house.clock.pass(1_000)
  while (house.people.buttons.find(did as never) === null) await house.clock.pass(1_000)
  t.same(house.people.buttons.find(did as never)?.keys, cli.people.buttons.find(did as never)?.keys)
  must(await cli.people.buttons.retire(venue.id, did))
  await house.clock.pass(1_000)
  while (house.people.buttons.find(did as never) !== null) await house.clock.pass(1_000)
  t.match(house.press(did), { use: 'unarmed' })
})

t.test('a button is enrolled once and its secret shown once; beats make the technician\'s list, presses don\'t', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const room = await house.room(venue)
  const { button } = must(await house.people.buttons.add(room.id, null))
  t.match(button, { did: /^[0-9a-f]{16}$/, root: /^[0-9a-f]{64}$/, mqttUsername: button.did, mqttPassword: /^[\w-]{43}$/ })
  t.equal(house.people.buttons.find(button.did)?.keys.mqttPassword, button.mqttPassword)
  const beat = { did: button.did, at: house.clock.now(), beatS: 30, batteryPct: 80, batteryMv: null, rssiDbm: -60, flags: 0, fw: '1.2.0', model: 'sim' }
  house.people.buttons.heard(beat as never)
  house.people.buttons.heard({ ...beat, batteryPct: null, at: house.clock.now() + 5 } as never)
  house.press(button.did)
  t.match(house.people.buttons.list(venue.id), [{ batteryPct: 80, lastBeatAt: house.clock.now() + 5, silent: null, trouble: null }])
  house.people.buttons.silent(button.did, 'silent')
  house.people.buttons.trouble(button.did, 'TAG_WRONG')
  t.match(house.people.buttons.list(venue.id), [{ silent: 'silent', trouble: 'TAG_WRONG' }])
  await house.open.stop()
  const again = await openHouse(house.store, house.file, house.clock)
  t.match(again.people.buttons.list(venue.id), [{ batteryPct: 80, fw: '1.2.0' }], 'known again after a restart')
  t.match(await house.people.venues.addRoom(venue.id, 'ROOM 3', null), { code: 'LABEL_TAKEN' }, 'labels differ when spoken')
  t.match(await house.people.buttons.retire('elsewhere' as never, button.did), { code: 'BUTTON_NOT_FOUND' })
})
