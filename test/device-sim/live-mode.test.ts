/** Incident: a load run that said all was well because it measured from when it got round to sending, and counted nobody's lost press. */
import t from 'tap'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connect, createServer } from 'node:net'
import { once } from 'node:events'
import { deriveKeys } from '../../firmware-protocol/keys.ts'
import { readArguments } from '../../device-sim/commands/live-arguments.ts'
import { Account, type PressRecord } from '../../device-sim/live/account.ts'
import { GOOD_LINK } from '../../device-sim/live/bad-link.ts'
import { captured } from '../../device-sim/live/capture.ts'
import { chance } from '../../device-sim/live/chance.ts'
import { Crowd } from '../../device-sim/live/crowd.ts'
import { lightConnect } from '../../device-sim/live/light-link.ts'
import { figuresOf } from '../../device-sim/live/live-totals.ts'
import { asHtml, asMarkdown, asText } from '../../device-sim/live/live-report.ts'
import { pressPlan, replayPlan, type VirtualPress } from '../../device-sim/live/press-plan.ts'
import { plannedTimes, readStages } from '../../device-sim/live/schedule.ts'
import { readVirtualPresses } from '../../device-sim/live/replay-source.ts'
import { Stopwatch } from '../../device-sim/live/stopwatch.ts'
import { ToldBook } from '../../device-sim/live/told.ts'
import { writePackage } from '../../device-sim/data-package/write.ts'
import { scenarioSha256 } from '../../device-sim/scenario/canonical.ts'
import { replicate } from '../../device-sim/virtual/model/replicate.ts'
import type { PressRow } from '../../device-sim/virtual/model/replication.ts'
import type { LiveResponderAlarm } from '../../server/contract/live.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { Place, until } from '../broker/room.ts'
import { plausibleProvenance } from './plausible-study.ts'
import { DID, House, Post, ROOT } from './post.ts'
import { given, scenario as plainScenario } from './virtual/scenario.ts'

const PACE = { buttons: 3, stages: readStages('4/s for 5 s, 60/min for 10 s'), arrivals: 'constant', pressEveryMs: 1_000, forMs: null, timeScale: 1, kind: 'alarm', seed: 7 } as const

t.test('stages are planned ahead: evenly, by chance with the right mean, and shortened', async (t) => {
  const even = [...plannedTimes(PACE.stages, 'constant', chance(1))]
  t.equal(even.length, 30)
  t.strictSame(even.slice(0, 3), [0, 0.25, 0.5])
  t.equal(even[20], 5)
  const many = [...plannedTimes(readStages('100/s for 100 s'), 'poisson', chance(5))]
  t.ok(Math.abs(many.length - 10_000) < 400, `${many.length} of 10,000, within four standard deviations`)
  t.ok(many.every((at, i) => i === 0 || at >= (many[i - 1] ?? 0)))
  const short = pressPlan({ ...PACE, timeScale: 60 })
  t.equal(short.forMs, 250)
  t.equal([...short.presses].at(-1)?.atMs, 14_000 / 60)
  t.same([...pressPlan(PACE).presses].slice(0, 3).map(({ button }) => button).sort(), [0, 1, 2], 'everybody once before anybody twice')
  for (const wrong of ['', '5 for 3 s', '5/s for 3', '5/s for 0 s', '5/s for 3 s,', 'NaN/s for 3 s', '-1/s for 3 s']) t.throws(() => readStages(wrong), { code: 'STAGE_INVALID' }, wrong)
})

