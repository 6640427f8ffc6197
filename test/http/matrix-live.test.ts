/** Incident: a page of the house next door sent a receipt for an alarm that it had only heard of, and she saw that it was seen. */
import { randomBytes } from 'node:crypto'
import t from 'tap'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'
import { MESSAGES, cellsOf, liveCellsOf, missingFor, nowhereLike, objectAt } from './matrix.ts'
import type { Document } from './matrix.ts'
import { Page } from './ready-room.ts'
import { worldOf } from './two-houses.ts'

const documentOf = async (house: House): Promise<Document> => (await new Phone(house).get('/api/v1/openapi.json')).json<Document>()

/** What a page hears in answer, but for the time and its own place in the story. */
async function heardAfter (house: House, { cookie }: Phone, as: string, { message, cursor }: { readonly message?: unknown, readonly cursor?: string }): Promise<string> {
  const address = house.app.server.address()
  const port = address === null || typeof address === 'string' ? await house.listen() : address.port
  const page = await Page.open(`ws://127.0.0.1:${port}/api/v1/live?as=${as}${cursor === undefined ? '' : `&cursor=${cursor}`}`, { origin: house.origin, cookie })
  await page.answers()
  if (message !== undefined) page.socket.send(JSON.stringify(message))
  await page.answers()
  await house.clock.pass(1_000)
  await page.answers()
  const heard = page.heard.map(({ cursor: _cursor, now: _now, ...said }) => said)
  page.socket.terminate()
  return JSON.stringify([heard, page.socket.readyState])
}

t.test('live socket x role x object: an id of somebody else\'s in a message is answered exactly like one that names nothing', async (t) => {
  const house = await openHouse(t)
  const world = await worldOf(house)
  const cells = liveCellsOf(await documentOf(house))
  t.ok(cells.length > 0)
  const roles = house.app.rules.find(({ url }) => url === '/api/v1/live')?.access ?? []
  t.same([...roles].sort(), ['responder', 'technician', 'worker'])
  const [her, hers] = [world.owners.find(({ role }) => role === 'worker')?.phone, world.owners.find(({ role }) => role === 'responder')?.phone]
  if (her === undefined || hers === undefined) throw new Error('nobody to watch')
  const seen = async (): Promise<string> => {
    // Writes go one after the other: when this one is on disk, a receipt before it is.
    await her.ask({ method: 'PATCH', url: '/api/v1/me/worker', body: { language: 'fr' } })
    await house.clock.pass(1_000)
    await her.ask({ method: 'PATCH', url: '/api/v1/me/worker', body: { language: 'fr' } })
    await house.clock.pass(0)
    return (await her.get('/api/v1/alarms')).body + (await hers.get('/api/v1/alerts')).body
  }
  const told = (await hers.get('/api/v1/alerts')).json<{ alerts: { alarm: string, n: number }[] }>().alerts.find(({ alarm }) => alarm === world.theirs.alarm)
  const before = await seen()
  for (const { type, at } of cells) {
    const [object, message] = [objectAt(at), MESSAGES[type]]
    if (object === null || message === undefined || told === undefined) throw new Error(`${type} bears ${at}: name its object in OBJECTS, and say in MESSAGES how to fill it`)
    for (const role of roles) {
      const phone = world.strangers[role]
      if (phone === undefined) throw new Error(`a ${role} may listen: make a stranger in two-houses.ts`)
      const [real, none] = [await heardAfter(house, phone, role, { message: message(world.theirs[object], told.n) }), await heardAfter(house, phone, role, { message: message(nowhereLike(world.theirs[object]), told.n) })]
      t.equal(real, none, `${role} ${type} ${at}`)
      t.notMatch(real, world.theirs[object])
    }
  }
  t.equal(await seen(), before, 'and nothing of theirs has changed')
  await heardAfter(house, hers, 'responder', { message: MESSAGES['receipt']?.(world.theirs.alarm, told?.n ?? 0) })
  t.not(await seen(), before, 'the same message from whom it was told to changes what she sees: the watch sees it')
})

t.test('somebody else\'s cursor opens nothing; somebody else\'s key of a press is one\'s own press', async (t) => {
  const house = await openHouse(t)
  const world = await worldOf(house)
  const [owner, stranger] = [world.owners.find(({ role }) => role === 'worker')?.phone, world.strangers.worker]
  if (owner === undefined || stranger === undefined) throw new Error('nobody')
  const port = new URL(`http://127.0.0.1:${await house.listen()}`).port
  const page = await Page.open(`ws://127.0.0.1:${port}/api/v1/live?as=worker`, { origin: house.origin, cookie: owner.cookie })
  await page.answers()
  const cursor = String(page.heard[0]?.['cursor'])
  await page.close()
  t.equal(await heardAfter(house, stranger, 'worker', { cursor }), await heardAfter(house, stranger, 'worker', { cursor: `${randomBytes(9).toString('base64url')}.7` }))
  const before = (await owner.get('/api/v1/alarms')).body
  t.match((await stranger.press('one')).json(), { verdict: /raised|unarmed/ }, 'the very key with which the other pressed')
  t.equal((await owner.get('/api/v1/alarms')).body, before)
})

t.test('a new word in a query, a header or a message has to be tried, or it is said what it is', async (t) => {
  const house = await openHouse(t)
  const document = await documentOf(house)
  const rule = house.app.rules.find(({ method, url }) => method === 'GET' && url === '/api/v1/readiness')
  if (rule === undefined) throw new Error('no such route')
  const withWord = (where: string, name: string): Document => ({
    ...document, paths: { ...document.paths, [rule.url]: { get: { parameters: [{ in: where, name, schema: { type: 'string', maxLength: 9 } }] } } }
  })
  t.same(cellsOf([rule], document), [])
  for (const where of ['query', 'header']) {
    t.match(cellsOf([rule], withWord(where, 'responder')), [{ at: `${where}.responder` }], 'tried')
    t.match(cellsOf([rule], withWord(where, 'folder')).map(missingFor), [/name its object/], 'or found missing')
  }
  const client = { anyOf: [{ properties: { type: { type: 'string', const: 'ask' }, venue: { type: 'string' } } }] }
  t.same(liveCellsOf({ ...document, 'x-live': { client } }), [{ type: 'ask', at: 'venue' }])
})
