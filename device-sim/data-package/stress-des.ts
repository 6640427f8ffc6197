/**
 * `stress-des.md`: the STRESS-DES checklist, filled in from the scenario and what the simulator is. What only the
 * researcher can say is asked for in brackets.
 * @see Monks, Currie, Onggo, Robinson, Kunc & Taylor 2019, J. Simulation 13, 55, doi 10.1080/17477778.2018.1442155
 */
import type { Scenario, VenueType } from '../scenario/scenario.ts'
import type { Provenance } from '../study/part.ts'
import { measures } from './measures.ts'
import type { Row } from './table.ts'

type Section = readonly [title: string, items: readonly (readonly [number: string, item: string, said: string])[]]

const ask = (what: string): string => `[To be filled in by the researcher: ${what}]`
const list = (lines: readonly string[]): string => lines.map((line) => `  - ${line}`).join('\n')
const days = (s: number): string => `${Number((s / 86_400).toPrecision(6))} days`

function venueLine ({ name, count, rooms, workersPerRoom, floors, network, power, button, gateway, responders }: VenueType): string {
  return `${name}: ${count} x ${rooms} rooms, ${workersPerRoom === 1 ? '' : `each with ${workersPerRoom} workers in turn, `}${floors} floors; network ${network}, power ${power}, button ${button}, ${gateway === null ? 'no gateway' : 'with a gateway'}; responders: ${responders.map(({ role, per }) => `${role} (one a ${per})`).join(', ')}`
}

function objectives ({ question, criteria, policies, replications }: Scenario): Section {
  return ['1. Objectives', [
    ['1.1', 'Purpose of the model', question === '' ? ask('the question of the study') : question],
    ['1.2', 'Model outputs', `Defined in codebook.md. Primary: \`${replications.primary}\`, ${measures[replications.primary].definition} Criteria to proceed, fixed before the run:\n${criteria.length === 0 ? '  - none' : list(criteria.map(({ name, measure, policy, better, green, red }) => `${name}: \`${measure}\` ${policy === null ? 'of every policy' : `of ${policy}`}, ${better} is better, green ${green}, red ${red}`))}`],
    ['1.3', 'Experimentation aims', `To compare escalation policies under common random numbers, each against the baseline \`${policies[0]?.name ?? ''}\`:\n${list(policies.map(({ name, title, steps }) => `${name}${title === '' ? '' : ` (${title})`}: ${steps.map(({ people, waitS }) => `${people.join(' + ')}, ${waitS} s`).join('; then ')}`))}`]
  ]]
}

function logic ({ venues, faults }: Scenario): Section {
  return ['2. Logic', [
    ['2.1', 'Base model overview diagram', 'Press -> button and network -> service -> alert -> shown -> noticed -> accepted -> arrived -> ended. The funnel of the report follows it.'],
    ['2.2', 'Base model logic', 'Every decision of an alarm (whom to tell, when, again, whether it is over) is a turn of the alarm core of the service itself, imported and not rewritten. Around it are simulated: presses, buttons, networks, power, the push channel, telephones, and responders who sleep, miss, answer, walk and tire.'],
    ['2.3', 'Scenario logic', 'Scenarios differ in the policy alone: one circle of ordered steps a policy. The same replication number has the same luck under every policy.'],
    ['2.4', 'Algorithms', 'Outages as alternating renewal processes; sampling by inverse CDF from streams keyed by SHA-256 of seed, replication, entity and purpose. Heartbeats are not simulated one by one.'],
    ['2.5.1', 'Components: entities', 'Presses (by incident, by accident, tests) and the alarms that they open.'],
    ['2.5.2', 'Components: activities', 'Sending and sending again, showing, noticing, reacting, turning out, walking, climbing stairs, ending by PIN.'],
    ['2.5.3', 'Components: resources', `\n${list(venues.map(venueLine))}`],
    ['2.5.4', 'Components: queues', 'None: an alert does not wait for a responder to be free. Whoever is out already goes on to the next room on the same trip.'],
    ['2.5.5', 'Components: entry and exit points', `Presses begin where a room is and end when the alarm is settled or the run ends (censored).${faults.length === 0 ? '' : ` Faults are scripted: ${faults.map(({ is, atS, forS }) => `${is} at ${atS} s for ${forS} s`).join('; ')}.`}`]
  ]]
}

