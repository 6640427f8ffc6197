/**
 * Role x route x object, made from the app's own table of rules: every id that a route takes, in its path, its query, a
 * header or its body, and every one that a message of the live socket bears, for every role that may use it. What is needed to try it stands here; a route whose ids have no object to try,
 * or whose body nobody knows how to fill, is found by the test.
 */
import { randomBytes } from 'node:crypto'
import type { Role, Rule } from '../../server/http/access.ts'
import { Phone } from './house.ts'
import type { House } from './house.ts'
import { Id } from '../../server/contract/words.ts'
import type { Schema } from './arbitrary.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Parameter = { readonly in: string, readonly name: string, readonly schema: Schema }
export type Operation = { readonly parameters?: readonly Parameter[], readonly requestBody?: { readonly content?: Record<string, { readonly schema: Schema }> } }
export type Document = { readonly paths: Record<string, Record<string, Operation>>, readonly 'x-live': { readonly client: Schema } }
/** One cell: this role, on this route, with an id in this place. */
export type Cell = { readonly role: Role, readonly method: Method, readonly url: string, readonly at: string, readonly hasBody: boolean }

/** What a place may name; `two-houses.ts` has one of each. */
export const OBJECTS = ['alarm', 'circle', 'consent', 'did', 'endpoint', 'from', 'handover', 'offer', 'request', 'responder', 'room', 'session', 'shortcut', 'venue'] as const
export type ObjectName = typeof OBJECTS[number]

/** Two houses that know nothing of each other: whose objects they are, and who tries them. */
export type World = {
  readonly house: House
  /** An object of each kind of the one house. */
  readonly theirs: Readonly<Record<ObjectName, string>>
  /** The same of the stranger's own house, for the places that are not being tried. */
  readonly own: Readonly<Record<string, string>>
  readonly strangers: Readonly<Partial<Record<Role, Phone>>>
  /** One that has a PIN: closing asks for it. */
  readonly withPin: Phone
  readonly owners: readonly { readonly role: Role, readonly phone: Phone }[]
}

const ID = (Id as unknown as Schema).pattern

/** Every cell of the table; public routes belong to whoever holds the code. */
export function cellsOf (rules: readonly Rule[], document: Document): readonly Cell[] {
  return rules.filter(({ access }) => !access.includes('public')).flatMap(({ method, url, access }) => {
    const operation = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    const schema = operation?.requestBody?.content?.['application/json']?.schema
    const params = [...url.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '').filter((name) => NO_OBJECTS[`${method} ${url} ${name}`] === undefined)
    const places = [...params, ...placesBeside(`${method} ${url}`, operation?.parameters ?? []), ...schema === undefined ? [] : placesIn(schema, 'body')]
    return access.flatMap((role) => places.map((at) => ({ role, method: method as Method, url, at, hasBody: schema !== undefined })))
  })
}

/** Words in a path, a query or a header that choose among nothing that anybody else has. */
const NO_OBJECTS: Readonly<Record<string, string>> = {
  'GET /api/v1/studies/:study/report study': 'a simulation, laid there for every researcher; see studies.test.ts',
  'GET /api/v1/live query.cursor': 'what this very page saw last; see matrix-live.test.ts',
  'POST /api/v1/press header.idempotency-key': 'chosen by a phone, and kept together with who pressed; see matrix-live.test.ts'
}

/** Any text in a query or a header, whatever its form: a new one is tried, or is said above to name nothing. */
function placesBeside (route: string, parameters: readonly Parameter[]): readonly string[] {
  return parameters.filter(({ in: where, schema }) => where !== 'path' && !isClosed(schema))
    .map(({ in: where, name }) => `${where}.${name}`).filter((at) => NO_OBJECTS[`${route} ${at}`] === undefined)
}

/** Numbers, and words of which there is a list. */
function isClosed ({ anyOf, const: only, enum: words, type }: Schema): boolean {
  if (anyOf !== undefined) return anyOf.every(isClosed)
  return words !== undefined || only !== undefined || ['integer', 'number', 'boolean', 'null'].includes(type ?? '')
}

/** One cell of the live socket: this message, with an id in this place. */
export type LiveCell = { readonly type: string, readonly at: string }

export function liveCellsOf ({ 'x-live': { client } }: Document): readonly LiveCell[] {
  return (client.anyOf ?? [client]).flatMap(({ properties = {} }) => Object.entries(properties)
    .filter(([name, schema]) => name !== 'type' && !isClosed(schema))
    .map(([at]) => ({ type: String(properties['type']?.const), at })))
}

/** A message that fits, with `id` where the cell says; `n`: of the newest telling of their alarm. */
export const MESSAGES: Readonly<Record<string, (id: string, n: number) => unknown>> = {
  receipt: (alarm, n) => ({ type: 'receipt', alarm, n, level: 'seen' })
}

/** Where in a body an id of ours stands. */
function placesIn (schema: Schema, path: string): readonly string[] {
  if (schema.pattern === ID) return [path]
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, each]) => placesIn(each, `${path}.${name}`))
  const keys = Object.keys(schema.patternProperties ?? {}).some((pattern) => pattern === ID) ? [`${path}.*`] : []
  return [...own, ...keys, ...schema.items === undefined ? [] : placesIn(schema.items, path), ...(schema.anyOf ?? []).flatMap((each) => placesIn(each, path))]
}

