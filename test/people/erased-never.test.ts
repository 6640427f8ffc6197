/** Incident: her rows were gone and her number stood in a table that somebody had added since. */
import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { laneKey } from '../../server/alarm/lanes.ts'
import type { ResponderId, WorkerId } from '../../server/people/words.ts'
import { circleOf, must, smallHouse } from './small-house.ts'
import type { Room, SmallHouse, Venue } from './small-house.ts'

type Woman = { readonly id: WorkerId, readonly alias: string, readonly friend: ResponderId }
type Place = { readonly venue: Venue, readonly room: Room }

let born = 0

async function woman (house: SmallHouse, { venue }: Place): Promise<Woman> {
  const alias = `Alias-of-number-${++born}-`
  const id = await house.worker(venue, alias)
  return { id, alias, friend: await house.responder(id, `Friend-${born}`) }
}

/** Anything that leaves something of hers on the disk. */
const ACTS: ReadonlyArray<(house: SmallHouse, who: Woman, place: Place) => Promise<unknown>> = [
  async ({ people }, { id, friend, alias }) => await people.circles.put(id, { ...circleOf([[friend]]), note: `${alias}note`, mayKnow: [friend] }, people.circles.get(id)?.version ?? 0),
  async ({ people }, { id }) => await people.recovery.make(id),
  async ({ people }, { id }) => await people.shortcuts.make(id),
  async ({ people }, { id, alias }) => await people.sessions.open({ is: 'worker', id }, `${alias}phone`),
  async ({ people }, { id }) => await people.pairing.begin(id),
  async (house, { id, alias }) => await house.people.shifts.startAtPlace(id, `${alias}hotel`, house.wish()),
  async (house, { id }, { room }) => await house.people.shifts.startByQr(id, house.people.venues.roomToken(room.id), house.wish()),
  async ({ people }, { id }) => await people.shifts.end(id),
  async ({ people }, { id }, { room }) => await people.buttons.add(room.id, id),
  async ({ people }, { id, friend }, { venue }) => await people.standings.agree(id, venue.id, friend),
  async ({ people }, { id }) => await people.checkIns.make(id, { forMs: 3_600_000, graceMs: 300_000, then: 'assist' }),
  async ({ people }, { id }) => await people.histories.setDays(id, 7),
  async (house, who) => await endedAlarm(house, who),
  async ({ people }, { id }) => {
    const [last] = (await people.histories.list(id)).alarms
    return last === undefined ? null : await people.histories.keep(id, last.view.alarm)
  },
  async ({ people }, { id }) => await people.journals.note(id, { what: 'exported', by: 'you' }),
  async ({ people }, { id }) => await people.erasures.ask(id, false)
]

/** As the engine leaves one: ended, settled, with its card and its record. */
async function endedAlarm (house: SmallHouse, { id }: Woman): Promise<void> {
  const lane = { is: 'hers', worker: id } as const
  const [routed] = house.phone(id).lanes
  const at = house.clock.now()
  const view = { alarm: `alarm-${++born}`, kind: 'alarm', openedAt: at, rows: [], facts: [], ended: { at, why: 'pin' } }
  const state = { id: view.alarm, lane, openedAt: at, phase: { is: 'settled' }, ended: { at, settled: true, view } }
  const card = routed === undefined ? null : house.open.directory.sealCard(routed.card)
  await house.store.alarms.append({
    id: view.alarm as never, lane: laneKey(lane), expectedSeq: 0, seq: 1, open: false, live: false, dueAt: null, state: state as never, card,
    happenings: [{ seq: 1, at, event: { is: 'said-safe' }, notes: [] }], presses: [`press-${born}` as never]
  })
}

