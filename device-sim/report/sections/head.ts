/** What the study asked and what it found, in sentences; then who was compared with whom. */
import * as derived from '../../data-package/tables/derived.ts'
import { isBound } from '../../data-package/waited.ts'
import { breaches } from '../../data-package/tables/raw.ts'
import type { Policy } from '../../scenario/scenario.ts'
import { swatch } from '../draw/looks.ts'
import { aroundWritten, asWritten, escaped } from '../draw/svg.ts'
import { estimateOf, numberOf } from '../study.ts'
import type { Study } from '../study.ts'

const paragraph = (text: string): string => `<p>${escaped(text)}</p>`

function roomsOf ({ pack: { scenario } }: Study): number { return scenario.venues.reduce((sum, { count, rooms }) => sum + count * rooms, 0) }

/** What a reader must know before the first number: that the study is a part, or less precise than wanted. */
function notice ({ pack: { provenance }, say }: Study): string {
  const { stopped, replications, shard } = provenance
  switch (stopped) {
    case 'precise': return ''
    case 'interrupted': return `<p class="notice">${escaped(say.text('partial', { replications }))}</p>`
    case 'shard': return `<p class="notice">${escaped(say.text('shard', { part: shard?.part ?? '?', of: shard?.of ?? '?' }))}</p>`
    case 'cap': return `<p class="notice">${escaped(say.text('capped', { replications }))}</p>`
  }
}

export function headSection (study: Study): string {
  const { pack: { scenario, provenance }, say } = study
  const lamp = '<svg class="lamp" viewBox="0 0 28 28" aria-hidden="true"><circle cx="14" cy="14" r="12" fill="none" stroke="#b3630a" stroke-width="1.5"/><circle cx="14" cy="14" r="7.5" fill="#f0a947"/></svg>'
  const glance = say.text('at_glance', { rooms: say.number(roomsOf(study), 0), days: say.number(scenario.horizonS / 86_400, 0), replications: say.number(provenance.replications, 0), seed: String(provenance.seed) })
  return `<header><p class="kicker">${lamp}${escaped(say.text('report'))} · ${escaped(scenario.name)}</p><h1>${asWritten(scenario.title)}</h1>${scenario.question === '' ? '' : `<p class="question">${asWritten(scenario.question)}</p>`}<p class="glance">${escaped(glance)} ${escaped(say.text('as_written'))}</p>${notice(study)}</header>`
}

/** Their names only: their titles stand above. A quantile that was never reached has no distance to another. */
function comparison (study: Study): string[] {
  const { say, summary, policies: [baseline, ...others], pack } = study
  if (baseline === undefined) return []
  const rows = pack.rows(derived.differences)
  return others.flatMap(({ name }) => {
    const row = rows.find((each) => each.policy === name && each.measure === 'tta_p90')
    if (row === undefined) return []
    const { estimate, low, high } = estimateOf(row)
    const [before, after] = [summary(baseline.name, 'tta_p90'), summary(name, 'tta_p90')]
    const [isLater, isNow] = [before, after].map(({ estimate, until }) => isBound('tta_p90', estimate, until))
    const [bound, reached] = isLater === true ? [before, after] : [after, before]
    // Later than the other was watched: nobody knows which of the two is sooner.
    if (isLater !== isNow && reached.estimate !== null && bound.estimate !== null) return reached.estimate > bound.estimate ? [] : [say.text(isLater === true ? 'plain_reached' : 'plain_unreached', { baseline: baseline.name, policy: name, until: say.value(bound.until, 's'), p90: say.value(reached.estimate, 's') })]
    if (estimate === null || low === null || high === null || isLater === true) return []
    const clear = low > 0 || high < 0
    // Said as a size with its direction in words: the ends of the interval turn with it.
    const interval = clear && estimate < 0 ? say.interval(-high, -low, 's') : clear ? say.interval(low, high, 's') : say.text('from_to', { low: say.difference(low, 's'), high: say.difference(high, 's') })
    return [say.text(clear ? (estimate < 0 ? 'plain_sooner' : 'plain_later') : 'plain_same', { baseline: baseline.name, policy: name, by: say.value(Math.abs(estimate), 's'), interval })]
  })
}

