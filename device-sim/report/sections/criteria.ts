/** Criteria to proceed as traffic lights that need no colour: a shape and a word each, and where the interval lies between the limits. */
import * as derived from '../../data-package/tables/derived.ts'
import type { NamedRow } from '../../data-package/read.ts'
import type { Unit } from '../../data-package/measures.ts'
import type { MeasureName } from '../../scenario/scenario.ts'
import { linear } from '../draw/scale.ts'
import { el, escaped, rounded } from '../draw/svg.ts'
import { estimateOf, measureWords, measured, measuredInterval, numberOf, unitOf } from '../study.ts'
import type { Estimate, Study } from '../study.ts'

export const verdicts = ['green', 'amber', 'red'] as const
type Verdict = typeof verdicts[number]

/** Full disc with a tick, half disc, open ring with a bar. */
function light (verdict: Verdict): string {
  const shape: Readonly<Record<Verdict, string>> = {
    green: '<circle cx="11" cy="11" r="9" fill="#16756c"/><path d="M6.5 11.5l3 3 6-7" fill="none" stroke="#fff" stroke-width="2.2"/>',
    amber: '<circle cx="11" cy="11" r="8.5" fill="#fff" stroke="#b3630a" stroke-width="2"/><path d="M11 2.5a8.5 8.5 0 0 0 0 17z" fill="#b3630a"/>',
    red: '<circle cx="11" cy="11" r="8.5" fill="#fff" stroke="#9c3015" stroke-width="2.4"/><path d="M5.5 11h11" stroke="#9c3015" stroke-width="2.8"/>'
  }
  return `<svg class="light" viewBox="0 0 22 22" aria-hidden="true">${shape[verdict]}</svg>`
}

/** Grey paper tells the red zone from the green one by this. */
function hatch (from: number, to: number): string {
  const at = Array.from({ length: Math.max(0, Math.floor((to - from) / 4)) }, (_, n) => from + 2 + n * 4)
  return el('path', { class: 'hatch', d: at.map((x) => `M${rounded(x)} 18V6`).join('') })
}

/** The zones of green and red, and the interval across them. */
function gauge (better: 'less' | 'more', green: number, red: number, { estimate, low, high }: Estimate): string {
  const values = [green, red, estimate, low, high].flatMap((value) => value === null ? [] : [value])
  const [least, most] = [Math.min(0, ...values), Math.max(...values)]
  const pad = (most - least || 1) * 0.12
  const x = linear([least, most + pad], [4, 176])
  const zone = (from: number, to: number, name: string): string => el('rect', { class: name, x: Math.min(from, to), y: 6, width: Math.abs(to - from), height: 12 }) + (name === 'zone-red' ? hatch(Math.min(from, to), Math.max(from, to)) : '')
  const zones = better === 'less' ? zone(4, x.at(green), 'zone-green') + zone(x.at(red), 176, 'zone-red') : zone(x.at(green), 176, 'zone-green') + zone(4, x.at(red), 'zone-red')
  const mark = estimate === null ? '' : el('circle', { cx: x.at(estimate), cy: 12, r: 4, fill: '#2c211b' })
  const whisker = low === null || high === null ? '' : el('line', { x1: x.at(low), x2: x.at(high), y1: 12, y2: 12, stroke: '#2c211b', 'stroke-width': 2 })
  return el('svg', { class: 'gauge', viewBox: '0 0 180 24', width: 180, height: 24, 'aria-hidden': 'true' }, el('rect', { class: 'zone', x: 4, y: 6, width: 172, height: 12 }), zones, whisker, mark)
}

function limit (say: Study['say'], better: 'less' | 'more', green: number, red: number, unit: Unit): string {
  return say.text(better === 'less' ? 'limits_less' : 'limits_more', { green: say.value(green, unit), red: say.value(red, unit) })
}

function rowOf ({ say, summary }: Study, row: NamedRow, first: boolean, span: number): string {
  const unit = unitOf(String(row.measure))
  const better = row.better === 'more' ? 'more' : 'less'
  const [green, red] = [numberOf(row.green) ?? 0, numberOf(row.red) ?? 0]
  const verdict = verdicts.find((each) => each === row.verdict) ?? 'amber'
  const measure = String(row.measure) as MeasureName
  const estimate = { ...estimateOf(row), until: summary(String(row.policy), measure).until }
  const head = first ? `<th scope="rowgroup" rowspan="${span}"><span class="strong">${escaped(String(row.criterion))}</span><br><span class="quiet">${escaped(measureWords(say, String(row.measure)))}<br>${escaped(limit(say, better, green, red, unit))}</span></th>` : ''
  return `<tr data-verdict="${verdict}">${head}<td>${escaped(String(row.policy))}</td><td class="verdict ${verdict}">${light(verdict)} <span>${escaped(say.text(verdict))}</span></td><td><span class="strong">${escaped(measured(say, measure, estimate.estimate, estimate.until))}</span><br><span class="quiet">${escaped(measuredInterval(say, measure, estimate))}</span></td><td class="gauge-cell">${gauge(better, green, red, estimate)}</td></tr>`
}

export function criteriaSection (study: Study): string {
  const { say, pack } = study
  const rows = pack.rows(derived.criteria)
  const names = [...new Set(rows.map(({ criterion }) => criterion))]
  const bodies = names.map((name) => {
    const of = rows.filter(({ criterion }) => criterion === name)
    return `<tbody>${of.map((row, n) => rowOf(study, row, n === 0, of.length)).join('')}</tbody>`
  }).join('')
  const heads = (['criterion', 'policy', 'verdict', 'result'] as const).map((key) => `<th scope="col">${escaped(say.text(key))}</th>`).join('')
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(say.text('criteria'))}"><table class="criteria"><thead><tr>${heads}<td class="gauge-cell"></td></tr></thead>${bodies}</table></div>`
  return `<section id="criteria"><h2>${escaped(say.text('criteria'))}</h2>${rows.length === 0 ? `<p>${escaped(say.text('no_criteria'))}</p>` : `<p>${escaped(say.text('criteria_lead'))}</p>${table}`}</section>`
}
