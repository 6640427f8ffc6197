/** Incident: a distribution "measured" from eleven rows and a clock that had jumped. What is measured is read whole, or refused by line. */
import t from 'tap'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { asParameter, quantilePoints, readMeasured } from '../../device-sim/live/calibration.ts'
import { readScenario } from '../../device-sim/scenario/read.ts'
import { sample as sampleAt } from '../../device-sim/virtual/chance/sample.ts'
import { root } from '../runner/root.ts'

const rows = Array.from({ length: 100 }, (_, i) => i + 1)
const csv = (lines: readonly (string | number)[], head = 'reaction_s'): string => [head, ...lines].join('\n')

t.test('a capture becomes a parameter that a scenario takes', async (t) => {
  const capture = [{ what: 'capture', version: 1 }, ...rows.map((ms) => ({ press: ms, planned_to_puback_ms: ms, planned_to_told_ms: ms % 2 === 0 ? ms * 10 : null }))].map((line) => JSON.stringify(line)).join('\n')
  const told = readMeasured(capture, 'night.ndjson', { column: 'planned_to_told_ms' })
  t.match(told, { unit: 'ms', absent: 50 })
  t.equal(told.values.length, 50)
  t.equal(readMeasured(capture, 'night.ndjson').column, 'planned_to_puback_ms')
  const parameter = asParameter(told, 'a laptop: "ours", 28 November')
  t.match(parameter, /n = 50, 50 rows without it left out/)
  const house = readFileSync(join(root, 'device-sim/scenarios/one-house.yaml'), 'utf8')
  const inline = `neighbour:\n        like: colleague\n        reaction:\n${parameter.split('\n').map((line) => `          ${line}`).join('\n')}`
  const scenario = readScenario(house.replace('neighbour: colleague', inline), 'house.yaml')
  const reaction = scenario.venues[0]?.responders.find(({ role }) => role === 'neighbour')?.reaction
  t.match(reaction, { evidence: 'measured', draw: { is: 'empirical' }, source: /laptop: "ours"/ })
  t.equal(reaction?.draw.is === 'empirical' ? reaction.draw.points.at(-1)?.x : 0, 1, '1,000 ms are a second there')
})

t.test('the points are quantiles of what was measured', async (t) => {
  const points = quantilePoints(rows)
  t.equal(points.find(({ p }) => p === 0.5)?.x, 50.5)
  t.strictSame([points[0], points.at(-1)], [{ p: 0, x: 1 }, { p: 1, x: 100 }])
  t.ok(points.every(({ p }) => p <= 0.99 || p === 1), 'no tail that 100 rows can not show')
  fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 30, maxLength: 3_000 }), (values) => {
    const all = quantilePoints(values)
    return all.every(({ p, x }, i) => i === 0 || (p > (all[i - 1]?.p ?? 1) && x >= (all[i - 1]?.x ?? Infinity)))
  }))
  t.equal(sampleAt({ is: 'empirical', points }, 0.5), 50.5)
})

t.test('what can not be used is named by its line', async (t) => {
  for (const [text, column, code, said] of [
    ['', null, 'MEASURED_NONE', /empty/],
    [csv(rows.slice(0, 29)), null, 'MEASURED_TOO_FEW', /lines 2 to 30: 29 values/],
    [csv([...rows, 'soon', -3, 'NaN', '1e300']), null, 'MEASURED_NONSENSE', /line 102: "soon" is no number; line 103: "-3" is below 0; line 104: "NaN" is no number; line 105: "1e300" is more than a year/],
    [csv([...rows, '3,4']), null, 'MEASURED_UNREADABLE', /line 102 has 2 cells/],
    [csv(rows.map((x) => `${x},${x}`), 'a,b'), null, 'COLUMN_MISSING', /a, b/],
    [csv(rows), 'c', 'COLUMN_UNKNOWN', /reaction_s/],
    ['{"a":1}\n{"a":', 'a', 'MEASURED_UNREADABLE', /line 2/],
    [rows.join('\n'), null, 'MEASURED_NAMES_MISSING', /line 1 begins with "1"/],
    [csv(rows.map((x) => `${x};${x}`), 'a;a'), 'a', 'COLUMN_TWICE', /"a" twice/],
    [csv(rows.map((x) => `${x},5`)), null, 'MEASURED_UNREADABLE', /line 2 has 2 cells.*--decimal comma/],
    [csv([...rows.map((x) => `${x},5;x`), '1.234;x'], 'reaction_s;who'), 'reaction_s', 'MEASURED_NONSENSE', /line 102: "1.234" is no number where others .* decimal comma/],
    [csv([...rows, '8785'], 'wait_h'), null, 'MEASURED_NONSENSE', /line 102: "8785" is more than a year/],
    [csv(rows).split('').join('\0'), null, 'MEASURED_UNREADABLE', /UTF-8/]
  ] as const) t.throws(() => readMeasured(text, 'f', { column }), { code, message: said }, code)
  t.equal(readMeasured(csv(rows.map((x) => `"${x}", "told, at once"`), 'reaction (s), said'), 'f', { column: 'reaction (s)' }).unit, 's')
  t.equal(readMeasured(csv([...rows, '']), 'f').values.length, 100)
})

t.test('what a spreadsheet saves is read as it is meant, a Belgian one\'s too', async (t) => {
  const halves = rows.map((x) => x + 0.5)
  const belgian = (x: number): string => String(x).replace('.', ',')
  const semicolons = ['kamer;reactie_s', ...halves.map((x, i) => `"kamer; ${i}";${belgian(x)}`)].join('\r\n')
  for (const text of [semicolons, `\uFEFF${semicolons}\r\n`, `sep=;\r\n${semicolons}`, semicolons.replaceAll('"', '').replaceAll('; ', ' ').replaceAll(';', '\t')]) {
    t.strictSame(readMeasured(text, 'f', { column: 'reactie_s' }).values, halves)
  }
  t.strictSame(readMeasured(['reactie_s', ...halves.map(belgian)].join('\r\n'), 'f', { decimal: 'comma' }).values, halves, 'one column, and nothing to part')
  t.strictSame(readMeasured(csv(halves.map((x) => `${x};`), 'reaction_s;note'), 'f', { column: 'reaction_s' }).values, halves, 'semicolons and points')
  t.strictSame(readMeasured(`\uFEFF${csv(halves)}`, 'f').column, 'reaction_s', 'the mark of UTF-8 is not part of a name')
  t.strictSame(readMeasured(`\uFEFF${rows.map((x) => JSON.stringify({ x })).join('\n')}`, 'f').values, rows)
  t.throws(() => readMeasured(csv(rows), 'f', { unit: 'ms' }), { code: 'UNIT_CONTRADICTS' }, 'seconds that are read as milliseconds')
  t.equal(readMeasured(csv(rows, 'wait'), 'f', { unit: 'min' }).unit, 'min')
})
