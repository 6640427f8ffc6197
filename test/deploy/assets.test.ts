/** Guards against a service that runs from last week's leftovers, or starts without its pages. */
import t from 'tap'
import { access, constants, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { scriptBeside } from '../runner/root.ts'
import { exitOf } from '../runner/steps.ts'

const house = {
  'package.json': JSON.stringify({ bin: { house: 'dist/server/cli/house.js', later: 'dist/server/cli/later.js' } }),
  server: {
    'kept.ts': '',
    cli: { 'house.ts': '' },
    pages: { 'page.html': '<p>new</p>', 'page.js': 'new' }
  },
  'firmware-protocol': { vectors: { 'a.json': '{}' } },
  dist: {
    '.tsbuildinfo': '{}',
    server: {
      'kept.js': '', 'kept.js.map': '', 'gone.js': '', 'gone.js.map': '',
      cli: { 'house.js': '#!/usr/bin/env node\n' },
      pages: { 'page.html': '<p>old</p>', 'dropped.html': '' }
    }
  }
}

t.test('dist is what a clean build gives: pages copied, leftovers gone, commands executable', async (t) => {
  const dir = t.testdir(house)
  const build = spawn(process.execPath, scriptBeside(import.meta.url, '../../deploy/assets'), { cwd: dir, env: {}, stdio: ['ignore', 'pipe', 'inherit'] })
  t.equal(await exitOf(build), 0)
  const files = (await readdir(join(dir, 'dist'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  t.strictSame(files.map(({ name }) => name).sort(), ['.tsbuildinfo', 'house.js', 'kept.js', 'kept.js.map', 'page.html', 'page.js'])
  t.equal(await readFile(join(dir, 'dist/server/pages/page.html'), 'utf8'), '<p>new</p>')
  await t.resolves(access(join(dir, 'dist/server/cli/house.js'), constants.X_OK))
})
