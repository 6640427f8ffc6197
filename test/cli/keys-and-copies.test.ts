/**
 * Incidents: a backup was restored, and with it came a woman who had asked to be forgotten. A master key was changed on
 * a machine that lost its power half way, and no name could be read again.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { run } from '../../server/cli/run.ts'
import { withPeople, withStore } from '../../server/cli/open-people.ts'
import { readConfig, type Config } from '../../server/config/config.ts'
import { databaseFile } from '../../server/config/files.ts'
import { masterKeyFile } from '../../server/config/master-key.ts'
import type { People } from '../../server/people/services.ts'
import type { WorkerId } from '../../server/people/words.ts'
import { must } from '../people/small-house.ts'
import { scriptBeside } from '../runner/root.ts'

type Said = { readonly code: number, readonly out: string, readonly err: string }

class Machine {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  constructor (t: Test, env: Readonly<Record<string, string>> = {}) {
    this.folder = t.testdir({})
    this.env = { VEILLEUSE_DATA: join(this.folder, 'data'), ...env }
  }

  get config (): Config { return readConfig(this.env) }

  async type (words: string, env: Readonly<Record<string, string>> = {}): Promise<Said> {
    const said = { out: '', err: '' }
    const code = await run(words.split(' '), { out: (text) => { said.out += text }, err: (text) => { said.err += text } }, { ...this.env, ...env })
    return { code, ...said }
  }

  async people<T> (work: (people: People) => Promise<T>): Promise<T> { return await withPeople(this.config, work) }
}

/** Mira and Zoe, with words, a QR on a wall and an open invite: everything that is looked up by a keyed name. */
async function furnish (machine: Machine) {
  return await machine.people(async (people) => {
    const { venue } = must(await people.venues.add('Noord', 'independent'))
    const { room } = must(await people.venues.addRoom(venue.id, '3', null))
    const join = async (alias: string): Promise<{ id: WorkerId, token: string }> => {
      const { code } = must(await people.invites.make('worker', venue.id))
      const { session } = must(await people.invites.accept(code, { role: 'worker', alias, language: 'fr', device: 'Phone' }))
      return { id: session.who.id as WorkerId, token: session.token }
    }
    const mira = await join('Mira-die-vergeten-wil')
    const zoe = await join('Zoe')
    const { words } = must(await people.recovery.make(mira.id))
    const invite = must(await people.invites.make('worker', venue.id)).code
    return { venue, mira, zoe, words, invite, qr: people.venues.roomToken(room.id), room: room.id }
  })
}

type Furnished = Awaited<ReturnType<typeof furnish>>

/** Everything opens as it did before. */
async function isWhole (t: Test, machine: Machine, { mira, words, invite, qr, room, venue }: Furnished, when: string): Promise<void> {
  await machine.people(async (people) => {
    t.equal(people.workers.self(mira.id)?.alias, 'Mira-die-vergeten-wil', `${when}: her name is read`)
    t.equal(people.sessions.find(mira.token)?.who.id, mira.id, `${when}: her session opens`)
    t.equal(await people.recovery.areHers(mira.id, words.join(' ')), true, `${when}: her words are hers`)
    t.ok(await people.invites.look(invite), `${when}: the invite opens`)
    t.equal(people.venues.roomToken(room), qr, `${when}: the QR on the wall is the same`)
    t.match(await people.venues.addRoom(venue.id, '3', null), { code: 'LABEL_TAKEN' }, `${when}: labels are still told apart`)
  })
}

t.test('a new master key: everything opens as before, the old key opens nothing, its file opens old backups', async (t) => {
  const machine = new Machine(t)
  const furnished = await furnish(machine)
  const old = readFileSync(masterKeyFile(machine.config), 'utf8')
  const copy = join(machine.folder, 'copy')
  t.equal((await machine.type(`backup ${copy}`)).code, 0)
  const said = await machine.type('rotate-key --json')
  t.equal(said.code, 0, said.err)
  t.match(JSON.parse(said.out), { keys: 4, key: `${machine.env['VEILLEUSE_DATA']}.key`, previous: `${machine.env['VEILLEUSE_DATA']}.key.previous` })
  t.not(readFileSync(masterKeyFile(machine.config), 'utf8'), old)
  await isWhole(t, machine, furnished, 'after')
  t.match(await machine.type('venue list', { VEILLEUSE_SECRET: old.trim() }), { code: 78, err: /^SECRET_FOREIGN/ })
  renameSync(databaseFile(machine.config), `${databaseFile(machine.config)}.aside`)
  t.equal((await machine.type(`restore ${copy}`)).code, 0, 'a backup from before is brought under the new key')
  await isWhole(t, machine, furnished, 'restored')
})

