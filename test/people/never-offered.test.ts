/** Incident: an offer, a rota and an agreement each looked harmless; together they put the police before her door. */
import fc from 'fast-check'
import t from 'tap'
import type { EpochMs, HandoverId, OfferId, ResponderId, ResponderKind, VenueId, WorkerId } from '../../server/people/words.ts'
import { circleOf, HOUR, must, smallHouse } from './small-house.ts'
import type { Room, SmallHouse, Venue } from './small-house.ts'

type Scene = {
  readonly house: SmallHouse
  readonly venue: Venue
  readonly rooms: readonly Room[]
  readonly dids: readonly string[]
  readonly workers: readonly WorkerId[]
  readonly people: ResponderId[]
  /** Whom she herself has put into her circle last, by her own hand. */
  readonly chosen: Map<WorkerId, ReadonlySet<string>>
  readonly offers: OfferId[]
  readonly handovers: HandoverId[]
}
type Step = { readonly do: number, readonly worker: number, readonly person: number, readonly other: number, readonly n: number }

/** Her own edit of her circle, in `actsOf`: random acts alone would seldom make one that is accepted. */
const EDIT = 14
const KINDS: readonly ResponderKind[] = ['contact', 'colleague', 'reference-person', 'organisation', 'authority']

async function scene (t: Parameters<typeof smallHouse>[0]): Promise<Scene> {
  const house = await smallHouse(t)
  const venue = await house.venue('employed')
  const rooms = [await house.room(venue, 'Room 1'), await house.room(venue, 'Room 2')]
  const dids = [await house.button(rooms[0]!), await house.button(rooms[1]!)]
  const workers = [await house.worker(venue, 'Mira'), await house.worker(venue, 'Zoe')]
  const people = [await house.referencePerson(venue, 'Paul'), await house.referencePerson(venue, 'Rita'), await house.organisation(venue)]
  for (const worker of workers) people.push(await house.responder(worker, 'Post 5', 'authority'), await house.responder(worker, 'Ana'))
  return { house, venue, rooms, dids, workers, people, chosen: new Map(), offers: [], handovers: [] }
}

function pick<T> (from: readonly T[], at: number): T { return from[at % from.length]! }

/** Any act, sensible or not; refusals are part of the story. */
function actsOf (s: Scene, step: Step): ReadonlyArray<() => Promise<unknown>> {
  const { house, venue } = s
  const { people } = house
  const [worker, person, other, room] = [pick(s.workers, step.worker), pick(s.people, step.person), pick(s.people, step.other), pick(s.rooms, step.n)]
  const offer = s.offers.length === 0 ? 'none' as OfferId : pick(s.offers, step.n)
  const handover = s.handovers.length === 0 ? 'none' as HandoverId : pick(s.handovers, step.n)
  const at = (hours: number): EpochMs => house.clock.now() + hours * HOUR as EpochMs
  return [
    async () => { const made = await people.offers.make(person); if (made.ok) s.offers.push(made.offer) },
    async () => { const made = await people.offers.makeAsColleague(worker, venue.id, { name: 'Rose', language: 'fr', device: 'Phone' }, step.n % 2 === 0 ? person : null); if (made.ok) s.offers.push(made.offer) },
    async () => {
      const [mine] = await people.offers.mine(person)
      return mine?.code == null ? null : await people.offers.take(worker, mine.offer, mine.code)
    },
    async () => await people.offers.leave(worker, offer),
    async () => await people.offers.bar(venue.id, offer),
    async () => await people.offers.withdraw(person, offer),
    async () => await people.standings.agree(worker, venue.id, person),
    async () => await people.standings.disagree(worker, venue.id, person),
    async () => await people.standings.set(room.id, [{ waitS: 30, people: step.n % 3 === 0 ? [person, other] : [person] }], step.n % 2 === 0 ? worker : null),
    async () => await people.rotas.add(person, at(0), at(1 + step.n)),
    async () => { const made = await people.rotas.offer(person, at(0), at(1)); if (made.ok) s.handovers.push(made.id) },
    async () => await people.rotas.accept(person, handover),
    async () => await people.venues.setDuty(venue.id, person, at(0), null),
    async () => await pair(s, worker, step),
    async () => {
      const known = people.pairing.contacts(worker).filter((contact) => contact.confirmed).map((contact) => contact.responder)
      const [first, second] = step.n % 3 === 0 || known.length === 0 ? [person, other] : [pick(known, step.person), pick(known, step.other)]
      const edit = circleOf(first === second ? [[first]] : [[first], [second]])
      const put = await people.circles.put(worker, edit, people.circles.get(worker)!.version)
      if (put.ok) s.chosen.set(worker, new Set(edit.steps.flatMap((each) => each.people)))
    },
    async () => await people.consents.give(worker, person, 'v1'),
    async () => await people.pairing.remove(worker, person),
    async () => await people.responders.leaveOne(person, people.responders.circles(person)[0]?.circle ?? 'none'),
    async () => await people.shifts.startByQr(worker, people.venues.roomToken(room.id), house.wish()),
    async () => await people.shifts.end(worker),
    async () => { await house.clock.pass(2 * HOUR) },
    async () => await people.responders.declare(person, 'v1')
  ]
}

