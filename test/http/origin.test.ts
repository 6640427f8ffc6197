/** Incident: another site's page, open on her phone, pressed buttons with her cookie. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'

t.test('the cookie is unreadable by scripts, bound to this host, and never leaves https', async (t) => {
  const house = await openHouse(t)
  const made = await house.people.invites.make('worker', await house.venue())
  if (!made.ok) throw new Error(made.code)
  const reply = await new Phone(house).post(`/api/v1/invites/${made.code}`, { role: 'worker', alias: 'Lina', language: 'fr', device: 'Story' })
  const set = String(reply.headers['set-cookie'])
  t.match(set, /^__Host-s=[A-Za-z0-9_-]{43};/)
  for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict']) t.match(set, new RegExp(`; ${part}(;|$)`), part)
  t.notMatch(set, /Domain/)
  t.notMatch(reply.body, new RegExp(set.slice(9, 40)), 'the token is in the cookie alone')
})

t.test('over plain http on this machine the cookie has a plain name', async (t) => {
  const house = await openHouse(t, { publicUrl: null })
  const lina = await house.join('worker')
  t.match(lina.cookie, /^s=/)
  t.equal((await lina.get('/api/v1/me')).statusCode, 200)
})

t.test('another origin changes nothing with her cookie', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  for (const origin of ['https://evil.example', 'null', 'http://lueur.example', 'https://lueur.example:444', 'https://lueur.example.evil.example', '']) {
    const reply = await lina.post('/api/v1/test', { room: null }, { origin })
    t.equal(reply.statusCode, 403, origin)
    t.equal(reply.json().code, 'ORIGIN_WRONG')
  }
  const without = async (headers: Record<string, string>) => await house.app.inject({ method: 'POST', url: '/api/v1/test', headers: { host: house.host, cookie: lina.cookie, ...headers }, payload: { room: null } })
  t.equal((await without({})).statusCode, 403, 'no origin at all')
  t.equal((await without({ 'sec-fetch-site': 'cross-site' })).statusCode, 403)
  t.equal((await without({ 'sec-fetch-site': 'same-origin' })).statusCode, 200)
  t.equal((await lina.post('/api/v1/test', { room: null })).statusCode, 200, 'ours')
})

t.test('without a public URL only this machine\'s own names are ours', async (t) => {
  const house = await openHouse(t, { publicUrl: null })
  const lina = await house.join('worker')
  const from = async (origin: string, host: string) => (await house.app.inject({ method: 'POST', url: '/api/v1/test', headers: { origin, host, cookie: lina.cookie }, payload: { room: null } })).statusCode
  t.equal(await from('http://127.0.0.1:8080', '127.0.0.1:8080'), 200)
  t.equal(await from('http://localhost:8080', 'localhost:8080'), 200)
  t.equal(await from('http://localhost:9999', 'localhost:8080'), 403, 'another service of this machine')
  t.equal(await from('http://rebound.example', 'rebound.example'), 403, 'a name that was rebound to us')
})

t.test('R24: one phone holds several aliases; the newest is in use, and switching asks for the PIN', async (t) => {
  const house = await openHouse(t)
  const phone = await house.join('worker', new Phone(house), 'Lina')
  await phone.ask({ method: 'PUT', url: '/api/v1/me/pin', body: { current: null, pin: '4711', duress: null } })
  await house.join('worker', phone, 'Rosa')
  const names = async () => (await phone.get('/api/v1/me')).json<{ sessions: { alias: string, inUse: boolean, session: string }[] }>().sessions
  t.match(await names(), [{ alias: 'Rosa', inUse: true }, { alias: null, inUse: false }], 'by no name whose other alias lies here')
  const lina = (await names())[1]?.session
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina })).json().code, 'PIN_NEEDED')
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina, pin: '0000' })).json().code, 'PIN_WRONG')
  t.equal((await phone.post('/api/v1/sessions/use', { session: lina, pin: '4711' })).statusCode, 204)
  t.match(await names(), [{ alias: 'Lina', inUse: true }, { alias: 'Rosa', inUse: false }])
  t.equal((await phone.post('/api/v1/sessions/refresh')).statusCode, 204)
  t.match(await names(), [{ alias: 'Lina' }, { alias: 'Rosa' }], 'fresh tokens, the same people')
  for (let n = 2; n < 8; n++) await house.join('worker', phone, `Alias ${n}`)
  const made = await house.people.invites.make('worker', await house.venue())
  if (!made.ok) throw new Error(made.code)
  const one = { role: 'worker', alias: 'One too many', language: 'fr', device: 'Story' }
  t.equal((await phone.post(`/api/v1/invites/${made.code}`, one)).json().reason, 'PHONE_FULL')
  t.equal((await new Phone(house).post(`/api/v1/invites/${made.code}`, one)).statusCode, 201, 'and the invite was not burnt')
})

t.test('a scanner that opens the link burns nothing', async (t) => {
  const house = await openHouse(t)
  const made = await house.people.invites.make('worker', await house.venue())
  if (!made.ok) throw new Error(made.code)
  for (let n = 0; n < 3; n++) t.match((await new Phone(house).get(`/api/v1/invites/${made.code}`)).json(), { role: 'worker' })
  const body = { role: 'worker', alias: 'Lina', language: 'fr', device: 'Story' }
  t.equal((await new Phone(house).post(`/api/v1/invites/${made.code}`, { ...body, role: 'technician', alias: undefined, language: undefined })).json().reason, 'ROLE_MISMATCH')
  t.equal((await new Phone(house).post(`/api/v1/invites/${made.code}`, body)).statusCode, 201)
  t.equal((await new Phone(house).post(`/api/v1/invites/${made.code}`, body)).json().code, 'CODE_WRONG', 'once')
})
