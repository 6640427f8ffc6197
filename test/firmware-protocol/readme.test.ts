/** Guards against a page that a firmware engineer can't rely on: codes, keys and topics of README.md are the code's. */
import t from 'tap'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../runner/root.ts'
import { vectorFile } from './vector-reader.ts'

const read = (path: string) => readFileSync(join(root, 'firmware-protocol', path), 'utf8')
const page = read('README.md')
const table = [...page.matchAll(/^\| `([A-Z_0-9]+)` \| .* \| (no|yes|both) \|$/gm)].map((row) => ({ code: row[1] ?? '', authentic: row[2] ?? '' }))

/** The members of a union of codes.ts. */
function codesOf (type: string): readonly string[] {
  const rest = read('codes.ts').split(`export type ${type} =`)[1] ?? ''
  return [...(rest.split('\n\n')[0] ?? '').matchAll(/'([A-Z_0-9]+)'/g)].map((match) => match[1] ?? '')
}

t.test('every code is on the page, with whether it is authentic', async (t) => {
  const all = [...codesOf('CborFault'), ...codesOf('EnvelopeFault'), ...codesOf('BodyFault')]
  t.ok(all.length > 35)
  t.strictSame(table.map((row) => row.code).sort(), [...all].sort())
  for (const { code, authentic } of table) {
    const expected = codesOf('CborFault').includes(code) ? 'both' : codesOf('BodyFault').includes(code) ? 'yes' : 'no'
    t.equal(authentic, expected, code)
  }
  for (const code of codesOf('DiscardCode')) t.ok(page.includes(`\`${code}\``), code)
})

t.test('every code has a vector', async (t) => {
  type Case = { readonly code?: string, readonly authentic?: boolean, readonly discarded?: readonly string[] }
  const cases = (['envelopes', 'bodies', 'presses'] as const).flatMap((name) => vectorFile<Case>(name).testGroups.flatMap((group) => group.tests))
  const refused = (authentic: boolean) => new Set(cases.filter((each) => each.authentic === authentic).map((each) => each.code))
  for (const { code, authentic } of table) {
    if (authentic !== 'yes') t.ok(refused(false).has(code), `${code}, not authentic`)
    if (authentic !== 'no') t.ok(refused(true).has(code), `${code}, authentic`)
  }
  const discarded = new Set(cases.flatMap((each) => each.discarded ?? []))
  for (const code of [...codesOf('CborFault'), ...codesOf('DiscardCode')]) t.ok(discarded.has(code), `${code}, discarded`)
})

t.test('the frame on the page is the frame of the vectors', async (t) => {
  const press = vectorFile<{ readonly hex: string }>('frames').testGroups[0]?.tests[0]
  t.match(press?.hex, /^8446a20105044101a058[0-9a-f]{2}a[0-9a-f]0001/)
})
