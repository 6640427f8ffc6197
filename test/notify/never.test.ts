import fc from 'fast-check'
import t from 'tap'
import type { Fetch } from '../../server/notify/push.ts'
import { FakePushService } from './push-service.ts'
import type { Subscription } from './push-service.ts'
import { Stage, WatchedClock, ana, luc } from './stage.ts'

/** What a push service may do, without a network: every status, silence, a cut line, a redirect. */
type Doing = { readonly is: 'status', readonly status: number, readonly after: string | null } | { readonly is: 'hang' | 'cut' }
const doing: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({ is: fc.constant('status' as const), status: fc.constantFrom(200, 201, 301, 307, 400, 401, 403, 404, 410, 413, 418, 429, 500, 502, 503), after: fc.constantFrom(null, '0', '1', '7', '400', 'x') }),
  fc.record({ is: fc.constantFrom('hang' as const, 'cut' as const) })
)
type Move = { readonly do: 'tell', readonly n: number, readonly to: 'ana' | 'luc' } | { readonly do: 'pass', readonly ms: number } | { readonly do: 'unwant' | 'revoke' }
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tell' as const), n: fc.integer({ min: 1, max: 4 }), to: fc.constantFrom('ana' as const, 'luc' as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 100, 500, 1_000, 5_000, 20_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('unwant' as const, 'revoke' as const) }) }
)

type Sent = { readonly to: 'ana' | 'luc', readonly inFlight: number }
type World = { wanted: boolean, permitted: boolean, asked: boolean, readonly broken: string[], readonly sent: Sent[] }

/** Judges each request at the moment it is made. */
function network (world: World, of: ReadonlyMap<string, 'ana' | 'luc'>, script: Doing[], clock: WatchedClock): Fetch {
  const inFlight = new Map<string, number>()
  return (url, init) => {
    const to = of.get(url) ?? 'ana'
    if (!world.wanted) world.broken.push('sent although no longer wanted')
    if (to === 'luc' && !world.permitted) world.broken.push('an authority was told without its consent')
    if (to === 'luc' && !world.asked) world.broken.push('an authority was told without asking the store')
    world.asked = false
    const now = (inFlight.get(url) ?? 0) + 1
    inFlight.set(url, now)
    if (now > 1) world.broken.push('two sends to one phone at a time')
    world.sent.push({ to, inFlight: now })
    const next = script.shift() ?? { is: 'status', status: 201, after: null }
    return new Promise((resolve, reject) => {
      const once = (end: () => void): void => {
        if (inFlight.get(url) === 0) return
        inFlight.set(url, 0)
        end()
      }
      const cut = (): void => { once(() => { reject(new TypeError('fetch failed')) }) }
      init.signal?.addEventListener('abort', cut, { once: true })
      if (next.is === 'cut') clock.after(1, () => { if (init.signal?.aborted !== true) cut() })
      if (next.is !== 'status') return
      const headers = next.after === null ? {} : { headers: { 'retry-after': next.after } }
      clock.after(1, () => { if (init.signal?.aborted !== true) once(() => { resolve(new Response(null, { status: next.status, ...headers })) }) })
    })
  }
}

t.test('whatever push services do: nothing unwanted is sent, no authority without its consent, never two at a time (never)', async (t) => {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  t.teardown(() => service.stop())
  const phones: readonly (readonly ['ana' | 'luc', Subscription])[] = [['ana', service.subscribe()], ['ana', service.subscribe()], ['luc', service.subscribe()]]
  let sends = 0
  await fc.assert(fc.asyncProperty(fc.array(doing, { maxLength: 12 }), fc.array(move, { minLength: 1, maxLength: 14 }), async (script, moves) => {
    const world: World = { wanted: true, permitted: true, asked: false, broken: [], sent: [] }
    const of = new Map(phones.map(([who, { url }]) => [url, who]))
    const own = new WatchedClock()
    const stage = new Stage({ extraPushOrigins: [service.origin], clock: own, fetch: network(world, of, [...script], own) })
    for (const [who, subscription] of phones) stage.phone(who === 'ana' ? ana : luc, subscription)
    for (const one of moves) {
      switch (one.do) {
        case 'tell':
          stage.notify.messenger.tell(stage.telling({
            to: one.to === 'ana' ? ana : luc,
            n: one.n,
            what: one.n === 4 ? 'stand-down' : 'alert',
            authority: one.to === 'luc',
            wanted: () => world.wanted,
            permitted: async () => { world.asked = true; return world.permitted }
          }))
          break
        case 'pass': await own.pass(one.ms); break
        case 'unwant': world.wanted = false; break
        case 'revoke': world.permitted = false; break
      }
    }
    await own.pass(700_000)
    await stage.notify.stop()
    sends += world.sent.length
    if (world.broken.length > 0) throw new Error(world.broken.join('; '))
    return stage.notify.messenger.underWay === 0
  }), { numRuns: 200 })
  t.ok(sends > 200, `${sends} sends were judged`)
})