t.test('what contradicts itself has a code', async (t) => {
  for (const [argv, code] of [
    ['--stages 1/s_for_1_s --press-every 3', 'FLAG_CONTRADICTS'], ['--service x FILE', 'FLAG_CONTRADICTS'], ['--service x --mqtt mqtt://a', 'FLAG_CONTRADICTS'], ['--kill-at 3', 'FLAG_MISSING'], ['--kill-every 3', 'FLAG_MISSING'], ['--storm-every 0.5', 'SECONDS_INVALID'],
    ['--service x --down-for 3', 'FLAG_MISSING'], ['--time-scale 0', 'SCALE_INVALID'], ['--report a.doc', 'REPORT_KIND_UNKNOWN'], ['--client big', 'WORD_UNKNOWN'], ['--http ftp://a', 'HTTP_URL_INVALID'],
    ['--stages 90000/s_for_1_h', 'PRESSES_TOO_MANY'], ['--service x --buttons 20001', 'NUMBER_INVALID'], ['--service x --buttons 3 --watched 4', 'NUMBER_INVALID'], ['--reaction 9-1', 'SECONDS_INVALID'], ['--policy a', 'FLAG_MISSING']
  ] as const) t.throws(() => readArguments(argv.split(' ').map((word) => word.replaceAll('_', ' '))), { code }, argv)
})

t.test('a machine that is late to press measures from the plan', async (t) => {
  const clock = new FakeClock()
  const post = new Post(clock)
  post.reply = new House().reply
  const run = new Crowd({
    buttons: [{ did: DID, root: ROOT, room: null, worker: null }], sleeper: false, faults: GOOD_LINK, connectPerS: 500, jitterMs: 0, seed: 1, acts: [], stormsMs: [],
    settleMs: 5_000, idleMs: 10_000, lateMs: 1_000, cutEveryMs: null, partition: null, presses: [{ atMs: 100, button: 0, kind: 'alarm' }], forMs: 10_000
  }, { connect: post.connect, clock, print: () => {} }).run()
  await clock.pass(50)
  await clock.doze(3_000)
  await clock.pass(60_000)
  const totals = await run
  t.match(totals, { pressed: 1, acknowledged: 1, lostCount: 0, lateCount: 1 })
  t.ok((totals.times.puback.max ?? 0) > 2_500, `a pause of the machine is in what is measured: ${totals.times.puback.max} ms`)
  t.ok((totals.times.behind.max ?? 0) > 2_500, 'and it is said whose it was')
  t.match(totals.late[0]?.why, /^acknowledged after/)
})

t.test('all cut at once: all come back, spread by their jitter', async (t) => {
  const clock = new FakeClock()
  const posts = new Map(Array.from({ length: 40 }, (_, i) => { const did = `00112233445566${(i + 16).toString(16)}` as typeof DID; return [did as string, new Post(clock, did)] }))
  const run = new Crowd({
    buttons: [...posts.keys()].map((did) => ({ did: did as typeof DID, root: ROOT, room: null, worker: null })), sleeper: false, faults: GOOD_LINK, connectPerS: 5_000, jitterMs: 4_000, seed: 1, acts: [], stormsMs: [1_000],
    settleMs: 1_000, idleMs: 10_000, lateMs: 1_000, cutEveryMs: null, partition: null, presses: [], forMs: 10_000
  }, { connect: (options, events) => (posts.get(options.username) as Post).connect(options, events), clock, print: () => {} }).run()
  await clock.pass(30_000)
  const { storms, times } = await run
  t.match(storms, [{ cut: 40, back: 40 }])
  t.ok((storms[0]?.times.max ?? 0) > 3_000 && (storms[0]?.times.p50 ?? 0) < 3_000, 'not one burst')
  t.equal(times.reconnect.count, 40)
})

function record (more: Partial<PressRecord>): PressRecord {
  return { nth: 1, button: DID, room: 'Room 1', kind: 'alarm', event: '1/1', plannedMs: 0, pressedMs: 1, afterIdle: false, offline: false, sentMs: 1, sent: 1, pubackMs: 5, toldMs: null, litMs: 5, alarm: null, joined: false, ...more }
}
const seen = (alarm: string, room: string, phase: 'calling' | 'over' = 'calling') => [{ alarm, phase, card: { room } }] as unknown as readonly LiveResponderAlarm[]

