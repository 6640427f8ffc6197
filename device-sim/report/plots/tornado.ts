/** Tornado: the measure with one factor alone at either end, widest first. */
import { bottomAxis } from '../draw/axis.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { roundDomain, roundScale } from '../draw/scale.ts'
import type { Scale } from '../draw/scale.ts'
import { el, textWidth, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { placeOf } from '../sensitivity.ts'
import type { Panel } from '../sensitivity.ts'
import { measureWords, unitOf } from '../study.ts'
import type { Estimate, Shown, Study } from '../study.ts'

type End = Estimate & { readonly estimate: number }
type Bar = { readonly number: number, readonly path: string, readonly base: number, readonly low: End, readonly high: End }
type Bars = { readonly shown: Shown, readonly bars: readonly Bar[] }

/** Drawn for a policy; the table behind holds all. */
const WIDEST = 8
const LINE = 34
const HEAD = 66

const has = (of: Estimate | undefined): of is End => of !== undefined && of.estimate !== null
const width = ({ base, low, high }: Bar): number => Math.max(base, low.estimate, high.estimate) - Math.min(base, low.estimate, high.estimate)

function barsOf (panels: readonly Panel[]): Bars[] {
  return panels.map(({ shown, factors }) => ({
    shown,
    bars: factors.flatMap(({ number, path, of: { base, low_end: low, high_end: high } }) => has(base) && has(low) && has(high) ? [{ number, path, base: base.estimate, low, high }] : [])
      .sort((a, b) => width(b) - width(a) || a.number - b.number)
  })).filter(({ bars }) => bars.length > 0)
}

/** The end of a path says most. */
function shortened (path: string, room: number): string {
  if (textWidth(path, 12) <= room) return path
  const parts = path.split('.')
  while (parts.length > 1 && textWidth(`… ${parts.join('.')}`, 12) > room) parts.shift()
  return `… ${parts.join('.')}`
}

function barAt ({ number, path, base, low, high }: Bar, { look, name }: Shown, x: Scale, y: number, left: number): string {
  const from = (end: End): { x: number, width: number } => ({ x: Math.min(x.at(base), x.at(end.estimate)), width: Math.max(1, Math.abs(x.at(end.estimate) - x.at(base))) })
  const whisker = (end: End, at: number): string => end.low === null || end.high === null ? '' : el('line', { class: 'whisker', x1: x.at(Math.max(x.domain[0], end.low)), x2: x.at(Math.min(x.domain[1], end.high)), y1: at, y2: at })
  // Each end its own half of the row: both may lie on the same side.
  return el('g', { 'data-policy': name, 'data-factor': path, 'data-low': String(low.estimate), 'data-high': String(high.estimate) },
    words({ x: left, y: y + 10 }, `${number} ${shortened(path, x.range[1] - left - 20)}`, { class: 'aim-name' }),
    el('rect', { ...from(low), y: y + 15, height: 7, fill: '#fff', stroke: look.colour, 'stroke-width': 1.2 }),
    el('rect', { ...from(high), y: y + 23, height: 7, fill: look.colour }),
    whisker(low, y + 18.5), whisker(high, y + 26.5))
}

/** Of one policy: in a scale of all, one that moves by minutes would hide those that move by seconds. */
function scaleOf (bars: readonly Bar[], range: readonly [number, number], inSeconds: boolean): Scale {
  const ends = bars.flatMap(({ base, low, high }) => [base, low.estimate, high.estimate])
  const reached = bars.flatMap(({ low, high }) => [low.low, low.high, high.low, high.high]).filter((value) => value !== null)
  const [first, last] = [Math.min(...ends), Math.max(...ends)]
  if (first === last) return roundScale(roundDomain(0, last), range, inSeconds, 4)
  // No measure is below 0. An interval of few replications may run out of the picture: the table has it.
  const least = Math.max(0, first - (last - first) / 4, Math.min(first, ...reached))
  const most = Math.min(last + (last - first) / 4, Math.max(last, ...reached))
  // Values close together far from 0 would be slivers on an axis from 0.
  return roundScale([least < most / 2 ? 0 : least, most], range, inSeconds, 4)
}

function draw ({ say, pack }: Study, all: readonly Bars[], wide: number, narrow: boolean): Drawn {
  const unit = unitOf(pack.scenario.replications.primary)
  const height = HEAD + Math.min(WIDEST, Math.max(...all.map(({ bars }) => bars.length))) * LINE + 44
  const keyed = [['from_low', '#fff'], ['to_high', '#574840']] as const
  const key = keyed.flatMap(([name, fill], n) => [el('rect', { x: n * 130 + 1, y: 4, width: 20, height: 8, fill, stroke: '#574840', 'stroke-width': 1.2 }), words({ x: n * 130 + 28, y: 13 }, say.text(name), { class: 'small' })])
  let bottom = 0
  const drawn = all.map(({ shown, bars }, n) => {
    const { left, right, row } = placeOf(n, all.length, wide, narrow)
    const top = 22 + row * height
    const box = { left, right, top: top + HEAD - 14, bottom: top + HEAD + Math.min(WIDEST, bars.length) * LINE }
    bottom = Math.max(bottom, box.bottom + 28)
    const widest = bars.slice(0, WIDEST)
    const x = scaleOf(widest, [left + 30, right - 34], unit === 's')
    const base = bars[0]?.base ?? 0
    const said = say.pair(say.text('as_it_is'), say.value(base, unit))
    const half = textWidth(said, 12) / 2
    return [
      words({ x: left, y: top + 18 }, shown.name, { class: 'who', fill: shown.look.colour }),
      bottomAxis({ scale: x, box, say: (value) => say.tick(value, unit), grid: true }),
      words({ x: Math.min(right - half, Math.max(left + half, x.at(base))), y: box.top - 6 }, said, { class: 'small', 'text-anchor': 'middle' }),
      el('line', { class: 'zero', x1: x.at(base), x2: x.at(base), y1: box.top, y2: box.bottom }),
      ...widest.map((bar, i) => barAt(bar, shown, x, top + HEAD + i * LINE - 8, left))
    ].join('')
  })
  return { height: bottom, body: key.join('') + drawn.join('') }
}

export function tornadoFigure (study: Study, panels: readonly Panel[]): Figure | null {
  const { say, pack: { scenario: { replications: { primary } } } } = study
  const all = barsOf(panels)
  if (all.length === 0) return null
  const unit = unitOf(primary)
  const ended = ({ estimate, low, high }: End): string => low === null || high === null ? say.value(estimate, unit) : `${say.value(estimate, unit)} (${say.interval(low, high, unit)})`
  const rows = all.flatMap(({ shown, bars }) => bars.map(({ number, path, base, low, high }) => [`${number} ${path}`, shown.name, say.value(base, unit), ended(low), ended(high)]))
  return {
    id: 'tornado', title: say.text('tornado'), read: say.text('tornado_read', { measure: measureWords(say, primary) }), file: 'data/indices.csv',
    plot: picture('tornado', say.text('tornado'), rows.map(([path, policy, , low, high]) => `${policy}, ${path}: ${low}, ${high}.`).join(' '), (width, narrow) => draw(study, all, width, narrow)),
    numbers: { head: [say.text('parameter'), say.text('policy'), say.text('as_it_is'), say.text('from_low'), say.text('to_high')], rows }
  }
}
