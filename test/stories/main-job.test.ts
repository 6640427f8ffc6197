/**
 * The main job on real parts: a real frame over real MQTT to the built service becomes an alarm on disk, reaches a real
 * open page and a real (local) push service, escalates on a time-out, survives kill -9, and is closed.
 */
import t from 'tap'
import { Browser } from '../../device-sim/live/browser.ts'
import { Page } from '../../device-sim/live/page.ts'
import { enrolled, SimWorker } from '../../device-sim/live/venue.ts'
import { withPeople } from '../../server/cli/open-people.ts'
import { systemClock } from '../../server/clock/system-clock.ts'
import type { LiveResponderAlarm, LiveWorkerAlarm, ServerMessage } from '../../server/contract/live.ts'
import { granted } from '../faults/full-house.ts'
import { ServiceProcess } from '../faults/service-process.ts'
import { FakePushService } from '../notify/push-service.ts'

const STEP_WAIT_S = 10

/** Hears everything a page is told, and lets the story wait for one thing. */
class Ear {
  readonly messages: ServerMessage[] = []
  readonly #waiting = new Set<{ readonly holds: () => boolean, readonly done: () => void }>()

  hear (message: ServerMessage): void {
    this.messages.push(message)
    for (const wait of [...this.#waiting]) {
      if (!wait.holds()) continue
      this.#waiting.delete(wait)
      wait.done()
    }
  }

  until (holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (holds()) resolve()
      else this.#waiting.add({ holds, done: resolve })
    })
  }

  get hers (): readonly LiveWorkerAlarm[] {
    const last = this.messages.findLast((m) => m.type === 'worker-alarms')
    return last?.type === 'worker-alarms' ? last.alarms : []
  }

  get theirs (): readonly LiveResponderAlarm[] {
    const last = this.messages.findLast((m) => m.type === 'responder-alarms')
    return last?.type === 'responder-alarms' ? last.alarms : []
  }
}