t.test('the key comes from outside: it is given, and the old one is then foreign', async (t) => {
  const [old, fresh] = ['ab'.repeat(32), 'cd'.repeat(32)]
  const machine = new Machine(t, { VEILLEUSE_SECRET: old })
  const furnished = await furnish(machine)
  t.match(await machine.type('rotate-key'), { code: 64, err: /^FLAG_MISSING/ })
  writeFileSync(join(machine.folder, 'new'), `${fresh}\n`)
  t.equal((await machine.type(`rotate-key --new-key-file ${join(machine.folder, 'new')}`)).code, 0)
  t.equal((await machine.type(`rotate-key --new-key-file ${join(machine.folder, 'new')}`)).code, 0, 'again changes nothing')
  t.match(await machine.type('venue list'), { code: 78, err: /^SECRET_FOREIGN/ })
  Object.assign(machine.env, { VEILLEUSE_SECRET: fresh })
  await isWhole(t, machine, furnished, 'after')
})

t.test('while somebody has the database open, the key is not changed', async (t) => {
  const machine = new Machine(t)
  const furnished = await furnish(machine)
  await withStore(machine.config, async () => {
    t.match(await machine.type('rotate-key'), { code: 1, err: /^FILE_IN_USE/ })
  })
  await isWhole(t, machine, furnished, 'refused')
})

t.test('killed at any moment, the next start opens everything, and the same command ends it', async (t) => {
  for (const moment of ['key-made', 'first-wrapped', 'last-wrapped', 'committed', 'old-kept']) {
    const machine = new Machine(t)
    const furnished = await furnish(machine)
    const child = spawn(process.execPath, [...scriptBeside(import.meta.url, 'rotate-process'), moment], { env: { ...process.env, ...machine.env }, stdio: ['ignore', 'inherit', 'inherit'] })
    const [, signal] = await once(child, 'exit') as [number | null, string | null]
    t.equal(signal, 'SIGKILL', `${moment}: it was killed there`)
    await isWhole(t, machine, furnished, moment)
    t.equal((await machine.type('rotate-key')).code, 0)
    await isWhole(t, machine, furnished, `${moment}, ended`)
    t.notOk(existsSync(`${masterKeyFile(machine.config)}.next`))
  }
})

t.test('R21: a restore erases again whom and what was erased since the backup', async (t) => {
  const machine = new Machine(t)
  const furnished = await furnish(machine)
  const copy = join(machine.folder, 'copy')
  await machine.type(`backup ${copy}`)
  await machine.people(async (people) => {
    must(await people.erasures.ask(furnished.mira.id, true))
    while (people.workers.self(furnished.mira.id) !== null) await new Promise(setImmediate)
  })
  t.notMatch(readFileSync(`${machine.env['VEILLEUSE_DATA']}.erased`, 'utf8'), furnished.mira.id, 'the list tells nobody who it was')
  renameSync(databaseFile(machine.config), `${databaseFile(machine.config)}.aside`)
  t.match(JSON.parse((await machine.type(`restore ${copy} --json`)).out), { erased: 1 })
  await machine.people(async (people) => {
    t.equal(people.workers.self(furnished.mira.id), null, 'she does not come back')
    t.equal(people.sessions.find(furnished.mira.token), null)
    t.equal(people.workers.self(furnished.zoe.id)?.alias, 'Zoe', 'others do')
  })
  t.notOk(readFileSync(databaseFile(machine.config)).includes(furnished.mira.id), 'no byte of her id is in the file')
  t.ok(readFileSync(copy).includes(furnished.mira.id), 'the search finds what is there')
})

t.test('a backup older than 14 days, or of unknown age, comes back only when told; without its key not at all', async (t) => {
  const machine = new Machine(t)
  await furnish(machine)
  const copy = join(machine.folder, 'copy')
  await machine.type(`backup ${copy}`)
  const aged = (name: string, sql: string): string => {
    copyFileSync(copy, join(machine.folder, name))
    const db = new Database(join(machine.folder, name))
    db.exec(sql)
    db.close()
    return join(machine.folder, name)
  }
  rmSync(databaseFile(machine.config))
  for (const file of [aged('old', 'UPDATE copied SET at = at - 15 * 86400000'), aged('unknown', 'DELETE FROM copied')]) {
    t.match(await machine.type(`restore ${file}`), { code: 1, err: /^BACKUP_OLD/ })
    t.notOk(existsSync(databaseFile(machine.config)), 'nothing was put in place')
    t.equal((await machine.type(`restore ${file} --old`)).code, 0)
    rmSync(databaseFile(machine.config))
  }
  renameSync(masterKeyFile(machine.config), `${machine.folder}/mislaid`)
  t.match(await machine.type(`restore ${copy}`), { code: 1, err: /^KEY_MISSING/ })
  t.notOk(existsSync(masterKeyFile(machine.config)), 'no new key pretends to be the old one')
  t.match(await machine.type(`restore ${copy}`, { VEILLEUSE_SECRET: 'ef'.repeat(32) }), { code: 78, err: /^SECRET_FOREIGN/ })
})
