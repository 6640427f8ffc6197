/** Guards against a picture of the house that is no longer true: a small bad house breaks each direction once. */
import t from 'tap'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { cruise } from 'dependency-cruiser'
import type { ICruiseOptions, ICruiseResult, IFlattenedRuleSet } from 'dependency-cruiser'
import { root } from '../runner/root.ts'

type Rules = IFlattenedRuleSet & { readonly options: ICruiseOptions, readonly forbidden: readonly { readonly name: string }[] }
const { options, ...ruleSet } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as Rules

/** Each line: who imports whom, and the rule that must say no. `type` in front: the import is of types only. */
const forbidden: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['firmware-protocol/a.ts', 'server/clock/clock.ts', 'firmware-protocol-stands-on'],
  ['firmware-protocol/b.ts', 'type server/alarm/alarm.ts', 'firmware-protocol-stands-on'],
  ['broker/a.ts', 'server/alarm/alarm.ts', 'broker-stands-on'],
  ['broker/b.ts', 'type server/clock/clock.ts', 'broker-stands-on'],
  ['server/alarm/a.ts', 'server/clock/clock.ts', 'server-alarm-stands-on'],
  ['server/alarm/b.ts', 'firmware-protocol/ids.ts', 'server-alarm-stands-on'],
  ['server/clock/a.ts', 'server/alarm/alarm.ts', 'server-clock-stands-on'],
  ['server/config/a.ts', 'server/http/app.ts', 'server-config-stands-on'],
  ['server/contract/a.ts', 'server/people/circle.ts', 'server-contract-stands-on'],
  ['server/store/a.ts', 'server/engine/ports.ts', 'server-store-stands-on'],
  ['server/engine/a.ts', 'server/notify/text.ts', 'server-engine-stands-on'],
  ['server/engine/c.ts', 'broker/ports.ts', 'server-engine-types-only'],
  ['server/engine/b.ts', 'server/store/sqlite/writer.ts', 'server-engine-stands-on'],
  ['server/notify/a.ts', 'server/people/circle.ts', 'server-notify-stands-on'],
  ['server/notify/b.ts', 'server/engine/ports.ts', 'server-notify-types-only'],
  ['server/people/a.ts', 'server/http/app.ts', 'server-people-stands-on'],
  ['server/people/b.ts', 'server/engine/ports.ts', 'server-people-types-only'],
  ['server/people/c.ts', 'server/store/sqlite/writer.ts', 'sqlite-behind-its-port'],
  ['server/http/a.ts', 'broker/inbound.ts', 'server-http-stands-on'],
  ['server/http/b.ts', 'server/engine/ports.ts', 'server-http-types-only'],
  ['device-sim/a.ts', 'server/engine/ports.ts', 'device-sim-stands-on'],
  ['device-sim/b.ts', 'server/contract/api.ts', 'device-sim-types-only'],
  ['device-sim/statistics/a.ts', 'device-sim/scenario/scenario.ts', 'device-sim-statistics-stands-on'],
  ['device-sim/virtual/chance/a.ts', 'device-sim/scenario/scenario.ts', 'device-sim-virtual-chance-stands-on'],
  ['device-sim/virtual/kernel/a.ts', 'server/alarm/alarm.ts', 'device-sim-virtual-kernel-stands-on'],
  ['device-sim/virtual/model/a.ts', 'device-sim/statistics/interval.ts', 'device-sim-virtual-model-stands-on'],
  ['device-sim/scenario/a.ts', 'device-sim/study/part.ts', 'device-sim-scenario-stands-on'],
  ['device-sim/scenario/b.ts', 'server/contract/api.ts', 'device-sim-scenario-types-only'],
  ['device-sim/data-package/a.ts', 'device-sim/report/render.ts', 'device-sim-data-package-stands-on'],
  ['device-sim/data-package/b.ts', 'device-sim/study/part.ts', 'device-sim-data-package-types-only'],
  ['device-sim/report/a.ts', 'device-sim/study/part.ts', 'device-sim-report-stands-on'],
  ['device-sim/study/a.ts', 'device-sim/live/venue.ts', 'device-sim-study-stands-on'],
  ['device-sim/sensitivity/a.ts', 'device-sim/live/venue.ts', 'device-sim-sensitivity-stands-on'],
  ['device-sim/verify/a.ts', 'device-sim/study/part.ts', 'device-sim-verify-stands-on'],
  ['device-sim/bench/a.ts', 'device-sim/live/venue.ts', 'device-sim-bench-stands-on'],
  ['device-sim/live/a.ts', 'device-sim/report/render.ts', 'device-sim-live-stands-on'],
  ['device-sim/live/b.ts', 'device-sim/virtual/model/replication.ts', 'device-sim-live-types-only'],
  ['dashboard/a.ts', 'type server/alarm/alarm.ts', 'dashboard-stands-on'],
  ['dashboard/b.ts', 'server/contract/api.ts', 'dashboard-types-only'],
  ['server/cli/a.ts', 'test/clock/fake.ts', 'nothing-imports-test'],
  ['server/cli/b.ts', 'bench/run.ts', 'nothing-imports-bench'],
  ['server/http/c.ts', 'server/main.ts', 'main-is-the-top'],
  ['broker/c.ts', 'broker/missing.ts', 'resolvable'],
  ['broker/one.ts', 'broker/two.ts', 'no-cycles'],
  ['server/store/b.ts', 'test/clock/fake.ts', 'nothing-imports-test'],
  ['server/cli/c.ts', 'deploy/assets.ts', 'server-cli-stands-on'],
  ['broker/d.ts', 'package for-developers', 'no-dev-packages'],
  ['broker/e.ts', 'package undeclared', 'declared-packages']
]

