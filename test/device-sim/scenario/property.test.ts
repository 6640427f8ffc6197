/** Guards against a study whose scenario is not the one whose hash it bears, and a factor that moves its neighbour. */
import t from 'tap'
import fc from 'fast-check'
import { canonicalJson, scenarioSha256 } from '../../../device-sim/scenario/canonical.ts'
import { withFactor } from '../../../device-sim/scenario/factor.ts'
import { isParameter, resolvePath } from '../../../device-sim/scenario/paths.ts'
import { scenarioYaml } from '../../../device-sim/scenario/written.ts'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import type { Scenario } from '../../../device-sim/scenario/scenario.ts'
import { faultsIn, oneHouse, shipped } from './shipped.ts'

const files = await shipped()
const scenarios = files.map(({ name, yaml }) => readScenario(yaml, name))

/** Every number and parameter of a scenario, by its path of keys. */
function placesOf (value: unknown, keys: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'number') return [keys]
  if (typeof value !== 'object' || value === null) return []
  const below = Object.entries(value).flatMap(([key, each]) => placesOf(each, [...keys, key]))
  return isParameter(value) ? [keys, ...below] : below
}
function at (value: unknown, keys: readonly string[]): unknown { return keys.reduce<unknown>((held, key) => (held as Record<string, unknown>)[key], value) }
function put (scenario: Scenario, keys: readonly string[], value: unknown): unknown {
  // By its text: entries taken up with `like` are shared, and would all be moved.
  const copy: unknown = JSON.parse(JSON.stringify(scenario))
  const holder = at(copy, keys.slice(0, -1)) as Record<string, unknown>
  holder[keys.at(-1) ?? ''] = value
  return copy
}

t.test('a scenario is one text, however its keys stand', async (t) => {
  for (const scenario of scenarios) {
    const text = canonicalJson(scenario)
    t.strictSame(JSON.parse(text), scenario, 'nothing is lost')
    t.equal(canonicalJson(JSON.parse(text)), text)
    t.match(scenarioSha256(scenario), /^[0-9a-f]{64}$/)
  }
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => canonicalJson(JSON.parse(JSON.stringify(value))) === canonicalJson(JSON.parse(canonicalJson(value)))))
  t.equal(canonicalJson({ b: [1, { d: 1e21, c: '\u2028"' }], a: null }), '{"a":null,"b":[1,{"c":"\u2028\\"","d":1e+21}]}')
  for (const bad of [NaN, Infinity, undefined, { a: undefined }, () => 1]) t.throws(() => canonicalJson(bad), RangeError)
})

t.test('a resolved scenario is written in the language again, and is the same scenario', async (t) => {
  for (const scenario of scenarios) {
    t.strictSame(readScenario(scenarioYaml(scenario), 'again.yaml'), scenario, scenario.name)
    t.equal(scenarioSha256(readScenario(scenarioYaml(scenario), 'again.yaml')), scenarioSha256(scenario))
  }
  const all = (await oneHouse()).replace('workers: bar-room', `workers: { like: bar-room, shift: 09:45-23:20, danger: { weibull: { shape: 1.5, scale: 7 min }, evidence: measured, source: x }, pin: { empirical: [{ p: 0, x: 10 ms }, { p: 0.3, x: 1.1 s }, { p: 1, x: 3 min }], evidence: elicited, source: "y: #1" } }`)
    .replace('criteria:', 'faults:\n  - { is: push-slow, at: 3.3 days, for: 1 h, times: 7 }\n  - { is: network-down, at: 3 weeks, for: 20 min, venue: house }\ncriteria:')
  const scenario = readScenario(all, 'all.yaml')
  t.strictSame(readScenario(scenarioYaml(scenario), 'again.yaml'), scenario)
})

t.test('a factor moves the number it names, and nothing else', async () => {
  for (const scenario of scenarios) {
    const before = canonicalJson(scenario)
    fc.assert(fc.property(fc.constantFrom(...placesOf(scenario)), fc.double({ min: 0, max: 1e6, noNaN: true }), (keys, value) => {
      const moved = withFactor(scenario, keys.join('.'), value)
      const was = at(scenario, keys)
      const is = isParameter(was) ? { ...was, draw: { is: 'constant', value } } : value
      return canonicalJson(moved) === canonicalJson(put(scenario, keys, is)) && canonicalJson(scenario) === before
    }), { numRuns: 60 })
  }
})

t.test('a factor is found by the names of the file, for one or for all', async (t) => {
  const house = readScenario(await oneHouse(), 'one-house.yaml')
  const moved = withFactor(house, 'venues.house.responders.friend.reaction.median', 77)
  t.match(moved.venues[0]?.responders.map(({ reaction }) => reaction.draw), [{ median: 9 }, { median: 25 }, { median: 25 }, { median: 77 }])
  t.equal(resolvePath(house, 'venues.*.responders.*.reaction').length, 4)
  t.equal(withFactor(house, 'buttons.wifi-button.beat', 600).buttons['wifi-button']?.beatS, 600)
  t.equal(withFactor(house, 'policies.two-then-all.steps.0.waitS', 20).policies[2]?.steps[0]?.waitS, 20)
  for (const path of ['', 'venues', 'venues.hose.rooms', 'title', '__proto__.x', 'venues.house.workers.presses.median.x']) t.throws(() => withFactor(house, path, 1), { code: 'FACTOR_PATH_UNKNOWN' }, path)
  t.throws(() => withFactor(house, 'venues.house.rooms', NaN), { code: 'FACTOR_NOT_A_NUMBER' })
})

/** Lines with a value of their own, not of a text: what is put there can't be meant. */
function targetsOf (yaml: string): readonly number[] {
  return yaml.split('\n').flatMap((line, i) => /^ *[a-zA-Z-]+: [^ >{"#|]/.test(line) && !/^(title|question|name)|^ +title:/.test(line) ? [i] : [])
}

t.test('wherever a value is spoilt, that line is named', async () => {
  const spoilt = fc.record({ file: fc.constantFrom(...files), pick: fc.nat(), value: fc.constantFrom('.nan', '-.inf', '{ a: 1 }', '[[]]', '"\\u0007"', '!!binary xx', '*gone') })
  fc.assert(fc.property(spoilt, ({ file, pick, value }) => {
    const targets = targetsOf(file.yaml)
    const line = targets[pick % targets.length] ?? 0
    const lines = file.yaml.split('\n')
    lines[line] = (lines[line] ?? '').replace(/: .*$/, () => `: ${value}`)
    return faultsIn(lines.join('\n')).some((fault) => fault.line === line + 1)
  }), { numRuns: 150 })
})

t.test('no text at all makes the reader stumble', async () => {
  const [file] = files
  const cut = fc.tuple(fc.nat(), fc.string({ maxLength: 8 }), fc.nat(40)).map(([where, put, gone]) => {
    const yaml = file?.yaml ?? ''
    const from = where % yaml.length
    return yaml.slice(0, from) + put + yaml.slice(from + gone)
  })
  fc.assert(fc.property(fc.oneof(cut, fc.string()), (yaml) => faultsIn(yaml).every(({ line, column }) => line >= 1 && column >= 1)), { numRuns: 150 })
})
