/** Guards against a study of rules that no phone could save, and against her notes leaving with her list. The real HTTP app on a real store. */
import t from 'tap'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { policy } from '../../../device-sim/commands/policy.ts'
import { readScenario } from '../../../device-sim/scenario/read.ts'
import { root } from '../../runner/root.ts'
import { scene } from '../../http/promised.ts'
import { Phone } from '../../http/house.ts'
import { faultsIn, oneHouse } from './shipped.ts'
import { spoken } from './spoken.ts'

const file = join(root, 'device-sim/scenarios/one-house.yaml')

t.test('a policy of the study becomes her circle, and her circle a policy of the study', async (t) => {
  const { house, lina, ana, luc } = await scene(t)
  const [eva, tom] = [await house.pair(lina, new Phone(house), 'Eva'), await house.pair(lina, new Phone(house), 'Tom')]
  const now = (await lina.get('/api/v1/circle')).body
  const noted = await lina.ask({ method: 'PUT', url: '/api/v1/circle', body: { ...withoutReach(now), note: 'the code of the gate is 1234', wishes: { ambulance: 'yes', police: 'no' } } })
  t.equal(noted.statusCode, 200, noted.body)

  const folder = t.testdir({ 'circle.json': noted.body })
  const ids = `reference=${ana.responder},neighbour=${luc.responder},colleague=${eva.responder},friend=${tom.responder}`
  const body = await spoken(policy, 'export', file, '--policy', 'two-then-all', '--ids', ids, '--circle', join(folder, 'circle.json'))
  t.equal(body.code, 0, body.err)
  const put = await lina.ask({ method: 'PUT', url: '/api/v1/circle', body: JSON.parse(body.out) as object })
  t.equal(put.statusCode, 200, put.body)
  t.match(put.json(), {
    steps: [{ waitS: 30, assistWaitS: null, people: [ana.responder, luc.responder] }, { waitS: 30, assistWaitS: null, people: [eva.responder, tom.responder] }],
    mayKnow: [luc.responder],
    note: 'the code of the gate is 1234',
    wishes: { ambulance: 'yes', police: 'no' }
  }, 'the service took it, and her own words stayed')

  await writeFile(join(folder, 'circle.json'), (await lina.get('/api/v1/circle')).body)
  const roles = ids.split(',').map((pair) => pair.split('=').toReversed().join('=')).join(',')
  const block = await spoken(policy, 'import', join(folder, 'circle.json'), '--roles', roles, '--name', 'as-it-is')
  t.equal(block.code, 0, block.err)
  t.notMatch(block.out, /1234|ambulance|Ana|Luc|Eva|Tom/, 'no note, wish or name comes along')
  for (const { responder } of [ana, luc, eva, tom]) t.notMatch(block.out, responder, 'nor an id')
  const house2 = (await oneHouse()).replace('\npolicies:\n', `\npolicies:\n${block.out.split('\n').map((line) => `  ${line}`).join('\n')}\n`)
  t.strictSame(faultsIn(house2), [])
  const [imported, , , twoThenAll] = readScenario(house2, 'study.yaml').policies
  t.equal(twoThenAll?.name, 'two-then-all')
  t.strictSame([imported?.steps, imported?.mayKnow], [twoThenAll?.steps, twoThenAll?.mayKnow], 'the same rules came back')
})

t.test('a first circle needs none before it', async (t) => {
  const { house } = await scene(t)
  const mira = await house.join('worker')
  const people = [await house.pair(mira, new Phone(house), 'Ana'), await house.pair(mira, new Phone(house), 'Luc')]
  const body = await spoken(policy, 'export', file, '--policy', 'legal-minimum', '--ids', `reference=${people[0]?.responder}`)
  const version = (await mira.get('/api/v1/circle')).json<{ version: number }>().version
  const put = await mira.ask({ method: 'PUT', url: '/api/v1/circle', body: { ...JSON.parse(body.out) as object, version } })
  t.equal(put.statusCode, 200, put.body)
  t.match(put.json(), { steps: [{ people: [people[0]?.responder] }], mayKnow: [] })
})

t.test('what is not said, or said twice, is asked for', async (t) => {
  const circle = { steps: [{ waitS: 30, assistWaitS: null, people: ['r1', 'r2'] }], mayKnow: [], note: 'x', version: 3, wishes: {}, sees: {} }
  const folder = t.testdir({ 'circle.json': JSON.stringify(circle), 'long.json': JSON.stringify({ ...circle, steps: [{ waitS: 900, people: ['r1'] }] }), 'other.json': '{"alarms":[]}', 'bad.json': 'not { json' })
  const at = (name: string): string => join(folder, name)
  const slips: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^ARGUMENT_COUNT/],
    [['export', file], /^FLAG_MISSING/],
    [['export', file, '--policy', 'two-then-al', '--ids', 'a=b'], /^POLICY_UNKNOWN: .*did you mean "two-then-all"/],
    [['export', file, '--policy', 'two-then-all', '--ids', 'reference=r1'], /^IDS_MISSING: .*neighbour, colleague, friend/],
    [['export', file, '--policy', 'legal-minimum', '--ids', 'reference=r1,reference=r2'], /^PAIRS_INVALID/],
    [['export', file, '--policy', 'legal-minimum', '--ids', 'reference'], /^PAIRS_INVALID/],
    [['export', file, '--policy', 'legal-minimum', '--ids', 'reference=r1', '--circle', at('other.json')], /^CIRCLE_INVALID/],
    [['import', at('circle.json')], /^FLAG_MISSING/],
    [['import', at('circle.json'), '--roles', 'r1=friend'], /^ROLES_MISSING: .*r2/],
    [['import', at('long.json'), '--roles', 'r1=friend'], /^SCENARIO_INVALID: .*steps\.0\.waitS/s],
    [['import', at('other.json'), '--roles', 'r1=friend'], /KEY_MISSING/],
    [['import', at('bad.json'), '--roles', 'r1=friend'], /^SCENARIO_INVALID/],
    [['import', at('none.json'), '--roles', 'r1=friend'], /^FILE_UNREADABLE/]
  ]
  for (const [argv, said] of slips) t.match(await spoken(policy, ...argv), { code: 1, out: '', err: said }, argv.join(' '))
})

function withoutReach (circle: string): object {
  const { mayKnowReach, ...body } = JSON.parse(circle) as { mayKnowReach: unknown }
  return body
}
