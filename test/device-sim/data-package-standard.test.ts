/** Guards against a check that takes anything: a descriptor that the official profile refuses must be seen refused, by the true profile. */
import t from 'tap'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../runner/root.ts'
import { profileFaults, profileFolder, promiseFaults } from './data-package-standard.ts'

/** Where in the descriptor, and what stands there then; undefined: nothing does. */
type Change = readonly [path: string, value?: unknown]
type Node = Record<string, unknown>

const example = readFileSync(join(root, 'docs/example-study/datapackage.json'), 'utf8')
function changed ([path, value]: Change): unknown {
  const descriptor = JSON.parse(example) as Node
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const node = keys.reduce((at, key) => at[key] as Node, descriptor)
  if (value === undefined && !(last in node)) throw new Error(`the example has no ${path}`)
  node[last] = value
  return JSON.parse(JSON.stringify(descriptor))
}

t.test('the profiles are the bytes that the standard publishes', (t) => {
  const said = [...readFileSync(new URL('README.md', profileFolder), 'utf8').matchAll(/^[|] (\S+) [|] ([0-9a-f]{40}) [|]$/gm)]
  t.equal(said.length, 4)
  for (const [, name = '', hash] of said) {
    const bytes = readFileSync(new URL(name, profileFolder))
    t.equal(createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'), hash, name)
  }
  t.end()
})

const refusedByProfile: Readonly<Record<string, Change>> = {
  'no resources': ['resources'],
  'an empty list of resources': ['resources', []],
  'a resource without a path': ['resources.0.path'],
  'a resource without a name': ['resources.0.name'],
  'a path from the root of the disk': ['resources.0.path', '/etc/passwd'],
  'bytes as text': ['resources.0.bytes', '12'],
  'a hash that is none': ['resources.0.hash', 'sha256:not hex'],
  'a media type without a slash': ['resources.0.mediatype', 'csv'],
  'a schema without fields': ['resources.0.schema.fields'],
  'a field without a name': ['resources.0.schema.fields.0.name'],
  'missing values that are no list': ['resources.0.schema.missingValues', 7],
  'a foreign key that refers to nothing': ['resources.2.schema.foreignKeys', [{ fields: ['policy'] }]],
  'keywords that are none': ['keywords', []],
  'a title that is a number': ['title', 3]
}
const brokenPromise: Readonly<Record<string, Change>> = {
  'a hash of another kind': ['resources.0.hash', 'd41d8cd98f00b204e9800998ecf8427e'],
  'no hash': ['resources.0.hash'],
  'no length': ['resources.0.bytes'],
  'a column that nobody explains': ['resources.0.schema.fields.0.description'],
  'a table without a key': ['resources.0.schema.primaryKey'],
  'a table without a schema': ['resources.0.schema'],
  'a way out of the folder': ['resources.0.path', 'data/../../x.csv'],
  'a standard that is not named': ['$schema']
}

t.test('a whole one is taken by both', (t) => {
  t.strictSame([...profileFaults(JSON.parse(example)), ...promiseFaults(JSON.parse(example))], [])
  t.end()
})

for (const [what, change] of Object.entries(refusedByProfile)) {
  t.test(`the official profile refuses ${what}`, (t) => { t.not(profileFaults(changed(change)).length, 0); t.end() })
}

for (const [what, change] of Object.entries(brokenPromise)) {
  t.test(`beyond the profile we refuse ${what}`, (t) => { t.not(promiseFaults(changed(change)).length, 0); t.end() })
}
