/** Morris' screening: how much each factor matters, against how much that depends on where one stands. */
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { spread } from '../draw/label.ts'
import { markAt } from '../draw/looks.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { roundScale } from '../draw/scale.ts'
import type { Scale } from '../draw/scale.ts'
import { el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { placeOf, sized } from '../sensitivity.ts'
import type { Panel } from '../sensitivity.ts'
import { measureWords, unitOf } from '../study.ts'
import type { Shown, Study } from '../study.ts'

type Dot = { readonly number: number, readonly path: string, readonly muStar: number, readonly low: number, readonly high: number, readonly sigma: number }
type Dots = { readonly shown: Shown, readonly dots: readonly Dot[] }

/** Below this part of the largest effect a factor bears no number: there they lie on each other. */
const TOLD_FROM = 0.04
const HEIGHT = 270

function dotsOf (panels: readonly Panel[]): Dots[] {
  return panels.map(({ shown, factors }) => ({
    shown,
    dots: factors.flatMap(({ number, path, of: { mu_star: muStar, sigma } }) => {
      const [x, y] = [muStar?.estimate ?? null, sigma?.estimate ?? null]
      return x === null || y === null ? [] : [{ number, path, muStar: x, low: muStar?.low ?? x, high: muStar?.high ?? x, sigma: y }]
    })
  })).filter(({ dots }) => dots.length > 0)
}

/** Up to where the dashed line sigma = mu* stays inside. */
function evenLine (x: Scale, y: Scale): string {
  const end = Math.min(x.domain[1], y.domain[1])
  return el('line', { class: 'aim', x1: x.at(0), y1: y.at(0), x2: x.at(end), y2: y.at(end) })
}

function draw ({ say, pack }: Study, all: readonly Dots[], width: number, narrow: boolean): Drawn {
  const unit = unitOf(pack.scenario.replications.primary)
  let bottom = 0
  const drawn = all.map(({ shown, dots }, n) => {
    const { left, right, row } = placeOf(n, all.length, width, narrow)
    const top = row * HEIGHT + 50
    const box = { left: left + 74, right: right - 30, top, bottom: top + HEIGHT - 104 }
    bottom = Math.max(bottom, box.bottom + 44)
    const most = Math.max(...dots.map(({ muStar }) => muStar))
    const x = roundScale([0, Math.max(most, ...dots.map(({ high }) => high))], [box.left, box.right], unit === 's', 4)
    const y = roundScale([0, Math.max(...dots.map(({ sigma }) => sigma))], [box.bottom, box.top], unit === 's', 4)
    const marks = dots.flatMap((dot) => [
      el('line', { x1: x.at(Math.max(0, dot.low)), x2: x.at(dot.high), y1: y.at(dot.sigma), y2: y.at(dot.sigma), stroke: shown.look.colour, 'stroke-width': 1.4 }),
      el('g', { 'data-policy': shown.name, 'data-factor': dot.path, 'data-x': String(dot.muStar), 'data-y': String(dot.sigma) }, markAt([x.at(dot.muStar), y.at(dot.sigma)], shown.look, 5))
    ])
    const numbers = spread(dots.filter(({ muStar }) => muStar > most * TOLD_FROM).map((dot) => ({ y: y.at(dot.sigma) - 9, of: dot })), 14, box.top - 6, box.bottom - 4)
      .map(({ y: at, of }) => words({ x: x.at(of.muStar) + 6, y: at }, String(of.number), { class: 'who', fill: shown.look.colour }))
    return [
      words({ x: left, y: top - 34 }, shown.name, { class: 'who', fill: shown.look.colour }), words({ x: left, y: top - 15 }, say.text('sigma'), { class: 'name small' }),
      bottomAxis({ scale: x, box, say: (value) => say.tick(value, unit), name: say.text('mu_star') }), leftAxis({ scale: y, box, say: (value) => say.tick(value, unit) }),
      evenLine(x, y), ...marks, ...numbers
    ].join('')
  })
  return { height: bottom, body: drawn.join('') }
}

export function morrisFigure (study: Study, panels: readonly Panel[]): Figure | null {
  const { say, pack: { scenario: { replications: { primary } } } } = study
  const all = dotsOf(panels)
  if (all.length === 0) return null
  const unit = unitOf(primary)
  const rows = all.flatMap(({ shown, dots }) => [...dots].sort((a, b) => b.muStar - a.muStar || a.number - b.number)
    .map(({ number, path, muStar, low, high, sigma }) => [`${number} ${path}`, shown.name, sized(say, muStar, unit), say.text('from_to', { low: sized(say, low, unit), high: sized(say, high, unit) }), sized(say, sigma, unit)]))
  return {
    id: 'morris', title: say.text('morris'), read: say.text('morris_read', { measure: measureWords(say, primary) }), file: 'data/indices.csv',
    plot: picture('morris', say.text('morris'), rows.map(([path, policy, muStar, , sigma]) => `${policy}, ${path}: mu* ${muStar}, sigma ${sigma}.`).join(' '), (width, narrow) => draw(study, all, width, narrow)),
    numbers: { head: [say.text('parameter'), say.text('policy'), say.text('mu_star'), say.text('interval'), say.text('sigma')], rows }
  }
}