t.test('which alarm came of which press: opened, joined, again after the end, and twice', async (t) => {
  const book = new ToldBook()
  const [first, joins, later] = [record({}), record({ event: '1/2' }), record({ event: '1/3' })] as const
  book.pressed(first)
  book.told('a1', 'alert', 20)
  t.equal(first.toldMs, null, 'nobody knows yet which room rings')
  book.sees(seen('a1', 'Room 1'))
  t.equal(first.toldMs, 20, 'the time is when it rang')
  book.pressed(joins)
  t.ok(joins.joined)
  book.told('a1', 'again', 30)
  t.equal(joins.toldMs, 30)
  book.sees(seen('a1', 'Room 1', 'over'))
  book.pressed(later)
  book.told('a2', 'alert', 50)
  book.sees(seen('a2', 'Room 1'))
  t.match(later, { toldMs: 50, alarm: 'a2', joined: false })
  t.strictSame(book.duplicates, [])
  book.told('a3', 'alert', 60)
  book.sees(seen('a3', 'Room 1'))
  t.match(book.duplicates, [{ alarm: 'a3', room: 'Room 1', atMs: 60 }], 'two alarms for one press are named')
})

t.test('exactly which press was lost, and why', async (t) => {
  const records = [record({ toldMs: 8 }), record({ event: '1/2', pubackMs: null }), record({ event: '1/3' }), record({ event: null, pubackMs: null }), record({ event: '1/5', joined: true }), record({ event: '1/6', toldMs: 40_000 })]
  const totals = figuresOf({ buttons: 1, connected: 1, connectMs: 3, lateMs: 10_000, interrupted: true, records, duplicates: [{ alarm: 'a', room: 'R<1>', atMs: 3, button: DID, event: '1/1', plannedMs: 1 }], reconnects: new Stopwatch().figures, storms: [] })
  t.strictSame(totals.lost.map(({ event, why }) => [event, why]), [['1/2', 'never acknowledged'], ['1/3', 'acknowledged, and nobody was told'], [null, 'the button could not keep it']])
  t.strictSame(totals.late.map(({ why }) => why), ['told after 40000 ms'])
  const run = { totals, client: 'light', timeScale: 60, seed: 1, pace: 'as said', kills: [{ atMs: 5, readyMs: 900 }, { atMs: 950, readyMs: null }], cost: { perButton: null, servicePerButton: null, cores: 0.25, serviceCores: null }, replay: { missedPromises: 4, testsWithoutWindow: 2, hers: { 'test window': { done: 5, refused: 0, noPhone: 0 }, PIN: { done: 0, refused: 1, noPhone: 3 }, 'duress PIN': { done: 0, refused: 0, noPhone: 0 }, '"I am safe"': { done: 0, refused: 0, noPhone: 1 } } }, answered: { coming: 2 }, refused: {}, captureFault: 'ENOSPC' } as const
  for (const report of [asText(run), asMarkdown(run), asHtml(run)]) {
    for (const said of ['never acknowledged', '60 times shorter', 'interrupted', 'ENOSPC', 'did not come back', '98.5 %', 'event 1/3', '25.00 % of one core in this process', 'not replayed: 4 missed promises', 'done on her phone: 5 test window', 'nothing of hers was open: 1 PIN', 'alarm): 3 PIN, 1 ', 'windows of 2 tests']) t.match(report, said)
  }
  t.notMatch(asHtml(run), /R<1>/, 'nothing that was read becomes markup')
  t.match(captured(record({ toldMs: 8 })), { planned_to_puback_ms: 5, planned_to_told_ms: 8, planned_to_light_ms: 5, pressed_ms: 1 })
})

t.test('a press that merged is acknowledged only by a frame that counts it', async (t) => {
  const account = new Account()
  const flash = (merged: number) => ({ event: { evboot: 1, evn: 1, evid: new Uint8Array(8) }, what: { is: 'press' as const, kind: 'alarm' as const }, merged })
  const made = { button: DID, room: null, kind: 'alarm' as const, plannedMs: 0, pressedMs: 0, afterIdle: false, offline: false }
  const body = (merged: number) => ({ is: 'press' as const, boot: 1, seq: 2, event: flash(0).event, kind: 'alarm' as const, ...(merged === 0 ? {} : { merged }), health: {} })
  account.pressed({ ...made, event: flash(0) })
  account.pressed({ ...made, event: flash(1) })
  account.acknowledged(DID, body(0), 5)
  t.strictSame(account.records.map(({ pubackMs }) => pubackMs), [5, null])
  account.acknowledged(DID, body(1), 9)
  t.strictSame(account.records.map(({ pubackMs }) => pubackMs), [5, 9])
  t.notOk(account.isSettled)
  account.lit(DID, flash(0).event, 10)
  t.ok(account.isSettled)
})

