/**
 * A policy and a circle are the same thing in the service's own format: roles in one, the ids of her people in the other.
 * What is hers alone (notes, wishes, what each may see, consents) never comes into a scenario.
 */
import type { Static } from 'typebox'
import { LineCounter, parseDocument, stringify } from 'yaml'
import type { CirclePut, CircleShown } from '../../server/contract/circle.ts'
import { InvalidInput } from '../invalid-input.ts'
import { Place, Reading, ScenarioInvalid, emptyLibrary } from './reading.ts'
import type { Policy } from './scenario.ts'
import { circleLimits } from './shapes/plan.ts'
import { absent, list, object, orNull, whole } from './shapes/shape.ts'
import type { Shape } from './shapes/shape.ts'
import { Type } from 'typebox'

export type CircleBody = Static<typeof CirclePut>
/** What GET /circle shows; the rest of it is not read. */
export type CircleNow = Pick<Static<typeof CircleShown>, 'version' | 'note' | 'quietCheck' | 'wishes' | 'sees'>

const idForm = /^[A-Za-z0-9_:.-]{1,64}$/
const circleBytesMost = 100_000

/** `role=id,role=id`, either way round: the words before and after the `=`. Each of both once. */
export function readPairs (given: string, flag: string): ReadonlyMap<string, string> {
  const pairs = given.split(',').map((pair) => pair.trim().split('='))
  for (const pair of pairs) {
    if (pair.length !== 2 || !pair.every((word) => idForm.test(word))) throw new InvalidInput('PAIRS_INVALID', `${flag} needs ${flag === '--ids' ? 'role=id,role=id' : 'id=role,id=role'}`)
  }
  for (const side of [0, 1]) {
    const words = pairs.map((pair) => pair[side])
    const twice = words.find((word, i) => words.indexOf(word) !== i)
    if (twice !== undefined) throw new InvalidInput('PAIRS_INVALID', `${flag} names ${twice} twice: each role is one person here`)
  }
  return new Map(pairs as [string, string][])
}

/** A body that PUT /circle takes. `now`: the circle as it is, whose notes, wishes and version are kept; null: the first one. */
export function circleOf (policy: Policy, ids: ReadonlyMap<string, string>, now: CircleNow | null): CircleBody {
  const roles = [...new Set([...policy.steps.flatMap(({ people }) => people), ...policy.mayKnow])]
  const unknown = roles.filter((role) => !ids.has(role))
  if (unknown.length > 0) throw new InvalidInput('IDS_MISSING', `--ids says nobody for ${unknown.join(', ')}`)
  const idOf = (role: string): string => ids.get(role) ?? ''
  return {
    steps: policy.steps.map(({ waitS, assistWaitS, people }) => ({ waitS, assistWaitS, people: people.map(idOf) })),
    mayKnow: policy.mayKnow.map(idOf),
    note: now?.note ?? null,
    quietCheck: now?.quietCheck ?? null,
    wishes: now?.wishes ?? { ambulance: 'ask-me', police: 'ask-me' },
    sees: now?.sees ?? {},
    version: now?.version ?? 0
  }
}

const id: Shape<string> = { schema: Type.String(), read: (at) => typeof at.value === 'string' && idForm.test(at.value) ? at.value : at.faulty('ID_INVALID', 'needs the id of a responder') }
const step = object<Policy['steps'][number]>({
  waitS: whole(circleLimits.waitLeastS, circleLimits.waitMostS),
  assistWaitS: absent(null, orNull(whole(circleLimits.waitLeastS, circleLimits.assistWaitMostS))),
  people: list(id, circleLimits.peopleMost, 'ids', 1)
})
const steps = list(step, circleLimits.stepsMost, 'steps')
const marked = list(id, circleLimits.mayKnowMost, 'ids')

/** What GET /circle shows, as an entry for a scenario's `policies`. Throws `InvalidInput`, also for an id without a role. */
export function policyYaml (circle: string, file: string, roles: ReadonlyMap<string, string>, name: string): string {
  const { people, mayKnow } = readCircle(circle, file)
  const ids = [...new Set([...people.flatMap((each) => each.people), ...mayKnow])]
  const strangers = ids.filter((each) => !roles.has(each))
  if (strangers.length > 0) throw new InvalidInput('ROLES_MISSING', `--roles has no role for ${strangers.join(', ')}`)
  const named = (them: readonly string[]): string[] => them.map((each) => roles.get(each) ?? '')
  const policy = { title: `As ${name} is now`, steps: people.map((each) => ({ ...each, people: named(each.people) })), mayKnow: named(mayKnow) }
  return stringify({ [name]: policy }, { collectionStyle: 'block', lineWidth: 0 }).trimEnd()
}

function readCircle (text: string, file: string): { readonly people: readonly Policy['steps'][number][], readonly mayKnow: readonly string[] } {
  if (text.length > circleBytesMost) throw new InvalidInput('CIRCLE_INVALID', `${file} is too large for a circle`)
  const lines = new LineCounter()
  // JSON is YAML, and the reader of scenarios says where a fault is.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const reading = new Reading(file, lines, emptyLibrary())
  for (const { message, pos } of document.errors) reading.faultAt(pos[0], '', 'JSON', message)
  const root = new Place(reading, '', document.contents, 0)
  const pairs = root.pairs('steps and mayKnow, as GET /circle shows them')
  const [stepsAt, markedAt] = [pairs?.get('steps'), pairs?.get('mayKnow')]
  if (pairs !== undefined && stepsAt === undefined) root.faultOfKey('KEY_MISSING', '"steps" is missing: is this what GET /circle shows?')
  const people = stepsAt && steps.read(stepsAt)
  const mayKnow = markedAt === undefined ? [] : marked.read(markedAt)
  if (people === undefined || mayKnow === undefined || reading.faults.length > 0) throw new ScenarioInvalid(file, reading.faults)
  return { people, mayKnow }
}
