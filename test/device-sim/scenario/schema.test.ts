/** Guards against an editor that accepts what the reader refuses, and against a policy that no phone could save. */
import t from 'tap'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Compile } from 'typebox/compile'
import { parse } from 'yaml'
import { circleLimits } from '../../../device-sim/scenario/shapes/plan.ts'
import { scenarioSchema, scenarioSchemaText } from '../../../device-sim/scenario/schema.ts'
import { CirclePut } from '../../../server/contract/circle.ts'
import { root } from '../../runner/root.ts'
import { oneHouse, shipped } from './shipped.ts'

const holds = new Ajv2020({ strict: false, allErrors: true }).compile(scenarioSchema())
const scenarioOf = (yaml: string): unknown => parse(yaml)

t.test('the published schema is what the language is (device-sim validate --schema writes it)', async (t) => {
  t.equal(await readFile(join(root, 'device-sim/scenario/scenario.schema.json'), 'utf8'), scenarioSchemaText())
})

t.test('the shipped scenarios hold it', async (t) => {
  for (const { name, yaml } of await shipped()) t.ok(holds(scenarioOf(yaml)), `${name}: ${JSON.stringify(holds.errors?.slice(0, 3))}`)
})

t.test('what a schema can see, it refuses', async (t) => {
  const house = await oneHouse()
  const slips: readonly (readonly [string, string])[] = [
    ['version: 1', 'version: 2'], ['horizon: 1 year', 'horizon: 365'], ['horizon: 1 year', 'horizont: 1 year'], ['rooms: 4', 'rooms: 0'],
    ['workers: bar-room', 'workers: { like: bar-room, presses: { value: 30 % } }'],
    ['workers: bar-room', 'workers: { like: bar-room, presses: { evidence: assumed, source: me } }'],
    ['workers: bar-room', 'workers: { like: bar-room, presses: { exponential: { mean: 30 % }, evidence: assumed, source: me } }'],
    ['waitS: 30, people: [reference] }', 'waitS: 90, people: [reference] }'], ['measure: tta_p90, policy', 'measure: tta_p95, policy']
  ]
  for (const [was, is] of slips) t.notOk(holds(scenarioOf(house.replace(was, is))), is)
})

t.test('a step of a policy may be what a step of a circle may be, and nothing more', async (t) => {
  const circle = Compile(CirclePut)
  const put = (waitS: number, assistWaitS: number | null, people: number, steps: number): boolean => circle.Check({
    steps: Array.from({ length: steps }, () => ({ waitS, assistWaitS, people: Array.from({ length: people }, (_, i) => `p${i}`) })),
    note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {}, version: 0
  })
  const { waitLeastS, waitMostS, assistWaitMostS, stepsMost, peopleMost } = circleLimits
  t.ok(put(waitLeastS, waitLeastS, 1, 1) && put(waitMostS, assistWaitMostS, peopleMost, stepsMost), 'the bounds are taken')
  for (const beyond of [put(waitLeastS - 1, null, 1, 1), put(waitMostS + 1, null, 1, 1), put(waitMostS, assistWaitMostS + 1, 1, 1), put(waitMostS, null, peopleMost + 1, 1), put(waitMostS, null, 1, stepsMost + 1)]) t.notOk(beyond, 'and nothing beyond')
})
