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
  const ending = /sign-out|leave|circles\/|sessions|pin$|erasure|press$|DELETE \/api\/v1\/shift$|me\/responder/
  for (const seer of ['luc', 'technician', 'researcher'] as const) {
    await both(t, pair, `${seer} tries everything`, async (twin) => { await twin.tries(seer, ending) })
  }
  await both(t, pair, 'her phone, locked, tries everything', async (twin) => { await twin.tries('lina', ending); await twin.looks(['lina', 'luc', 'technician', 'researcher']) })
})
