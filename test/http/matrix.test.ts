/** Incident: a technician of the house next door typed another number into the address, and learned that it existed. */
import fc from 'fast-check'
import t from 'tap'
import type { Role } from '../../server/http/access.ts'
import { fitting } from './arbitrary.ts'
import type { Schema } from './arbitrary.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'
import { SILENT, cellsOf, tryOf } from './matrix.ts'
import type { Document, World } from './matrix.ts'
import { worldOf } from './two-houses.ts'

async function documentOf (house: House): Promise<Document> { return (await new Phone(house).get('/api/v1/openapi.json')).json<Document>() }

/** What time alone changes, and the number of the request. */
const BY_TIME = /"(code|codeUntil|gaps|request)":("[\w-]+"|\d+|\[.*?\])/g

/** What the owners of everything read, but for what time alone changes; readiness is made of ages, and an export leaves a line in her journal. */
async function readByOwners ({ house, owners }: World): Promise<string> {
  const read: string[] = []
  for (const { role, phone } of owners) {
    for (const { method, url, access } of house.app.rules) {
      if (method !== 'GET' || url.includes(':') || !access.includes(role) || /alarms|alerts|live|export|readiness/.test(url)) continue
      read.push(`${role} ${url} ${(await phone.get(url)).body.replace(BY_TIME, '')}`)
    }
  }
  return read.join('\n')
}

t.test('role x route x object: every id of somebody else\'s is answered exactly like one that names nothing', async (t) => {
  const house = await openHouse(t)
  const world = await worldOf(house)
  const before = await readByOwners(world)
  const cells = cellsOf(house.app.rules, await documentOf(house))
  t.ok(cells.length > 40, `${cells.length} cells`)
  for (const cell of cells) {
    const name = `${cell.role} ${cell.method} ${cell.url} ${cell.at}`
    const { phone, method, real, none } = tryOf(world, cell)
    const { cookie } = phone
    const [found, missing] = [await phone.ask({ method, ...real }), await phone.ask({ method, ...none })]
    phone.cookie = cookie
    t.equal(found.statusCode, missing.statusCode, name)
    t.equal(wordsOf(found), wordsOf(missing), `${name}: no word differs`)
    if (!SILENT.has(`${method} ${cell.url}`)) t.ok([404, 422].includes(found.statusCode), `${name}: ${found.statusCode} ${found.body}`)
    // Limits have their own stories; here they would hide what is behind them.
    await house.clock.pass(1_000)
  }
  t.equal(await readByOwners(world), before, 'and nothing of theirs has changed')
})

function wordsOf ({ body, headers }: { readonly body: string, readonly headers: Readonly<Record<string, unknown>> }): string {
  const { request, ...problem } = JSON.parse(body === '' ? '{}' : body) as { readonly request?: string }
  const { date: _date, 'set-cookie': _cookie, ...shown } = headers
  return JSON.stringify([problem, Object.keys(shown).sort()])
}

/** What takes a role away, or its person, comes last. */
const LAST = /sign-out|leave|sessions/
const SAMPLES = 6

t.test('R5: no venue role reads or changes a byte of a circle, whatever it sends', async (t) => {
  const house = await openHouse(t, { level: 'silent' })
  const venue = await house.venue()
  const lina = await house.join('worker', new Phone(house), 'Secret-Lina')
  const ana = await house.pair(lina, new Phone(house), 'Secret-Ana')
  await house.circle(lina, [ana.responder], [ana.responder], { [ana.responder]: { alias: true, room: true, address: true } })
  const { version } = (await lina.get('/api/v1/circle')).json<{ version: number }>()
  const noted = await lina.ask({ method: 'PUT', url: '/api/v1/circle', body: { version, steps: [{ waitS: 30, assistWaitS: null, people: [ana.responder] }], note: 'Secret-Note', quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees: {} } })
  t.equal(noted.statusCode, 200)
  const hers = async (): Promise<string> => (await Promise.all(['circle', 'contacts', 'consents', 'journal'].map(async (what) => (await lina.get(`/api/v1/${what}`)).body))).join('\n')
  const venueRoles: readonly { readonly role: Role, readonly phone: Phone }[] = [
    { role: 'technician', phone: await house.join('technician') },
    { role: 'responder', phone: await house.join('reference-person', new Phone(house), 'Paul', venue) },
    { role: 'responder', phone: await house.join('organisation', new Phone(house), 'Maison', venue) }
  ]
  const offers = await Promise.all(venueRoles.slice(1).map(async ({ phone }) => (await phone.post('/api/v1/offers/mine')).json<{ offer: string }>().offer))
  const her = house.idOf(lina, 'worker')
  const ids = [ana.responder, her, `hers:${her}`, venue, ...offers]
  const document = await documentOf(house)
  const before = await hers()
  const rules = [...house.app.rules].filter(({ access }) => !access.includes('public')).sort((a, b) => Number(LAST.test(a.url)) - Number(LAST.test(b.url)))
  for (const { method, url, access } of rules) {
    const schema = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.requestBody?.content?.['application/json']?.schema
    for (const { role, phone } of venueRoles) {
      // What is not theirs is tried once, to see that it is refused; what is theirs in earnest.
      for (const [id, body] of samples(schema, ids, access.includes(role) ? SAMPLES : 1)) {
        const { cookie } = phone
        const reply = await phone.ask({ method: method as 'POST', url: url.replace(/:\w+/g, encodeURIComponent(id)), ...(method === 'GET' || body === undefined ? {} : { body }) })
        phone.cookie = cookie
        if (!access.includes(role) && reply.statusCode < 400) t.fail(`${role} ${method} ${url}: ${reply.statusCode}`)
        const sent = JSON.stringify([id, body])
        if (/Secret-/.test(reply.body) || [her, ana.responder].some((hidden) => reply.body.includes(hidden) && !sent.includes(hidden))) t.fail(`${role} ${method} ${url} tells of her list: ${reply.body}`)
      }
    }
    if (await hers() !== before) t.fail(`${method} ${url} changed her list`)
    await house.clock.pass(10_000)
  }
  t.equal(await hers(), before)
})

function samples (schema: Schema | undefined, ids: readonly string[], n: number): ReadonlyArray<readonly [string, unknown]> {
  const body = schema === undefined ? fc.constant(undefined) : fitting(schema, ids)
  return fc.sample(fc.tuple(fc.constantFrom(...ids), body), { numRuns: n, seed: 7 })
}
