/** Incident: "this code has expired" told him that she was one of them. */
import { randomBytes } from 'node:crypto'
import t from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import { PAIRING_CODE_MS, INVITE_MS } from '../../server/people/limits.ts'
import { Phone, openHouse } from './house.ts'
import type { House } from './house.ts'

/** Everything of an answer but the request's own number. */
function seen (reply: LightMyRequestResponse): unknown {
  const headers = Object.fromEntries(Object.entries(reply.headers).filter(([name]) => name !== 'date'))
  return { status: reply.statusCode, headers, body: reply.body.replace(/"request":"[^"]*"/, '"request":"…"') }
}

const JOINING = {
  worker: { role: 'worker', alias: 'Eve', language: 'fr', device: 'x' },
  technician: { role: 'technician', device: 'x' },
  researcher: { role: 'researcher', device: 'x' },
  'reference-person': { role: 'reference-person', name: 'Eve', language: 'fr', device: 'x', neverForwards: 'v1' }
} as const
type Role = keyof typeof JOINING
const ROLES = Object.keys(JOINING) as readonly Role[]

async function made (house: House, role: Role): Promise<string> {
  const invite = await house.people.invites.make(role, await house.venue())
  if (!invite.ok) throw new Error(invite.code)
  return invite.code
}

t.test('R22: an invite that is unknown, used or expired looks the same to look at and to use, for whatever role', async (t) => {
  const house = await openHouse(t)
  const old = new Map<Role, string>()
  for (const role of ROLES) old.set(role, await made(house, role))
  house.clock.jump(INVITE_MS)
  for (const role of ROLES) {
    const used = await made(house, role)
    t.equal((await new Phone(house).post(`/api/v1/invites/${used}`, JOINING[role])).statusCode, 201)
    const codes = ['ABCDEFGHJKMNPQRSTVWX', used, old.get(role) ?? '']
    const looked = []
    const taken = []
    for (const code of codes) {
      looked.push(seen(await new Phone(house).get(`/api/v1/invites/${code}`)))
      for (const as of ROLES) taken.push({ as, ...seen(await new Phone(house).post(`/api/v1/invites/${code}`, JOINING[as])) as object })
      await house.clock.pass(60_000)
    }
    t.same(looked[1], looked[0], `${role}: used`)
    t.same(looked[2], looked[0], `${role}: expired`)
    for (const as of ROLES) {
      const [unknown, ...others] = taken.filter((one) => one.as === as)
      for (const other of others) t.same(other, unknown, `${role} taken as ${as}`)
    }
  }
})

t.test('R22: so does a pairing code, for a new phone and for a responder\'s', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  const code = async (): Promise<string> => (await lina.post('/api/v1/contacts/codes')).json<{ code: string }>().code
  const expired = await code()
  house.clock.jump(PAIRING_CODE_MS)
  const used = await code()
  const body = { name: 'Eve', kind: 'contact', language: 'fr', device: 'x' }
  t.equal((await new Phone(house).post(`/api/v1/pairings/${used}`, body)).statusCode, 201)
  for (const phone of [() => new Phone(house), () => ana.phone]) {
    const answers = []
    for (const each of ['ABCD2345', used, expired]) answers.push(seen(await phone().post(`/api/v1/pairings/${each}`, body)), seen(await phone().get(`/api/v1/pairings/${each}`)))
    t.same(answers.slice(2, 4), answers.slice(0, 2), 'used')
    t.same(answers.slice(4, 6), answers.slice(0, 2), 'expired')
    await house.clock.pass(300_000)
  }
})

t.test('R22: on every route an id of somebody else\'s looks like one that was never given out', async (t) => {
  const house = await openHouse(t)
  const lina = await house.join('worker')
  const ana = await house.pair(lina)
  await house.circle(lina, [ana.responder])
  await lina.press('one')
  const alarm = (await lina.get('/api/v1/alarms')).json().alarms[0].alarm as string
  const { shortcut } = (await lina.post('/api/v1/shortcuts')).json<{ shortcut: string }>()
  const { sessions } = (await lina.get('/api/v1/sessions')).json<{ sessions: { session: string }[] }>()
  const { circles } = (await ana.phone.get('/api/v1/me/responder/circles')).json<{ circles: { circle: string }[] }>()
  const theirs = [ana.responder, alarm, shortcut, sessions[0]?.session ?? '', circles[0]?.circle ?? '']
  // Eve holds every role, none of it Lina's.
  const eve = await house.join('worker', new Phone(house), 'Eve')
  await house.pair(eve, new Phone(house), 'Mallory')
  const both = await house.join('technician', eve)
  const other = await house.join('worker', new Phone(house), 'Zoe')
  await house.pair(other, both, 'Eve')
  let compared = 0
  for (const { method, url } of house.app.rules.filter((rule) => /:(?!code|token|did)/.test(rule.url) && !rule.access.includes('public'))) {
    for (const id of theirs) {
      const answers = []
      for (const each of [id, randomBytes(16).toString('base64url')]) {
        const { cookie } = both
        const body = /confirm/.test(url) ? { code: '123456' } : /close/.test(url) ? { pin: '4711' } : /answer/.test(url) ? { is: 'cannot' } : /receipts/.test(url) ? { n: 1, level: 'seen' } : /requests/.test(url) ? { approve: true } : method === 'PATCH' ? { language: 'fr' } : undefined
        answers.push(seen(await both.ask({ method: method as 'GET', url: url.replace(/:\w+/, each), ...(method === 'GET' ? {} : { body }) })))
        both.cookie = cookie
      }
      t.same(answers[0], answers[1], `${method} ${url}`)
      compared += 1
      await house.clock.pass(31_000)
    }
  }
  t.ok(compared > 40, `${compared} pairs`)
})
