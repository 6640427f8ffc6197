/**
 * Incident: an alarm receiving centre forwarded a press to the police, and she was deported. R6 as an executable
 * invariant: whatever is edited, offered, agreed, revoked and restarted, in any order, no request leaves for an authority
 * without a consent of hers that is live at that very moment.
 */
import fc from 'fast-check'
import t from 'tap'
import type { Kind } from '../../server/alarm/alarm.ts'
import type { ResponderId, RoomId, WorkerId } from '../../server/people/words.ts'
import { authorityHouse } from './authority-house.ts'
import type { AuthorityHouse } from './authority-house.ts'
import { circleOf, HOUR, MINUTE, must } from './small-house.ts'

type Scene = { readonly at: AuthorityHouse, readonly workers: readonly WorkerId[], readonly people: readonly ResponderId[], readonly police: ReadonlyMap<WorkerId, ResponderId>, readonly rooms: readonly RoomId[], readonly venue: string }

async function scene (t: Parameters<typeof authorityHouse>[0]): Promise<Scene> {
  const at = await authorityHouse(t)
  const venue = await at.house.venue('employed')
  const rooms = [await at.house.room(venue, 'Room 1'), await at.house.room(venue, 'Room 2')]
  const workers = [await at.house.worker(venue, 'Mira'), await at.house.worker(venue, 'Zoe')]
  const people: ResponderId[] = [await at.house.referencePerson(venue)]
  const police = new Map<WorkerId, ResponderId>()
  for (const worker of workers) {
    people.push(await at.house.responder(worker, 'Ana'))
    const post = await at.house.responder(worker, 'Post 5', 'authority')
    police.set(worker, post)
    people.push(post)
  }
  for (const responder of people) await at.subscribe(responder)
  return { at, workers, people, police, rooms: rooms.map(({ id }) => id), venue: venue.id }
}

/** Mira on shift, her consent given, Post 5 in her second step, and her press. */
async function called ({ at, workers, people, police, rooms }: Scene) {
  const mira = workers[0]!
  const post = police.get(mira)!
  await at.house.onShift(mira, { id: rooms[0]!, venue: '' as never, label: '', address: null })
  const consent = await at.house.consent(mira, post)
  await at.house.circle(mira, [[people[1]!], [post]])
  at.engine.pressByPhone(mira, 'alarm', 'one')
  await at.settle()
  return { mira, post, consent }
}

/** However slow the disk of this machine is: half a second of the story at a time. */
async function until (s: Scene, holds: () => boolean): Promise<void> {
  while (!holds()) await s.at.settle(500)
}

const toPost = (s: Scene, post: ResponderId): number => s.at.sent.filter(({ to }) => to === post).length

t.test('R6: an authority is told in its step by her consent, and never before it is durable', async (t) => {
  const s = await scene(t)
  const { post } = await called(s)
  t.equal(toPost(s, post), 0, 'the first step is hers alone')
  await until(s, () => toPost(s, post) > 0)
  t.pass('the second step is told')
  t.ok(s.at.sent.every(({ allowed }) => allowed))
})

t.test('R6: a revoked consent stops what waits in a retry\'s timer', async (t) => {
  const s = await scene(t)
  const { mira, post, consent } = await called(s)
  // Every other request is refused and comes again: the revocation falls between the two.
  await until(s, () => toPost(s, post) > 0)
  const before = toPost(s, post)
  await s.at.revoke(mira, consent)
  for (let n = 0; n < 120; n++) await s.at.settle(1_000)
  t.equal(toPost(s, post), before, 'not one request more')
  t.ok(s.at.sent.length > before, 'her own people are told on')
})

t.test('R6: it ends with the shift, but not during an open alarm; then it is over', async (t) => {
  const s = await scene(t)
  const { mira, post } = await called(s)
  must(await s.at.house.people.shifts.end(mira))
  await until(s, () => toPost(s, post) > 0)
  t.pass('the alarm was open when the shift ended')
  const alarm = s.at.openAlarm(mira)
  t.ok(alarm)
  if (alarm !== null) await s.at.engine.pin(mira, alarm, 'true')
  for (let n = 0; n < 40; n++) await s.at.settle(MINUTE)
  const before = toPost(s, post)
  s.at.engine.pressByPhone(mira, 'alarm', 'two')
  for (let n = 0; n < 120; n++) await s.at.settle(1_000)
  t.equal(toPost(s, post), before, 'a press after that shift is not for them')
  t.ok(s.at.sent.every(({ allowed }) => allowed))
})