t.test('a replay presses in the rooms and at the times of the virtual run', async (t) => {
  const press = (room: number, pressedAt: number, more: Partial<VirtualPress> = {}): VirtualPress => ({ venue: 'house', venueNumber: 1, room, cause: 'incident', silent: false, quiet: false, missed: false, pressedAt, pressedAgainAt: null, forcedAt: null, saidSafeAt: null, cancelledAt: null, ...more })
  const run = [press(2, 900, { cause: 'test' }), press(1, 600), press(2, 1_200, { silent: true })]
  const { presses, forMs } = replayPlan(run, { fromS: 600, forMs: null, timeScale: 60, buttons: 2 })
  t.same([...presses], [{ atMs: 0, button: 1, kind: 'alarm' }, { atMs: 5_000, button: 0, kind: 'test' }, { atMs: 10_000, button: 0, kind: 'silent-alarm' }])
  t.equal(forMs, 11_000)
  t.throws(() => replayPlan(run, { fromS: 0, forMs: null, timeScale: 1, buttons: 1 }), { code: 'REPLAY_NEEDS_BUTTONS' })
  t.throws(() => replayPlan(run, { fromS: 2_000, forMs: null, timeScale: 1, buttons: 2 }), { code: 'REPLAY_EMPTY' })
})

t.test('a replay presses a quiet check as one, presses again, and presses for no promise that was missed: these it counts', async (t) => {
  const scenario = plainScenario({
    days: 60, workers: {
      incidents: given(400), presses: given(0.6), quiet: given(0.5), silent: given(0.5), forced: given(0.3), forcedDelay: given(60), pressesAgain: given(0.3), pressAgainDelay: given(30),
      danger: given(600), saysSafe: given(0.5), saysSafeDelay: given(10), checkIns: given(1), checkInDelay: given(60), missedRaises: 'assist', forgets: given(20), accidents: given(20), cancels: given(0.5)
    }
  })
  const { presses } = replicate(scenario, 0, 0)
  const folder = t.testdir({})
  await writePackage(folder, scenario, plausibleProvenance, [{ version: 1, scenario: scenarioSha256(scenario), seed: scenario.seed, replication: 0, results: [replicate(scenario, 0, 0)] }])
  const read = await readVirtualPresses(folder, null, 0)
  t.equal(read.length, presses.length)
  t.match(read, presses.map(({ quiet, missed, silent, cause, pressedAgainAt, forcedAt, saidSafeAt, cancelledAt }) => ({ quiet, missed, silent, cause, pressedAgainAt, forcedAt, saidSafeAt, cancelledAt })))
  const plan = replayPlan(read, { fromS: 0, forMs: null, timeScale: 1, buttons: 100 })
  const pressed = [...plan.presses]
  const count = (is: (press: PressRow) => boolean): number => presses.filter(is).length
  const hands = (is: (press: PressRow) => boolean): number => count((press) => !press.missed && is(press)) + count((press) => !press.missed && press.pressedAgainAt !== null && is(press))
  const kinds = { assist: hands(({ quiet }) => quiet), 'silent-alarm': hands(({ silent }) => silent), test: hands(({ cause }) => cause === 'test'), alarm: hands(({ cause, quiet, silent }) => cause !== 'test' && !quiet && !silent) }
  for (const [kind, wanted] of Object.entries(kinds)) {
    t.ok(wanted > 0, `the run has a ${kind}`)
    t.equal(pressed.filter((press) => press.kind === kind).length, wanted, kind)
  }
  const hers = plan.replay?.hers ?? []
  const acts = (what: string): number => hers.filter((act) => act.what === what).length
  t.equal(plan.replay?.missedPromises, count(({ missed }) => missed))
  t.ok(count(({ missed }) => missed) > 0, 'the run has one')
  const counted = {
    PIN: count(({ missed, cancelledAt }) => !missed && cancelledAt !== null), 'duress PIN': count(({ missed, forced }) => !missed && forced),
    '"I am safe"': count(({ missed, saidSafeAt }) => !missed && saidSafeAt !== null), 'test window': count(({ cause }) => cause === 'test') - (plan.replay?.testsWithoutWindow ?? NaN)
  }
  for (const [what, wanted] of Object.entries(counted)) {
    t.ok(wanted > 0, `the run has a ${what}`)
    t.equal(acts(what), wanted, what)
  }
  t.ok(hers.every(({ atMs }, i) => atMs >= (hers[i - 1]?.atMs ?? 0)), 'in the order of time')
  t.ok(plan.forMs > Math.max(...hers.map(({ atMs }) => atMs)), 'the run lasts until the last of them')
  const windows = hers.filter(({ what }) => what === 'test window')
  t.ok(windows.every(({ atMs, button }) => pressed.find((press) => press.button === button && press.atMs > atMs)?.kind === 'test'), 'no window takes an alarm for a test')
  const table = join(folder, 'data', 'presses.csv')
  await writeFile(table, (await readFile(table, 'utf8')).replace(',missed,', ',other,'))
  await t.rejects(readVirtualPresses(folder, null, 0), { code: 'REPLAY_TOO_OLD' }, 'a run that does not say it is not guessed at')
})

