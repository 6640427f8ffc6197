/** Guards against documents that promise what the code no longer does. */
import t from 'tap'
import { access, readFile, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { settings } from '../../server/config/schema.ts'
import { root } from '../runner/root.ts'
import { sources } from './rules.ts'

const read = async (path: string): Promise<string> => await readFile(join(root, path), 'utf8')
const exists = async (path: string): Promise<boolean> => await access(join(root, path)).then(() => true, () => false)

t.test('every setting is documented, and nothing else is', async (t) => {
  const said = new Set((await read('docs/configuration.md')).match(/VEILLEUSE_[A-Z_]+/g))
  t.strictSame([...said].sort(), Object.values(settings).map(({ env }) => env).sort())
})

t.test('the image and the compose files use settings that exist', async (t) => {
  const known = new Set<string>(Object.values(settings).flatMap(({ env }) => [env, `${env}_FILE`]))
  for (const path of ['Dockerfile', 'docker-compose.yml', 'deploy/buttons.yml']) {
    const named = (await read(path)).match(/VEILLEUSE_[A-Z_]+/g) ?? []
    t.ok(named.length > 0, `${path} names settings`)
    t.strictSame(named.filter((name) => !known.has(name)), [], path)
  }
})

t.test('every link between documents leads somewhere', async (t) => {
  for (const { path, text } of await sources()) {
    if (!path.endsWith('.md')) continue
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      t.ok(await exists(join(dirname(path), target)), `${path} -> ${target}`)
    }
  }
})

t.test('every folder that the map names is there, and every room of the service is on the map', async (t) => {
  const map = await read('ARCHITECTURE.md')
  const named = [...map.matchAll(/^\| `([a-z-]+\/(?:[a-z]+\/)?)` \|/gm)].map(([, folder = '']) => folder)
  t.ok(named.length > 10, 'the map was read')
  for (const folder of named) t.ok(await exists(folder), folder)
  const rooms = (await readdir(join(root, 'server'), { withFileTypes: true })).filter((entry) => entry.isDirectory())
  t.strictSame(rooms.map(({ name }) => `server/${name}/`).filter((room) => !named.includes(room)), [])
})

t.test('every npm command that the README names is a script', async (t) => {
  const { scripts } = JSON.parse(await read('package.json')) as { scripts: Record<string, string> }
  const named = [...(await read('README.md')).matchAll(/npm (?:run )?([\w:-]+)/g)].map(([, name = '']) => name).filter((name) => !['ci', 'run'].includes(name))
  t.strictSame(named.filter((name) => !(name in scripts)), [])
})

t.test('every decision is in the list of decisions', async (t) => {
  const list = await read('docs/decisions/README.md')
  const records = (await readdir(join(root, 'docs/decisions'))).filter((name) => name !== 'README.md')
  t.strictSame(records.filter((name) => !list.includes(`(${name})`)), [])
})
