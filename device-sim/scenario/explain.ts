/** What a scenario means, in words: who, how often, which steps, and how well each number is known. */
import type { Distribution } from '../virtual/chance/distribution.ts'
import { measureUnits } from './measure-units.ts'
import { resolvePath, unitAt } from './paths.ts'
import { sayDistribution, sayHours, sayQuantity, sayTime } from './say.ts'
import { duration, share } from './units.ts'
import type { Evidence, Parameter, Policy, Renewal, ResponderType, Scenario, VenueType } from './scenario.ts'
import { en } from './words/en.ts'
import { fr } from './words/fr.ts'
import { nl } from './words/nl.ts'
import type { FieldName, ScenarioWords } from './words/words.ts'

const languages: Readonly<Record<'en' | 'fr' | 'nl', ScenarioWords>> = { en, fr, nl }
export type ExplainLanguage = keyof typeof languages
export const explainLanguages = Object.keys(languages) as readonly ExplainLanguage[]

type Lines = readonly string[]
type Known = { readonly path: readonly string[], readonly parameter: Parameter }

/** Plain text, a section a blank line. */
export function explain (scenario: Scenario, language: ExplainLanguage = 'en'): string {
  const words = languages[language]
  const { titles } = words
  const section = (title: string, lines: Lines): string => `${title}\n${(lines.length === 0 ? [words.none] : lines).map((line) => `  ${line}`).join('\n')}`
  return [
    `${scenario.title} (${scenario.name})`,
    section(titles.question, [scenario.question]),
    section(titles.run, runLines(scenario, words)),
    ...scenario.venues.flatMap((venue) => [
      section(`${titles.where}: ${venue.name}`, venueLines(venue, words)),
      section(`${titles.works}: ${venue.name}`, [words.shift(sayHours(venue.workers.shift, words)), ...chances(venue.workers, words), `- ${words.missedRaises[venue.workers.missedRaises]}`]),
      section(`${titles.told}: ${venue.name}`, venue.responders.flatMap((responder) => responderLines(responder, words)))
    ]),
    section(titles.chain, chainLines(scenario, words)),
    section(titles.policies, scenario.policies.flatMap((policy, i) => policyLines(policy, i === 0, words))),
    section(titles.faults, scenario.faults.map((fault) => words.fault(fault.is, sayTime(fault.atS, words), sayTime(fault.forS, words), fault.is === 'push-slow' ? null : fault.venue, fault.is === 'push-slow' ? fault.times : null))),
    section(titles.criteria, scenario.criteria.map((criterion) => {
      const say = (value: number): string => sayQuantity(value, measureUnits[criterion.measure], words)
      return words.criterion(words.measures[criterion.measure], criterion.policy, criterion.better, say(criterion.green), say(criterion.red))
    })),
    section(titles.factors, scenario.factors.map(({ path, low, high, scale }) => {
      const unit = unitAt(resolvePath(scenario, path)[0] ?? [])
      return words.factor(path, sayQuantity(low, unit, words), sayQuantity(high, unit, words), scale)
    })),
    section(titles.grounds, words.grounds(parametersOf(scenario).length, evidenceOf(scenario)))
  ].join('\n\n')
}

/** One chance at its path, as `explain` says it. */
export function explainDraw (draw: Distribution, path: readonly string[], language: ExplainLanguage): string {
  return sayDistribution(draw, ['up', 'down'].includes(path.at(-1) ?? '') ? duration : unitAt(path), languages[language])
}

/** Every parameter of the scenario with its keys; each place where it stands counts. */
export function parametersOf (held: unknown, path: readonly string[] = []): readonly Known[] {
  if (typeof held !== 'object' || held === null) return []
  if ('draw' in held && 'evidence' in held) return [{ path, parameter: held as Parameter }]
  return Object.entries(held).flatMap(([key, value]) => parametersOf(value, [...path, key]))
}

