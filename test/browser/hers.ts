/** A worker's phone with people around it, made through the same doors as everybody's: invites, codes, digits. */
import { Browser as SimBrowser } from '../../device-sim/live/browser.ts'
import { granted } from '../faults/full-house.ts'
import type { Judged, Phone, PhoneOptions, Stage } from './stage.ts'

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

/** Her own page at another of its places, within the page: nothing is loaded anew. Resolves when the screen before is gone. */
export async function goes (phone: Phone, path: string): Promise<void> {
  await phone.page.locator('.screen').first().waitFor()
  await phone.page.evaluate(`document.querySelector('.screen').setAttribute('data-before', ''); location.hash = ${JSON.stringify(path)}`)
  await phone.page.locator('.screen[data-before]').waitFor({ state: 'detached' })
}

/** Typed on the keys, and entered. */
export async function types (phone: Phone, pin: string): Promise<void> {
  for (const digit of pin) await phone.page.getByRole('button', { name: digit, exact: true }).click()
  await phone.page.locator('.light-button').click()
}

/** As at the end of the page: nothing lies under the tabs there. One line a fault. */
export async function faultsOf (phone: Phone, judged: Judged = 'all'): Promise<readonly string[]> {
  for (;;) {
    const height = await phone.page.evaluate<number>('(scrollTo(0, document.body.scrollHeight), document.body.scrollHeight)')
    const faults = await faultsSeen(phone, judged)
    // What came in meanwhile pushed something under the bar at the foot: a page that grew is judged again.
    if (await phone.page.evaluate<number>('document.body.scrollHeight') === height) return faults
  }
}

async function faultsSeen (phone: Phone, judged: Judged): Promise<readonly string[]> {
  const wide = await phone.overflows() ? ['it scrolls sideways'] : []
  const keys = await phone.page.evaluate<string[]>('[...document.body.innerText.matchAll(/\\b(safety|worker|list|help|shell|door|responder|technician|researcher|push)\\.[a-zA-Z][\\w.]+/g)].map((found) => found[0])')
  const small = await phone.page.evaluate<string[]>(`[...document.querySelectorAll('a, button, select, input:not([type=checkbox])')]
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && (box.width < 55.5 || box.height < 55.5))
    .map(({ element, box }) => element.textContent + ' is ' + Math.round(box.width) + 'x' + Math.round(box.height))`)
  return [...wide, ...keys, ...small, ...await phone.axe(judged)]
}
