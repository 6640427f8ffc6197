/** A worker's phone with people around it, made through the same doors as everybody's: invites, codes, digits. */
import { Browser as SimBrowser } from '../../device-sim/live/browser.ts'
import { granted } from '../faults/full-house.ts'
import type { Phone, PhoneOptions, Stage } from './stage.ts'

type Pairing = { readonly confirm: string, readonly kind: string }

/** Signed in as a worker of that venue, before any page is open. */
export async function herPhone (stage: Stage, venue: string, options: PhoneOptions = {}, alias = 'Lina'): Promise<Phone> {
  const { code } = await stage.operate(async (people) => granted(await people.invites.make('worker', venue as never)))
  const phone = await stage.phone(options)
  await asks(phone, 'POST', `/invites/${code}`, { role: 'worker', alias, language: 'en', device: 'Chrome, Android' })
  return phone
}

/** What her phone asks the service beside its page: the same cookie. */
export async function asks<T = null> (phone: Phone, method: string, path: string, data?: unknown): Promise<T> {
  const { origin } = phone.stage
  const answer = await phone.context.request.fetch(`${origin}/api/v1${path}`, { method, headers: { origin }, ...(data === undefined ? {} : { data }) })
  const text = await answer.text()
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${text}`)
  return (text === '' ? null : JSON.parse(text)) as T
}

/** Takes a code as their own phone would; the digits on their screen come back. */
export async function joins (browser: SimBrowser, code: string, name: string, kind = 'contact'): Promise<string> {
  const { confirm } = await browser.post<Pairing>(`/api/v1/pairings/${code}`, { name, kind, language: 'en', device: 'a phone', ...(kind === 'organisation' ? { neverForwards: 'v1' } : {}) })
  return confirm
}

export type Friend = { readonly browser: SimBrowser, readonly responder: string }

/** Somebody on her list, confirmed by voice. */
export async function befriends (phone: Phone, name: string, kind = 'contact'): Promise<Friend> {
  const { code } = await asks<{ code: string }>(phone, 'POST', '/contacts/codes')
  const browser = new SimBrowser(phone.stage.origin)
  const confirm = await joins(browser, code, name, kind)
  const { contacts } = await asks<{ contacts: { responder: string, name: string }[] }>(phone, 'GET', '/contacts')
  const { responder } = contacts.find((contact) => contact.name === name) ?? { responder: '' }
  await asks(phone, 'POST', `/contacts/${responder}/confirm`, { code: confirm })
  return { browser, responder }
}

type Circle = { readonly version: number }

/** Steps of these people, each waiting half a minute. */
export async function orders (phone: Phone, steps: readonly (readonly string[])[], more: object = {}): Promise<void> {
  const { mayKnowReach, ...circle } = await asks<Circle & { mayKnowReach?: string }>(phone, 'GET', '/circle')
  await asks(phone, 'PUT', '/circle', { ...circle, steps: steps.map((people) => ({ waitS: 30, assistWaitS: null, people })), ...more })
}