const step = (people: readonly string[]) => ({ waitS: 30, people })
const wish = ({ house }: World) => ({ plannedEndAt: house.clock.now() + 3_600_000, feedback: 0, house: true })

/** A body that fits, with `id` where the cell says. */
const BODIES: Readonly<Record<string, (id: string, at: string, world: World) => unknown>> = {
  'POST /api/v1/sessions/use': (id) => ({ session: id }),
  'POST /api/v1/consents': (id) => ({ responder: id, wording: 'v1' }),
  'POST /api/v1/contacts/:responder/confirm': () => ({ code: '123456' }),
  'POST /api/v1/alarms/:alarm/close': () => ({ pin: '4711' }),
  'POST /api/v1/alerts/:alarm/answer': () => ({ is: 'coming', minutes: 5 }),
  'POST /api/v1/alerts/:alarm/receipts': () => ({ n: 0, level: 'seen' }),
  'POST /api/v1/shift/window': (id, _at, world) => ({ room: id, ...wish(world) }),
  'POST /api/v1/shift/requests': (id, _at, world) => ({ room: id, ...wish(world) }),
  'POST /api/v1/shift/requests/:request': () => ({ approve: true }),
  'POST /api/v1/test': (id) => ({ room: id }),
  'PATCH /api/v1/endpoints/:endpoint': () => ({ text: 'full' }),
  'PUT /api/v1/circle': (id, at, { own }) => ({
    version: 1,
    steps: [{ ...step([at === 'body.steps.people' ? id : own['responder'] ?? '']), assistWaitS: null }],
    note: null,
    quietCheck: null,
    wishes: { ambulance: 'yes', police: 'no' },
    mayKnow: at === 'body.mayKnow' ? [id] : [],
    sees: at === 'body.sees.*' ? { [id]: { alias: true, room: true, address: true } } : {}
  }),
  'POST /api/v1/offers/colleague': (id) => ({ venue: id, name: 'Rose', language: 'fr', device: 'Story' }),
  'POST /api/v1/offers/:offer/take': () => ({ code: '123456' }),
  'PATCH /api/v1/rooms/:room': () => ({ label: 'Willow', address: null }),
  'PATCH /api/v1/buttons/:did': (id, at, { own }) => ({ room: at === 'body.room' ? id : own['room'] ?? '' }),
  'PUT /api/v1/rooms/:room/standing': (id, at) => ({ steps: at === 'room' ? [] : [step([id])] })
}

/** What object an id in such a place names, where the place's last word does not say it. */
const OBJECT_OF: Readonly<Record<string, string>> = { people: 'responder', mayKnow: 'responder', '*': 'responder' }

/** Taken in silence, whoever sends it: there is nothing to learn from the answer. */
export const SILENT = new Set(['POST /api/v1/alerts/:alarm/receipts'])

export type Try = { readonly phone: Phone, readonly method: Method, readonly real: Ask, readonly none: Ask }
type Ask = { readonly url: string, readonly body: unknown, readonly headers?: Record<string, string> }

/** In words, what is missing to try this cell; null: nothing. */
export function missingFor ({ method, url, at, role, hasBody }: Cell): string | null {
  const route = `${method} ${url}`
  if (objectAt(at) === null) return `${route} takes ${at}: name its object in OBJECTS, and make one in two-houses.ts`
  if (role === 'public' || role === 'press-token') return `${route} may be used by a ${role}: make a stranger in two-houses.ts`
  return hasBody && BODIES[route] === undefined ? `${route} takes a body: say in BODIES how to fill it` : null
}

export function tryOf (world: World, { method, url, at, role, hasBody }: Cell): Try {
  const route = `${method} ${url}`
  const object = objectAt(at)
  const phone = route === 'POST /api/v1/alarms/:alarm/close' ? world.withPin : world.strangers[role]
  if (object === null || phone === undefined) throw new Error(`nothing to try ${route} with`)
  const [where, word] = at.split('.')
  const ask = (id: string): Ask => ({
    ...where === 'header' ? { headers: { [word ?? '']: id } } : {},
    url: (where === 'query' ? `${url}?${word ?? ''}=${encodeURIComponent(id)}` : url).replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent(name === at ? id : world.own[name] ?? 'nothing')),
    body: hasBody ? BODIES[route]?.(id, at, world) : undefined
  })
  const theirs = world.theirs[object]
  return { phone, method, real: ask(theirs), none: ask(nowhereLike(theirs)) }
}

export function objectAt (at: string): ObjectName | null {
  const word = at.split('.').at(-1) ?? at
  return OBJECTS.find((name) => name === (OBJECT_OF[word] ?? word)) ?? null
}

/** An id of the same shape that names nothing. */
export function nowhereLike (id: string): string {
  if (/^[0-9a-f]{16}$/.test(id)) return randomBytes(8).toString('hex')
  if (/^[0-9]+$/.test(id)) return String(Number(id) + 1)
  return randomBytes(16).toString('base64url')
}
