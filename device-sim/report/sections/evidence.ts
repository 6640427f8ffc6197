/** What the numbers rest on: how many parameters are assumed, as a bar and in words, and all of them in a table. */
import { explainDraw } from '../../scenario/explain.ts'
import type { Parameter } from '../../scenario/scenario.ts'
import * as derived from '../../data-package/tables/derived.ts'
import { picture } from '../draw/picture.ts'
import { asWritten, el, escaped, textWidth, words } from '../draw/svg.ts'
import { tableOf } from '../figure.ts'
import type { Key } from '../say.ts'
import { estimateOf, measureWords, numberOf, unitOf } from '../study.ts'
import type { Study } from '../study.ts'

const grades = ['measured', 'literature', 'elicited', 'assumed'] as const satisfies readonly Key[]
const places = ['lies_inside', 'lies_below', 'lies_above', 'lies_undecided'] as const satisfies readonly Key[]
/** Dark for what is known, pale for what is assumed. */
const fills: Readonly<Record<typeof grades[number], string>> = { measured: '#8a4b04', literature: '#c3700f', elicited: '#f0b65f', assumed: '#e6ddd0' }

export function evidenceSection (study: Study): string {
  const { say, pack } = study
  const rows = pack.rows(derived.evidence)
  const counts = grades.map((grade) => ({ grade, count: rows.filter(({ evidence }) => evidence === grade).length }))
  const filled = Object.fromEntries(counts.map(({ grade, count }) => [grade, count]))
  const lead = say.text('evidence_lead', { ...filled, all: rows.length })
  const plot = picture('evidence', say.text('evidence'), lead, (width) => {
    let x = 0
    let nameX = 0
    let line = 0
    const drawn = counts.filter(({ count }) => count > 0).flatMap(({ grade, count }) => {
      const wide = count / rows.length * width
      const text = say.pair(say.text(grade), count)
      if (nameX + textWidth(text) + 26 > width) { nameX = 0; line++ }
      const made = [el('rect', { x, y: 0, width: Math.max(1, wide - 1.5), height: 26, fill: fills[grade], 'data-grade': grade, 'data-count': String(count) }),
        el('rect', { x: nameX, y: 40 + line * 22, width: 13, height: 13, fill: fills[grade], stroke: '#877463', 'stroke-width': 0.6 }), words({ x: nameX + 19, y: 51 + line * 22 }, text)]
      x += wide
      nameX += textWidth(text) + 40
      return made
    })
    return { height: 62 + line * 22, body: drawn.join('') }
  })
  const numbers = {
    head: [say.text('parameter'), say.text('grade'), say.text('draw'), say.text('source_word')],
    written: 3,
    rows: rows.map((row) => [String(row.path), say.text(grades.find((grade) => grade === row.evidence) ?? 'assumed'), inWords(String(row.draw), String(row.path), say), row.source === null ? say.text('no_source') : String(row.source)])
  }
  return `<section id="evidence"><h2>${escaped(say.text('evidence'))}</h2><p>${escaped(lead)}</p>${rows.length === 0 ? '' : plot}<details><summary>${escaped(say.text('all_parameters', { count: rows.length }))}</summary>${tableOf(numbers, say.text('evidence'))}</details><p class="source">${escaped(say.text('source', { file: 'data/evidence.csv' }))}</p>${heldAgainst(study)}</section>`
}

/** No parameter was fitted to it: whoever reads sees at once whether the model is of this world. */
function heldAgainst ({ say, pack }: Study): string {
  const rows = pack.rows(derived.published)
  if (rows.length === 0) return ''
  const tables = [...new Set(rows.map(({ measure }) => String(measure)))].map((measure) => {
    const of = rows.filter((row) => row.measure === measure)
    const unit = unitOf(measure)
    const words = measureWords(say, measure)
    const numbers = {
      head: [say.text('policy'), say.text('estimate'), say.text('interval'), say.text('lies')],
      rows: of.map((row) => {
        const { estimate, low, high } = estimateOf(row)
        return [String(row.policy), say.value(estimate, unit), say.interval(low, high, unit), say.text(places.find((each) => `lies_${String(row.lies)}` === each) ?? 'lies_undecided')]
      })
    }
    const range = say.interval(numberOf(of[0]?.published_low), numberOf(of[0]?.published_high), unit)
    return `<p>${escaped(say.pair(`${words}, ${say.text('published_range')}`, range))} (${asWritten(String(of[0]?.source))})</p>${tableOf(numbers, words)}`
  })
  return `<h3>${escaped(say.text('published'))}</h3><p>${escaped(say.text('published_lead'))}</p>${tables.join('')}<p class="source">${escaped(say.text('source', { file: 'data/published.csv' }))}</p>`
}

/** The table holds the distribution as JSON; a reader wants it said. */
function inWords (draw: string, path: string, { language }: Study['say']): string { return explainDraw(JSON.parse(draw) as Parameter['draw'], path.split('.'), language) }
