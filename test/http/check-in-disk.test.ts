/** Incident: she had said that she was fine, the disk had failed, and her people were called out. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { FakeClock } from '../clock/fake-clock.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'
import { DUE, GRACE, HOUR, MINUTE, alarmsOf, alertsOf, homeOf, pass, promise, scene, setPins } from './promised.ts'

const NOT_SAVED_MS = 5_000

/** A disk that takes no write until it is mended: a lock that nobody gives back. */
function failing (t: Test, file: string): { mend: () => void } {
  const other = new Database(file)
  other.exec('BEGIN IMMEDIATE')
  t.teardown(() => other.close())
  return { mend: () => { other.exec('COMMIT') } }
}

/** Lets time go by without asking the disk for anything. */
async function passDiskless (house: House, ms: number): Promise<void> {
  await house.clock.pass(ms)
  for (let turn = 0; turn < 20; turn++) await setImmediate()
}

/** The disk is real and takes its own time: the clock moves a millisecond while it may work for many. */
async function slowly<T> (house: House, asked: Promise<T>): Promise<T> {
  let isAnswered = false
  void asked.then(() => { isAnswered = true })
  while (!isAnswered) {
    await house.clock.pass(1)
    for (let turn = 0; turn < 100; turn++) await setImmediate()
  }
  return await asked
}

async function saved (house: House, phone: Phone): Promise<void> {
  while (!(await phone.get('/api/v1/check-in')).json<{ saved: boolean }>().saved) await passDiskless(house, 100)
}

t.test('R1: "I am fine" on a failing disk holds from memory after 5 s and says "not saved"; nobody is called, and it is written when the disk is back', async (t) => {
  const file = join(t.testdir(), 'v.db')
  const clock = new FakeClock()
  const { house, lina, ana } = await scene(t, { file, clock })
  await promise(lina)
  await pass(house, DUE)
  const disk = failing(t, file)
  const { reply, waitedMs } = await house.passUntil(lina.post('/api/v1/check-in/confirm', {}))
  t.same(reply.json(), { checkIn: null, saved: false })
  t.equal(waitedMs, NOT_SAVED_MS, 'not before the disk has failed for 5 s')
  t.same((await lina.get('/api/v1/check-in')).json(), { checkIn: null, saved: false })
  const again = await house.passUntil(promise(lina))
  t.equal(again.reply.statusCode, 503)
  t.match(again.reply.json(), { reason: 'PROMISE_NOT_SAVED', detail: /Nothing is promised/ }, 'a start that can\'t be saved is none, and says so')
  await passDiskless(house, GRACE)
  t.same([house.ears.told, await alertsOf(ana)], [[], []])
  disk.mend()
  await saved(house, lina)
  await pass(house, MINUTE)
  await house.leave()
  const later = await openHouse(t, { file, clock })
  await pass(later, HOUR)
  t.same(later.ears.told, [], 'nor after a restart')
})

t.test('it says "not saved" and dies: the old promise falls due, kept once too often and never lost', async (t) => {
  const file = join(t.testdir(), 'v.db')
  const clock = new FakeClock()
  const { house, lina, ana } = await scene(t, { file, clock })
  await promise(lina)
  const disk = failing(t, file)
  const { reply } = await house.passUntil(lina.post('/api/v1/check-in/extend', { forS: 3600 }))
  t.match(reply.json(), { checkIn: { dueAt: clock.now() - NOT_SAVED_MS + HOUR }, saved: false })
  await passDiskless(house, DUE + GRACE)
  t.same(house.ears.told, [], 'put off from memory')
  // What a process that dies here leaves behind.
  const left = `${file}.left`
  for (const part of ['', '-wal']) cpSync(file + part, left + part)
  disk.mend()
  await house.leave()
  const later = await openHouse(t, { file: left, clock })
  await pass(later, 0)
  t.ok(later.ears.tellings.some(({ to, what }) => to === ana.responder && what === 'alert'))
  t.equal((await alarmsOf(phoneOf(lina, later))).length, 1)
})

t.test('an answer in the last second counts although the disk takes longer; one that the disk can\'t take in time raises nothing meanwhile', async (t) => {
  const file = join(t.testdir(), 'v.db')
  const { house, lina } = await scene(t, { file })
  await promise(lina)
  await pass(house, DUE + GRACE - 1_000)
  const disk = failing(t, file)
  const answered = lina.post('/api/v1/check-in/confirm', {})
  await passDiskless(house, 0)
  await passDiskless(house, 3_000)
  t.same(house.ears.told, [])
  t.match(await homeOf(lina), { phase: 'overdue' }, 'and nothing reassures yet')
  disk.mend()
  t.same((await slowly(house, answered)).json(), { checkIn: null, saved: true })
  await pass(house, HOUR)
  t.same(house.ears.told, [])
})

t.test('put off twice and answered on a failing disk: all of it is written in its order', async (t) => {
  const file = join(t.testdir(), 'v.db')
  const { house, lina } = await scene(t, { file })
  await promise(lina)
  const disk = failing(t, file)
  for (const forS of [1200, 2400]) t.match((await house.passUntil(lina.post('/api/v1/check-in/extend', { forS }))).reply.json(), { saved: false })
  disk.mend()
  await saved(house, lina)
  t.match(await homeOf(lina), { phase: 'waiting' })
  await pass(house, 35 * MINUTE)
  t.same([house.ears.told, house.reminded], [[], []], 'the last word counts')
  await pass(house, 6 * MINUTE + GRACE)
  t.ok(house.ears.told.length > 0)
})

t.test('R15: under duress a failing disk is answered in the same bytes after the same time; only those marked learn', async (t) => {
  const seen: unknown[] = []
  for (const pin of ['4711', '9058']) {
    const file = join(t.testdir(), `${pin}.db`)
    const { house, lina, ana, luc } = await scene(t, { file })
    await setPins(lina)
    await promise(lina)
    t.match((await lina.post('/api/v1/check-in/confirm', { pin: '0000' })).json(), { code: 'PIN_WRONG' }, 'the PIN guards as ever')
    await lina.post('/api/v1/unlock', { pin })
    failing(t, file)
    const { reply, waitedMs } = await house.passUntil(lina.post('/api/v1/check-in/confirm', {}))
    await passDiskless(house, DUE + GRACE)
    t.same([...new Set(house.ears.told)], pin === '4711' ? [] : [`${ana.responder} duress`])
    seen.push({ body: reply.body, waitedMs, home: await homeOf(lina), alarms: await alarmsOf(lina), lucs: await alertsOf(luc), reminded: house.reminded.length })
  }
  t.same(seen[0], seen[1])
})

function phoneOf (phone: Phone, house: House): Phone {
  const same = new Phone(house)
  same.cookie = phone.cookie
  return same
}
