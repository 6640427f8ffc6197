/** Incident: a glow said "ready" over a button that had not been heard for an hour, because one proof was there and another was not asked for. */
import fc from 'fast-check'
import t from 'tap'
import { AFTER_ALARM_MS, DEVICE_PROOF_MS, PHONE_SILENT_MS } from '../../server/people/limits.ts'
import type { ButtonFact, Facts, Level, PersonFact, Proof } from '../../server/people/readiness/facts.ts'
import { changesInMs, judge, saysTheSame } from '../../server/people/readiness/judge.ts'
import type { EpochMs } from '../../server/people/words.ts'

const NOW = Date.UTC(2026, 10, 23, 22)
const RANK: Readonly<Record<Level, number>> = { green: 0, amber: 1, red: 2 }
const ago = (ageMs: number): Proof => ({ at: (NOW - ageMs) as EpochMs, ageMs })

const goodButton: ButtonFact = {
  did: '00000000000000a1', pressed: ago(60_000), changed: false, beat: ago(12_000), beatS: 30, gone: null, batteryPct: 80, batteryLow: false, trouble: false
}
const goodPerson: PersonFact = { availableMs: 3_600_000, answered: ago(600_000), devices: 1, way: 'push', rings: false }
const good: Facts = {
  shift: 'room', doubtful: false, buttons: [goodButton], phone: null, people: [goodPerson], circleIsEmpty: false, alarmEndedAt: null, storeWorks: true, onTime: true, listening: true
}
const codes = (facts: Facts): readonly string[] => judge(facts).reasons.map(({ code, level }) => `${code} ${level}`)

t.test('R19: with every proof, and fresh, it is green; each one that is missing or weaker is named', async (t) => {
  t.match(judge(good), { level: 'green', reasons: [], shown: { pressedAt: NOW - 60_000, heardAt: NOW - 12_000, batteryPct: 80, available: 1 } })
  const button = (change: Partial<ButtonFact>): Facts => ({ ...good, buttons: [{ ...goodButton, ...change }] })
  const person = (change: Partial<PersonFact>): Facts => ({ ...good, people: [{ ...goodPerson, ...change }] })
  const table: ReadonlyArray<readonly [string, Facts, readonly string[]]> = [
    ['not pressed in this shift', button({ pressed: null }), ['BUTTON_UNPROVEN red']],
    ['changed since', button({ pressed: null, changed: true }), ['BUTTON_CHANGED red']],
    ['never heard', button({ beat: null }), ['BUTTON_UNHEARD red']],
    ['heard in an earlier life of the service', button({ beat: { at: NOW as EpochMs, ageMs: null } }), ['BUTTON_UNHEARD red']],
    ['later than it promised', button({ beat: ago(40_000) }), ['BUTTON_LATE amber']],
    ['silent', button({ beat: ago(75_001) }), ['BUTTON_SILENT red']],
    ['its connection broke', button({ gone: 'will' }), ['BUTTON_SILENT red']],
    ['switched off', button({ gone: 'off' }), ['BUTTON_OFF red']],
    ['20 %', button({ batteryPct: 20 }), ['BATTERY_LOW amber']],
    ['never said', button({ batteryPct: null }), ['BATTERY_UNKNOWN amber']],
    ['tampered with', button({ trouble: true }), ['BUTTON_TROUBLE amber']],
    ['no button', { ...good, buttons: [] }, ['NO_BUTTON red']],
    ['did not say available', person({ availableMs: null }), ['NOBODY_AVAILABLE amber']],
    ['no sign of a device', person({ answered: null }), ['DEVICE_UNPROVEN amber']],
    ['neither', person({ availableMs: null, answered: null }), ['NOBODY_AVAILABLE red', 'DEVICE_UNPROVEN red']],
    ['a sign too old', person({ answered: ago(DEVICE_PROOF_MS + 1) }), ['DEVICE_PROOF_OLD amber']],
    ['a sign from the future', person({ answered: { at: (NOW + 1) as EpochMs, ageMs: null } }), ['DEVICE_PROOF_OLD amber']],
    ['on her own phone alone', person({ way: 'own' }), ['ONLY_OWN_PHONE red']],
    ['not to be reached', person({ way: 'none' }), ['NOBODY_REACHABLE red']],
    ['nobody on her list', { ...good, people: [], circleIsEmpty: true }, ['CIRCLE_EMPTY red']],
    ['after an alarm', { ...good, alarmEndedAt: NOW as EpochMs }, ['AFTER_ALARM amber']],
    ['a disk that fails', { ...good, storeWorks: false }, ['STORE_FAILING red']],
    ['a disk that nobody asked', { ...good, storeWorks: null }, ['STORE_UNPROVEN red']],
    ['timers late', { ...good, onTime: false }, ['SERVICE_LATE red']],
    ['no ear for buttons', { ...good, listening: false }, ['SERVICE_DEAF red']],
    ['past its planned end', { ...good, doubtful: true }, ['SHIFT_DOUBTFUL amber']],
    ['no shift', { ...good, shift: 'none' }, ['NO_SHIFT red']]
  ]
  for (const [name, facts, expected] of table) t.same(codes(facts), expected, name)
})

