/** How soon a human accepts: one step curve a policy with its band, and BS 8484's two aims, always. */
import { timesTold } from '../../data-package/waited.ts'
import * as derived from '../../data-package/tables/derived.ts'
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { spread } from '../draw/label.ts'
import { stepBand, stepPath } from '../draw/path.ts'
import type { Point } from '../draw/path.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear, logarithmic } from '../draw/scale.ts'
import { boldWidth, el, escaped, words } from '../draw/svg.ts'
import { tableOf } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { measureWords, numberOf } from '../study.ts'
import type { Shown, Study } from '../study.ts'

/** BS 8484: seconds and share. */
const aims = [[10, 0.8, 'bs_10'], [40, 0.985, 'bs_40']] as const
const ticks = [1, 2, 5, 10, 20, 40, 60, 120, 300, 600, 1_800, 3_600, 10_800]

/** One replication has no band. Where nobody was watched any longer there is no point: the line ends. */
type Told = { readonly t: number, readonly accepted: number, readonly low: number | null, readonly high: number | null }
type Curve = { readonly shown: Shown, readonly points: readonly Told[] }

function curvesOf ({ pack, policies }: Study): Curve[] {
  const rows = pack.rows(derived.acceptance)
  return policies.map((shown) => ({
    shown,
    points: rows.filter((row) => row.policy === shown.name).flatMap((row) => {
      const accepted = numberOf(row.accepted)
      return accepted === null ? [] : [{ t: numberOf(row.t_s) ?? 0, accepted, low: numberOf(row.low), high: numberOf(row.high) }]
    })
  })).filter(({ points }) => points.length > 0)
}

const upTo = <T extends { readonly t: number }> (points: readonly T[], end: number): T[] => points.filter(({ t }) => t <= end)

/** The axis ends where nothing more happens to any curve. */
function endOf (curves: readonly Curve[]): number {
  const settled = (end: number): boolean => curves.every(({ points }) => (points.at(-1)?.accepted ?? 0) - (upTo(points, end).at(-1)?.accepted ?? 0) < 0.002)
  return [300, 600, 1_800, 3_600].find(settled) ?? 10_800
}

function draw ({ say }: Study, curves: readonly Curve[], width: number, narrow: boolean): Drawn {
  const room = narrow ? 10 : Math.max(90, ...curves.map(({ shown }) => boldWidth(shown.name) + 14))
  const height = narrow ? 330 + curves.length * 20 : 400
  const box = { left: 52, right: width - room - (narrow ? 10 : 0), top: 34, bottom: narrow ? 270 : 350 }
  const end = endOf(curves)
  const x = logarithmic([1, end], [box.left, box.right], ticks)
  const y = linear([0, 1], [box.bottom, box.top], 5)
  const at = (t: number, share: number): Point => [x.at(t), y.at(share)]
  const bands = curves.map(({ shown, points }) => el('path', { d: stepBand(upTo(points, end).map((p) => at(p.t, p.low ?? p.accepted)), upTo(points, end).map((p) => at(p.t, p.high ?? p.accepted))), fill: shown.look.colour, opacity: 0.14 }))
  const lines = curves.map(({ shown, points }) => el('path', { d: stepPath(upTo(points, end).map((p) => at(p.t, p.accepted))), fill: 'none', stroke: shown.look.colour, 'stroke-width': 2.2, 'stroke-dasharray': shown.look.dash, 'stroke-linejoin': 'round', 'data-policy': shown.name }))
  const marks = aims.flatMap(([t, share, key]) => {
    const [cx, cy] = at(t, share)
    const label = say.pair(say.text('bs'), say.text(key))
    return [
      el('line', { class: 'aim', x1: cx, x2: cx, y1: box.bottom, y2: cy + 7 }),
      el('circle', { class: 'ring', cx, cy, r: 6 }),
      words({ x: cx, y: cy - 13 }, narrow ? say.text(key) : label, { class: 'aim-name', 'text-anchor': t === 10 ? 'middle' : 'start' })
    ]
  })
  const names = narrow
    ? curves.flatMap(({ shown }, n) => key(shown, box.left, box.bottom + 60 + n * 20))
    : spread(curves.map((curve) => ({ y: y.at(upTo(curve.points, end).at(-1)?.accepted ?? 0), of: curve.shown })), 17, box.top + 6, box.bottom).map(({ y: at, of }) => words({ x: box.right + 8, y: at + 4 }, of.name, { class: 'who', fill: of.look.colour }))
  return {
    height,
    body: bottomAxis({ scale: x, box, say: (t) => say.tick(t, 's'), name: say.text('tta_axis') }) + leftAxis({ scale: y, box, say: (share) => say.tick(share, 'share'), name: say.text('share_axis') }) + [...bands, ...lines, ...marks, ...names].join('')
  }
}

export function key ({ name, look }: Shown, x: number, y: number): string[] {
  return [el('line', { x1: x, x2: x + 30, y1: y - 4, y2: y - 4, stroke: look.colour, 'stroke-width': 2.2, 'stroke-dasharray': look.dash }), words({ x: x + 38, y }, name, { class: 'who', fill: look.colour })]
}

/** Beside its aims in numbers, also on paper. */
function besideAims ({ say, policies, summary }: Study): string {
  const measures = [['tta_in_10s', 0.8], ['tta_in_40s', 0.985]] as const
  const head = [say.text('policy'), ...measures.map(([measure, aim]) => `${measureWords(say, measure)} (${say.pair(say.text('bs'), say.value(aim, 'share'))})`)]
  const rows = policies.map(({ name }) => [name, ...measures.map(([measure]) => {
    const { estimate, low, high } = summary(name, measure)
    return `${say.value(estimate, 'share')} (${say.interval(low, high, 'share')})`
  })])
  return `<div class="aims"><p class="quiet">${escaped(say.text('bs_read'))}</p>${tableOf({ head, rows }, say.text('bs'), false)}</div>`
}

export function acceptanceFigure (study: Study): Figure {
  const { say } = study
  const curves = curvesOf(study)
  const numbers = {
    head: [say.text('policy'), ...timesTold.map((t) => say.text('within', { time: say.tick(t, 's') }))],
    rows: curves.map(({ shown, points }) => [shown.name, ...timesTold.map((t) => {
      const point = points.find((each) => each.t === t)
      return point === undefined ? say.text('nothing') : `${say.value(point.accepted, 'share')} (${say.interval(point.low, point.high, 'share')})`
    })])
  }
  const description = curves.map(({ shown, points }) => {
    const of = (t: number): string => say.value(points.find((each) => each.t === t)?.accepted ?? null, 'share')
    return `${shown.name}: ${of(10)} ${say.text('within', { time: say.tick(10, 's') })}, ${of(40)} ${say.text('within', { time: say.tick(40, 's') })}.`
  }).join(' ')
  return { id: 'tta', title: say.text('tta'), read: say.text('tta_read'), plot: picture('tta', say.text('tta'), description, (width, narrow) => draw(study, curves, width, narrow)) + besideAims(study), numbers, file: 'data/acceptance.csv' }
}