export function evidenceOf (scenario: Scenario): Readonly<Record<Evidence, number>> {
  const counts = { measured: 0, literature: 0, elicited: 0, assumed: 0 }
  for (const { parameter } of parametersOf(scenario)) counts[parameter.evidence]++
  return counts
}

function runLines ({ horizonS, replications: { least, most, primary, halfWidth, lookAhead }, seed }: Scenario, words: ScenarioWords): Lines {
  return words.run(sayTime(horizonS, words), least, most, words.measures[primary], sayQuantity(halfWidth, share, words), lookAhead, seed)
}

function venueLines ({ count, rooms, workersPerRoom, floors, button, network, power, gateway }: VenueType, words: ScenarioWords): Lines {
  return [words.venue(count, rooms, floors), ...(workersPerRoom === 1 ? [] : [words.inTurn(workersPerRoom)]), words.built(button, network, power), ...(gateway === null ? [] : chances({ gateway }, words))]
}

/** A line for each parameter and renewal that the thing has. */
function chances (thing: object, words: ScenarioWords): Lines {
  return Object.entries(thing).flatMap(([key, value]: [string, unknown]): Lines => {
    const label = words.fields[key as FieldName]
    if (isParameter(value)) return [`- ${label}: ${sayDistribution(value.draw, unitAt([key]), words)} ${grounds(value, words)}`]
    if (!isRenewal(value)) return []
    const say = ({ draw }: Parameter): string => sayDistribution(draw, duration, words)
    return [`- ${label}: ${words.upFor} ${say(value.up)}${value.up.draw.is === 'never' ? '' : `, ${words.downFor} ${say(value.down)}`} ${grounds(value.up, words)}`]
  })
}
function isParameter (value: unknown): value is Parameter { return typeof value === 'object' && value !== null && 'draw' in value }
function isRenewal (value: unknown): value is Renewal { return typeof value === 'object' && value !== null && 'up' in value && 'down' in value }
function grounds ({ evidence, source }: Parameter, words: ScenarioWords): string { return `[${words.evidence[evidence]}: ${source}]` }

function responderLines (responder: ResponderType, words: ScenarioWords): Lines {
  const { role, kind, per, duty, sleep, mayKnow } = responder
  const traits = [
    kind === 'authority' ? words.authority : words.trusted,
    words.per[per],
    ...(duty === null ? [] : [words.onDuty(sayHours(duty, words))]),
    words.sleeps(sayHours(sleep, words)),
    ...(mayKnow ? [words.mayKnow] : [])
  ]
  return [`${role}: ${traits.join(', ')}`, ...chances(responder, words)]
}

function chainLines ({ buttons, networks, powers, push, service }: Scenario, words: ScenarioWords): Lines {
  return [
    ...Object.entries(buttons).flatMap(([name, button]) => [`${name}: ${words.beats(sayTime(button.beatS, words), button.missedBeats)}${button.mainsPowered ? `, ${words.mains}` : ''}`, ...chances(button, words)]),
    ...[networks, powers].flatMap((shelf) => Object.entries(shelf).flatMap(([name, each]) => [name, ...chances(each, words)])),
    'push', ...chances(push, words),
    ...chances({ service }, words)
  ]
}

function policyLines ({ name, title, steps, mayKnow, consents, houseLane }: Policy, first: boolean, words: ScenarioWords): Lines {
  const told = steps.map(({ people }, i) => {
    const before = steps[i - 1]
    return `- ${before === undefined ? words.stepFirst(people.join(', ')) : words.stepNext(i + 1, before.waitS, before.assistWaitS, people.join(', '))}`
  })
  return [
    `${name}: ${title}${first ? ` (${words.baseline})` : ''}`,
    ...told,
    `- ${words.stepLast}`,
    ...(mayKnow.length === 0 ? [] : [`- ${words.duressKnown(mayKnow.join(', '))}`]),
    ...(consents.length === 0 ? [] : [`- ${words.consents(consents.join(', '))}`]),
    ...(houseLane === null ? [] : [`- ${words.houseLane(houseLane)}`])
  ]
}
