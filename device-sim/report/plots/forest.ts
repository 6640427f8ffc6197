/** Policies against the baseline: one panel a measure, each with its own scale around 0. */
import * as derived from '../../data-package/tables/derived.ts'
import type { MeasureName } from '../../scenario/scenario.ts'
import { isBound } from '../../data-package/waited.ts'
import { markAt } from '../draw/looks.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear } from '../draw/scale.ts'
import { boldWidth, el, textWidth, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { estimateOf, measureWords, unitOf } from '../study.ts'
import type { Estimate, Shown, Study } from '../study.ts'

/** Those that decide, and which way is better; the whole table is in the package. */
const shownMeasures: readonly (readonly [MeasureName, 'less' | 'more'])[] = [
  ['tta_p90', 'less'], ['tta_in_40s', 'more'], ['never_accepted', 'less'], ['tto_p90', 'less'], ['wakings_month', 'less'], ['needless_trips_month', 'less'], ['busiest_share', 'less'], ['redundant_arrivals', 'less'], ['cost_room_year', 'less']
]
/**
 * A quantile that a policy has not reached, as long as anybody was watched, is a bound and no time. `neither`: there is no difference to tell;
 * `baseline` or `policy`: that one did not reach it, and the difference is at least so large.
 */
type Unreached = 'neither' | 'baseline' | 'policy' | null
type Row = { readonly shown: Shown, readonly unreached: Unreached } & Estimate
type Panel = { readonly measure: MeasureName, readonly better: 'less' | 'more', readonly rows: readonly Row[] }

function panelsOf ({ pack, policies, summary }: Study): Panel[] {
  const unreached = (policy: string, measure: MeasureName): Unreached => {
    const [baseline, own] = [policies[0]?.name ?? '', policy].map((name) => { const { estimate, until } = summary(name, measure); return isBound(measure, estimate, until) })
    return baseline === true ? (own === true ? 'neither' : 'baseline') : own === true ? 'policy' : null
  }
  const rows = pack.rows(derived.differences)
  return shownMeasures.map(([measure, better]) => ({
    measure, better,
    rows: policies.slice(1).flatMap((shown) => {
      const found = rows.find((row) => row.policy === shown.name && row.measure === measure)
      const is = unreached(shown.name, measure)
      return found === undefined || (found.estimate === null && is !== 'neither') ? [] : [{ shown, ...estimateOf(found), unreached: is }]
    })
  })).filter((panel) => panel.rows.length > 0)
}

/** Room left of the panels, and right of them for what each row says. */
const LEFT = 206
const LEAST_RIGHT = 220

/** Difference, and its interval or why it has none. */
function said ({ say }: Study, measure: MeasureName, { estimate, low, high, unreached }: Row): readonly [difference: string, interval: string] {
  const unit = unitOf(measure)
  switch (unreached) {
    case 'neither': return [say.text('nothing'), say.text('neither')]
    case 'baseline': return [say.text('at_most', { value: say.difference(estimate, unit) }), say.text('baseline_unreached')]
    case 'policy': return [say.text('at_least', { value: say.difference(estimate, unit) }), say.text('policy_unreached')]
    case null: return [say.difference(estimate, unit), low === null || high === null ? say.text('no_interval') : say.text('from_to', { low: say.difference(low, unit), high: say.difference(high, unit) })]
  }
}

function inOneLine (study: Study, measure: MeasureName, row: Row): string {
  const [difference, interval] = said(study, measure, row)
  return row.unreached === 'neither' ? interval : `${difference} (${interval})`
}

function roomRight (study: Study, panels: readonly Panel[]): number {
  return Math.max(LEAST_RIGHT, ...panels.flatMap(({ measure, rows }) => rows.map((row) => textWidth(inOneLine(study, measure, row), 11.5) + 16)))
}

/** In two lines where one would leave the picture. */
function nameBeside (name: string, right: number, middle: number): string[] {
  const parts = name.split(' ')
  const line = (text: string, y: number): string => words({ x: right, y }, text, { class: 'strong', 'text-anchor': 'end' })
  if (boldWidth(name) <= right || parts.length < 2) return [line(name, middle + 4)]
  const half = parts.findIndex((_, n) => parts.slice(0, n + 1).join(' ').length >= name.length / 2) + 1
  const cut = Math.min(half, parts.length - 1)
  return [line(parts.slice(0, cut).join(' '), middle - 4), line(parts.slice(cut).join(' '), middle + 12)]
}

function zeroAt (x: number, y1: number, y2: number): string { return el('line', { class: 'zero', x1: x, x2: x, y1, y2 }) }

type Columns = { readonly left: number, readonly right: number, readonly narrow: boolean }

function panel (study: Study, { measure, better, rows }: Panel, top: number, { left, right, narrow }: Columns): { readonly drawn: string, readonly height: number } {
  const { say } = study
  const reach = Math.max(...rows.flatMap(({ estimate, low, high }) => [estimate, low, high].map((value) => Math.abs(value ?? 0)))) * 1.08 || 1
  const x = linear([-reach, reach], [left + 6, right - 6])
  const line = narrow ? 52 : 33
  const head = narrow ? 34 : 6
  const bottom = top + head + rows.length * line
  const worse = better === 'less' ? [x.at(0), right] as const : [left, x.at(0)] as const
  const rowAt = (n: number): number => top + head + n * line + (narrow ? 40 : 17)
  const drawn = rows.map((row, n) => {
    const { shown, estimate, low, high, unreached } = row
    const y = rowAt(n)
    const text = inOneLine(study, measure, row)
    const who = { class: 'small who', fill: shown.look.colour }
    return el('g', { 'data-policy': shown.name, 'data-measure': measure, 'data-estimate': String(estimate) },
      ...(unreached === 'neither' ? [] : [el('line', { x1: x.at(low ?? (unreached === 'policy' ? estimate ?? 0 : -reach)), x2: x.at(high ?? (unreached === 'baseline' ? estimate ?? 0 : reach)), y1: y, y2: y, stroke: shown.look.colour, 'stroke-width': 2 }), markAt([x.at(estimate ?? 0), y], shown.look, 5)]),
      narrow ? words({ x: 0, y: y - 26 }, shown.name, who) + words({ x: 0, y: y - 12 }, text, { class: 'tiny' }) : words({ x: right + 10, y: y - 3 }, shown.name, who) + words({ x: right + 10, y: y + 11 }, text, { class: 'tiny' }))
  })
  const frame = [
    el('rect', { class: 'worse', x: worse[0], y: top + head, width: worse[1] - worse[0], height: bottom - top - head }),
    // On a phone the words of a row stand above it: no line may cross them.
    ...(narrow ? rows.map((_, n) => zeroAt(x.at(0), rowAt(n) - 9, rowAt(n) + 9)) : [zeroAt(x.at(0), top + head, bottom)]),
    ...(narrow ? [words({ x: 0, y: top + 22 }, measureWords(say, measure), { class: 'strong' })] : nameBeside(measureWords(say, measure), left - 12, (top + head + bottom) / 2))
  ]
  return { drawn: [...frame, ...drawn].join(''), height: bottom - top + 10 }
}

function draw (study: Study, panels: readonly Panel[], width: number, narrow: boolean): Drawn {
  const { say } = study
  const columns = { left: narrow ? 0 : LEFT, right: narrow ? width : width - roomRight(study, panels), narrow }
  let y = 24
  const drawn = [
    el('rect', { class: 'worse', x: columns.left, y: 1, width: 22, height: 15, stroke: '#877463', 'stroke-width': 0.6 }), words({ x: columns.left + 30, y: 13 }, say.text('worse'), { class: 'small' })
  ]
  for (const each of panels) {
    const { drawn: one, height } = panel(study, each, y, columns)
    drawn.push(one)
    y += height
  }
  return { height: y, body: drawn.join('') }
}

export function forestFigure (study: Study): Figure {
  const { say, policies: [baseline] } = study
  const panels = panelsOf(study)
  const rows = panels.flatMap(({ measure, rows }) => rows.map((row) => [measureWords(say, measure), row.shown.name, ...said(study, measure, row)]))
  return {
    id: 'forest', title: say.text('forest'), read: say.text('forest_read', { baseline: baseline?.name ?? '' }), file: 'data/differences.csv',
    plot: panels.length === 0 ? `<p>${say.text('nothing')}</p>` : picture('forest', say.text('forest'), rows.map((cells) => cells.join(' ')).join('; '), (width, narrow) => draw(study, panels, width, narrow)),
    numbers: { head: [say.text('measure'), say.text('policy'), say.text('difference'), say.text('interval')], rows }
  }
}