export function summarySection (study: Study): string {
  const { say, policies, summary, pack } = study
  const found = policies.map(({ name, policy }) => {
    const [{ estimate: p50, until }, { estimate: p90 }, { estimate: never }] = [summary(name, 'tta_p50'), summary(name, 'tta_p90'), summary(name, 'never_accepted')]
    const reached = isBound('tta_p50', p50, until) ? 'plain_tta_none' : isBound('tta_p90', p90, until) ? 'plain_tta_half' : 'plain_tta'
    const soon = aroundWritten(policy.title === '' ? name : policy.title, (title) => say.text(reached, { policy: policy.title === '' ? title : `${title} (${name})`, p50: say.value(p50, 's'), p90: say.value(p90, 's'), until: say.value(until, 's') }))
    const burden = say.text('plain_burden', { never: say.value(never, 'share'), until: say.value(until, 's'), wakings: say.value(summary(name, 'wakings_month').estimate, 'count') })
    return `${soon} ${escaped(burden)}`
  })
  const evidence = pack.rows(derived.evidence)
  const assumed = say.text('plain_evidence', { assumed: evidence.filter(({ evidence }) => evidence === 'assumed').length, all: evidence.length })
  return `<section id="summary"><h2>${escaped(say.text('summary'))}</h2><ul class="plain">${found.map((text) => `<li>${text}</li>`).join('')}</ul>${comparison(study).map(paragraph).join('')}<p class="strong">${escaped(assumed)}</p></section>`
}

/** A line each; markup. */
function stepsOf ({ steps }: Policy, { say }: Study): string {
  let at = 0
  return steps.map(({ people, waitS }, n) => {
    const when = n === 0 ? '' : ` (${say.text('after', { time: say.value(at, 's') })})`
    at += waitS
    return escaped(`${say.text('step_of', { n: n + 1, people: people.join(', ') })}${when}`)
  }).join('<br>')
}

export function policiesSection (study: Study): string {
  const { say, policies } = study
  const rows = policies.map(({ name, policy, look }, n) => `<tr><th scope="row">${swatch(look)} <span class="whole">${escaped(name)}</span>${n === 0 ? ` <span class="tag">${escaped(say.text('baseline'))}</span>` : ''}</th><td>${asWritten(policy.title)}</td><td>${stepsOf(policy, study)}</td></tr>`).join('')
  return `<section id="policies"><h2>${escaped(say.text('policies'))}</h2><div class="scroll" tabindex="0" role="region" aria-label="${escaped(say.text('policies'))}"><table class="policies"><thead><tr><th scope="col">${escaped(say.text('policy'))}</th><td></td><th scope="col">${escaped(say.text('steps_words'))}</th></tr></thead><tbody>${rows}</tbody></table></div></section>`
}

/** `authority_contact` is an invariant: it is told as kept or broken, never with an interval. */
export function invariantSection (study: Study): string {
  const { say, pack, summary, policies } = study
  const contacts = policies.reduce((sum, { name }) => sum + (summary(name, 'authority_contact').estimate ?? 0), 0)
  const broken = pack.rows(breaches).length
  const presses = pack.rows(derived.funnel).filter(({ stage }) => stage === 'press').reduce((sum, row) => sum + (numberOf(row.presses) ?? 0), 0)
  const kept = broken === 0 && contacts === 0
  return `<section id="invariant" class="${kept ? 'kept' : 'broken'}"><h2>${escaped(say.text('invariant'))}</h2>${paragraph(kept ? say.text('invariant_kept', { presses: say.number(presses, 0) }) : say.text('invariant_broke', { count: Math.max(broken, 1) }))}</section>`
}
