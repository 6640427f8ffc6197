/** The command line as an operator types it, on a real database. Guards against a script that goes on after a failure. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { run } from '../../server/cli/run.ts'

type Said = { readonly code: number, readonly out: string, readonly err: string }

/** One data folder, and a way to type at it. */
class Terminal {
  readonly folder: string
  readonly data: string

  constructor (t: Test) {
    this.folder = t.testdir({})
    this.data = join(this.folder, 'data')
  }

  async type (words: string, env: Readonly<Record<string, string>> = {}): Promise<Said> {
    const said = { out: '', err: '' }
    const code = await run(words.split(' '), { out: (text) => { said.out += text }, err: (text) => { said.err += text } }, { VEILLEUSE_DATA: this.data, ...env })
    return { code, ...said }
  }

  async json (words: string, env: Readonly<Record<string, string>> = {}): Promise<Record<string, unknown>> {
    const { code, out, err } = await this.type(`${words} --json`, env)
    if (code !== 0) throw new Error(`${words}: ${err}`)
    return JSON.parse(out) as Record<string, unknown>
  }
}

t.test('a house is made by commands, each as one line of JSON and as words', async (t) => {
  const terminal = new Terminal(t)
  const venue = await terminal.json('venue add --name Noord --regime employed')
  t.match(venue, { id: /^.{22}$/, name: 'Noord', regime: 'employed' })
  const room = await terminal.json('room add --venue Noord --name 3 --address Kaai')
  t.match(room, { venue: venue['id'], label: '3', address: 'Kaai', token: /.+[.].+/ })
  const button = await terminal.json('button add --venue Noord --room 3')
  t.match(button, { did: /^[0-9a-f]{16}$/, root: /^[0-9a-f]{64}$/, mqttUsername: button['did'], mqttPassword: /^[\w-]{43}$/ })
  t.match(await terminal.json('button list --venue Noord'), [{ did: button['did'], retired: false }])
  t.notMatch((await terminal.type('button list --venue Noord --json')).out, button['root'] as string, 'a secret is shown once')
  t.match(await terminal.json(`button retire --venue Noord --did ${String(button['did'])}`), { retired: button['did'] })
  t.match((await terminal.type('button list --venue Noord')).out, /retired/)
  for (const role of ['worker --venue Noord', 'technician --venue Noord', 'researcher']) {
    t.match(await terminal.json(`invite ${role}`), { code: /^[0-9A-Z]{20}$/, expiresAt: Number })
  }
  t.match((await terminal.type('venue list')).out, /Noord +employed/)
  t.match((await terminal.type('room list --venue Noord')).out, /\/q\//)
})

t.test('a wrong command line says what to type and exits 64', async (t) => {
  const terminal = new Terminal(t)
  const wrong = {
    venue: 'COMMAND_UNKNOWN',
    'open sesame': 'COMMAND_UNKNOWN',
    'venue add': 'FLAG_MISSING',
    'venue list --loud': 'FLAG_UNKNOWN',
    'venue list Noord': 'ARGUMENT_COUNT',
    backup: 'ARGUMENT_COUNT',
    'invite worker': 'FLAG_MISSING',
    'invite researcher --venue Noord': 'FLAG_UNKNOWN',
    'venue add --regime employed --name Noord\nZuid': 'FLAG_UNFIT',
    'venue add --regime employed --name \u001b[2J': 'FLAG_UNFIT',
    constructor: 'COMMAND_UNKNOWN',
    '__proto__ toString': 'COMMAND_UNKNOWN'
  }
  for (const [words, code] of Object.entries(wrong)) {
    const said = await terminal.type(words)
    t.equal(said.code, 64, words)
    t.match(said.err, new RegExp(`^${code}: .*\\n\\nusage: `), words)
    t.equal(said.out, '', words)
  }
  t.notOk(existsSync(terminal.data), 'and touches nothing')
  t.match(await terminal.type('venue add --name Noord --regime feudal'), { code: 64, err: /^REGIME_UNKNOWN: / })
})

t.test('--json may stand first', async (t) => {
  t.same(JSON.parse((await new Terminal(t).type('--json venue list')).out), [])
})

t.test('what can not be done has a code of its own and exits 1', async (t) => {
  const terminal = new Terminal(t)
  for (const name of ['Noord', 'Tweeling', 'Tweeling']) await terminal.json(`venue add --name ${name} --regime independent`)
  await terminal.json('room add --venue Noord --name 3')
  const impossible = {
    'room add --venue Noord --name 3': 'LABEL_TAKEN',
    'room add --venue Zuid --name 3': 'VENUE_NOT_FOUND',
    'room list --venue Tweeling': 'VENUE_NAME_AMBIGUOUS',
    'button add --venue Noord --room 4': 'ROOM_NOT_FOUND',
    'button retire --venue Noord --did 0000000000000000': 'BUTTON_NOT_FOUND',
    [`venue add --regime employed --name ${'x'.repeat(500)}`]: 'TEXT_TOO_LONG'
  }
  for (const [words, code] of Object.entries(impossible)) {
    const said = await terminal.type(words)
    t.match(said, { code: 1, out: '', err: new RegExp(`^${code}: (?!.*${code})`) }, `${words}, and in words`)
  }
})

t.test('bad settings: all faults, exit 78, nothing made', async (t) => {
  const terminal = new Terminal(t)
  const said = await terminal.type('serve', { VEILLEUSE_HTTP_PORT: 'eighty', VEILLEUSE_LOG_LEVEL: 'loud' })
  t.equal(said.code, 78)
  t.same(said.err.trim().split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')), ['CONFIG_INVALID: VEILLEUSE_HTTP_PORT', 'CONFIG_INVALID: VEILLEUSE_LOG_LEVEL'])
  t.notOk(existsSync(terminal.data))
})

t.test('an address that is taken says which, and exits 1', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => { taken.close() })
  const port = String((taken.address() as AddressInfo).port)
  const free = { VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'silent' }
  const terminal = new Terminal(t)
  for (const setting of ['VEILLEUSE_MQTT_PORT', 'VEILLEUSE_HTTP_PORT']) {
    t.match(await terminal.type('serve', { ...free, [setting]: port }), { code: 1, out: '', err: new RegExp(`^LISTEN_FAILED: .*${port}`) }, setting)
  }
})

