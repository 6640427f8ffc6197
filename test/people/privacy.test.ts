import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { HOUR, must, openHouse, smallHouse, told } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'
import { Keyring } from '../../server/people/keyring.ts'
import { openPeople } from '../../server/people/open.ts'
import { Seal } from '../../server/store/seal.ts'
import { sqlitePeople } from '../../server/store/sqlite/people-sqlite.ts'

const ALIAS = 'Mira-van-de-Lantaarn'
const NAME = 'Anastasia-die-komt'
const PLACE = 'Hotel-Zon-kamer-214'
const NOTE = 'knock-twice-at-the-blue-door'
const URL = 'https://push.example.net/send/abcdef-very-secret'
const P256DH = 'BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM'
const DEVICE = 'Chrome-on-a-borrowed-phone'

async function lived (t: Parameters<typeof smallHouse>[0]): Promise<{ house: SmallHouse, secrets: readonly string[] }> {
  const house = await smallHouse(t)
  const venue = await house.venue('employed', 'Villa-Lantaarn')
  const room = await house.room(venue, 'Kamer-drie', 'Rue-Verte-7-Bruxelles')
  const { button } = must(await house.people.buttons.add(room.id, null))
  const mira = await house.worker(venue, ALIAS)
  const ana = await house.responder(mira, NAME)
  await house.circle(mira, [[ana]], { note: NOTE, mayKnow: [ana] })
  must(await house.people.pins.set(mira, { current: null, pin: '407193', duress: '852641' }, 'phone'))
  const pairing = must(await house.people.pairing.begin(mira))
  const invite = must(await house.people.invites.make('worker', venue.id))
  const shortcut = must(await house.people.shortcuts.make(mira))
  const session = await house.people.sessions.open({ is: 'worker', id: mira }, DEVICE)
  must(await house.people.endpoints.subscribe(ana, { url: URL, p256dh: P256DH, auth: 'tBHItJI5svbpez7KI4CCXg', text: 'discreet', language: 'nl', provesShown: true }))
  must(await house.people.shifts.startAtPlace(mira, PLACE, house.wish()))
  const [lane] = house.phone(mira).lanes
  const card = house.open.directory.sealCard(lane!.card)
  await house.store.alarms.append({ id: 'a' as never, lane: lane!.card.lane, expectedSeq: 0, seq: 1, open: true, live: true, dueAt: null, state: {} as never, happenings: [], card, presses: [] })
  return { house, secrets: [ALIAS, NAME, PLACE, NOTE, URL, 'push.example.net', P256DH, DEVICE, 'Villa-Lantaarn', 'Kamer-drie', 'Rue-Verte-7', button.root, button.mqttPassword, pairing.code, invite.code, shortcut.token, session.token, '407193', 'argon2'] }
}

t.test('the file and its WAL hold no alias, name, place, endpoint, code, token, root or PIN hash', async (t) => {
  const { house, secrets } = await lived(t)
  const files = [house.file, `${house.file}-wal`].filter((file) => existsSync(file))
  t.equal(files.length, 2, 'the WAL is searched too')
  for (const file of files) {
    const bytes = readFileSync(file)
    for (const secret of secrets) {
      t.notOk(bytes.includes(Buffer.from(secret, 'utf8')), `${secret} in ${file.slice(-4)}`)
      if (/^[0-9a-f]{64}$/.test(secret)) t.notOk(bytes.includes(Buffer.from(secret, 'hex')), 'nor in bytes')
    }
  }
  t.ok(readFileSync(`${house.file}-wal`).includes(Buffer.from('discreet')) || readFileSync(house.file).includes(Buffer.from('discreet')), 'the search finds what is there')
})

t.test('everything opens again after a restart, with the right key alone', async (t) => {
  const { house } = await lived(t)
  const again = await openHouse(house.store, house.file, house.clock)
  const [mira] = [...again.open.directory.picture.folk.workers.keys()]
  t.equal(again.people.workers.self(mira as never)?.alias, ALIAS)
  t.match(again.phone(mira as never).lanes[0]?.card, { alias: ALIAS, note: NOTE, place: PLACE })
  const [ana] = [...again.open.directory.picture.folk.responders.keys()]
  t.match(again.open.directory.of(ana as never), [{ url: URL, p256dh: P256DH, text: 'discreet', language: 'nl', provesShown: true }])
  const foreign = 'not the secret of this house'
  const { picture } = again.open.directory
  const thief = new Keyring(new Seal(foreign), (holder) => picture.keys.get(holder))
  t.same([...picture.keys.keys()].filter((holder) => thief.key(holder) !== null), [], 'not one data key opens')
  const opening = openPeople({ store: sqlitePeople(house.store.writer, house.store.reader), secret: foreign, clock: house.clock, reachOf: () => 'none', log: { warn: () => undefined }, traces: { bury: async () => {}, emptyWal: () => house.store.emptyWal() }, publishedList: { read: () => new Map(), record: () => undefined } })
  await t.rejects(opening, { code: 'SECRET_FOREIGN' }, 'a house with blank names is never opened')
})

t.test('a card opens in its own lane alone, and not after she is erased', async (t) => {
  const { house } = await lived(t)
  const [mira] = [...house.open.directory.picture.folk.workers.keys()]
  const card = house.phone(mira as never).lanes[0]!.card
  const sealed = house.open.directory.sealCard(card)
  t.same(house.open.directory.openCard(sealed), card)
  const spoilt = Uint8Array.from(sealed)
  spoilt[spoilt.length - 1]! ^= 1
  t.equal(house.open.directory.openCard(spoilt), null)
  t.equal(house.open.directory.openCard(Uint8Array.of(0)), null)
  const other = house.open.directory.sealCard({ ...card, lane: 'hers:4.none' as never })
  t.equal(house.open.directory.openCard(other), null, 'nobody\'s card was sealed with nobody\'s key')
  const bytes = Buffer.from(sealed)
  const moved = Buffer.concat([bytes.subarray(0, 2), Buffer.from('standing'), bytes.subarray(10)])
  t.equal(house.open.directory.openCard(moved), null)
})

t.test('a push endpoint that died is gone at once, and from the disk', async (t) => {
  const { house } = await lived(t)
  const [ana] = [...house.open.directory.picture.folk.responders.keys()]
  const [endpoint] = house.open.directory.of(ana as never)
  house.open.directory.dead(endpoint!.id)
  t.same(house.open.directory.of(ana as never), [])
  while (house.people.endpoints.list(ana as never).length > 0) await new Promise(setImmediate)
  t.same(house.people.endpoints.list(ana as never), [])
})

t.test('shift rows are gone a day after their end, and the place she typed with the shift', async (t) => {
  const { house } = await lived(t)
  const [mira] = [...house.open.directory.picture.folk.workers.keys()]
  must(await house.people.shifts.end(mira as never))
  t.equal(house.open.directory.picture.shifts[0]?.place, null)
  await house.clock.pass(23 * HOUR)
  await house.open.retain([])
  t.equal(house.open.directory.picture.shifts.length, 1)
  await house.clock.pass(2 * HOUR)
  await house.open.retain([])
  t.same(house.open.directory.picture.shifts, [])
  t.same(Object.keys(told(house.phone(mira as never))).length, 1, 'her circle stays hers')
})
