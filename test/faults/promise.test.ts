/** Incident: the machine was cut off in the middle of a promise, and nobody missed her. A real process, really killed. */
import Database from 'better-sqlite3'
import t from 'tap'
import type { Test } from 'tap'
import { withPeople } from '../../server/cli/open-people.ts'
import { databaseFile } from '../../server/config/files.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import { FakePushService } from '../notify/push-service.ts'
import { granted } from './full-house.ts'
import { ServiceProcess } from './service-process.ts'

const MINUTE_S = 60
const DUE_S = 10 * MINUTE_S
const GRACE_S = MINUTE_S
t.test('killed in the middle of a promise: after the restart it is watched, and falls due at its own time', async (t) => {
  const { push, service, mira } = await house(t)
  t.equal((await mira.post('check-in', { forS: DUE_S, graceS: GRACE_S, then: 'alarm' })).status, 201)
  await service.kill('SIGKILL')
  timeGoesBy(service, DUE_S - MINUTE_S)
  await service.start()
  t.match(await mira.get('check-in'), { checkIn: { phase: 'waiting' }, saved: true })
  await service.kill('SIGKILL')
  timeGoesBy(service, MINUTE_S)
  await service.start()
  t.match(await mira.get('check-in'), { checkIn: { phase: 'overdue' } }, 'she may still answer')
  t.same(push.received, [])
  await service.kill('SIGKILL')
  timeGoesBy(service, GRACE_S)
  await service.start()
  t.equal((await push.next()).payload.what, 'alert', 'her grace is over: her circle is called')
  t.match(await mira.get('check-in'), { checkIn: null })
  await service.kill('SIGKILL')
  await service.start()
  t.equal((await mira.get('alarms')).alarms.length, 1, 'once')
})

t.test('"not saved", and killed before the disk took it: the promise is kept once too often, never lost', async (t) => {
  const { push, service, mira } = await house(t)
  await mira.post('check-in', { forS: DUE_S, graceS: GRACE_S, then: 'alarm' })
  // A disk that takes no write: somebody has the lock and does not give it back.
  const lock = new Database(databaseFile(service.config), { fileMustExist: true })
  lock.exec('BEGIN IMMEDIATE')
  t.match(await (await mira.post('check-in/confirm', {})).json(), { checkIn: null, saved: false })
  const start = await mira.post('check-in', { forS: DUE_S, graceS: GRACE_S, then: 'alarm' })
  t.match([start.status, await start.json()], [503, { reason: 'PROMISE_NOT_SAVED' }])
  await service.kill('SIGKILL')
  lock.close()
  timeGoesBy(service, DUE_S + GRACE_S)
  await service.start()
  t.equal((await push.next()).payload.what, 'alert')
  t.match((await mira.get('alarms')).alarms, [{ missed: Object }])
})

/** Mira with Ana in her circle, whose phone takes pushes. */
async function house (t: Test) {
  const push = await FakePushService.start(systemClock)
  const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin })
  t.teardown(async () => {
    await service.remove()
    await push.stop()
  })
  const token = await withPeople(service.config, async (people) => {
    const { venue } = granted(await people.venues.add('Maison', 'independent'))
    const { code } = granted(await people.invites.make('worker', venue.id))
    const { session } = granted(await people.invites.accept(code, { role: 'worker', alias: 'Mira', language: 'en', device: 'story' }))
    if (session.who.is !== 'worker') throw new Error('a worker is one')
    const worker = session.who.id
    const pairing = granted(await people.pairing.begin(worker))
    const joined = granted(await people.pairing.join(pairing.code, { name: 'Ana', kind: 'contact', language: 'en', device: 'story' }))
    if (joined.session.who.is !== 'responder') throw new Error('a responder is one')
    const ana = joined.session.who.id
    granted(await people.pairing.confirm(worker, ana, joined.confirm))
    granted(await people.circles.put(worker, { steps: [{ waitS: 30, assistWaitS: null, people: [ana] }], note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'no' }, mayKnow: [], sees: {} }, 0))
    granted(await people.endpoints.subscribe(ana, { ...push.subscribe(), text: 'discreet', language: 'en', provesShown: true }))
    return session.token
  })
  await service.start()
  return { push, service, mira: phoneOf(service, token) }
}

type Mira = {
  readonly post: (path: string, body: unknown) => Promise<Response>
  readonly get: (path: string) => Promise<{ readonly alarms: readonly unknown[] }>
}

function phoneOf (service: ServiceProcess, token: string): Mira {
  const headers = { cookie: `s=${token}`, origin: service.origin }
  const url = (path: string): string => `${service.origin}/api/v1/${path}`
  return {
    post: async (path, body) => await fetch(url(path), { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    get: async (path) => await (await fetch(url(path), { headers })).json() as { alarms: unknown[] }
  }
}

/** While nobody runs: what was promised then lies so much nearer. */
function timeGoesBy (service: ServiceProcess, seconds: number): void {
  const disk = new Database(databaseFile(service.config), { fileMustExist: true })
  disk.prepare('UPDATE check_in SET made_at = made_at - ?, due_at = due_at - ?, heard_at = heard_at - ?').run(seconds * 1_000, seconds * 1_000, seconds * 1_000)
  disk.close()
}
