/** Policies against the baseline: one panel a measure, each with its own scale around 0. */
import * as derived from '../../data-package/tables/derived.ts'
import type { MeasureName } from '../../scenario/scenario.ts'
import { markAt } from '../draw/looks.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear } from '../draw/scale.ts'
import { el, textWidth, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { estimateOf, measureWords, unitOf } from '../study.ts'
import type { Estimate, Shown, Study } from '../study.ts'

/** Those that decide, and which way is better; the whole table is in the package. */
const shownMeasures: readonly (readonly [MeasureName, 'less' | 'more'])[] = [
  ['tta_p90', 'less'], ['tta_in_40s', 'more'], ['never_accepted', 'less'], ['tto_p90', 'less'], ['wakings_month', 'less'], ['needless_trips_month', 'less'], ['busiest_share', 'less'], ['redundant_arrivals', 'less'], ['cost_room_year', 'less']
]
type Row = { readonly shown: Shown } & Estimate
type Panel = { readonly measure: MeasureName, readonly better: 'less' | 'more', readonly rows: readonly Row[] }

function panelsOf ({ pack, policies }: Study): Panel[] {
  const rows = pack.rows(derived.differences)
  return shownMeasures.map(([measure, better]) => ({
    measure, better,
    rows: policies.slice(1).flatMap((shown) => {
      const found = rows.find((row) => row.policy === shown.name && row.measure === measure)
      return found === undefined || found.estimate === null ? [] : [{ shown, ...estimateOf(found) }]
    })
  })).filter((panel) => panel.rows.length > 0)
}

/** Room left of the panels. */
const LEFT = 206

/** In two lines where one would leave the picture. */
function nameBeside (name: string, right: number, middle: number): string[] {
  const parts = name.split(' ')
  const line = (text: string, y: number): string => words({ x: right, y }, text, { class: 'strong', 'text-anchor': 'end' })
  // Bold letters are wider.
  if (textWidth(name) * 1.12 <= right || parts.length < 2) return [line(name, middle + 4)]
  const half = parts.findIndex((_, n) => parts.slice(0, n + 1).join(' ').length >= name.length / 2) + 1
  const cut = Math.min(half, parts.length - 1)
  return [line(parts.slice(0, cut).join(' '), middle - 4), line(parts.slice(cut).join(' '), middle + 12)]
}

function panel ({ say }: Study, { measure, better, rows }: Panel, top: number, width: number, narrow: boolean): { readonly drawn: string, readonly height: number } {
  const unit = unitOf(measure)
  const [left, right] = narrow ? [0, width] : [LEFT, width - 262]
  const reach = Math.max(...rows.flatMap(({ estimate, low, high }) => [estimate, low, high].map((value) => Math.abs(value ?? 0)))) * 1.08 || 1
  const x = linear([-reach, reach], [left + 6, right - 6])
  const line = narrow ? 52 : 30
  const head = narrow ? 34 : 6
  const bottom = top + head + rows.length * line
  const worse = better === 'less' ? [x.at(0), right] as const : [left, x.at(0)] as const
  const drawn = rows.map(({ shown, estimate, low, high }, n) => {
    const y = top + head + n * line + (narrow ? 40 : 15)
    const text = `${say.difference(estimate, unit)} (${low === null || high === null ? say.text('no_interval') : say.text('from_to', { low: say.difference(low, unit), high: say.difference(high, unit) })})`
    return el('g', { 'data-policy': shown.name, 'data-measure': measure, 'data-estimate': String(estimate) },
      el('line', { x1: x.at(low ?? -reach), x2: x.at(high ?? reach), y1: y, y2: y, stroke: shown.look.colour, 'stroke-width': 2 }), markAt([x.at(estimate ?? 0), y], shown.look, 5),
      narrow ? words({ x: 0, y: y - 26 }, shown.name, { class: 'small who', fill: shown.look.colour }) + words({ x: 0, y: y - 12 }, text, { class: 'tiny halo' }) : words({ x: right + 10, y: y - 2 }, shown.name, { class: 'small who', fill: shown.look.colour }) + words({ x: right + 10, y: y + 12 }, text, { class: 'tiny' }))
  })
  const frame = [
    el('rect', { class: 'worse', x: worse[0], y: top + head, width: worse[1] - worse[0], height: bottom - top - head }),
    el('line', { class: 'zero', x1: x.at(0), x2: x.at(0), y1: top + head, y2: bottom }),
    ...(narrow ? [words({ x: 0, y: top + 22 }, measureWords(say, measure), { class: 'strong' })] : nameBeside(measureWords(say, measure), left - 12, (top + head + bottom) / 2))
  ]
  return { drawn: [...frame, ...drawn].join(''), height: bottom - top + (narrow ? 10 : 12) }
}

function draw (study: Study, panels: readonly Panel[], width: number, narrow: boolean): Drawn {
  const { say } = study
  const middle = narrow ? width / 2 : (LEFT + width - 262) / 2
  let y = 22
  const drawn = [
    words({ x: middle, y: 12 }, '0', { 'text-anchor': 'middle', class: 'small' }),
    el('rect', { class: 'worse', x: middle + 24, y: 2, width: textWidth(say.text('worse')) + 8, height: 16 }), words({ x: middle + 28, y: 14 }, say.text('worse'), { class: 'small' }),
    words({ x: middle - 24, y: 14 }, say.text('better'), { class: 'small', 'text-anchor': 'end' })
  ]
  for (const each of panels) {
    const { drawn: one, height } = panel(study, each, y, width, narrow)
    drawn.push(one)
    y += height
  }
  return { height: y, body: drawn.join('') }
}

export function forestFigure (study: Study): Figure {
  const { say, policies: [baseline] } = study
  const panels = panelsOf(study)
  const rows = panels.flatMap(({ measure, rows }) => rows.map(({ shown, estimate, low, high }) => [measureWords(say, measure), shown.name, say.difference(estimate, unitOf(measure)), low === null || high === null ? say.text('no_interval') : say.text('from_to', { low: say.difference(low, unitOf(measure)), high: say.difference(high, unitOf(measure)) })]))
  return {
    id: 'forest', title: say.text('forest'), read: say.text('forest_read', { baseline: baseline?.name ?? '' }), file: 'data/differences.csv',
    plot: panels.length === 0 ? `<p>${say.text('nothing')}</p>` : picture('forest', say.text('forest'), rows.map((cells) => cells.join(' ')).join('; '), (width, narrow) => draw(study, panels, width, narrow)),
    numbers: { head: [say.text('measure'), say.text('policy'), say.text('difference'), say.text('interval')], rows }
  }
}
