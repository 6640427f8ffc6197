/** Incident: every route checked where a request came from, but the newest one. Generated from the app's own rule table. */
import t from 'tap'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])
const FOREIGN = ['https://evil.example', 'null', 'http://lueur.example', 'https://lueur.example:444', 'https://lueur.example.evil.example', 'https://evil.example#https://lueur.example', '']

/** A phone that holds every role, so that no refusal but the origin's can come first. */
async function everybody (house: House): Promise<Phone> {
  const phone = await house.join('worker')
  await house.join('technician', phone)
  await house.join('researcher', phone)
  const other = await house.join('worker', new Phone(house), 'Rosa')
  await house.pair(other, phone, 'Ana')
  return phone
}

t.test('a route that changes anything takes no cookie from another site, from nowhere, or without an origin', async (t) => {
  const house = await openHouse(t)
  const phone = await everybody(house)
  const mutating = house.app.rules.filter(({ method }) => !SAFE.has(method))
  t.ok(mutating.length > 30, `${mutating.length} routes`)
  for (const { method, url } of mutating) {
    const ask = async (headers: Record<string, string>) => await house.app.inject({ method: method as 'POST', url: url.replace(/:\w+/g, 'ABCD2345'), headers: { host: house.host, cookie: phone.cookie, ...headers } })
    for (const origin of FOREIGN) t.equal((await ask({ origin })).json<{ code: string }>().code, 'ORIGIN_WRONG', `${method} ${url} from '${origin}'`)
    t.equal((await ask({})).json<{ code: string }>().code, 'ORIGIN_WRONG', `${method} ${url} without an origin`)
    for (const site of ['cross-site', 'same-site', 'none', 'odd']) t.equal((await ask({ 'sec-fetch-site': site })).json<{ code: string }>().code, 'ORIGIN_WRONG', `${method} ${url} ${site}`)
  }
  t.same((await phone.get('/api/v1/me')).json().sessions.length, 4, 'and nothing has happened')
})

t.test('without a cookie there is nothing to borrow; a foreign page is refused all the same', async (t) => {
  const house = await openHouse(t)
  for (const { method, url, access } of house.app.rules.filter(({ method }) => !SAFE.has(method))) {
    const ask = async (headers: Record<string, string>) => (await house.app.inject({ method: method as 'POST', url: url.replace(/:\w+/g, 'ABCD2345'), headers: { host: house.host, ...headers } })).json<{ code: string }>().code
    t.equal(await ask({ origin: 'https://evil.example' }), 'ORIGIN_WRONG', `${method} ${url}`)
    if (!access.includes('public')) t.equal(await ask({}), 'SIGNED_OUT', `${method} ${url} asks who it is`)
  }
})

t.test('what only reads changes nothing, whoever asks: no safe method has a side effect that a foreign page could want', async (t) => {
  const house = await openHouse(t)
  const phone = await everybody(house)
  const { code } = (await phone.post('/api/v1/contacts/codes')).json<{ code: string }>()
  const before = (await phone.get('/api/v1/contacts')).body
  for (const { method, url } of house.app.rules.filter(({ method }) => method === 'GET')) {
    const reply = await house.app.inject({ method: method as 'GET', url: url.replace(/:code/, code).replace(/:\w+/g, 'ABCD2345'), headers: { host: house.host, cookie: phone.cookie, origin: 'https://evil.example' } })
    t.notOk(reply.headers['set-cookie'], `${url} sets no cookie`)
    t.notOk(reply.headers['access-control-allow-origin'], `${url} is read by no other site`)
    t.ok(reply.statusCode < 500, `${url}: ${reply.statusCode}`)
  }
  t.equal((await phone.get('/api/v1/contacts')).body, before)
  t.equal((await new Phone(house).get(`/api/v1/pairings/${code}`)).statusCode, 200, 'the code is there still')
})