const allowed: readonly (readonly [from: string, to: string])[] = [
  ['broker/good.ts', 'firmware-protocol/ids.ts'],
  ['server/engine/good.ts', 'server/store/alarm-store.ts'],
  ['server/notify/good.ts', 'type server/engine/ports.ts'],
  ['server/people/good.ts', 'firmware-protocol/ids.ts'],
  ['device-sim/good.ts', 'server/alarm/alarm.ts'],
  ['device-sim/virtual/model/good.ts', 'device-sim/virtual/kernel/kernel.ts'],
  ['device-sim/scenario/good.ts', 'type server/contract/api.ts'],
  ['device-sim/data-package/good.ts', 'device-sim/statistics/interval.ts'],
  ['device-sim/commands/good.ts', 'device-sim/report/render.ts'],
  ['dashboard/good.ts', 'type server/contract/api.ts'],
  ['dashboard/words.ts', 'server/contract/texts/door.ts'],
  ['server/cli/good.ts', 'server/main.ts']
]

async function buildHouse (house: string): Promise<void> {
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(house, path)), { recursive: true })
    await writeFile(join(house, path), text)
  }
  const doors = [...forbidden, ...allowed]
  for (const [from, to] of doors) {
    const [, how = '', name = ''] = /^(type |package )?(.*)$/.exec(to) ?? []
    const path = how === 'package ' ? name : `${'../'.repeat(from.split('/').length - 1)}${name}`
    await write(from, how === 'type ' ? `import type { T } from '${path}'\nexport const x: T = 1\n` : `import { v } from '${path}'\nexport const x = v\n`)
    if (how === 'package ') {
      await write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'main.js' }))
      await write(`node_modules/${name}/main.js`, 'exports.v = 1\n')
    } else if (name !== 'broker/missing.ts') await write(name, 'export type T = 1\nexport const v = 1\n')
  }
  await write('package.json', JSON.stringify({ name: 'house', devDependencies: { 'for-developers': '1.0.0' } }))
  await write('broker/two.ts', "import { x } from './one.ts'\nexport const v = x\n")
  await write('broker/nobody.ts', 'export const x = 1\n')
  await write('tsconfig.json', '{}')
}

async function broken (house: string): Promise<readonly string[]> {
  const found = await cruise(['.'], { ...options, baseDir: house, ruleSet, validate: true })
  return (found.output as ICruiseResult).summary.violations.map(({ from, to, rule }) => `${from} ${to} ${rule.name}`)
}

t.test('a bad house breaks every direction, a good one none', async (t) => {
  const house = t.testdir()
  await buildHouse(house)
  const said = await broken(house)
  for (const [from, to, rule] of forbidden) {
    t.ok(said.some((line) => line.startsWith(`${from} `) && line.endsWith(` ${rule}`)), `${from} may not import ${to}: ${rule}`)
  }
  t.ok(said.some((line) => line.startsWith('broker/nobody.ts ') && line.endsWith(' no-orphans')), 'a file that nothing uses is found')
  for (const [from, to] of allowed) t.strictSame(said.filter((line) => line.startsWith(`${from} `)), [], `${from} may import ${to}`)
})

t.test('no rule is without a bad house', async (t) => {
  const shown = new Set<string | undefined>([...forbidden.map(([, , rule]) => rule), 'no-orphans'])
  t.strictSame(ruleSet.forbidden.map(({ name }) => name).filter((name) => !shown.has(name)), [])
})

t.test('every room of the service, and every one of the simulator, has a direction', async (t) => {
  const named = new Set(ruleSet.forbidden.map(({ name }) => name))
  const unruled = async (floor: string): Promise<readonly string[]> => {
    const rooms = (await readdir(join(root, floor), { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => `${floor}/${name}`)
    return rooms.filter((room) => !named.has(`${room.replaceAll('/', '-')}-stands-on`))
  }
  t.strictSame(await unruled('server'), [])
  // Commands know all of it; scenarios are files that it reads.
  t.strictSame(await unruled('device-sim'), ['device-sim/commands', 'device-sim/scenarios', 'device-sim/virtual'])
  t.strictSame(await unruled('device-sim/virtual'), [])
})
