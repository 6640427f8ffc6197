/** Incident: the description said one thing, the service did another. */
import t from 'tap'
import { PROBLEMS, PROBLEM_CODES } from '../../server/contract/problem.ts'
import { Phone, openHouse } from './house.ts'

type Operation = { readonly summary?: string, readonly responses?: Record<string, unknown>, readonly security?: unknown[], readonly 'x-access'?: string[] }
type Document = { readonly openapi: string, readonly paths: Record<string, Record<string, Operation>>, readonly 'x-problems': Record<string, unknown> }

t.test('every route and every problem code is in it, and nothing else', async (t) => {
  const house = await openHouse(t)
  const reply = await new Phone(house).get('/api/v1/openapi.json')
  t.match(reply.headers['content-type'], /^application\/json/)
  const document = reply.json<Document>()
  t.match(document.openapi, /^3\.1\./)
  t.same(document['x-problems'], PROBLEMS)
  t.same(Object.keys(document['x-problems']), PROBLEM_CODES)
  t.match(reply.json(), { 'x-live': { client: { anyOf: [{}, {}] }, server: { anyOf: [{}, {}] } } }, 'what the live route points to is there')
  const described = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`))
  const built = house.app.rules.map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`)
  t.same(described.sort(), built.sort())
  for (const { method, url, access } of house.app.rules) {
    const operation = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    t.same(operation?.['x-access'], access, `${method} ${url} says who may`)
    t.ok(operation?.summary, `${method} ${url} says what it does`)
    t.ok(Object.keys(operation?.responses ?? {}).some((status) => /^[12]/.test(status)) && operation?.responses?.['default'], `${method} ${url} says what comes back`)
    t.equal((operation?.security ?? []).length > 0, !access.includes('public'), `${method} ${url} says what proves it`)
  }
})

t.test('no words in it that a screen may not bear', async (t) => {
  const house = await openHouse(t)
  const { info } = (await new Phone(house).get('/api/v1/openapi.json')).json<{ info: { title: string } }>()
  t.equal(info.title, 'Lueur')
})
