/** Whether there were enough replications: the running mean of the primary measure. */
import * as derived from '../../data-package/tables/derived.ts'
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { spread } from '../draw/label.ts'
import { band, linePath } from '../draw/path.ts'
import type { Point } from '../draw/path.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear, roundScale, whole } from '../draw/scale.ts'
import { boldWidth, el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { measureWords, numberOf, unitOf } from '../study.ts'
import type { Shown, Study } from '../study.ts'
import { key } from './acceptance.ts'

type Step = { readonly n: number, readonly mean: number, readonly low: number, readonly high: number, readonly precision: number | null }
type Line = { readonly shown: Shown, readonly steps: readonly Step[] }

/** Below this an interval is too wide to be drawn on a scale that shows the rest. */
const FIRST = 5

function linesOf ({ pack, policies }: Study): Line[] {
  const rows = pack.rows(derived.convergence)
  return policies.map((shown) => ({
    shown,
    steps: rows.filter(({ policy }) => policy === shown.name).flatMap((row) => {
      const [n, mean, low, high] = [numberOf(row.replications), numberOf(row.estimate), numberOf(row.low), numberOf(row.high)]
      return n === null || mean === null || low === null || high === null || n < FIRST ? [] : [{ n, mean, low, high, precision: numberOf(row.relative_half_width) }]
    })
  })).filter(({ steps }) => steps.length > 0)
}

function draw ({ say, pack }: Study, lines: readonly Line[], width: number, narrow: boolean): Drawn {
  const unit = unitOf(pack.scenario.replications.primary)
  const room = narrow ? 12 : Math.max(90, ...lines.map(({ shown }) => boldWidth(shown.name) + 14))
  const box = { left: 66, right: width - room, top: 34, bottom: narrow ? 230 : 280 }
  const steps = lines.flatMap(({ steps }) => steps)
  const x = whole(linear([FIRST, Math.max(FIRST + 1, ...steps.map(({ n }) => n))], [box.left, box.right], narrow ? 4 : 7))
  // Early intervals may run out of the picture: what matters is where they settle.
  const settled = lines.flatMap(({ steps }) => steps.slice(Math.floor(steps.length / 4)))
  const y = roundScale([0, Math.max(...settled.map(({ high }) => high))], [box.bottom, box.top], unit === 's')
  const clipped = (value: number): number => Math.min(y.domain[1], Math.max(y.domain[0], value))
  const at = (n: number, value: number): Point => [x.at(n), y.at(clipped(value))]
  const drawn = lines.flatMap(({ shown, steps }) => [
    el('path', { d: band(steps.map((step) => at(step.n, step.low)), steps.map((step) => at(step.n, step.high))), fill: shown.look.colour, opacity: 0.14 }),
    el('path', { d: linePath(steps.map((step) => at(step.n, step.mean))), fill: 'none', stroke: shown.look.colour, 'stroke-width': 2.2, 'stroke-dasharray': shown.look.dash, 'data-policy': shown.name })
  ])
  const names = narrow
    ? lines.flatMap(({ shown }, n) => key(shown, box.left, box.bottom + 60 + n * 20))
    : spread(lines.map(({ shown, steps }) => ({ y: y.at(steps.at(-1)?.mean ?? 0), of: shown })), 17, box.top, box.bottom).map(({ y: at, of }) => words({ x: box.right + 8, y: at + 4 }, of.name, { class: 'who', fill: of.look.colour }))
  return {
    height: box.bottom + 46 + (narrow ? lines.length * 20 + 8 : 0),
    body: bottomAxis({ scale: x, box, say: (n) => say.number(n, 0), name: say.text('replications') }) + leftAxis({ scale: y, box, say: (value) => say.tick(value, unit) }) + [...drawn, ...names].join('')
  }
}

export function convergenceFigure (study: Study): Figure {
  const { say, pack } = study
  const { primary, halfWidth } = pack.scenario.replications
  const lines = linesOf(study)
  const unit = unitOf(primary)
  const last = lines.flatMap(({ shown, steps }) => { const step = steps.at(-1); return step === undefined ? [] : [{ shown, step }] })
  return {
    id: 'convergence', title: say.text('convergence'), file: 'data/convergence.csv',
    read: say.text('convergence_read', { measure: measureWords(say, primary), half: say.value(halfWidth, 'share') }),
    plot: lines.length === 0 ? `<p>${say.text('convergence_few', { n: FIRST })}</p>` : picture('convergence', say.text('convergence'), last.map(({ shown, step }) => `${shown.name}: ${say.value(step.mean, unit)} (${say.interval(step.low, step.high, unit)}).`).join(' '), (width, narrow) => draw(study, lines, width, narrow)),
    numbers: {
      head: [say.text('policy'), say.text('replications'), say.text('estimate'), say.text('interval'), say.text('half_width')],
      rows: last.map(({ shown, step }) => [shown.name, String(step.n), say.value(step.mean, unit), say.interval(step.low, step.high, unit), say.value(step.precision, 'share')])
    }
  }
}