t.test('config prints what is in force and no secret', async (t) => {
  const secret = 'cd'.repeat(32)
  const terminal = new Terminal(t)
  const said = await terminal.type('config', { VEILLEUSE_SECRET: secret, VEILLEUSE_HTTP_PORT: '0' })
  t.match(said.out, /^VEILLEUSE_HTTP_PORT=0$/m)
  t.match(said.out, /^VEILLEUSE_SECRET=\(set\)$/m)
  t.notMatch((await terminal.type('config --json', { VEILLEUSE_SECRET: secret })).out, secret)
})

t.test('a copy comes back in an empty folder, with its key, and overwrites nothing', async (t) => {
  const terminal = new Terminal(t)
  await terminal.json('venue add --name Noord --regime independent')
  const copy = join(terminal.folder, 'copy')
  t.match(await terminal.json(`backup ${copy}`), { backup: copy, pushKeys: null, key: `${terminal.data}.key` })
  t.match(await terminal.type(`restore ${copy}`), { code: 1, err: /^DATA_NOT_EMPTY: / })
  renameSync(terminal.data, join(terminal.folder, 'burnt'))
  t.match(await terminal.json(`restore ${copy}`), { restored: copy })
  t.match(await terminal.json('venue list'), [{ name: 'Noord' }])
})

t.test('push keys go along: without them every phone would be silent after a restore, and nobody would know', async (t) => {
  const terminal = new Terminal(t)
  await terminal.json('venue add --name Noord --regime independent')
  const keys = join(terminal.data, 'push-keys.json')
  writeFileSync(keys, 'keys of this house')
  const copy = join(terminal.folder, 'copy')
  t.match(await terminal.json(`backup ${copy}`), { pushKeys: `${copy}.push-keys` })
  renameSync(terminal.data, join(terminal.folder, 'burnt'))
  t.match(await terminal.json(`restore ${copy}`), { pushKeys: keys })
  t.equal(readFileSync(keys, 'utf8'), 'keys of this house')
  renameSync(terminal.data, join(terminal.folder, 'burnt again'))
  rmSync(`${copy}.push-keys`)
  t.match(await terminal.type(`restore ${copy}`), { code: 0, out: /subscribe again/ }, 'left behind: said aloud')
})

t.test('with the wrong key, or none, nothing runs: names would be blank and every button refused, in silence', async (t) => {
  const terminal = new Terminal(t)
  await terminal.json('venue add --name Noord --regime independent')
  const another = { VEILLEUSE_SECRET: 'ef'.repeat(32) }
  for (const words of ['venue list', 'venue add --name Zuid --regime independent', 'serve']) {
    t.match(await terminal.type(words, { ...another, VEILLEUSE_HTTP_PORT: '0', VEILLEUSE_MQTT_PORT: '0', VEILLEUSE_METRICS_PORT: '0', VEILLEUSE_LOG_LEVEL: 'silent' }), { code: 78, out: '', err: /^SECRET_FOREIGN: / }, words)
  }
  renameSync(`${terminal.data}.key`, `${terminal.data}.mislaid`)
  t.match(await terminal.type('venue list'), { code: 78, err: /^CONFIG_NEEDS: VEILLEUSE_SECRET / })
  t.notOk(existsSync(`${terminal.data}.key`), 'no new key pretends to be the old one')
  renameSync(`${terminal.data}.mislaid`, `${terminal.data}.key`)
  t.match(await terminal.json('venue list'), [{ name: 'Noord' }])
})

t.test('a file that is no copy is refused', async (t) => {
  const terminal = new Terminal(t)
  writeFileSync(join(terminal.folder, 'letter'), 'Dear all,\n'.repeat(1000))
  t.match(await terminal.type(`restore ${join(terminal.folder, 'letter')}`), { code: 1, err: /^FOREIGN_FILE: / })
  t.match(await terminal.type(`restore ${join(terminal.folder, 'absent')}`), { code: 1, err: /^FILE_MISSING: / })
})
