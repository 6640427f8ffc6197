/** Who bears the burden: a Lorenz curve of wakings a policy. */
import * as derived from '../../data-package/tables/derived.ts'
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { markAt } from '../draw/looks.ts'
import { linePath } from '../draw/path.ts'
import type { Point } from '../draw/path.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear } from '../draw/scale.ts'
import { el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { numberOf } from '../study.ts'
import type { Shown, Study } from '../study.ts'
import { key } from './acceptance.ts'

type Curve = { readonly shown: Shown, readonly points: readonly (readonly [responders: number, borne: number])[] }

function curvesOf ({ pack, policies }: Study, what: 'wakings' | 'alerts'): Curve[] {
  const rows = pack.rows(derived.inequality).filter((row) => row.of === what)
  return policies.map((shown) => ({
    shown, points: rows.filter(({ policy }) => policy === shown.name).map((row) => [numberOf(row.responders) ?? 0, numberOf(row.borne) ?? 0] as const)
  })).filter(({ points }) => points.length > 0)
}

function draw ({ say, policies }: Study, curves: readonly Curve[], width: number, narrow: boolean): Drawn {
  const side = narrow ? width - 76 : 330
  const box = { left: 56, right: 56 + side, top: 34, bottom: 34 + (narrow ? side * 0.8 : 300) }
  const x = linear([0, 1], [box.left, box.right], 4)
  const y = linear([0, 1], [box.bottom, box.top], 4)
  const at = ([responders, borne]: readonly [number, number]): Point => [x.at(responders), y.at(borne)]
  const equal = el('line', { class: 'aim', x1: box.left, y1: box.bottom, x2: box.right, y2: box.top }) + words({ x: x.at(0.5) - 10, y: y.at(0.5) - 8 }, say.text('equal'), { class: 'aim-name', 'text-anchor': 'end' })
  const lines = curves.map(({ shown, points }) => el('path', { d: linePath(points.map(at)), fill: 'none', stroke: shown.look.colour, 'stroke-width': 2.2, 'stroke-dasharray': shown.look.dash, 'data-policy': shown.name }))
  // The mark tells policies apart where a dash is too short to be seen.
  const marks = curves.map(({ shown, points }, n) => {
    const point = points[Math.min(points.length - 2, 12 + n * 2)]
    return point === undefined ? '' : markAt(at(point), shown.look, 4.5)
  })
  const names = curves.flatMap(({ shown }, n) => narrow ? key(shown, box.left, box.bottom + 60 + n * 20) : key(shown, box.right + 34, box.top + 24 + n * 24))
  const unwoken = policies.filter(({ name }) => curves.every(({ shown }) => shown.name !== name)).map(({ name }, n) => {
    const at = narrow ? { x: box.left, y: box.bottom + 60 + (curves.length + n) * 20 } : { x: box.right + 34, y: box.top + 24 + (curves.length + n) * 24 }
    return words(at, say.pair(name, say.text('no_wakings')))
  })
  return {
    height: box.bottom + 46 + (narrow ? policies.length * 20 + 10 : 0),
    body: bottomAxis({ scale: x, box, say: (share) => say.tick(share, 'share'), name: say.text('inequality_x'), grid: true }) + leftAxis({ scale: y, box, say: (share) => say.tick(share, 'share'), name: say.text('inequality_y') }) + [equal, ...lines, ...marks, ...names, ...unwoken].join('')
  }
}

export function inequalityFigure (study: Study): Figure {
  const { say } = study
  const curves = curvesOf(study, 'wakings')
  const half = curves.map(({ shown, points }) => `${shown.name}: ${say.value(1 - (points.find(([responders]) => responders === 0.5)?.[1] ?? 0), 'share')}.`).join(' ')
  return {
    id: 'inequality', title: say.text('inequality'), read: say.text('inequality_read'), file: 'data/inequality.csv',
    plot: curves.length === 0 ? `<p>${say.text('nobody_woken')}</p>` : picture('inequality', say.text('inequality'), half, (width, narrow) => draw(study, curves, width, narrow)),
    numbers: {
      head: [say.text('policy'), say.text('of_what'), ...[0.25, 0.5, 0.75, 0.9].map((share) => say.value(share, 'share'))],
      rows: (['wakings', 'alerts'] as const).flatMap((what) => curvesOf(study, what).map(({ shown, points }) => [shown.name, say.text(what), ...[0.25, 0.5, 0.75, 0.9].map((share) => say.value(points.find(([responders]) => responders === share)?.[1] ?? null, 'share'))]))
    }
  }
}
