/** Incident: her phone was taken, and with it her alias, her people and the shortcut that went on raising for somebody else. */
import t from 'tap'
import { BUDGETS } from '../../server/http/limits.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

async function linaWithWords (house: House): Promise<{ lina: Phone, words: readonly string[] }> {
  const lina = await house.join('worker')
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await lina.post('/api/v1/unlock', { pin: '4711' })
  const made = await lina.post('/api/v1/me/recovery')
  if (made.statusCode !== 201) throw new Error(made.body)
  return { lina, words: made.json<{ words: string[] }>().words }
}

const recover = async (phone: Phone, words: string) => await phone.post('/api/v1/recover', { words, device: 'Borrowed' })

t.test('R24: her words on another phone open her alias and end every earlier session and shortcut; the PIN stays', async (t) => {
  const house = await openHouse(t)
  const { lina, words } = await linaWithWords(house)
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  const { token } = (await lina.post('/api/v1/shortcuts')).json<{ token: string }>()
  t.equal(words.length, 8)
  t.match(words.join(' '), /^([a-z]{4} ){7}[a-z]{4}$/)
  await house.clock.pass(1_000)
  const other = new Phone(house)
  const opened = await recover(other, `  ${words.map((word) => word.toUpperCase()).join(', ')}\n`)
  t.equal(opened.statusCode, 201, opened.body)
  t.match((await other.get('/api/v1/me')).json(), { sessions: [{ role: 'worker', alias: 'Lina', hasPin: true }] })
  t.equal((await lina.get('/api/v1/me')).statusCode, 401, 'the phone that was taken is signed out')
  t.equal((await new Phone(house).post('/api/v1/press', undefined, { authorization: `Bearer ${token}`, 'idempotency-key': 'x' })).statusCode, 401, 'and its shortcut raises nothing')
  t.equal((await other.get('/api/v1/circle')).json().code, 'PIN_NEEDED')
  t.equal((await other.press('one')).statusCode, 202, 'she raises at once')
  t.same(house.ears.told, [`${ana.responder} alert`])
  await other.post('/api/v1/unlock', { pin: '4711' })
  t.match((await other.get('/api/v1/journal')).json().lines[0], { what: 'recovery-words-used', device: 'Borrowed' })
  t.equal((await recover(new Phone(house), words.join(''))).statusCode, 201, 'the words on the paper open again')
})

t.test('new words replace old ones, behind her PIN; what opens nothing gets one answer', async (t) => {
  const house = await openHouse(t)
  const { lina, words } = await linaWithWords(house)
  const again = (await lina.post('/api/v1/me/recovery')).json<{ words: string[], madeAt: number }>()
  t.same((await lina.get('/api/v1/me/recovery')).json(), { madeAt: again.madeAt })
  await lina.post('/api/v1/lock')
  t.equal((await lina.post('/api/v1/me/recovery')).json().code, 'PIN_NEEDED')
  const answers = []
  for (const wrong of [words.join(' '), 'bada bada bada bada bada bada bada bada', 'Lina', '?']) {
    const { statusCode, headers, body } = await recover(new Phone(house), wrong)
    const { request: _, ...shown } = JSON.parse(body) as { request: string }
    answers.push({ statusCode, length: headers['content-length'], cookie: headers['set-cookie'], shown })
  }
  t.match(answers[0], { statusCode: 403, shown: { code: 'WORDS_WRONG' } })
  for (const answer of answers) t.same(answer, answers[0], 'old, invented, no words at all: nobody can tell')
  t.equal((await recover(new Phone(house), again.words.join('-'))).statusCode, 201)
})

t.test('words that are tried out run dry by address; nobody can keep her out by trying', async (t) => {
  const house = await openHouse(t)
  const { words } = await linaWithWords(house)
  const from = async (address: string, typed: string): Promise<number> =>
    (await house.app.inject({ method: 'POST', url: '/api/v1/recover', headers: { host: house.host, 'x-forwarded-for': address }, payload: { words: typed, device: 'x' } })).statusCode
  for (let n = 0; n < BUDGETS.recover.burst; n++) t.equal(await from('203.0.113.7', 'bada'), 403)
  t.equal(await from('203.0.113.7', words.join(' ')), 429, 'the right ones tell nothing either')
  const addresses = Math.ceil(BUDGETS.recoverAll.burst / (BUDGETS.recover.burst - 1)) + 1
  for (let a = 0; a < addresses; a++) for (let n = 0; n < BUDGETS.recover.burst; n++) await from(`198.51.100.${a}`, 'bada')
  t.equal(await from('198.51.100.0', 'bada'), 429)
  t.equal(await from('203.0.113.99', words.join(' ')), 201, 'from her own address she is heard, whatever others do')
})

t.test('under duress new words are shown and the true ones go on opening', async (t) => {
  const house = await openHouse(t)
  const { lina, words } = await linaWithWords(house)
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder], [ana.responder])
  await lina.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: '4711', pin: '4711', duress: '9058' } })
  await lina.post('/api/v1/lock')
  await lina.post('/api/v1/unlock', { pin: '9058' })
  const shown = (await lina.post('/api/v1/me/recovery')).json<{ words: string[], madeAt: number }>()
  t.same((await lina.get('/api/v1/me/recovery')).json(), { madeAt: shown.madeAt })
  t.equal((await recover(new Phone(house), shown.words.join(' '))).statusCode, 403)
  t.equal((await recover(new Phone(house), words.join(' '))).statusCode, 201)
})
