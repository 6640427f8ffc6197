/**
 * Incident: he held her phone, read what it said and looked at the lamp; a second message, a missing one, or a list that
 * had grown back told him which PIN she had typed. R15, R16: two houses, one true PIN and one duress PIN, byte by byte.
 */
import t from 'tap'
import { both, twins } from './twins.ts'
import type { Twin } from './twins.ts'

const MINUTE = 60_000

async function alarmOf (twin: Twin, name: string): Promise<void> {
  const { alarms } = (await twin.phone('lina').get('/api/v1/alarms')).json<{ alarms: { alarm: string, ended: unknown }[] }>()
  twin.ids.set(name, alarms.find(({ ended }) => ended === null)?.alarm ?? '')
}

/** Her press, an answer of each, and the end by PIN. */
async function pressed (twin: Twin): Promise<void> {
  await twin.press(1)
  await alarmOf(twin, 'alarm')
  await twin.pass(5_000, 1_000)
  await twin.asks('luc', 'POST', `/api/v1/alerts/${twin.id('alarm')}/receipts`, { n: 1, level: 'shown' })
  await twin.asks('luc', 'POST', `/api/v1/alerts/${twin.id('alarm')}/answer`, { is: 'coming', minutes: 20 })
  await twin.quiet()
}

async function ends (twin: Twin, name = 'alarm'): Promise<void> {
  await twin.asks('lina', 'POST', `/api/v1/alarms/${twin.id(name)}/close`, { pin: twin.pin })
  await twin.quiet()
}

t.test('R15: nobody who must not know can tell the duress PIN from the true one: at the end, after it, after it has settled, and after a new press', async (t) => {
  const pair = await twins(t)
  await both(t, pair, 'the press', async (twin) => { await pressed(twin); await twin.looks() })
  await both(t, pair, 'the end', async (twin) => { await ends(twin); await twin.looks() })
  await both(t, pair, 'the same PIN again', async (twin) => { await ends(twin) })
  await both(t, pair, 'what Luc may still say', async (twin) => {
    for (const body of [{ is: 'arrived' }, { is: 'over' }, { is: 'need-more' }, { is: 'coming', minutes: 5 }]) await twin.asks('luc', 'POST', `/api/v1/alerts/${twin.id('alarm')}/answer`, body)
  })
  await both(t, pair, 'the minutes after it', async (twin) => {
    await twin.pass(3 * MINUTE, 5_000)
    // Those who know the truth act; nobody else may notice.
    const ana = twin.phones.get('ana' as never)
    await ana?.post(`/api/v1/alerts/${twin.id('alarm')}/answer`, { is: 'coming', minutes: 5 })
    await twin.pass(2 * MINUTE, 5_000)
    await twin.looks()
  })
  await both(t, pair, 'a new press, while the other goes on', async (twin) => {
    await twin.press(2)
    await alarmOf(twin, 'second alarm')
    await twin.pass(MINUTE, 5_000)
    await twin.looks()
  })
  await both(t, pair, 'the second end', async (twin) => {
    await ends(twin, 'second alarm')
    await ends(twin, 'alarm')
    await twin.looks()
  })
  await both(t, pair, 'settled', async (twin) => { await twin.pass(12 * MINUTE, 2_000); await twin.looks() })
})

t.test('R15: whatever anybody tries at any door after the end, the doors answer alike', async (t) => {
  const pair = await twins(t)
  await both(t, pair, 'the press and the end', async (twin) => { await pressed(twin); await ends(twin) })
  const ending = /sign-out|leave|circles\/|sessions|pin$|erasure|press$|DELETE \/api\/v1\/shift$|me\/responder|POST \/api\/v1\/rooms\/:room\/buttons/
  for (const seer of ['luc', 'technician', 'researcher'] as const) {
    await both(t, pair, `${seer} tries everything`, async (twin) => { await twin.tries(seer, ending) })
  }
  await both(t, pair, 'her phone, locked, tries everything', async (twin) => { await twin.tries('lina', ending); await twin.looks(['lina', 'luc', 'technician', 'researcher']) })
})

const HERS = ['lina'] as const
/**
 * What whoever holds her phone, and one of his own beside it, can see. Not what others are told: her list has not changed,
 * and they are not in his hands.
 */