t.test('Lina presses; Ana does not answer; Luc is told; the service is killed; Luc comes; her PIN ends it', async (t) => {
  const push = await FakePushService.start(systemClock)
  const service = await ServiceProcess.prepare({ VEILLEUSE_PUSH_ORIGINS: push.origin })
  const closing: (() => void)[] = []
  t.teardown(async () => {
    for (const close of closing) close()
    await service.remove()
    await push.stop()
  })
  const { invite, token, button: printed } = await withPeople(service.config, async (people) => {
    const { venue } = granted(await people.venues.add('Maison', 'independent'))
    const { room } = granted(await people.venues.addRoom(venue.id, 'Lilac', 'Rue des Tilleuls 12'))
    return { invite: granted(await people.invites.make('worker', venue.id)).code, token: people.venues.roomToken(room.id), button: granted(await people.buttons.add(room.id, null)).button }
  })
  await service.start()
  const doors = { origin: service.origin, mqttUrl: service.mqttUrl, clock: systemClock }

  const lina = new SimWorker('Lina', doors)
  await lina.join(invite)
  const ana = await pair(lina, 'Ana', service.origin)
  const luc = await pair(lina, 'Luc', service.origin)
  const { version } = await lina.browser.get<{ version: number }>('/api/v1/circle')
  const sees = { alias: true, room: true, address: true }
  await lina.browser.put('/api/v1/circle', {
    steps: [ana.id, luc.id].map((id) => ({ waitS: STEP_WAIT_S, assistWaitS: null, people: [id] })),
    note: 'Knock and ask for the keys.', quietCheck: null, wishes: { ambulance: 'yes', police: 'no' }, mayKnow: [], sees: { [ana.id]: sees, [luc.id]: sees }, version
  })
  await lina.setPin('2580')
  await lina.workIn(token)
  const subscription = push.subscribe()
  await luc.browser.put('/api/v1/endpoints', { ...subscription, text: 'full', language: 'en', provesShown: true })
  const [herEar, anasEar] = [new Ear(), new Ear()]
  await lina.watch((message) => { herEar.hear(message) })
  const anasPage = new Page({ browser: ana.browser, as: 'responder', clock: systemClock, heard: (message) => { anasEar.hear(message) } })
  await anasPage.open()
  closing.push(() => { lina.close() }, () => { anasPage.close() })

  let acknowledged: () => void = () => {}
  const durable = new Promise<void>((resolve) => { acknowledged = resolve })
  const lit = new Ear()
  const states: string[] = []
  const button = enrolled(printed, doors, {
    puback: (body) => { if (body.is === 'press') acknowledged() },
    took: (state) => { states.push(state.feedback); lit.hear({ type: 'pong', now: 0 }) },
    connected: () => { lit.hear({ type: 'pong', now: 0 }) }
  })
  closing.push(() => { button.powerOff() })
  button.powerOn()
  await lit.until(() => button.isConnected)

  button.press()
  await anasEar.until(() => anasEar.messages.some((m) => m.type === 'told' && m.what === 'alert'))
  await durable
  await anasEar.until(() => anasEar.theirs.length > 0)
  const [alert] = anasEar.theirs
  t.match(alert?.card, { room: 'Lilac', address: 'Rue des Tilleuls 12', alias: 'Lina', note: 'Knock and ask for the keys.', wishes: { police: 'no' } })
  t.equal(alert?.kind, 'alarm')

  const pushed = await push.next()
  t.equal(pushed.payload.what, 'alert', `nobody answered within ${STEP_WAIT_S} s: Luc is told on his phone`)
  t.match(pushed.payload.body, /Lilac/)

  await service.kill('SIGKILL')
  await service.start()
  await herEar.until(() => herEar.hers.some((alarm) => alarm.ended === null && alarm.rows.every((row) => row.told)))
  const alarm = herEar.hers[0]?.alarm ?? ''
  t.equal(alarm, pushed.payload.alarm, 'the same alarm goes on after the kill')

  await luc.browser.post(`/api/v1/alerts/${alarm}/answer`, { is: 'coming', minutes: 5 })
  await herEar.until(() => herEar.hers[0]?.counts.coming === 1)
  t.equal(herEar.hers[0]?.phase, 'helped')
  await anasEar.until(() => anasEar.theirs[0]?.others.coming === 1)
  t.notMatch(JSON.stringify(anasEar.theirs), /Luc/, 'Ana sees a number, never a name')
  await lit.until(() => states.includes('coming'))

  await luc.browser.post(`/api/v1/alerts/${alarm}/answer`, { is: 'arrived' })
  await lina.end(alarm)
  await herEar.until(() => herEar.hers[0]?.phase === 'ended')
  await anasEar.until(() => anasEar.theirs[0]?.phase === 'over')
  await lit.until(() => states.at(-1) === 'all-clear')
  t.equal(button.holds, 0, 'the event has left the button\'s flash')
  t.equal(anasEar.theirs[0]?.card, null, 'once it is over there is nothing of hers to read')
  t.same(await luc.browser.get<{ alerts: { phase: string }[] }>('/api/v1/alerts').then(({ alerts }) => alerts.map((a) => a.phase)), ['over'])
  t.equal(service.errors, '')
})

async function pair (worker: SimWorker, name: string, origin: string): Promise<{ readonly id: string, readonly browser: Browser }> {
  const browser = new Browser(origin)
  const { confirm } = await browser.post<{ confirm: string }>(`/api/v1/pairings/${await worker.code()}`, { name, kind: 'contact', language: 'en', device: 'story' })
  const { contacts } = await worker.browser.get<{ contacts: { responder: string, confirmed: boolean }[] }>('/api/v1/contacts')
  const id = contacts.find((contact) => !contact.confirmed)?.responder ?? ''
  await worker.browser.post(`/api/v1/contacts/${id}/confirm`, { code: confirm })
  return { id, browser }
}