async function pair ({ house: { people }, people: all }: Scene, worker: WorkerId, { person, n }: Step): Promise<void> {
  const begun = await people.pairing.begin(worker)
  if (!begun.ok) return
  const joined = await people.pairing.join(begun.code, { name: 'New', kind: pick(KINDS, person), neverForwards: n % 2 === 0 ? 'v1' : undefined, language: 'fr', device: 'Phone' })
  if (!joined.ok) return
  const id = joined.session.who.id as ResponderId
  if (n % 3 !== 0) await people.pairing.confirm(worker, id, joined.confirm)
  all.push(id)
}

async function holds (s: Scene): Promise<void> {
  const { picture } = s.house.open.directory
  const kindOf = (id: string) => picture.folk.responders.get(id)?.kind
  for (const worker of s.workers) {
    for (const seen of await s.house.people.offers.seen(worker)) if (seen.kind === 'authority') throw new Error('an authority is offered')
  }
  for (const id of [...picture.places.standing.values()].flat().map((row) => row.responder)) if (kindOf(id) === 'authority') throw new Error('an authority stands for a room')
  const members = new Set((picture.places.venueResponders.get(s.venue.id as VenueId) ?? []).map((row) => row.responder))
  const agreed = new Set((picture.places.agreements.get(s.venue.id) ?? []).map((row) => row.responder))
  for (const { lane, plan } of [...s.dids.map((did) => s.house.press(did)), ...s.workers.map((worker) => s.house.phone(worker))].flatMap((routed) => routed.lanes)) {
    for (const { who } of plan.steps.flatMap((each) => each.people)) {
      if (lane.is === 'house' && (kindOf(who.id) !== 'reference-person' || !members.has(who.id))) throw new Error('somebody else than the venue\'s reference person in the house lane')
      if (lane.is === 'standing' && !members.has(who.id) && !agreed.has(who.id)) throw new Error('somebody nobody agreed on stands for a room')
      const signed = picture.folk.responders.get(who.id)?.neverForwardsAt ?? null
      if ((lane.is === 'house' || lane.is === 'standing') && signed === null) throw new Error(`somebody who has not declared in a ${lane.is} lane`)
      if (lane.is !== 'hers' && (who.kind === 'authority' || kindOf(who.id) === 'authority')) throw new Error(`an authority in a ${lane.is} lane`)
      if (lane.is === 'hers' && s.chosen.get(lane.worker)?.has(who.id) !== true) throw new Error('somebody in her lane whom she did not choose')
    }
  }
}

t.test('R4, R5, R6: whatever is offered, agreed, handed over, paired and edited: no authority but by her consent, nobody she did not choose', async (t) => {
  const s = await scene(t)
  const reached = { offered: 0, standing: 0, house: 0, hers: 0 }
  const step = fc.record({ do: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 21 }) }, { weight: 1, arbitrary: fc.constant(EDIT) }), worker: fc.nat(1), person: fc.nat(12), other: fc.nat(12), n: fc.nat(6) })
  // A first story that surely reaches each guarded road: the rest might prove nothing.
  const [mira, paul] = [s.workers[0]!, s.people[0]!]
  s.offers.push(must(await s.house.people.offers.make(paul)).offer)
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 24 }), async (steps) => {
    for (const one of steps) {
      const acts = actsOf(s, one)
      await acts[one.do % acts.length]!()
      await holds(s)
    }
    const pressed = [...s.dids.map((did) => s.house.press(did)), ...s.workers.map((worker) => s.house.phone(worker))]
    for (const { lane } of pressed.flatMap((routed) => routed.lanes)) if (lane.is !== 'test') reached[lane.is]++
    reached.offered += (await s.house.people.offers.seen(mira)).length
  }), { numRuns: 30, seed: 11 })
  t.comment(reached)
  t.ok(Object.values(reached).every((n) => n > 0), 'each kind of lane and an offer were really there')
})
