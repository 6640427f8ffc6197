/**
 * Incident that must not come: a schema is compiled when the first request comes, so that the doors open sooner, and one with a
 * fault would be found by whoever needs it first.
 */
import t from 'tap'
import { fastify } from 'fastify'
import { lazySchemas } from '../../server/http/lazy-schemas.ts'
import { openHouse } from './house.ts'

t.test('every schema of every route compiles', async (t) => {
  const house = await openHouse(t)
  t.ok(house.app.compileAll() > 100)
})

/** An app with one route whose body can't be compiled. */
async function withFault (url: string) {
  const { compilersFactory, compileAll } = lazySchemas()
  const app = fastify({ schemaController: { compilersFactory } })
  app.post(url, { schema: { body: { type: 'no such type' } } }, async () => 'told')
  await app.ready()
  return { app, compileAll }
}

t.test('a faulty one is found when all are compiled, not at the start', async (t) => {
  const { app, compileAll } = await withFault('/rooms')
  t.throws(compileAll, /type/)
  t.equal((await app.inject({ method: 'POST', url: '/rooms', payload: {} })).statusCode, 500)
})

t.test('what raises is compiled before the doors open: a press waits for no compiler', async (t) => {
  await t.rejects(withFault('/api/v1/press'), { code: 'FST_ERR_SCH_VALIDATION_BUILD' })
})

t.test('what is found in a request is told as ever, the first time and the next', async (t) => {
  const { compilersFactory } = lazySchemas()
  const app = fastify({ schemaController: { compilersFactory } })
  const answer = { type: 'object', properties: { told: { type: 'string' } } }
  app.post('/rooms', { schema: { body: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }, response: { 200: answer } } }, async () => ({ told: 'yes', secret: 'x' }))
  for (const again of [false, true]) {
    t.match((await app.inject({ method: 'POST', url: '/rooms', payload: {} })).json(), { statusCode: 400, message: /name/ }, `refused${again ? ' again' : ''}`)
    t.same((await app.inject({ method: 'POST', url: '/rooms', payload: { name: 'Juniper' } })).json(), { told: 'yes' })
  }
})
