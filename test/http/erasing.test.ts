/** Incident: she asked to be forgotten, and her alias was found in a file; another was erased by the one who took her phone. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { Test } from 'tap'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

const ALIAS = 'Lina-van-de-Lantaarn'
const NOTE = 'knock-at-the-blue-door'
const HOURS = 3_600_000

type Scene = { readonly lina: Phone, readonly id: string, readonly words: string, readonly ana: { readonly phone: Phone, readonly responder: never } }

async function scene (house: House): Promise<Scene> {
  const lina = await house.join('worker', new Phone(house), ALIAS)
  const ana = await house.pair(lina, new Phone(house), 'Ana')
  const { version } = (await lina.get('/api/v1/circle')).json<{ version: number }>()
  await lina.ask({ method: 'PUT', url: '/api/v1/circle', body: { version, steps: [{ waitS: 30, assistWaitS: null, people: [ana.responder] }], note: NOTE, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [ana.responder], sees: {} } })
  const { words } = (await lina.post('/api/v1/me/recovery')).json<{ words: string[] }>()
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: '9058' } })
  return { lina, id: house.idOf(lina, 'worker'), words: words.join(' '), ana } as never
}

async function unlock (lina: Phone, pin = '4711'): Promise<void> {
  const reply = await lina.post('/api/v1/unlock', { pin })
  if (reply.statusCode !== 204) throw new Error(reply.body)
}

/** Which of the house's files hold this text. */
function traces (t: Test, text: string): readonly string[] {
  return readdirSync(t.testdirName).filter((name) => readFileSync(join(t.testdirName, name)).includes(text))
}

async function until (isTrue: () => boolean): Promise<void> {
  for (let n = 0; n < 100_000 && !isTrue(); n++) await new Promise(setImmediate)
  if (!isTrue()) throw new Error('it never came')
}

t.test('R16: with PIN and words at once; no byte of hers is in the database, the WAL or beside them; others lose nothing', async (t) => {
  const house = await openHouse(t)
  const { lina, id, words, ana } = await scene(house)
  const eve = await house.join('worker', new Phone(house), 'Eve')
  await lina.press('one')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })
  await house.clock.pass(11 * 60_000)
  t.equal((await lina.post('/api/v1/me/erasure', { words })).json().code, 'PIN_NEEDED')
  await unlock(lina)
  t.equal((await lina.post('/api/v1/me/erasure', { words: 'bada bada bada bada bada bada bada bada' })).json().code, 'WORDS_WRONG')
  t.not(traces(t, id).length, 0, 'the search finds what is there')
  const before = lina.cookie
  const asked = await lina.post('/api/v1/me/erasure', { words })
  t.match(asked.json(), { dueAt: house.clock.now(), waits: false })
  t.equal(asked.headers['clear-site-data'], '"cookies", "storage"')
  await until(() => house.reader.get('SELECT 1 FROM worker WHERE id = ?', id) === null)
  await until(() => traces(t, id).length === 0)
  for (const text of [id, ALIAS, NOTE, alarm]) t.same(traces(t, text), [], text.slice(0, 8))
  lina.cookie = before
  t.equal((await lina.get('/api/v1/me')).statusCode, 401)
  t.same(house.people.responders.self(ana.responder)?.circles, 0, 'Ana remains her own person, on nobody\'s list')
  t.equal((await eve.get('/api/v1/me')).statusCode, 200)
})

