import t from 'tap'
import type { Socket } from '../../server/notify/live-socket.ts'
import { FakePushService } from './push-service.ts'
import { Stage, WatchedClock, ana, luc } from './stage.ts'

/** A page on the same machine: takes everything at once. */
class OpenPage implements Socket {
  readonly bufferedAmount = 0
  readonly said: { readonly type: string, readonly n?: number }[] = []
  readonly #listeners = new Map<string, (data: unknown, isBinary: boolean) => void>()
  send (data: Buffer, _options: { readonly binary: false }, written: () => void): void {
    this.said.push(JSON.parse(data.toString()) as { type: string, n?: number })
    queueMicrotask(written)
  }

  get told (): readonly (number | undefined)[] { return this.said.filter(({ type }) => type === 'told').map(({ n }) => n) }
  say (message: object): void { this.#listeners.get('message')?.(Buffer.from(JSON.stringify(message)), false) }
  leave (): void { this.#listeners.get('close')?.(null, false) }
  ping (): void {}
  close (): void {}
  terminate (): void {}
  on (event: string, listener: (data: unknown, isBinary: boolean) => void): void { this.#listeners.set(event, listener) }
}

const opened = (stage: Stage, who: typeof ana): OpenPage => {
  const page = new OpenPage()
  stage.notify.live.join(page, { subject: { is: 'responder', id: who }, session: 's', cursor: null })
  return page
}

t.test('an open page is told in the same moment; a write to it proves nothing, its own receipt does (R3)', async (t) => {
  const stage = new Stage({})
  t.teardown(() => stage.notify.messenger.stop())
  const page = opened(stage, ana)
  await stage.clock.pass(0)
  stage.notify.messenger.tell(stage.telling())
  await stage.clock.pass(0)
  t.same(page.told, [1])
  t.same(stage.levels(), ['attempted'])
  page.say({ type: 'receipt', alarm: 'alarm-1', n: 1, level: 'shown' })
  t.same(stage.levels(), ['attempted', 'shown'])
  t.same(stage.reaches.all, [{ responder: ana, reach: 'provable' }])
})

t.test('a page in a pocket may be dead: each repetition of the engine rings it again until it answers', async (t) => {
  const stage = new Stage({})
  const page = opened(stage, ana)
  for (let i = 0; i < 3; i++) await stage.tell(stage.telling())
  t.same(page.told, [1, 1, 1])
})

t.test('pages and phones are told in parallel: neither waits for the other', async (t) => {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  const stage = new Stage({ clock, extraPushOrigins: [service.origin] })
  t.teardown(async () => { stage.notify.messenger.stop(); await service.stop() })
  const page = opened(stage, ana)
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling())
  t.same(page.told, [1])
  t.equal((await service.next()).payload.n, 1)
})

t.test('an authority\'s open page waits for the store as well, and hears nothing of what is over (R6)', async (t) => {
  const stage = new Stage({})
  const page = opened(stage, luc)
  await stage.tell(stage.telling({ to: luc, authority: true, permitted: async () => false }))
  await stage.tell(stage.telling({ to: luc, authority: true, n: 2, permitted: () => new Promise(() => {}) }))
  await stage.clock.pass(10_000)
  let wanted = true
  await stage.tell(stage.telling({ to: luc, authority: true, n: 3, wanted: () => wanted, permitted: async () => { wanted = false; return true } }))
  t.same(page.told, [])
  await stage.tell(stage.telling({ to: luc, authority: true, n: 4, permitted: async () => true }))
  t.same(page.told, [4])
})

t.test('a page is not told what is no longer wanted, nor an earlier telling while a later one is under way', async (t) => {
  const clock = new WatchedClock()
  const service = await FakePushService.start(clock)
  const stage = new Stage({ clock, extraPushOrigins: [service.origin] })
  t.teardown(async () => { stage.notify.messenger.stop(); await service.stop() })
  const page = opened(stage, ana)
  await stage.tell(stage.telling({ wanted: () => false }))
  stage.phone(ana, service.subscribe({ is: 'hang' }))
  await stage.tell(stage.telling({ n: 5, what: 'stand-down' }))
  await stage.tell(stage.telling({ n: 4 }))
  t.same(page.told, [5])
})

t.test('the last page of somebody without a phone closes: ten seconds later they can\'t be reached', async (t) => {
  const stage = new Stage({})
  const page = opened(stage, ana)
  await stage.clock.pass(0)
  page.leave()
  await stage.clock.pass(9_999)
  t.same(stage.reaches.all.map(({ reach }) => reach), ['provable'])
  await stage.clock.pass(1)
  t.same(stage.reaches.all.map(({ reach }) => reach), ['provable', 'none'])
})