t.test('R19: at a place she typed her own phone stands for the button', async (t) => {
  const place = { ...good, shift: 'place' as const, buttons: [], listening: false }
  t.same(codes({ ...place, phone: ago(10_000) }), [])
  t.same(codes({ ...place, phone: ago(60_000) }), ['PHONE_LATE amber'])
  t.same(codes({ ...place, phone: ago(PHONE_SILENT_MS + 1) }), ['PHONE_UNHEARD red'])
  t.same(codes(place), ['PHONE_UNHEARD red'])
})

t.test('R19: night-ready asks for two devices, one of which rings through silence', async (t) => {
  t.same(judge(good).night, { ready: false, reasons: ['NIGHT_ONE_CHANNEL', 'NIGHT_NOTHING_RINGS'] })
  t.same(judge({ ...good, people: [goodPerson, { ...goodPerson, way: 'page', rings: true }] }).night, { ready: true, reasons: [] })
  t.same(judge({ ...good, people: [goodPerson, { ...goodPerson, way: 'page', rings: true }], storeWorks: false }).night.ready, false, 'never while it is not green')
  t.same(judge({ ...good, people: [{ ...goodPerson, rings: true }, { ...goodPerson, answered: null, rings: true }] }).night.reasons, ['NIGHT_ONE_CHANNEL'])
})

t.test('R19: of two buttons one that works is enough, and the other is said', async (t) => {
  const other = { ...goodButton, did: '00000000000000a2', beat: ago(100_000) }
  t.match(judge({ ...good, buttons: [other, goodButton] }), { level: 'amber', reasons: [{ code: 'BUTTON_SILENT', level: 'amber', did: other.did }] })
})

const proof = fc.option(fc.record({ ageMs: fc.option(fc.integer({ min: 0, max: 2 * DEVICE_PROOF_MS }), { nil: null }) }).map(({ ageMs }): Proof => ({ at: (NOW - (ageMs ?? 0)) as EpochMs, ageMs })), { nil: null })
const soon = fc.option(fc.record({ ageMs: fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: null }) }).map(({ ageMs }): Proof => ({ at: (NOW - (ageMs ?? 0)) as EpochMs, ageMs })), { nil: null })
const flag = fc.option(fc.boolean(), { nil: null })
const anyButton: fc.Arbitrary<ButtonFact> = fc.record({
  did: fc.constantFrom('00000000000000a1', '00000000000000a2'), pressed: proof, changed: fc.boolean(), beat: soon, beatS: fc.constantFrom(5, 30, 60), gone: fc.constantFrom(null, 'silent', 'will', 'off'),
  batteryPct: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }), batteryLow: fc.boolean(), trouble: fc.boolean()
})
const anyPerson: fc.Arbitrary<PersonFact> = fc.record({
  availableMs: fc.option(fc.integer({ min: 1, max: 86_400_000 }), { nil: null }), answered: proof, devices: fc.integer({ min: 0, max: 3 }), way: fc.constantFrom('none', 'own', 'push', 'page'), rings: fc.boolean()
})
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  shift: fc.constantFrom('room', 'place', 'none'), doubtful: fc.boolean(), buttons: fc.array(anyButton, { maxLength: 3 }), phone: soon, people: fc.array(anyPerson, { maxLength: 3 }),
  circleIsEmpty: fc.boolean(), alarmEndedAt: fc.constantFrom(null, NOW as EpochMs), storeWorks: flag, onTime: flag, listening: flag
})
/** Mostly good, or a random house is never green and the property says nothing. */
const nearlyGood: fc.Arbitrary<Facts> = fc.tuple(anyFacts, fc.array(fc.constantFrom(...Object.keys(good) as (keyof Facts)[]), { maxLength: 3 }))
  .map(([facts, changed]) => ({ ...good, ...Object.fromEntries(changed.map((key) => [key, facts[key]])) }))

