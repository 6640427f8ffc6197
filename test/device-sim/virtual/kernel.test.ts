import fc from 'fast-check'
import t from 'tap'
import { stream } from '../../../device-sim/virtual/chance/stream.ts'
import { Kernel } from '../../../device-sim/virtual/kernel/kernel.ts'
import { EventQueue } from '../../../device-sim/virtual/kernel/queue.ts'

t.test('whatever was asked for and taken back, things happen by time, and equal times in the order of asking', (t) => {
  fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), cancels: fc.option(fc.nat(30)) }), { maxLength: 200 }), (wishes) => {
    const queue = new EventQueue()
    const handles: number[] = []
    const expected: { at: number, n: number }[] = []
    for (const [n, { at, cancels }] of wishes.entries()) {
      handles.push(queue.add(at, () => {}, n))
      expected.push({ at, n })
      const gone = cancels === null ? undefined : handles[cancels]
      if (gone === undefined) continue
      const isThere = expected.findIndex((each) => each.n === cancels)
      if (queue.cancel(gone) !== (isThere >= 0)) return false
      if (isThere >= 0) expected.splice(isThere, 1)
    }
    const happened: { at: number, n: unknown }[] = []
    while (queue.take()) happened.push({ at: queue.at, n: queue.subject })
    return JSON.stringify(happened) === JSON.stringify(expected.sort((a, b) => a.at - b.at || a.n - b.n))
  }))
  t.end()
})

t.test('a handle of what has happened never takes back what came into its place', (t) => {
  const queue = new EventQueue()
  const first = queue.add(1, () => {}, 'first')
  queue.take()
  queue.add(2, () => {}, 'second')
  t.notOk(queue.cancel(first))
  t.ok(queue.take())
  t.equal(queue.subject, 'second')
  t.throws(() => queue.add(NaN, () => {}, null), { name: 'RangeError' })
  t.end()
})

t.test('time never goes back, and stops where it was told', (t) => {
  const kernel = new Kernel()
  const seen: number[] = []
  kernel.at(5, () => { kernel.at(3, () => { seen.push(kernel.now) }, null) }, null)
  kernel.at(9, () => { seen.push(kernel.now) }, null)
  kernel.run(7)
  t.same(seen, [5], 'what is in the past happens now')
  t.equal(kernel.now, 7)
  t.equal(kernel.waiting, 1)
  t.end()
})

t.test('a million customers at one counter leave no memory behind, and wait as long as theory says', (t) => {
  const kernel = new Kernel()
  const arrivals = stream(1, 0, 'counter', 'arrival')
  const services = stream(1, 0, 'counter', 'service')
  const waiting: number[] = []
  let came = 0
  let waited = 0
  const serve = (): void => {
    const arrivedAt = waiting[0] ?? kernel.now
    waited += kernel.now - arrivedAt
    kernel.after(-Math.log(services.next()), leave, null)
  }
  const leave = (): void => {
    waiting.shift()
    if (waiting.length > 0) serve()
  }
  const arrive = (): void => {
    waiting.push(kernel.now)
    if (++came < 200_000) kernel.after(-Math.log(arrivals.next()) / 0.5, arrive, null)
    if (waiting.length === 1) serve()
  }
  kernel.at(0, arrive, null)
  kernel.run()
  // M/M/1 with rho = 0.5: the mean wait is rho / (mu - lambda) = 1.
  t.ok(Math.abs(waited / came - 1) < 0.03, `mean wait ${waited / came}`)
  t.equal(kernel.waiting, 0)
  t.end()
})
