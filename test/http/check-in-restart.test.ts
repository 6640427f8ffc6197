/** Incident: a promise was forgotten over a restart, and another fell due because a clock was set. */
import { join } from 'node:path'
import t from 'tap'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'
import { DAY, DUE, GRACE, HOUR, MINUTE, alarmsOf, homeOf, pass, promise, scene } from './promised.ts'

t.test('a restart loses no promise: what fell due meanwhile is raised at once, with its true time, and once', async (t) => {
  const folder = t.testdir()
  const file = join(folder, 'left.db')
  const clock = new FakeClock()
  const first = await scene(t, { file, clock })
  await promise(first.lina)
  const dueAt = clock.now() + DUE
  await first.house.leave()
  await clock.pass(2 * HOUR)
  const house = await openHouse(t, { file, clock })
  const lina = new Phone(house)
  lina.cookie = first.lina.cookie
  await pass(house, 0)
  t.match(await alarmsOf(lina), [{ kind: 'assist', pressedAt: dueAt + GRACE, doubt: 'late', missed: { dueAt, unreachableSince: Number } }])
  await pass(house, MINUTE)
  await house.leave()
  const again = await openHouse(t, { file, clock })
  const third = new Phone(again)
  third.cookie = first.lina.cookie
  t.equal((await alarmsOf(third)).length, 1)
  await again.leave()
  const still = await scene(t, { clock, file: join(folder, 'still.db') })
  await promise(still.lina)
  await still.house.leave()
  await clock.pass(4 * MINUTE)
  const back = await openHouse(t, { file: join(folder, 'still.db'), clock })
  await pass(back, 6 * MINUTE - 1)
  t.same(back.reminded, [])
  await pass(back, 1)
  t.equal(back.reminded.length, 1, 'at its own time')
})

t.test('a wall clock set a day forward fires nothing, one set a day back loses nothing, a restart after either neither', async (t) => {
  const folder = t.testdir()
  for (const jumpMs of [DAY, -DAY]) {
    const file = join(folder, `jump${jumpMs}.db`)
    const clock = new FakeClock()
    const first = await scene(t, { file, clock })
    await promise(first.lina)
    await pass(first.house, 3 * MINUTE)
    clock.jump(jumpMs)
    await pass(first.house, 3 * MINUTE)
    t.same([first.house.reminded, first.house.ears.told], [[], []])
    t.match(await homeOf(first.lina), { phase: 'waiting', dueAt: clock.now() + 4 * MINUTE }, 'its page tells the new time')
    await first.house.leave()
    const house = await openHouse(t, { file, clock })
    await pass(house, 4 * MINUTE - 1)
    t.same([house.reminded, house.ears.told], [[], []])
    await pass(house, 1)
    t.equal(house.reminded.length, 1)
    await pass(house, GRACE)
    t.ok(house.ears.told.length > 0)
  }
})