t.test('without words it takes 72 hours, she is told of it, and she can call it off', async (t) => {
  const house = await openHouse(t)
  const { lina, id } = await scene(house)
  await unlock(lina)
  const { dueAt } = (await lina.post('/api/v1/me/erasure', { words: null })).json<{ dueAt: number }>()
  t.equal(dueAt, house.clock.now() + 72 * HOURS)
  t.equal((await lina.get('/api/v1/me')).json().sessions[0].erasesAt, dueAt, 'her home says so, behind no PIN')
  t.match((await lina.get('/api/v1/journal')).body, /erasure-asked/)
  await house.clock.doze(71 * HOURS)
  await house.erase()
  await unlock(lina)
  t.equal((await lina.ask({ method: 'DELETE', url: '/api/v1/me/erasure' })).statusCode, 204)
  t.equal((await lina.get('/api/v1/me')).json().sessions[0].erasesAt, null)
  t.match((await lina.ask({ method: 'DELETE', url: '/api/v1/me/erasure' })).json(), { reason: 'NO_ERASURE' })
  await house.clock.doze(72 * HOURS)
  await house.erase()
  t.not(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null, 'called off, nothing happens')
  await unlock(lina)
  await lina.post('/api/v1/me/erasure', { words: null })
  house.clock.jump(80 * HOURS)
  await house.erase()
  t.not(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null, 'a clock that leaps brings nothing forward')
  house.clock.jump(-80 * HOURS)
  await house.clock.doze(72 * HOURS)
  await house.erase()
  t.equal(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null)
})

t.test('it waits for the open alarm to close, and she sees her alarm to its end', async (t) => {
  const house = await openHouse(t)
  const { lina, id, words } = await scene(house)
  await lina.press('one')
  await unlock(lina)
  t.match((await lina.post('/api/v1/me/erasure', { words })).json(), { waits: true })
  await house.erase()
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  t.ok(alarm, 'her phone still shows it')
  await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '4711' })
  await house.erase()
  t.equal((await lina.get('/api/v1/me')).statusCode, 401, 'closed: her doors close')
  t.not(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null, 'her people still get their stand-down')
  await house.clock.pass(11 * 60_000)
  await house.erase()
  t.equal(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null)
})

t.test('what a duress PIN left running among those who may know goes on; as anybody may perceive it she is gone', async (t) => {
  const house = await openHouse(t)
  const { lina, id, words, ana } = await scene(house)
  await lina.press('one')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  await lina.post(`/api/v1/alarms/${alarm}/close`, { pin: '9058' })
  await unlock(lina)
  const asked = await lina.post('/api/v1/me/erasure', { words })
  t.match(asked.json(), { waits: false })
  await house.erase()
  await house.clock.doze(60 * 60_000)
  await house.erase()
  t.match((await ana.phone.get('/api/v1/alerts')).json().alerts, [{ phase: 'duress' }], 'Ana is still told to go')
  t.not(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null)
  t.same(house.reader.all('SELECT 1 FROM session WHERE worker = ?', id), [])
  // In short naps: a long one would be taken for a machine that slept, and put every timer off.
  for (let napped = 0; napped < 14 * HOURS; napped += 55_000) await house.clock.doze(55_000)
  for (let n = 0; n < 50 && house.reader.get('SELECT 1 FROM worker WHERE id = ?', id) !== null; n++) await house.erase()
  t.equal(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id), null, 'when nobody is told any more it is not kept for ever')
})

t.test('the duress PIN shows success, with the same bytes, and changes nothing', async (t) => {
  const answers: unknown[] = []
  for (const pin of ['4711', '9058']) {
    const house = await openHouse(t)
    const { lina, id, words } = await scene(house)
    const { cookie } = lina
    await unlock(lina, pin)
    const slow = await lina.post('/api/v1/me/erasure', { words: null })
    const home = (await lina.get('/api/v1/me')).json().sessions[0].erasesAt as number
    const wrong = (await lina.post('/api/v1/me/erasure', { words: 'bada' })).json().code as string
    const lines = (await lina.get('/api/v1/journal')).json<{ lines: { what: string, at: number }[] }>().lines.map(({ what }) => what).sort()
    const quick = await lina.post('/api/v1/me/erasure', { words })
    answers.push([slow, quick].map(({ statusCode, headers: { date: _, ...headers }, body }) => ({ statusCode, headers, body })), home, wrong, lines)
    await house.erase()
    await house.clock.doze(80 * HOURS)
    await house.erase()
    t.equal(house.reader.get('SELECT 1 FROM worker WHERE id = ?', id) === null, pin === '4711')
    lina.cookie = cookie
    t.equal((await lina.get('/api/v1/me')).statusCode, pin === '4711' ? 401 : 200)
  }
  t.same(answers.slice(0, 4), answers.slice(4))
})
