/**
 * Incident: he made her take Ana off her list, then pressed the button himself, and the screen said that Ana was coming. R16:
 * what is not behind her PIN says of the list what the list says; who is told stays as it is. Two houses, as in duress-twins.
 */
import t from 'tap'
import { both, twins } from './twins.ts'
import type { Twin } from './twins.ts'

const MINUTE = 60_000
/** A calm word without content rings by her true list: that nobody who may know is left, she has to hear. */
const IN_HIS_HANDS = /^(lina |nobody |\d+ lina's page)/
const HERS = ['lina'] as const

async function asked (twin: Twin, asks: ReadonlyArray<readonly [string, string, unknown?]>): Promise<void> {
  for (const [method, url, body] of asks) {
    await twin.pass(1_000)
    const fill = (text: string): string => text.replace(/@(\w+)/g, (_, name: string) => twin.id(name))
    await twin.asks('lina', method, fill(url), body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body))))
    await twin.pass(1_000)
  }
  await twin.looks(HERS)
}

async function alarmOf (twin: Twin, name: string): Promise<void> {
  const { alarms } = (await twin.phone('lina').get('/api/v1/alarms')).json<{ alarms: { alarm: string, ended: unknown }[] }>()
  twin.ids.set(name, alarms.find(({ ended }) => ended === null)?.alarm ?? '')
}

const answers = async (twin: Twin, who: 'ana' | 'luc', alarm: string, body: unknown): Promise<void> => {
  await twin.phones.get(who as 'luc')?.post(`/api/v1/alerts/${twin.id(alarm)}/answer`, body)
  await twin.quiet()
}

t.test('R16: taken off her list in appearance, they are gone from readiness, rooms, promises, rehearsals and a running alarm; and are told all the same', async (t) => {
  const pair = await twins(t)
  const hidden = async (story: string, act: (twin: Twin) => Promise<unknown>): Promise<void> => { await both(t, pair, story, act, IN_HIS_HANDS) }
  await hidden('forced to unlock', async (twin) => {
    await twin.phone('luc').ask({ method: 'PUT', url: '/api/v1/me/responder/declaration', body: { neverForwards: 'v1' } })
    await asked(twin, [['POST', '/api/v1/unlock', { pin: twin.pin }]])
  })
  await hidden('somebody new stands for the room, and not any more', async (twin) => {
    await asked(twin, [
      ['PUT', '/api/v1/venues/@venue/agreements/@eve'], ['PUT', '/api/v1/rooms/@room/standing', { steps: [{ waitS: 30, people: ['@luc'] }] }],
      ['PUT', '/api/v1/venues/@venue/agreements/@luc'], ['PUT', '/api/v1/rooms/@room/standing', { steps: [{ waitS: 30, people: ['@luc'] }] }]
    ])
    await asked(twin, [['DELETE', '/api/v1/venues/@venue/agreements/@luc'], ['DELETE', '/api/v1/venues/@venue/agreements/@luc']])
    await asked(twin, [['PUT', '/api/v1/venues/@venue/agreements/@luc'], ['PUT', '/api/v1/rooms/@room/standing', { steps: [{ waitS: 20, people: ['@luc'] }] }]])
  })
  await hidden('Ana is taken off her list', async (twin) => { await asked(twin, [['DELETE', '/api/v1/contacts/@ana']]) })
  await hidden('a promise, put off and kept', async (twin) => {
    await asked(twin, [['POST', '/api/v1/check-in', { forS: 600, then: 'alarm' }]])
    await asked(twin, [['POST', '/api/v1/check-in/extend', { forS: 900 }], ['POST', '/api/v1/check-in/confirm', {}]])
  })
  await hidden('a rehearsal', async (twin) => { await asked(twin, [['POST', '/api/v1/drill']]) })
  const told = pair.map((twin) => twin.house.ears.tellings.length)
  await hidden('the button is pressed', async (twin) => {
    await twin.press(1)
    await alarmOf(twin, 'alarm')
    await twin.pass(2_000)
    await twin.looks(HERS)
  })
  t.same(pair.map((twin, at) => twin.house.ears.tellings.slice(told[at]).some(({ to }) => to === twin.id('ana'))), [false, true], 'Ana is told where it was only said')
  await hidden('Ana comes, and Luc too', async (twin) => {
    await answers(twin, 'ana', 'alarm', { is: 'coming', minutes: 20 })
    await twin.looks(HERS)
    await answers(twin, 'luc', 'alarm', { is: 'coming', minutes: 20 })
    await twin.pass(5_000, 1_000)
    await twin.looks(HERS)
  })
  await hidden('it is ended', async (twin) => {
    await twin.asks('lina', 'POST', `/api/v1/alarms/${twin.id('alarm')}/close`, { pin: twin.pin })
    await twin.pass(2 * MINUTE, 5_000)
    await twin.looks(HERS)
  })
  await hidden('Ana goes, who is gone already', async (twin) => {
    await twin.phones.get('ana' as 'luc')?.post('/api/v1/me/responder/leave')
    await twin.pass(MINUTE, 10_000)
    await twin.looks(HERS)
    await twin.pass(64 * MINUTE, 30_000)
    await asked(twin, [['POST', '/api/v1/unlock', { pin: twin.pin }]])
  })
  await hidden('nobody is left on it', async (twin) => {
    await asked(twin, [['DELETE', '/api/v1/contacts/@luc']])
    await asked(twin, [['DELETE', '/api/v1/contacts/@eve'], ['POST', '/api/v1/check-in', { forS: 600, then: 'alarm' }], ['POST', '/api/v1/drill']])
  })
})

t.test('R16: her own PIN, typed on any of her phones, ends what her page pretends', async (t) => {
  const [, forced] = await twins(t)
  const rows = async (): Promise<number | undefined> => (await forced.phone('lina').get('/api/v1/alarms')).json<{ alarms: { rows: unknown[] }[] }>().alarms[0]?.rows.length
  await asked(forced, [['POST', '/api/v1/unlock', { pin: forced.pin }], ['DELETE', '/api/v1/contacts/@ana']])
  await forced.press(1)
  t.equal(await rows(), 1)
  await asked(forced, [['POST', '/api/v1/lock'], ['POST', '/api/v1/unlock', { pin: '4711' }]])
  t.equal(await rows(), 2)
})
