/** Speed against sleep: which policies are beaten by none in both. */
import { isBound } from '../../data-package/waited.ts'
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { markAt } from '../draw/looks.ts'
import { linePath } from '../draw/path.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import type { Scale } from '../draw/scale.ts'
import { linear, logarithmic, roundDomain, roundScale } from '../draw/scale.ts'
import { boldWidth, el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { measured, measuredInterval } from '../study.ts'
import type { Estimate, Known, Shown, Study } from '../study.ts'

type Dot = { readonly shown: Shown, readonly wakings: Estimate & { readonly estimate: number }, readonly tta: Known & { readonly estimate: number } }
const has = <T extends Estimate>(of: T): of is T & { readonly estimate: number } => of.estimate !== null

function dotsOf ({ policies, summary }: Study): Dot[] {
  return policies.flatMap((shown) => {
    const wakings = summary(shown.name, 'wakings_month')
    const tta = summary(shown.name, 'tta_p90')
    return has(wakings) && has(tta) ? [{ shown, wakings, tta }] : []
  })
}

/** Dots that no other beats in both; from few wakings to many. A time that is a bound beats none. */
export function frontOf <T extends { readonly wakings: { readonly estimate: number }, readonly tta: { readonly estimate: number, readonly until?: number | null } }> (dots: readonly T[]): T[] {
  const beats = (a: T, b: T): boolean => !isBound('tta_p90', a.tta.estimate, a.tta.until ?? null) && a.wakings.estimate <= b.wakings.estimate && a.tta.estimate <= b.tta.estimate && (a.wakings.estimate < b.wakings.estimate || a.tta.estimate < b.tta.estimate)
  return dots.filter((dot) => !dots.some((other) => beats(other, dot))).sort((a, b) => a.wakings.estimate - b.wakings.estimate)
}

const ticks = [1, 2, 5, 10, 20, 40, 60, 120, 300, 600, 1_800, 3_600]
/** Beyond so many times the least, a scale from 0 would lay all but the slowest on one line. */
const FAR_APART = 10

function timeScale (dots: readonly Dot[], range: readonly [number, number]): Scale {
  const ends = dots.flatMap(({ tta }) => [tta.low ?? tta.estimate, tta.high ?? tta.estimate])
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  if (!(least > 0 && most / least > FAR_APART)) return roundScale([0, most], range, true)
  const first = [...ticks].reverse().find((tick) => tick <= least) ?? least
  return logarithmic([first, ticks.find((tick) => tick >= most) ?? most], range, ticks)
}

/** Names above and not beside their dots: policies that are alike lie on each other. */
function keys (shown: readonly Shown[], width: number): { readonly drawn: string, readonly height: number } {
  let [x, y] = [0, 12]
  const drawn = shown.map(({ name, look }) => {
    const wide = boldWidth(name) + 40
    if (x > 0 && x + wide > width) { x = 0; y += 20 }
    const made = markAt([x + 6, y - 4], look, 6) + words({ x: x + 18, y }, name, { class: 'who', fill: look.colour })
    x += wide
    return made
  })
  return { drawn: drawn.join(''), height: y }
}

function draw ({ say }: Study, dots: readonly Dot[], width: number, narrow: boolean): Drawn {
  const keyed = keys(dots.map(({ shown }) => shown), width)
  const top = keyed.height + 42
  const box = { left: 62, right: width - (narrow ? 14 : 24), top, bottom: top + (narrow ? 236 : 306) }
  const x = linear(roundDomain(0, Math.max(...dots.map(({ wakings }) => wakings.high ?? wakings.estimate))), [box.left + 14, box.right], narrow ? 4 : 5)
  const y = timeScale(dots, [box.bottom, box.top])
  const front = frontOf(dots)
  const line = el('path', { class: 'front', d: linePath(front.map(({ wakings, tta }) => [x.at(wakings.estimate), y.at(tta.estimate)])) })
  const bars = dots.flatMap(({ shown: { look }, wakings, tta }) => {
    const [cx, cy] = [x.at(wakings.estimate), y.at(tta.estimate)]
    return [
      el('line', { x1: x.at(wakings.low ?? wakings.estimate), x2: x.at(wakings.high ?? wakings.estimate), y1: cy, y2: cy, stroke: look.colour, 'stroke-width': 1.4 }),
      el('line', { x1: cx, x2: cx, y1: y.at(tta.low ?? tta.estimate), y2: y.at(tta.high ?? tta.estimate), stroke: look.colour, 'stroke-width': 1.4 })
    ]
  })
  const marks = dots.map(({ shown, wakings, tta }) => el('g', { 'data-policy': shown.name, 'data-x': String(wakings.estimate), 'data-y': String(tta.estimate) }, markAt([x.at(wakings.estimate), y.at(tta.estimate)], shown.look, 6)))
  return {
    height: box.bottom + 46,
    body: bottomAxis({ scale: x, box, say: (value) => say.tick(value, 'count'), name: say.text('pareto_x'), grid: true }) + leftAxis({ scale: y, box, say: (value) => say.tick(value, 's'), name: say.text('pareto_y') }) + [keyed.drawn, line, ...bars, ...marks].join('')
  }
}

export function paretoFigure (study: Study): Figure {
  const { say } = study
  const dots = dotsOf(study)
  const front = new Set(frontOf(dots))
  const rows = dots.map((dot) => [dot.shown.name, measured(say, 'tta_p90', dot.tta.estimate, dot.tta.until), measuredInterval(say, 'tta_p90', dot.tta), say.value(dot.wakings.estimate, 'count'), say.interval(dot.wakings.low, dot.wakings.high, 'count'), front.has(dot) ? say.text('front') : '–'])
  return {
    id: 'pareto', title: say.text('pareto'), read: say.text('pareto_read'), file: 'data/summary.csv',
    plot: dots.length === 0 ? `<p>${say.text('nothing')}</p>` : picture('pareto', say.text('pareto'), dots.map(({ shown, tta, wakings }) => `${shown.name}: ${measured(say, 'tta_p90', tta.estimate, tta.until)}, ${say.value(wakings.estimate, 'count')} ${say.text('pareto_x')}.`).join(' '), (width, narrow) => draw(study, dots, width, narrow)),
    numbers: { head: [say.text('policy'), say.text('pareto_y'), say.text('interval'), say.text('pareto_x'), say.text('interval'), say.text('front')], rows }
  }
}
