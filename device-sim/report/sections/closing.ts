/** What it costs, what is not modelled, where it comes from, and every measure. */
import { measureNames } from '../../scenario/scenario.ts'
import { aroundWritten, escaped } from '../draw/svg.ts'
import { tableOf } from '../figure.ts'
import type { Key } from '../say.ts'
import { measureWords, measured, measuredInterval } from '../study.ts'
import type { Study } from '../study.ts'

export function costsSection (study: Study): string {
  const { say, policies, summary, spread } = study
  const rows = policies.map(({ name }) => {
    const { estimate } = summary(name, 'cost_room_year')
    const [low, high] = spread(name, 'cost_room_year')
    return [name, say.value(estimate, 'EUR'), say.interval(low, high, 'EUR')]
  })
  return `<section id="costs"><h2>${escaped(say.text('costs'))}</h2><p>${escaped(say.text('costs_read'))}</p>${tableOf({ head: [say.text('policy'), say.text('cost'), say.text('range')], rows }, say.text('costs'))}</section>`
}

const notModelled = ['limit_violence', 'limit_fear', 'limit_control', 'limit_outing', 'limit_learning', 'limit_police', 'limit_real'] as const satisfies readonly Key[]

export function limitsSection ({ say }: Study): string {
  return `<section id="not-modelled"><h2>${escaped(say.text('limits_title'))}</h2><p>${escaped(say.text('limits_lead'))}</p><ul>${notModelled.map((key) => `<li>${escaped(say.text(key))}</li>`).join('')}</ul></section>`
}

/** A row a measure, the policies beside each other: on paper too. */
export function measuresSection ({ say, policies, summary }: Study): string {
  const heads = policies.map(({ name }) => `<th scope="col">${escaped(name)}</th>`).join('')
  const rows = measureNames.map((measure) => {
    const cells = policies.map(({ name }) => {
      const known = summary(name, measure)
      return `<td>${escaped(measured(say, measure, known.estimate, known.until))}<br><span class="quiet">${escaped(measure === 'authority_contact' ? say.text('invariant_word') : measuredInterval(say, measure, known))}</span></td>`
    }).join('')
    return `<tr><th scope="row">${escaped(measureWords(say, measure))}</th>${cells}</tr>`
  }).join('')
  const title = escaped(say.text('all_measures'))
  return `<section id="measures"><h2>${title}</h2><p>${escaped(say.text('definition'))}</p><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="measures"><caption>${title}</caption><thead><tr><th scope="col">${escaped(say.text('measure'))}</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div><p class="source">${escaped(say.text('source', { file: 'data/summary.csv' }))}</p></section>`
}

/** The command as it was, of the scenario in the package: with what was asked of it besides. */
function again ([command = 'run', , ...options]: readonly string[]): string { return [command, 'scenario.yaml', ...options].join(' ') }

export function provenanceSection ({ say, pack: { provenance, scenario } }: Study): string {
  const facts: readonly (readonly [Key, string])[] = [
    ['version', provenance.version], ['lockfile', provenance.lockfileSha256], ['node', provenance.node], ['platform', provenance.platform], ['scenario_sha', provenance.scenarioSha256],
    ['seed', String(provenance.seed)], ['argv', ['device-sim', ...provenance.argv].join(' ')], ['replications', String(provenance.replications)], ['stopped', say.text(`stopped_${provenance.stopped}`)]
  ]
  const list = facts.map(([key, value]) => `<dt>${escaped(say.text(key))}</dt><dd${/^[0-9a-f]{64}$/.test(value) ? ' class="hash"' : ''}>${escaped(value)}</dd>`).join('')
  const cite = aroundWritten(scenario.title.replace(/[.]$/, ''), (title) => say.text('cite_text', { title, version: provenance.version, name: scenario.name, sha: provenance.scenarioSha256.slice(0, 16), seed: String(provenance.seed), replications: provenance.replications }))
  const command = `device-sim ${again(provenance.argv)} --out ../${scenario.name}-again\ndevice-sim compare . ../${scenario.name}-again`
  return `<section id="provenance"><h2>${escaped(say.text('provenance'))}</h2><dl>${list}</dl><h3>${escaped(say.text('reproduce'))}</h3><p>${escaped(say.text('reproduce_lead'))}</p><pre tabindex="0">${escaped(command)}</pre><h3>${escaped(say.text('cite'))}</h3><p class="cite">${cite}</p></section>`
}