/** Everything by which a row could be known to be hers. */
function namesOf ({ store }: SmallHouse, { id, alias }: Woman): readonly string[] {
  const ids = ['session', 'shortcut', 'shift', 'consent', 'journal', 'check_in', 'drill'].flatMap((table) => store.reader.all<{ id: string }>(`SELECT id FROM ${table} WHERE worker = ?`, id).map((row) => row.id))
  const dids = store.reader.all<{ did: string }>('SELECT did FROM button WHERE owner = ?', id).map(({ did }) => did)
  const alarms = store.reader.all<{ id: string }>('SELECT id FROM alarm WHERE lane = ?', laneKey({ is: 'hers', worker: id })).map((row) => row.id)
  return [id, alias, ...ids, ...dids, ...alarms]
}

function filesOf ({ file }: SmallHouse): readonly Buffer[] {
  return [file, `${file}-wal`, `${file}-shm`, `${file}.erased`].filter((name) => existsSync(name)).map((name) => readFileSync(name))
}

function isWritten (house: SmallHouse, names: readonly string[]): readonly string[] {
  const files = filesOf(house)
  return names.filter((name) => files.some((bytes) => bytes.includes(name)))
}

/** What can be read of somebody, in the words of the services. */
async function readOf ({ people }: SmallHouse, { id }: Woman): Promise<string> {
  return JSON.stringify([people.workers.self(id), people.circles.get(id), people.pairing.contacts(id), people.shifts.current(id), people.shortcuts.list(id),
    await people.histories.list(id), await people.journals.list(id), await people.holdings.of(id), await people.recovery.madeAt(id)])
}

t.test('R16, R21: whatever she has done, erased she is nowhere; and nothing of another is read or lost', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const place = { venue, room: await house.room(venue) }
  const step = fc.record({ act: fc.nat(ACTS.length - 1), first: fc.boolean() })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 20 }), async (steps) => {
    const [ana, eve] = [await woman(house, place), await woman(house, place)]
    for (const { act, first } of steps) await ACTS[act]?.(house, first ? ana : eve, place)
    const names = namesOf(house, ana)
    if (isWritten(house, [ana.id]).length === 0) throw new Error('the search finds nothing at all')
    const before = await readOf(house, eve)
    const betrayed = names.filter((name) => before.includes(name))
    if (betrayed.length > 0) throw new Error(`what is read of one holds ${betrayed.length} names of another`)
    must(await house.people.erasures.ask(ana.id, true))
    for (let looks = 0; looks < 20 && isWritten(house, names).length > 0; looks++) await house.open.eraseDue()
    const left = isWritten(house, names)
    if (left.length > 0) throw new Error(`still written: ${left.join(', ')}`)
    if (await readOf(house, eve) !== before) throw new Error('somebody else lost something')
    // She would be on shift in the room, and the next ones could not.
    must(await house.people.erasures.ask(eve.id, true))
    await house.open.eraseDue()
  }), { numRuns: 12 })
})

t.test('who was on her list remains their own person while they can come back; then nobody keeps them', async (t) => {
  const house = await smallHouse(t)
  const venue = await house.venue()
  const mira = await house.worker(venue)
  const [stays, goes] = [await house.responder(mira, 'Stays'), await house.responder(mira, 'Goes')]
  const paul = await house.referencePerson(venue)
  must(await house.people.erasures.ask(mira, true))
  await house.open.eraseDue()
  await house.open.retain([])
  t.equal(house.people.responders.self(stays)?.circles, 0, 'on nobody\'s list, and still there')
  for (const id of [goes, paul]) for (const session of house.people.sessions.list({ is: 'responder', id }, '' as never)) must(await house.people.sessions.revoke({ is: 'responder', id }, session.id))
  await house.open.retain([])
  t.equal(house.people.responders.self(goes), null, 'signed out everywhere and known to nobody: forgotten')
  t.equal(house.store.reader.get('SELECT 1 FROM data_key WHERE holder = ?', goes), null)
  t.ok(house.people.responders.self(stays))
  t.ok(house.people.responders.self(paul), 'a venue still counts on him')
})