const IN_HIS_HANDS = /^(lina |nobody |\d+ lina's page|her phone was reminded)/
const hidden = async (t: Parameters<typeof twins>[0], pair: readonly [Twin, Twin], story: string, act: (twin: Twin) => Promise<unknown>): Promise<void> => { await both(t, pair, story, act, IN_HIS_HANDS) }

/** What she is forced to do at her own list, by whoever stands beside her, and what the list says each time. */
async function forced (twin: Twin, asks: ReadonlyArray<readonly [string, string, unknown?]>): Promise<void> {
  for (const [method, url, body] of asks) {
    await twin.pass(1_000)
    const filled = url.replace(/@(\w+)/g, (_, name: string) => twin.id(name))
    const text = body === undefined ? undefined : JSON.parse(JSON.stringify(body).replace(/@(\w+)/g, (_, name: string) => twin.id(name))) as unknown
    const reply = await twin.asks('lina', method, filled, text)
    const made = reply.payload === '' ? {} : reply.json<Record<string, unknown>>()
    for (const name of ['consent', 'shortcut', 'offer']) if (typeof made[name] === 'string') twin.ids.set(name, made[name])
    await twin.pass(1_000)
  }
  await twin.looks(HERS)
}

const CIRCLE = { note: '  knock twice ', quietCheck: '', wishes: { ambulance: 'yes', police: 'no' }, sees: { '@luc': { alias: true, room: true, address: false } } }
const step = (...people: string[]) => ({ waitS: 30, assistWaitS: null, people })

t.test('R16: what she is forced to change looks changed, is refused where it would be refused, and stays so when it is looked at again', async (t) => {
  const pair = await twins(t)
  await both(t, pair, 'the press and the end', async (twin) => { await pressed(twin); await ends(twin) })
  await hidden(t, pair, 'unlocked', async (twin) => { await forced(twin, [['POST', '/api/v1/unlock', { pin: twin.pin }]]) })
  await hidden(t, pair, 'her circle', async (twin) => {
    await forced(twin, [
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 0, steps: [step('@luc')], mayKnow: ['@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [step('@luc'), step('@luc')], mayKnow: ['@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [step('nobody')], mayKnow: ['@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [], mayKnow: ['@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [step('@luc')], mayKnow: [] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [step('@luc'), step('@eve', '@ana')], mayKnow: ['@luc', '@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 1, steps: [step('@luc')], mayKnow: ['@ana'] }]
    ])
  })
  await hidden(t, pair, 'her contacts', async (twin) => {
    await forced(twin, [
      ['DELETE', '/api/v1/contacts/@eve'], ['DELETE', '/api/v1/contacts/@eve'], ['DELETE', '/api/v1/contacts/nobody'],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 2, steps: [step('@eve')], mayKnow: ['@ana'] }],
      ['POST', '/api/v1/contacts/@eve/confirm', { code: '123456' }], ['POST', '/api/v1/contacts/@luc/confirm', { code: '123456' }]
    ])
  })
  await hidden(t, pair, 'a code, taken by a phone of his and confirmed', async (twin) => {
    const { code } = (await twin.asks('lina', 'POST', '/api/v1/contacts/codes')).json<{ code: string }>()
    twin.ids.set('code', code)
    await twin.asks('nobody', 'GET', `/api/v1/pairings/${code}`)
    const { confirm } = (await twin.asks('nobody', 'POST', `/api/v1/pairings/${code}`, { name: 'Post 5', kind: 'authority', language: 'fr', device: 'Desk' })).json<{ confirm: string }>()
    const { contacts } = (await twin.phone('lina').get('/api/v1/contacts')).json<{ contacts: { name: string, responder: string }[] }>()
    twin.ids.delete('code')
    twin.ids.set('police', contacts.find(({ name }) => name === 'Post 5')?.responder ?? '')
    await forced(twin, [
      ['POST', '/api/v1/consents', { responder: '@police', wording: 'v1' }],
      ['POST', '/api/v1/contacts/@police/confirm', { code: confirm === '000000' ? '000001' : '000000' }], ['POST', '/api/v1/contacts/@police/confirm', { code: confirm }]
    ])
  })
  await hidden(t, pair, 'a consent, and the police in her circle', async (twin) => {
    await forced(twin, [
      ['POST', '/api/v1/consents', { responder: '@luc', wording: 'v1' }], ['POST', '/api/v1/consents', { responder: '@police', wording: ' ' }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 2, steps: [step('@luc'), step('@police')], mayKnow: ['@ana'] }],
      ['POST', '/api/v1/consents', { responder: '@police', wording: 'v1' }], ['POST', '/api/v1/consents', { responder: '@police', wording: 'v1' }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 2, steps: [step('@police')], mayKnow: ['@ana'] }],
      ['PUT', '/api/v1/circle', { ...CIRCLE, version: 2, steps: [step('@luc'), step('@police')], mayKnow: ['@ana'] }]
    ])
  })
  await hidden(t, pair, 'the consent taken back', async (twin) => {
    await forced(twin, [['DELETE', '/api/v1/consents/never'], ['DELETE', '/api/v1/consents/@consent'], ['DELETE', '/api/v1/consents/@consent']])
  })
  await hidden(t, pair, 'shortcuts and devices', async (twin) => {
    twin.ids.set('old', twin.id('old session'))
    await forced(twin, [['POST', '/api/v1/shortcuts'], ['DELETE', '/api/v1/shortcuts/@shortcut'], ['DELETE', '/api/v1/shortcuts/@shortcut'], ['DELETE', '/api/v1/sessions/@old'], ['DELETE', '/api/v1/sessions/@old']])
  })
  await hidden(t, pair, 'locked, and looked at again', async (twin) => { await forced(twin, [['POST', '/api/v1/lock']]) })
  await hidden(t, pair, 'unlocked again with the same PIN', async (twin) => { await forced(twin, [['POST', '/api/v1/unlock', { pin: twin.pin }]]) })
  await hidden(t, pair, 'whatever else has a door, tried with what fits it', async (twin) => {
    await twin.tries('lina', /sign-out|sessions|pin$|erasure|press$|unlock|lock$|DELETE \/api\/v1\/shift$|receipts/)
    await twin.looks(HERS)
  })
  await hidden(t, pair, 'a new PIN', async (twin) => {
    await twin.pass(6 * MINUTE, 10_000)
    await forced(twin, [
      ['PUT', '/api/v1/me/pin', { current: twin.pin, pin: '258014', duress: null }], ['POST', '/api/v1/lock'], ['POST', '/api/v1/unlock', { pin: twin.pin }], ['POST', '/api/v1/unlock', { pin: '258014' }]
    ])
  })
  await hidden(t, pair, 'signed out', async (twin) => { await forced(twin, [['POST', '/api/v1/sign-out']]) })
})
