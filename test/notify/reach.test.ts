import t from 'tap'
import type { Reach, ResponderId } from '../../server/alarm/alarm.ts'
import type { PushEndpoint } from '../../server/notify/ports.ts'
import { ReachWatch, SOCKET_GRACE_MS, reachOf } from '../../server/notify/reach.ts'
import { FakeClock } from '../clock/fake-clock.ts'
import { ana } from './stage.ts'

const android = { provesShown: true }
const iphone = { provesShown: false }

t.test('what a missing "shown" would mean', async (t) => {
  const table: readonly (readonly [readonly { provesShown: boolean }[], number, Reach])[] = [
    [[], 0, 'none'], [[], 1, 'provable'], [[android], 0, 'provable'], [[iphone], 0, 'unknown'], [[android, iphone], 0, 'unknown'], [[iphone], 1, 'unknown'], [[android], 2, 'provable']
  ]
  for (const [endpoints, sockets, reach] of table) t.equal(reachOf(endpoints, sockets), reach)
})

function scene (): { clock: FakeClock, watch: ReachWatch, reported: Reach[], book: PushEndpoint[], pages: { open: number } } {
  const clock = new FakeClock()
  const reported: Reach[] = []
  const book: PushEndpoint[] = []
  const pages = { open: 0 }
  const watch = new ReachWatch({
    endpoints: { of: () => book },
    sockets: () => pages.open,
    allowed: (endpoint) => endpoint.url !== 'forbidden',
    report: { reach: (_: ResponderId, reach: Reach) => { reported.push(reach) } },
    clock,
    log: { info: () => {}, warn: () => {} }
  })
  return { clock, watch, reported, book, pages }
}

t.test('only changes are reported, and never within the call that caused them', async (t) => {
  const { clock, watch, reported, book } = scene()
  watch.update(ana)
  t.same(reported, [])
  await clock.pass(0)
  watch.update(ana)
  book.push({ provesShown: false } as PushEndpoint)
  watch.update(ana)
  await clock.pass(0)
  t.same(reported, ['none', 'unknown'])
})

t.test('a phone that went and came while no alarm ran: the next alarm hears of it (R9: told when one appears)', async (t) => {
  const { clock, watch, reported, book } = scene()
  const phone = { provesShown: true } as PushEndpoint
  book.push(phone)
  watch.update(ana)
  await clock.pass(0)
  // The alarm is over; she takes the phone off, and nobody looks, for nobody is concerned.
  book.length = 0
  t.equal(watch.of(ana), 'none', 'what the next plan is made with: skipped')
  await clock.pass(0)
  book.push(phone)
  watch.update(ana)
  await clock.pass(0)
  t.same(reported, ['provable', 'none', 'provable'])
})

t.test('an endpoint that may not be posted to reaches nobody', async (t) => {
  const { watch, book } = scene()
  book.push({ provesShown: true, url: 'forbidden' } as PushEndpoint)
  t.equal(watch.of(ana), 'none')
})

t.test('a page that reloads is not a person who left', async (t) => {
  const { clock, watch, reported, pages } = scene()
  pages.open = 1
  watch.opened(ana)
  await clock.pass(0)
  pages.open = 0
  watch.closed(ana)
  await clock.pass(SOCKET_GRACE_MS - 1)
  pages.open = 1
  watch.opened(ana)
  await clock.pass(SOCKET_GRACE_MS * 2)
  t.same(reported, ['provable'])
  pages.open = 0
  watch.closed(ana)
  await clock.pass(SOCKET_GRACE_MS)
  t.same(reported, ['provable', 'none'])
})