t.test('the light client says and hears what a whole one does, whatever pieces its bytes come in', async (t) => {
  const place = await Place.open(t)
  const { did } = place.button(7)
  const keys = deriveKeys(ROOT, did)
  place.buttons.known.set(did, { did, keys, wish: { beatS: 30, mode: 7 } })
  // Between the two a wire that delivers byte by byte.
  const wire = createServer((near) => {
    const far = connect(place.broker.ports.mqtt, '127.0.0.1')
    near.setNoDelay(true)
    near.on('data', (bytes) => { far.write(bytes) })
    far.on('data', (bytes: Buffer) => { for (const byte of bytes) near.write(Buffer.from([byte])) })
    for (const [one, other] of [[near, far], [far, near]] as const) one.on('close', () => { other.destroy() }).on('error', () => {})
  })
  wire.listen(0, '127.0.0.1')
  await once(wire, 'listening')
  t.teardown(() => { wire.close() })
  const port = (wire.address() as { readonly port: number }).port
  let moving = true
  void (async () => { while (moving) { await place.clock.pass(10); await new Promise((resolve) => { setImmediate(resolve) }) } })()
  const { SimButton } = await import('../../device-sim/live/button.ts')
  const told: string[] = []
  const lit = new Promise<string>((resolve) => {
    const button = new SimButton({
      did, root: ROOT, clock: place.clock, connect: lightConnect(`mqtt://127.0.0.1:${port}`, systemClock),
      watch: { connected: () => { button.press() }, puback: (body) => { told.push(body.is) }, took: ({ feedback }) => { resolve(feedback) } }
    })
    t.teardown(() => { button.powerOff() })
    button.powerOn()
  })
  t.equal(await lit, 'received')
  await until(() => told.includes('press'))
  moving = false
  t.equal(place.house.raised.length, 1)
})

t.test('what is no MQTT, and a refused password, end in a lost connection', async (t) => {
  const place = await Place.open(t)
  const liar = createServer((socket) => { socket.on('error', () => {}); socket.write(Buffer.alloc(5_000, 0xff)) })
  liar.listen(0, '127.0.0.1')
  await once(liar, 'listening')
  t.teardown(() => { liar.close() })
  for (const port of [(liar.address() as { readonly port: number }).port, place.broker.ports.mqtt]) {
    await new Promise<void>((resolve) => {
      lightConnect(`mqtt://127.0.0.1:${port}`, systemClock)({ username: DID, password: 'wrong', will: { topic: `vbp/1/${DID}/up`, payload: new Uint8Array([0]) }, keepAliveS: 30 }, { connected: () => { t.fail('it was let in') }, message: () => {}, lost: resolve })
    })
  }
  t.pass('both said so')
})