type Step = { readonly do: number, readonly who: number, readonly a: number, readonly b: number, readonly ms: number }
const KINDS: readonly Kind[] = ['alarm', 'silent-alarm', 'assist', 'test']

/** Anything that anybody may do, sensible or not; refusals are part of the story. */
async function act (s: Scene, step: Step, key: string): Promise<void> {
  const { at } = s
  const { people } = at.house
  const worker = s.workers[step.who % s.workers.length]!
  const [a, b] = [s.people[step.a % s.people.length]!, s.people[step.b % s.people.length]!]
  const alarm = at.openAlarm(worker)
  const given = people.consents.list(worker).filter(({ revokedAt }) => revokedAt === null)
  const acts: readonly (() => unknown)[] = [
    async () => await people.consents.give(worker, s.police.get(worker)!, 'v1'),
    async () => await people.consents.give(worker, a, 'v1'),
    async () => await people.circles.put(worker, { ...circleOf(step.a % 2 === 0 ? [[a], [b]] : [[s.people[step.who % 2 === 0 ? 1 : 3]!], [s.police.get(worker)!]]), mayKnow: step.b % 3 === 0 ? [s.police.get(worker)!] : [] }, people.circles.get(worker)?.version ?? 0),
    async () => await people.shifts.startByQr(worker, people.venues.roomToken(s.rooms[step.b % 2]!), at.house.wish()),
    async () => await people.shifts.end(worker),
    async () => { const consent = given[step.a % Math.max(given.length, 1)]; if (consent !== undefined) await at.revoke(worker, consent.id) },
    async () => {
      at.house.disk.writes = false
      const consent = given[0]
      if (consent !== undefined) await at.revoke(worker, consent.id)
      await at.settle(200)
      at.house.disk.writes = true
    },
    async () => { await people.standings.agree(worker, s.venue as never, a); await people.standings.set(s.rooms[step.b % 2]!, [{ waitS: 30, people: [a, b] }]) },
    async () => await people.venues.setDuty(s.venue as never, a, at.house.clock.now(), null),
    () => at.engine.pressByPhone(worker, KINDS[step.b % KINDS.length]!, key),
    () => at.engine.pressByPhone(worker, 'alarm', key),
    async () => { if (alarm !== null) await at.engine.pin(worker, alarm, step.a % 2 === 0 ? 'true' : 'duress') },
    async () => { if (alarm !== null) await at.engine.answer(alarm, a, { is: step.b % 2 === 0 ? 'cannot' : 'need-more' }) },
    async () => await people.pairing.remove(worker, step.a % 7 === 0 ? s.police.get(worker)! : b),
    async () => { await at.restart() },
    async () => { at.house.clock.jump(step.a % 2 === 0 ? -3 * HOUR : 3 * HOUR) }
  ]
  await (acts[step.do % acts.length]!() as Promise<unknown> | undefined)
  await at.settle(step.ms)
}

t.test('R6: whatever happens, in whatever order: nothing leaves for an authority without a consent that is live at that moment', async (t) => {
  const s = await scene(t)
  const { post } = await called(s)
  await until(s, () => toPost(s, post) > 0)
  let key = 0
  const step = fc.record({ do: fc.nat(15), who: fc.nat(1), a: fc.nat(20), b: fc.nat(20), ms: fc.constantFrom(0, 0, 700, 5_000, 31_000, 120_000) })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
    // Each story begins where the road to an authority is open as far as it can be.
    const { people } = s.at.house
    for (const worker of s.workers) {
      await people.shifts.startByQr(worker, people.venues.roomToken(s.rooms[worker === s.workers[0] ? 0 : 1]!), s.at.house.wish())
      const post = s.police.get(worker)!
      await people.consents.give(worker, post, 'v1')
      await people.circles.put(worker, circleOf([[s.people[worker === s.workers[0] ? 1 : 3]!], [post]]), people.circles.get(worker)?.version ?? 0)
    }
    for (const one of steps) await act(s, one, `key ${++key}`)
    const wrong = s.at.sent.filter(({ allowed }) => !allowed)
    if (wrong.length > 0) throw new Error(`${wrong.length} requests left for an authority without a consent`)
  }), { numRuns: Number(process.env['AUTHORITY_RUNS'] ?? 15) })
  const authorities = s.at.sent.filter(({ authority }) => authority).length
  t.ok(authorities > 0, `${authorities} of ${s.at.sent.length} requests were an authority's, all allowed`)
})
