import fc from 'fast-check'
import t from 'tap'
import { circleOf, HOUR, must, smallHouse } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'
import type { ConsentId, ResponderId, RoomId, WorkerId } from '../../server/people/words.ts'

type Scene = { readonly house: SmallHouse, readonly workers: readonly WorkerId[], readonly rooms: readonly RoomId[], readonly dids: readonly string[], readonly people: readonly ResponderId[], readonly authorities: ReadonlySet<string>, readonly venue: string }
type Step = { readonly do: number, readonly worker: number, readonly person: number, readonly other: number, readonly room: number }

async function scene (t: Parameters<typeof smallHouse>[0]): Promise<Scene> {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const rooms = [await house.room(venue, 'Room 1'), await house.room(venue, 'Room 2')]
  const dids = [await house.button(rooms[0]!), await house.button(rooms[1]!)]
  const workers = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const people: ResponderId[] = [await house.referencePerson(venue)]
  const authorities = new Set<string>()
  for (const worker of workers) {
    people.push(await house.responder(worker, 'Ana'), await house.responder(worker, 'Ben', 'organisation'))
    const police = await house.responder(worker, 'Post 5', 'authority')
    authorities.add(police)
    people.push(police)
  }
  return { house, workers, rooms: rooms.map((r) => r.id), dids, people, authorities, venue: venue.id }
}

/** Any edit, sensible or not; refusals are part of the story. */
async function act (s: Scene, step: Step): Promise<void> {
  const { people } = s.house
  const worker = s.workers[step.worker % s.workers.length]!
  const [person, other] = [s.people[step.person % s.people.length]!, s.people[step.other % s.people.length]!]
  const room = s.rooms[step.room % s.rooms.length]!
  const shifts = people.shifts
  const acts: ReadonlyArray<() => unknown> = [
    async () => await people.circles.put(worker, { ...circleOf(step.other % 3 === 0 ? [[person]] : [[other], [person]]), mayKnow: step.room === 0 ? [person] : [] }, people.circles.get(worker)!.version),
    async () => await people.consents.give(worker, person, 'v1'),
    async () => { const given = people.consents.list(worker).at(-1); return given === undefined ? null : await people.consents.revoke(worker, given.id) },
    async () => await shifts.startByQr(worker, people.venues.roomToken(room), s.house.wish()),
    async () => await shifts.end(worker),
    async () => await people.standings.agree(worker, s.venue as never, person),
    async () => await people.standings.set(room, [{ waitS: 30, people: [person, other] }]),
    async () => await people.venues.setDuty(s.venue as never, person, s.house.clock.now(), null),
    () => people.windows.openTest(worker, room),
    () => { const asked = shifts.ask(worker, room, s.house.wish()); return asked.ok ? s.workers.map(async (w) => await shifts.approve(w, asked.id)) : null },
    async () => { await s.house.clock.pass(7 * HOUR) },
    () => { const { windows } = people; windows.openTechnicianTest(s.venue as never, s.dids[step.room % 2]!) }
  ]
  const done = acts[step.do % acts.length]!()
  await (Array.isArray(done) ? Promise.all(done) : done)
}

/** What must hold of whatever a press would tell now. */
async function holds (s: Scene): Promise<void> {
  const routes = [...s.dids.map((did) => s.house.press(did)), ...s.workers.map((worker) => s.house.phone(worker))]
  for (const { lane, plan } of routes.flatMap((route) => route.lanes)) {
    for (const { who } of plan.steps.flatMap((step) => step.people)) {
      if (s.authorities.has(who.id) !== (who.kind === 'authority')) throw new Error(`${who.id} is told as ${who.kind}`)
      if (who.kind === 'authority') {
        if (lane.is !== 'hers') throw new Error(`an authority in a ${lane.is} lane`)
        const consent = s.house.people.consents.list(lane.worker).find((c) => c.id === (who.consent as ConsentId))
        if (consent?.live !== true || consent.responder !== who.id) throw new Error('an authority without her live consent')
        if (!await s.house.open.directory.consentHolds(who.consent, who.id)) throw new Error('the store knows of no consent')
      }
      const circle = lane.is === 'hers' || (lane.is === 'test' && lane.by === 'worker') ? s.house.people.circles.get(lane.worker) : null
      if (circle !== null && !circle.steps.some((step) => step.people.includes(who.id))) throw new Error('somebody outside her circle')
      if (circle !== null && lane.is === 'hers' && !s.house.people.pairing.contacts(lane.worker).some((c) => c.responder === who.id && c.confirmed)) throw new Error('somebody she has not confirmed')
    }
  }
}

t.test('whatever is edited, offered and agreed: no authority without her live consent, nobody outside her circle', async (t) => {
  const s = await scene(t)
  const step = fc.record({ do: fc.nat(11), worker: fc.nat(1), person: fc.nat(6), other: fc.nat(6), room: fc.nat(1) })
  let authoritiesTold = 0
  // A first story that surely reaches the guarded road: otherwise the rest might prove nothing.
  await s.house.onShift(s.workers[0]!, { id: s.rooms[0]!, venue: s.venue as never, label: '', address: null })
  const police = s.people[3]!
  await s.house.consent(s.workers[0]!, police)
  await s.house.circle(s.workers[0]!, [[s.people[1]!], [police]])
  await holds(s)
  authoritiesTold += s.house.phone(s.workers[0]!).lanes[0]!.plan.steps.flatMap((x) => x.people).filter((p) => p.who.kind === 'authority').length
  t.equal(authoritiesTold, 1)
  must(await s.house.people.shifts.end(s.workers[0]!))
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
    for (const one of steps) {
      await act(s, one)
      await holds(s)
    }
  }), { numRuns: 25 })
})
