/** Guards against a study that ran on something else than what its author meant: a misspelt key, a wrong unit, a share that is none. */
import t from 'tap'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import { faultsIn, oneHouse, shipped } from './shipped.ts'

const house = await oneHouse()

t.test('the three shipped scenarios can be run, and say that they are synthetic', async (t) => {
  const all = await shipped()
  t.strictSame(all.map(({ name }) => name), ['one-house', 'solo-flats', 'street'])
  for (const { name, yaml } of all) {
    const scenario = readScenario(yaml, `${name}.yaml`)
    t.equal(scenario.name, name)
    t.match(yaml, /^# Synthetic: /m, name)
    t.ok(scenario.policies.length >= 3 && scenario.policies[0]?.name === 'legal-minimum', `${name} compares with the least`)
    t.ok(scenario.criteria.length > 0 && scenario.factors.length > 0, `${name} fixes its criteria, and what is moved`)
    t.equal(scenario.policies.flatMap(({ consents }) => consents).length, 0, `${name} tells no authority`)
  }
})

t.test('the street has 340 rooms, as the brief says', async (t) => {
  const street = (await shipped()).find(({ name }) => name === 'street')
  t.strictSame(readScenario(street?.yaml ?? '', 'street.yaml').venues.map(({ name, count, rooms }) => [name, count, rooms]), [['bar', 60, 4], ['window', 100, 1]])
})

t.test('what people write becomes what the model computes with', async (t) => {
  const scenario = readScenario(house, 'one-house.yaml')
  const [venue] = scenario.venues
  t.equal(scenario.horizonS, 365 * 86_400)
  t.equal(scenario.replications.halfWidth, 0.05)
  t.strictSame(venue?.workers.shift, { from: 11, to: 5 })
  t.strictSame(scenario.buttons['wifi-button']?.beatS, 3_600)
  t.match(venue?.workers.worked, { draw: { is: 'uniform', low: 0.5, high: 0.95 }, evidence: 'assumed' })
  const outage = scenario.powers['mains']?.outage
  t.match(outage?.down.draw, { is: 'exponential', mean: 48 * 60 })
  const year = outage?.up.draw.is === 'exponential' ? outage.up.draw.mean + 48 * 60 : NaN
  t.ok(Math.abs(year - 365 * 86_400 / 0.385) < 1, '0.385 times a year, each 48 min')
  const delay = venue?.workers.pressDelay.draw
  t.ok(delay?.is === 'log-normal' && delay.median === 20 && Math.abs(delay.median * Math.exp(1.2815515655446004 * delay.sigma) - 120) < 1e-9, 'its 90th percentile is the one that was given')
  t.strictSame(scenario.criteria.find(({ name }) => name === 'there-in-time'), { name: 'there-in-time', measure: 'tto_p90', policy: 'two-then-all', better: 'less', green: 360, red: 900 })
  t.strictSame(scenario.factors.find(({ path }) => path.endsWith('reaction.median')), { path: 'venues.house.responders.*.reaction.median', low: 8, high: 90, scale: 'log' })
})

const assumed = 'evidence: assumed, source: "here"'
/** A line of the shipped scenario, what somebody makes of it, the code, the key. */
const slips: readonly (readonly [was: string, is: string, code: string, path: string])[] = [
  ['horizon: 1 year', 'horizon: 365', 'QUANTITY_INVALID', 'horizon'],
  ['horizon: 1 year', 'horizon: 1 yaer', 'QUANTITY_INVALID', 'horizon'],
  ['horizon: 1 year', 'horizon: .nan', 'NOT_A_NUMBER', 'horizon'],
  ['horizon: 1 year', 'horizon: -1 year', 'NEGATIVE', 'horizon'],
  ['horizon: 1 year', 'horizon: 400 years', 'OUT_OF_RANGE', 'horizon'],
  ['horizon: 1 year', 'horizont: 1 year', 'KEY_UNKNOWN', 'horizont'],
  ['seed: 20240503', 'seed: 1.5', 'OUT_OF_RANGE', 'seed'],
  ['seed: 20240503', 'seed: -1', 'OUT_OF_RANGE', 'seed'],
  ['use: brussels', 'use: brusels', 'LIBRARY_UNKNOWN', 'use'],
  ['least: 20', 'least: 500', 'CONTRADICTORY', 'replications'],
  ['service: one-machine', 'service: one-machin', 'LIKE_UNKNOWN', 'service'],
  ['service: one-machine', `service: { times: 400000 a year, lasting: 1 h, ${assumed} }`, 'CONTRADICTORY', 'service'],
  ['count: 1', 'count: 1000000', 'OUT_OF_RANGE', 'venues.house.count'],
  ['rooms: 4', 'rooms: four', 'NOT_A_NUMBER', 'venues.house.rooms'],
  ['rooms: 4', 'workersPerRoom: 0\n    rooms: 4', 'OUT_OF_RANGE', 'venues.house.workersPerRoom'],
  ['mayKnow: [neighbour]', 'houseLane: friend\n    mayKnow: [neighbour]', 'CONTRADICTORY', 'policies.one-by-one.houseLane'],
  ['network: fibre-wifi', 'network: fiber-wifi', 'NAME_UNKNOWN', 'venues.house.network'],
  ['workers: bar-room', 'workers: { like: bar-room, shift: 11-5 }', 'HOURS_INVALID', 'venues.house.workers.shift'],
  ['workers: bar-room', `workers: { like: bar-room, presses: { value: 130 %, ${assumed} } }`, 'OUT_OF_RANGE', 'venues.house.workers.presses.value'],
  ['workers: bar-room', 'workers: { like: bar-room, presses: { value: 30 %, evidence: guessed, source: me } }', 'WORD_UNKNOWN', 'venues.house.workers.presses.evidence'],
  ['workers: bar-room', 'workers: { like: bar-room, presses: { value: 30 %, evidence: assumed } }', 'KEY_MISSING', 'venues.house.workers.presses.source'],
  ['workers: bar-room', `workers: { like: bar-room, presses: { exponential: { mean: 30 % }, ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.presses.exponential'],
  ['workers: bar-room', `workers: { like: bar-room, presses: { value: 30 %, uniform: { low: 0 %, high: 50 % }, ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.presses'],
  ['workers: bar-room', `workers: { like: bar-room, presses: { uniform: { low: 50 %, high: 30 % }, ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.presses.uniform'],
  ['workers: bar-room', `workers: { like: bar-room, pressDelay: { lognormal: { median: 20 s, p90: 10 s }, ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.pressDelay.lognormal.p90'],
  ['workers: bar-room', `workers: { like: bar-room, pressDelay: { lognormal: { median: 20 s, p90: 30 s, sigma: 1 }, ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.pressDelay.lognormal'],
  ['workers: bar-room', `workers: { like: bar-room, pressDelay: { mixture: [{ share: 50 %, value: 20 s }, { share: 40 %, never: true }], ${assumed} } }`, 'SHARES_NOT_ONE', 'venues.house.workers.pressDelay.mixture'],
  ['workers: bar-room', `workers: { like: bar-room, pressDelay: { empirical: [{ p: 0, x: 20 s }, { p: 1, x: 10 s }], ${assumed} } }`, 'CONTRADICTORY', 'venues.house.workers.pressDelay.empirical.1'],
  ['workers: bar-room', `workers: { like: bar-room, accidents: { value: 5, ${assumed} } }`, 'QUANTITY_INVALID', 'venues.house.workers.accidents.value'],
  ['friend: friend', 'friend: frend', 'LIKE_UNKNOWN', 'venues.house.responders.friend'],
  ['  legal-minimum:', '  legal:', 'BASELINE_MISSING', 'policies'],
  ['{ waitS: 30, people: [reference] }', '{ waitS: 90, people: [reference] }', 'OUT_OF_RANGE', 'policies.legal-minimum.steps.0.waitS'],
  ['{ waitS: 30, people: [reference] }', '{ waitS: 30, assistWaitS: 800, people: [reference] }', 'STEP_WAIT_TOO_LONG', 'policies.legal-minimum.steps.0.assistWaitS'],
  ['{ waitS: 30, people: [reference] }', '{ waitS: 30, people: [refrence] }', 'ROLE_UNKNOWN', 'policies.legal-minimum.steps.0.people.0'],
  ['{ waitS: 30, people: [reference, neighbour] }', '{ waitS: 30, people: [reference, reference] }', 'PERSON_TWICE', 'policies.two-then-all.steps.0.people'],
  ['measure: tta_p90, policy', 'measure: tta_p95, policy', 'WORD_UNKNOWN', 'criteria.somebody-soon.measure'],
  ['green: 60 s, red: 180 s', 'green: 200 s, red: 180 s', 'CONTRADICTORY', 'criteria.somebody-soon'],
  ['green: 60 s, red: 180 s', 'green: 60, red: 180 s', 'QUANTITY_INVALID', 'criteria.somebody-soon.green'],
  ['tta_p90, policy: two-then-all', 'tta_p90, policy: two-then-al', 'POLICY_UNKNOWN', 'criteria.somebody-soon.policy'],
  ['path: venues.house.workers.presses,', 'path: venues.hose.workers.presses,', 'FACTOR_PATH_UNKNOWN', 'factors.0.path'],
  ['low: 30 %, high: 90 %', 'low: 95 %, high: 90 %', 'CONTRADICTORY', 'factors.0.low'],
  ['low: 30 %, high: 90 %', 'low: 30 s, high: 90 %', 'QUANTITY_INVALID', 'factors.0.low']
]

t.test('each slip is named with its line, its key and what is wrong', async (t) => {
  for (const [was, is, code, path] of slips) {
    t.ok(house.includes(was), `the shipped scenario has "${was}"`)
    const line = house.slice(0, house.indexOf(was)).split('\n').length
    const found = faultsIn(house.replace(was, () => is))
    const fault = found.find((each) => each.code === code && each.path === path)
    t.ok(fault, `${is}: ${code} at ${path}; said: ${found.map((each) => `${each.code} ${each.path}`).join(', ')}`)
    // What is missing or contradictory in a group is named at the group's own key.
    if (!['BASELINE_MISSING'].includes(code)) t.equal(fault?.line, line, `${is}: line ${line}`)
  }
})

t.test('a number is refused in the words in which it is written', async (t) => {
  const said = (is: string): string => faultsIn(house.replace('horizon: 1 year', `horizon: ${is}`))[0]?.message ?? ''
  t.equal(said('1000000 years'), 'is outside 24 h to 50 years: a slip of the pen?')
  t.match(said('5 min'), /^is outside 24 h to 50 years/)
  t.match(said('1,5 years'), /such as 45 min \(decimals after a point\)/)
  t.match(said('365 d'), /one of ms, s, min, h, hour, hours, day, days,/)
  t.match(said('365'), /such as 45 min, with its unit/)
  const share = (is: string): string => faultsIn(house.replace('halfWidth: 5 %', `halfWidth: ${is}`))[0]?.message ?? ''
  t.match(share('130 %'), /^is outside 0.01 % to 100 %/)
})

t.test('all that is wrong is said at once, in the order of the file', async (t) => {
  const found = faultsIn(house.replace('horizon: 1 year', 'horizon: soon').replace('rooms: 4', 'rooms: 0').replace('[reference]', '[nobody-we-know]'))
  t.strictSame(found.map(({ code, path }) => [code, path]), [
    ['QUANTITY_INVALID', 'horizon'], ['OUT_OF_RANGE', 'venues.house.rooms'], ['ROLE_UNKNOWN', 'policies.legal-minimum.steps.0.people.0']
  ])
  t.throws(() => readScenario('version: 1\nnam: x\n', 'my/study.yaml'), { code: 'SCENARIO_INVALID', message: /my\/study\.yaml:2:1 nam: .*did you mean "name"\? \[KEY_UNKNOWN\]/ })
})

t.test('a missing key is named where it is missing', async (t) => {
  const found = faultsIn(house.replace(/^ {4}power: .*\n/m, ''))
  t.match(found, [{ code: 'KEY_MISSING', path: 'venues.house.power', line: house.split('\n').findIndex((line) => line === '  house:') + 1 }])
})

t.test('a scenario of another version, or none at all, is said plainly and alone', async (t) => {
  t.match(faultsIn(house.replace('version: 1', 'version: 2').replace('horizon', 'span')), [{ code: 'VERSION_UNKNOWN', message: /reads version 1/ }])
  t.equal(faultsIn(house.replace('version: 1', 'version: 2').replace('horizon', 'span')).length, 1)
  t.match(faultsIn('hello: world\n'), [{ code: 'VERSION_MISSING' }])
  t.match(faultsIn(''), [{ code: 'NOT_A_MAP' }])
  t.match(faultsIn('- a\n- b\n'), [{ code: 'NOT_A_MAP' }])
})

t.test('what would run for ever, or fill the memory, is refused with its limit, where the largest part of it stands', async (t) => {
  const workers = (over: string): string => house.replace('workers: bar-room', `workers: { like: bar-room, ${over} }`)
  const asked = (yaml: string): unknown => faultsIn(yaml).map(({ code, path }) => [code, path])
  t.match(faultsIn(workers(`accidents: { value: 1000000 a year, ${assumed} }`)), [{ code: 'TOO_MANY', path: 'venues.house.workers.accidents', message: /about 4000000 presses a replication.*more than 250000/ }])
  t.strictSame(asked(workers(`worked: { value: 0.0001 %, ${assumed} }`)), [['TOO_MANY', 'venues.house.workers.tests']], 'tests are drawn along every shift, worked or not')
  t.strictSame(asked(house.replace('service: one-machine', `service: { up: { value: 1 ms, ${assumed} }, down: { value: 1 ms, ${assumed} } }`)), [['TOO_MANY', 'service']])
  const friends = (venue: string): string => house.replace('      friend: friend\n', `      friend: { like: friend, reachable: { up: { value: 2 s, ${assumed} }, down: { value: 2 s, ${assumed} } } }\n`).replace('    rooms: 4\n', venue)
  t.strictSame(asked(friends('    rooms: 1\n')), [], 'one friend')
  t.match(faultsIn(friends('    rooms: 2\n    workersPerRoom: 3\n')), [{ code: 'TOO_MANY', path: 'venues.house.responders.friend.reachable', message: /about 47000000 failures a replication, 47000000 of them/ }], 'each worker of each room has a friend of her own')
  t.strictSame(asked(house.replace('service: one-machine', `service: { up: { value: 0 s, ${assumed} }, down: { uniform: { low: 0 s, high: 0 s }, ${assumed} } }`)), [['CONTRADICTORY', 'service']], 'turns without end')
  t.strictSame(asked(house.replace('service: one-machine', `service: { up: { value: 0 s, ${assumed} }, down: { value: 1 h, ${assumed} } }`)), [], 'always down is a scenario')
  t.strictSame(asked(house.replace('horizon: 1 year', 'horizon: 50 years')), [], 'fifty years of a house are not too much')
})

t.test('a factor whose end makes a scenario that can\'t be run is refused before the first of a thousand points', async (t) => {
  const moved = (path: string, low: string, high: string): unknown => faultsIn(house.replace('factors:', `factors:\n  - { path: ${path}, low: ${low}, high: ${high} }`)).map(({ code, path }) => `${code} ${path}`)
  t.strictSame(moved('venues.house.rooms', '1', '8'), [])
  t.strictSame(moved('venues.house.rooms', '1.5', '8'), ['CONTRADICTORY factors.0.low'])
  t.strictSame(moved('venues.house.rooms', '1', '1000000'), ['CONTRADICTORY factors.0.high'])
  t.strictSame(moved('policies.two-then-all.steps.0.waitS', '10', '600'), ['CONTRADICTORY factors.0.high'], 'no circle takes such a wait')
  t.strictSame(moved('venues.house.workers.presses.low', '30 %', '95 %'), ['CONTRADICTORY factors.0.high'], 'above the other end of its distribution')
  t.strictSame(moved('venues.house.workers.accidents', '1 a year', '900000 a year'), ['CONTRADICTORY factors.0.high'])
  t.strictSame(moved('seed', '1', '9'), ['CONTRADICTORY factors.0.low'], 'luck is no factor')
})

t.test('a file made to hurt the reader hurts nobody', async (t) => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...['b', 'c', 'd', 'e', 'f', 'g'].map((key, i) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${'abcdef'[i]}`).join(', ')}]`)].join('\n')
  t.match(faultsIn(`version: 1\n${bomb}\nname: *g\n`).map(({ code }) => code), /ALIAS/, 'aliases are not of the language')
  t.ok(faultsIn(`version: ${'['.repeat(100_000)}`).length > 0, 'nested without end')
  t.match(faultsIn(`version: 1\nname: ${'{a: '.repeat(20_000)}`), [{ code: 'YAML', message: 'nested too deeply' }])
  t.match(faultsIn(`${house}---\nversion: 1\n`), [{ code: 'YAML', message: /one scenario a file/ }], 'two documents')
  t.match(faultsIn('\u0000\u0001\ufffd\u0000'), [{ code: 'NOT_A_TEXT', message: /no text/ }], 'a picture, or a table in a format of its own')
  t.match(faultsIn(' \n'), [{ code: 'NOT_A_MAP', message: /empty/ }])
  t.strictSame(faultsIn(`\ufeff${house.replaceAll('\n', '\r\n')}`), [], 'as an editor on Windows saves it')
  t.match(faultsIn(`${house}name: another\n`).map(({ code }) => code), ['KEY_TWICE'])
  t.match(faultsIn(house.replace('rooms: 4', 'rooms: !!js/function 4')).map(({ code }) => code), /YAML/, 'a tag that runs something elsewhere')
  t.match(faultsIn(house.replace('title: One house with four rooms', 'title: "\\e[2J"')), [{ code: 'NOT_A_TEXT' }], 'a title that clears a terminal')
  t.match(faultsIn(house.replace('use: brussels', 'use: ../../secrets')), [{ code: 'LIBRARY_UNKNOWN' }], 'a library is one of ours')
  t.match(faultsIn(house.replace('  house:', '  __proto__:')).map(({ code }) => code), /NAME_INVALID/)
})

t.test('an authority is told by her own consent alone, and never in a house lane', async (t) => {
  const withPolice = house.replace('friend: friend', 'friend: friend\n      police: { like: friend, kind: authority }')
  const told = withPolice.replace('people: [reference] }', 'people: [reference, police] }')
  t.match(faultsIn(told), [{ code: 'AUTHORITY_WITHOUT_CONSENT', path: 'policies.legal-minimum.steps.0.people' }])
  t.strictSame(faultsIn(told.replace('  one-by-one:', '    consents: [police]\n  one-by-one:')), [], 'opted in')
  t.match(faultsIn(withPolice.replace('  one-by-one:', '    houseLane: police\n  one-by-one:')), [{ code: 'AUTHORITY_WITHOUT_CONSENT', path: 'policies.legal-minimum.houseLane' }])
  t.match(faultsIn(house.replace('  one-by-one:', '    consents: [friend]\n  one-by-one:')), [{ code: 'CONTRADICTORY', path: 'policies.legal-minimum.consents.0' }])
  t.match(faultsIn(withPolice.replace('people: [reference] }', 'people: [police] }').replace('  one-by-one:', '    consents: [police]\n  one-by-one:')), [{ code: 'PLAN_NO_TRUSTED_PERSON' }])
})
