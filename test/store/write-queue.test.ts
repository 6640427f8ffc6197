import t from 'tap'
import fc from 'fast-check'
import { BATCH_MAX, WAITING_MAX, WriteQueue } from '../../server/store/sqlite/write-queue.ts'

type Item = { readonly operation: string, readonly n: number }
const item = (operation: string, n = 0): Item => ({ operation, n })

t.test('the disk is slow and everybody writes: people are refused first, alarms last', async (t) => {
  const queue = new WriteQueue<Item>()
  for (let i = 0; i < WAITING_MAX.people; i++) queue.push(item('people.rename', i))
  t.equal(queue.push(item('people.rename')), false, 'her settings give way')
  t.equal(queue.push(item('button.saveMemory')), true)
  while (queue.push(item('button.saveMemory')));
  t.equal(queue.push(item('alarm.append')), true, 'an alarm is taken where nobody else is')
  t.equal(queue.push(item('unknown.thing')), false, 'who has no rank waits with the people')
})

t.test('alarms go before buttons, those before people; each keeps its own order', async (t) => {
  const queue = new WriteQueue<Item>()
  for (const operation of ['people.a', 'button.a', 'alarm.a', 'people.b', 'alarm.b', 'button.b']) queue.push(item(operation))
  t.same(queue.take().map(({ operation }) => operation), ['alarm.a', 'alarm.b', 'button.a', 'button.b', 'people.a', 'people.b'])
  queue.push(item('alarm.c'))
  queue.putBack([item('alarm.before')])
  t.same(queue.takeAll().map(({ operation }) => operation), ['alarm.before', 'alarm.c'])
  t.equal(queue.size, 0)
})

t.test('a batch has an end', async (t) => {
  const queue = new WriteQueue<Item>()
  for (let i = 0; i <= BATCH_MAX; i++) queue.push(item('alarm.append', i))
  t.equal(queue.take().length, BATCH_MAX)
  t.same(queue.take().map(({ n }) => n), [BATCH_MAX])
})

t.test('no write is ever taken twice, lost, or overtaken by one of its own domain', async () => {
  const step = fc.oneof(fc.constantFrom('alarm.x', 'button.x', 'people.x'), fc.constant('take' as const))
  fc.assert(fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
    const queue = new WriteQueue<Item>()
    const pushed: Item[] = []
    const taken: Item[] = []
    for (const [n, step] of steps.entries()) {
      if (step === 'take') taken.push(...queue.take())
      else if (queue.push(item(step, n))) pushed.push(item(step, n))
    }
    taken.push(...queue.takeAll())
    const of = (items: readonly Item[], operation: string): string => items.filter((i) => i.operation === operation).map(({ n }) => n).join()
    return ['alarm.x', 'button.x', 'people.x'].every((operation) => of(pushed, operation) === of(taken, operation))
  }))
})
