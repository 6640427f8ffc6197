/** Incident: simulated people who only ever met a simulated service. Here they meet the built one, and it is killed under them. */
import t from 'tap'
import { AnswerRefused, Browser } from '../../device-sim/live/browser.ts'
import type { Habit, ResponderWatch } from '../../device-sim/live/responder.ts'
import { SimWorker, type Doors } from '../../device-sim/live/venue.ts'
import { withPeople } from '../../server/cli/open-people.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { LiveWorkerAlarm } from '../../server/contract/live.ts'
import { granted } from '../faults/full-house.ts'
import { ServiceProcess } from '../faults/service-process.ts'

const COMES: Habit = { showAfterMs: 10, answer: { afterMs: 30, is: 'coming', minutes: 5, arriveAfterMs: 30 }, overAfterMs: 30 }
const CANNOT: Habit = { showAfterMs: 10, answer: { afterMs: 30, is: 'cannot' }, overAfterMs: null }
const SILENT: Habit = { showAfterMs: 10, answer: null, overAfterMs: null }

/** What happened, in words, and who waits for a word. */
class Diary {
  readonly words: string[] = []
  readonly #waiting = new Set<() => void>()

  write (word: string): void {
    this.words.push(word)
    for (const look of [...this.#waiting]) look()
  }

  /** Resolves once it is so; asked again whenever something is written. */
  until (isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  count (word: string): number { return this.words.filter((each) => each === word).length }

  watch (name: string): ResponderWatch {
    return {
      told: (_alarm, what) => { this.write(`${name} told ${what}`) },
      answered: (_alarm, is) => { this.write(`${name} answered ${is}`) },
      sees: (alarms) => { this.write(`${name} sees ${alarms.map(({ phase }) => phase).join()}`) },
      failed: (code) => { this.write(`${name} failed ${code}`) }
    }
  }
}

t.test('a worker joins, chooses, works and presses; one cannot, one never answers, one comes, arrives and says it is over', async (t) => {
  const service = await ServiceProcess.prepare()
  const closing: { close: () => void }[] = []
  t.teardown(async () => {
    for (const each of closing) each.close()
    await service.remove()
  })
  const { invite, token } = await withPeople(service.config, async (people) => {
    const { venue } = granted(await people.venues.add('Maison', 'independent'))
    const { room } = granted(await people.venues.addRoom(venue.id, 'Lilac', null))
    return { invite: granted(await people.invites.make('worker', venue.id)).code, token: people.venues.roomToken(room.id) }
  })
  await service.start()
  const doors: Doors = { origin: service.origin, mqttUrl: service.mqttUrl, clock: systemClock }
  const diary = new Diary()
  const mia = new SimWorker('Mia', doors)
  closing.push(mia)

  await t.test('what the service refuses has its stable code', async (t) => {
    await t.rejects(mia.browser.get('/api/v1/circle'), new AnswerRefused('GET', '/api/v1/circle', 401, 'SIGNED_OUT'))
    await t.rejects(mia.join('wrong-wrong-wrong-wrong'), { name: 'AnswerRefused', code: /^[A-Z_]+$/, status: /4\d\d/ })
    await t.rejects(new Browser(service.origin).get('/nothing-is-here'), { status: 404, code: /^[A-Z_]+$/ })
  })

  await mia.join(invite)
  const names = await mia.choose([[
    { name: 'Ana', habit: CANNOT, watch: diary.watch('Ana') },
    { name: 'Luc', habit: SILENT, watch: diary.watch('Luc') },
    { name: 'Zoe', habit: COMES, watch: diary.watch('Zoe') }
  ]])
  t.strictSame([...names.values()], ['Ana', 'Luc', 'Zoe'])
  await mia.workIn(token)
  const cursors: string[] = []
  let hers: readonly LiveWorkerAlarm[] = []
  await mia.watch((message) => {
    if (message.type === 'worker-alarms') hers = message.alarms
    if ('cursor' in message) cursors.push(message.cursor)
    diary.write(`Mia heard ${message.type}`)
  })
  const answerOf = (name: string): string | undefined => hers[0]?.rows.find(({ responder }) => names.get(responder) === name)?.answer

  await t.test('the same key twice is one press', async (t) => {
    t.match(await mia.press('press-1'), { verdict: 'raised', recorded: true })
    t.match(await mia.press('press-1'), { verdict: 'known', recorded: true })
  })

  await diary.until(() => diary.count('Zoe answered over') > 0 && answerOf('Ana') === 'cannot' && answerOf('Zoe') === 'arrived')
  t.equal(answerOf('Luc'), 'none', 'who never answers')
  await diary.until(() => hers[0]?.rows.every(({ receipt, answer }) => receipt?.level === (answer === 'none' ? 'shown' : 'seen')) === true)
  t.strictSame(['coming', 'arrived', 'over'].map((is) => diary.count(`Zoe answered ${is}`)), [1, 1, 1], 'each once, however often the phone rang')
  t.equal(diary.count('Ana answered cannot'), 1)
  t.strictSame(diary.words.filter((word) => word.startsWith('Luc answered') || word.includes('failed')), [])
  t.equal(hers[0]?.ended, null, 'a responder says it is over; she ends it')

  await t.test('a page comes back with its cursor after the service was killed', async (t) => {
    const before = diary.words.length
    const epoch = cursors.at(-1)?.split('.')[0]
    await service.kill('SIGKILL')
    await service.start()
    const since = (): readonly string[] => diary.words.slice(before)
    await diary.until(() => since().includes('Mia heard worker-alarms') && since().some((word) => word.startsWith('Zoe sees')))
    t.equal(since().filter((word) => word === 'Mia heard hello').length, 1)
    t.not(cursors.at(-1)?.split('.')[0], epoch, 'a new process counts anew, and does not take the old cursor for its own')
    t.equal(hers[0]?.ended, null, 'and what was open is still open')
  })

  await mia.setPin('2580')
  await mia.end(hers[0]?.alarm ?? '')
  await diary.until(() => hers[0]?.phase === 'ended' && ['Ana', 'Luc', 'Zoe'].every((name) => diary.count(`${name} sees over`) > 0))
  t.equal(diary.count('Zoe answered coming'), 1, 'nobody answers what is over')
  t.equal(service.errors, '')
})
