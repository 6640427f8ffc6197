import t from 'tap'
import { IN_FLIGHT_PER_ORIGIN_MAX, SLICE_MS, WAITING_MAX } from '../../server/notify/limits.ts'
import { Sluice } from '../../server/notify/sluice.ts'
import type { Cancel, MonoMs } from '../../server/clock/clock.ts'
import { FakeClock } from '../clock/fake-clock.ts'

/** Work costs time of the loop here; `slices` counts the sends of each turn of the loop. */
class BusyClock extends FakeClock {
  spentMs = 0
  readonly slices: number[] = []
  override mono (): MonoMs { return (super.mono() + this.spentMs) as MonoMs }
  override after (ms: number, wake: () => void): Cancel {
    return super.after(ms, () => { this.slices.push(0); wake() })
  }
}

t.test('a burst is let through in slices: in between the loop is free for the next press', async (t) => {
  const clock = new BusyClock()
  const sluice = new Sluice(clock)
  const send = async (): Promise<void> => {
    clock.spentMs += 1
    clock.slices.push((clock.slices.pop() ?? 0) + 1)
  }
  for (let i = 0; i < 40; i++) sluice.enter(`https://${i}`, send)
  t.same(clock.slices, [], 'nothing starts within the call that asks')
  await clock.pass(0)
  t.same(clock.slices.filter((sends) => sends > 0), [8, 8, 8, 8, 8])
  t.equal(SLICE_MS, 8)
})

t.test('a push service that hangs takes only its own turns', async (t) => {
  const clock = new FakeClock()
  const sluice = new Sluice(clock)
  let release: () => void = () => {}
  const hanging = new Promise<void>((resolve) => { release = resolve })
  let hung = 0
  let other = 0
  for (let i = 0; i < 200; i++) sluice.enter('https://hangs', () => { hung += 1; return hanging })
  for (let i = 0; i < 200; i++) sluice.enter('https://works', async () => { other += 1 })
  await clock.pass(0)
  t.equal(hung, IN_FLIGHT_PER_ORIGIN_MAX)
  t.equal(other, 200)
  release()
  await clock.pass(0)
  await clock.pass(0)
  await clock.pass(0)
  t.equal(hung, 200)
  t.same([sluice.waiting, sluice.inFlight], [0, 0])
})

t.test('beyond its bound it refuses loudly', async (t) => {
  const sluice = new Sluice(new FakeClock())
  for (let i = 0; i < WAITING_MAX; i++) sluice.enter('https://one', async () => {})
  t.equal(sluice.enter('https://one', async () => {}), false)
})