function data (evidence: readonly Row[]): Section {
  const count = (grade: string): number => evidence.filter((row) => row[2] === grade).length
  return ['3. Data', [
    ['3.1', 'Data sources', `data/evidence.csv names the source of each parameter: ${count('measured')} measured, ${count('literature')} from literature, ${count('elicited')} elicited, ${count('assumed')} assumed.`],
    ['3.2', 'Pre-processing', `None by the simulator; empirical distributions keep the points they were given. ${ask('how measured or elicited data were prepared')}`],
    ['3.3', 'Input parameters', 'scenario.yaml and scenario.json, with every default filled in.'],
    ['3.4', 'Assumptions', `${count('assumed')} of ${evidence.length} parameters are assumed. Not modelled: whether a button changes how often violence happens or how it ends; fear and trust; misuse of records; the harm of being outed; police and emergency services.`]
  ]]
}

function experiment ({ horizonS, seed, replications }: Scenario, provenance: Provenance): Section {
  const stopped = { precise: 'the wanted precision was reached', cap: 'the cap was reached', interrupted: 'it was interrupted: a partial study', shard: 'this is one shard' }[provenance.stopped]
  return ['4. Experimentation', [
    ['4.1', 'Initialisation', 'Terminating: every replication starts at midnight with working chains, new batteries drawn at a random age, rested responders. No warm-up is cut off.'],
    ['4.2', 'Run length', `${days(horizonS)} a replication.`],
    ['4.3', 'Estimation approach', `${provenance.replications} replications (floor ${replications.least}, cap ${replications.most}); stopping rule of Hoad and Robinson on \`${replications.primary}\`: half-width under ${replications.halfWidth * 100} % of the mean, look-ahead ${replications.lookAhead}; ${stopped}. 95 % intervals: Student over replications, bootstrap of replications for quantiles, Wilson for shares, Kaplan-Meier with a band over replications for shares and quantiles of waits that may be cut short, paired differences.`],
    ['4.3.1', 'Random numbers', `Master seed ${seed}. Common random numbers across policies.`]
  ]]
}

function implementation (provenance: Provenance): Section {
  return ['5. Implementation', [
    ['5.1', 'Software and language', `device-sim ${provenance.version} (Veilleuse), TypeScript on Node.js ${provenance.node}; own event kernel.`],
    ['5.2', 'Random sampling', 'Counter-based generator keyed by SHA-256; inverse CDF only.'],
    ['5.3', 'Model execution', 'Next-event time advance; one replication is one unit of work on worker threads; outputs are the same bytes for any number of them.'],
    ['5.4', 'System specification', `${provenance.platform}. ${ask('processor and run time, if they matter')}`]
  ]]
}

function access (provenance: Provenance): Section {
  return ['6. Code access', [
    ['6.1', 'Computer model sharing statement', `Source under EUPL-1.2; version ${provenance.version}, lock file SHA-256 ${provenance.lockfileSha256}, scenario SHA-256 ${provenance.scenarioSha256}. ${ask('where this package is deposited, its DOI')}`]
  ]]
}

/** `evidence`: rows of the table of that name. */
export function stressDes (scenario: Scenario, provenance: Provenance, evidence: readonly Row[]): string {
  const sections = [objectives(scenario), logic(scenario), data(evidence), experiment(scenario, provenance), implementation(provenance), access(provenance)]
  const body = sections.map(([title, items]) => `## ${title}\n\n${items.map(([number, item, said]) => `- **${number} ${item}.** ${said}`).join('\n')}\n`).join('\n')
  return `# STRESS-DES: ${scenario.title}\n\nThe checklist of Monks et al. 2019 (doi 10.1080/17477778.2018.1442155), filled in from the scenario and the version that ran. What stands in brackets only the researcher can say.\n\n${body}`
}
