import t from 'tap'
import type { AlarmId } from '../../server/alarm/alarm.ts'
import { BUFFERED_BYTES_MAX, LiveSocket, TOLD_WAITING_MAX } from '../../server/notify/live-socket.ts'
import type { Socket } from '../../server/notify/live-socket.ts'

/** The end of a line whose other end reads when the story says so. */
class SlowLine implements Socket {
  bufferedAmount = 0
  terminated = false
  broken = false
  readonly sent: string[] = []
  #written: ((error?: Error | null) => void) | null = null
  send (data: Buffer, _options: { readonly binary: false }, written: (error?: Error | null) => void): void {
    if (this.broken) throw new Error('closing')
    this.sent.push(data.toString())
    this.#written = written
  }

  read (error?: Error): void { this.#written?.(error) }
  ping (): void {}
  close (): void {}
  terminate (): void { this.terminated = true }
  on (): void {}
}

function page (): { line: SlowLine, page: LiveSocket } {
  const line = new SlowLine()
  return { line, page: new LiveSocket({ socket: line, subject: { is: 'responder', id: 'ana' }, session: 's' }) }
}
const alarm = (i: number): AlarmId => `alarm-${i}` as AlarmId

t.test('a slow page gets the newest view, never a queue of old ones', async (t) => {
  const slow = page()
  for (let i = 0; i < 1_000; i++) slow.page.show('view', Buffer.from(`view ${i}`))
  slow.line.read()
  slow.line.read()
  t.same(slow.line.sent, ['view 0', 'view 999'])
})

t.test('for a slow page the newest telling of each alarm waits, before the view', async (t) => {
  const slow = page()
  slow.page.show('view', Buffer.from('old view'))
  slow.page.show('view', Buffer.from('view'))
  slow.page.tell(alarm(1), Buffer.from('told 1'))
  slow.page.tell(alarm(2), Buffer.from('told 2'))
  slow.page.tell(alarm(1), Buffer.from('told 1 again'))
  for (let i = 0; i < 5; i++) slow.line.read()
  t.same(slow.line.sent, ['old view', 'told 2', 'told 1 again', 'view'])
})

t.test('what waits for a slow page is bounded', async (t) => {
  const slow = page()
  slow.page.show('view', Buffer.from('view'))
  for (let i = 0; i < TOLD_WAITING_MAX * 3; i++) slow.page.tell(alarm(i), Buffer.from(`told ${i}`))
  for (let i = 0; i < TOLD_WAITING_MAX * 3; i++) slow.line.read()
  t.equal(slow.line.sent.length, 1 + TOLD_WAITING_MAX)
  t.equal(slow.line.sent.at(-1), `told ${TOLD_WAITING_MAX * 3 - 1}`)
})

t.test('more than 1 MB unread: the line is cut, a fresh one serves better', async (t) => {
  const [slow, idle] = [page(), page()]
  slow.line.bufferedAmount = BUFFERED_BYTES_MAX + 1
  slow.page.show('view', Buffer.from('view'))
  t.ok(slow.line.terminated)
  t.same(slow.line.sent, [])
  idle.line.bufferedAmount = BUFFERED_BYTES_MAX + 1
  idle.page.beat()
  t.ok(idle.line.terminated, 'also when nothing new is to be said')
})

t.test('a line that fails or throws is over, and takes nothing down', async (t) => {
  const [failing, throwing] = [page(), page()]
  failing.page.show('view', Buffer.from('view'))
  failing.line.read(new Error('reset'))
  t.ok(failing.line.terminated)
  throwing.line.broken = true
  t.doesNotThrow(() => { throwing.page.show('view', Buffer.from('view')) })
  t.ok(throwing.page.over)
})

t.test('the greeting goes first, and one pong answers many pings', async (t) => {
  const one = page()
  one.page.show('view', Buffer.from('busy'))
  one.page.tell(alarm(1), Buffer.from('told'))
  one.page.pong(() => Buffer.from('pong a'))
  one.page.pong(() => Buffer.from('pong b'))
  one.page.greet(Buffer.from('hello'))
  for (let i = 0; i < 5; i++) one.line.read()
  t.same(one.line.sent, ['busy', 'hello', 'pong b', 'told'])
})
