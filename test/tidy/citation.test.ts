/** Guards against a study that cites a version that never was. */
import t from 'tap'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../runner/root.ts'

t.test('CITATION.cff has what version 1.2.0 of the format asks for, and this version', async (t) => {
  const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string, license: string }
  const cited = parse(await readFile(join(root, 'CITATION.cff'), 'utf8')) as Record<string, unknown>
  t.match(cited, { 'cff-version': '1.2.0', message: /\S/, title: /\S/, type: 'software', authors: [{ name: /\S/ }], version, license })
  const known = ['cff-version', 'message', 'type', 'title', 'version', 'license', 'authors', 'keywords']
  t.strictSame(Object.keys(cited).filter((key) => !known.includes(key)), [], 'and nothing that the format does not know')
})