t.test('R19: never green if any needed fact is missing or old', async () => {
  fc.assert(fc.property(fc.oneof(anyFacts, nearlyGood), (facts) => {
    if (judge(facts).level !== 'green') return true
    const raises = facts.shift === 'room'
      ? facts.buttons.length > 0 && facts.listening === true && facts.buttons.every((b) => b.pressed !== null && b.beat?.ageMs != null && b.beat.ageMs <= 2.5 * b.beatS * 1_000 && b.gone === null && (b.batteryPct ?? 0) > 20)
      : facts.shift === 'place' && facts.phone?.ageMs != null && facts.phone.ageMs <= PHONE_SILENT_MS
    const comes = facts.people.some((p) => p.availableMs !== null && p.answered?.ageMs != null && p.answered.ageMs <= DEVICE_PROOF_MS && (p.way === 'push' || p.way === 'page'))
    return raises && comes && facts.storeWorks === true && facts.onTime === true && facts.alarmEndedAt === null && !facts.doubtful
  }), { numRuns: 3_000 })
})

/** One proof taken away, or grown older. */
const losses: readonly ((facts: Facts) => Facts)[] = [
  (f) => ({ ...f, buttons: f.buttons.map((b, at) => at === 0 ? { ...b, pressed: null } : b) }),
  (f) => ({ ...f, buttons: f.buttons.map((b) => ({ ...b, beat: null })) }),
  (f) => ({ ...f, buttons: f.buttons.map((b) => ({ ...b, beat: older(b.beat, 50_000) })) }),
  (f) => ({ ...f, buttons: f.buttons.map((b, at) => at === 0 ? { ...b, gone: 'silent' as const } : b) }),
  (f) => ({ ...f, buttons: f.buttons.map((b) => ({ ...b, batteryPct: b.batteryPct === null ? null : Math.floor(b.batteryPct / 2) })) }),
  (f) => ({ ...f, phone: null }),
  (f) => ({ ...f, phone: older(f.phone, 60_000) }),
  (f) => ({ ...f, people: f.people.slice(1) }),
  (f) => ({ ...f, people: f.people.map((p, at) => at === 0 ? { ...p, answered: null } : p) }),
  (f) => ({ ...f, people: f.people.map((p, at) => at === 0 ? { ...p, answered: older(p.answered, AFTER_ALARM_MS) } : p) }),
  (f) => ({ ...f, people: f.people.map((p, at) => at === 0 ? { ...p, availableMs: null } : p) }),
  (f) => ({ ...f, people: f.people.map((p) => ({ ...p, way: p.way === 'none' ? 'none' as const : 'own' as const })) }),
  (f) => ({ ...f, people: f.people.map((p) => ({ ...p, rings: false, devices: Math.max(0, p.devices - 1) })) }),
  (f) => ({ ...f, storeWorks: f.storeWorks === true ? false : f.storeWorks }),
  (f) => ({ ...f, onTime: null }),
  (f) => ({ ...f, listening: null }),
  (f) => ({ ...f, doubtful: true })
]
function older (p: Proof | null, ms: number): Proof | null { return p === null || p.ageMs === null ? p : { at: (p.at - ms) as EpochMs, ageMs: p.ageMs + ms } }

t.test('R19: taking a proof away never improves it', async () => {
  fc.assert(fc.property(fc.oneof(anyFacts, nearlyGood), fc.constantFrom(...losses), (facts, lose) => {
    const [before, after] = [judge(facts), judge(lose(facts))]
    return RANK[after.level] >= RANK[before.level] && !(after.night.ready && !before.night.ready)
  }), { numRuns: 5_000 })
})

t.test('R19: while nothing happens it says the same until the moment that it named, and may differ only then', async () => {
  const later = (facts: Facts, ms: number): Facts => ({
    ...facts,
    buttons: facts.buttons.map((b) => ({ ...b, beat: older(b.beat, ms) })),
    phone: older(facts.phone, ms),
    people: facts.people.map((p) => ({ ...p, answered: older(p.answered, ms), availableMs: p.availableMs === null || p.availableMs <= ms ? null : p.availableMs - ms }))
  })
  fc.assert(fc.property(anyFacts, fc.integer({ min: 0, max: 2 * DEVICE_PROOF_MS }), (facts, waitMs) => {
    const inMs = changesInMs(facts) ?? Infinity
    return waitMs >= inMs || saysTheSame(judge(facts), judge(later(facts, waitMs)))
  }), { numRuns: 3_000 })
})
