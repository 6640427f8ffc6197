/** Whether a press would have worked, month by month, one line a kind of venue. */
import * as derived from '../../data-package/tables/derived.ts'
import { bottomAxis, leftAxis } from '../draw/axis.ts'
import { spread } from '../draw/label.ts'
import { lookOf, markAt } from '../draw/looks.ts'
import { band, linePath } from '../draw/path.ts'
import type { Point } from '../draw/path.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { linear, niceTicks, whole } from '../draw/scale.ts'
import { boldWidth, el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { numberOf } from '../study.ts'
import type { Study } from '../study.ts'

type Month = { readonly month: number, readonly up: number, readonly low: number, readonly high: number, readonly undetected: number | null }
type Line = { readonly venue: string, readonly months: readonly Month[] }

function linesOf ({ pack, policies: [baseline] }: Study): Line[] {
  const rows = pack.rows(derived.availabilityMonths).filter(({ policy }) => policy === baseline?.name)
  return [...new Set(rows.map(({ venue }) => String(venue)))].map((venue) => ({
    venue,
    months: rows.filter((row) => row.venue === venue).flatMap((row) => {
      const up = numberOf(row.up)
      return up === null ? [] : [{ month: numberOf(row.month) ?? 0, up, low: numberOf(row.low) ?? up, high: Math.min(1, numberOf(row.high) ?? up), undetected: numberOf(row.undetected) }]
    }).sort((a, b) => a.month - b.month)
  }))
}

function draw ({ say }: Study, lines: readonly Line[], width: number, narrow: boolean): Drawn {
  const room = narrow ? 12 : Math.max(60, ...lines.map(({ venue }) => boldWidth(venue) + 14))
  const box = { left: 66, right: width - room, top: 34, bottom: narrow ? 210 : 260 }
  const all = lines.flatMap(({ months }) => months)
  const least = Math.min(...all.map(({ low }) => low))
  const step = niceTicks(least, 1, 4)
  const floor = Math.max(0, 1 - Math.ceil((1 - least) / ((step[1] ?? 1) - (step[0] ?? 0) || 0.01)) * ((step[1] ?? 1) - (step[0] ?? 0) || 0.01))
  const y = linear([floor, 1], [box.bottom, box.top], 4)
  const last = Math.max(...all.map(({ month }) => month))
  const x = whole(linear([1, Math.max(2, last + 1)], [box.left + 8, box.right - 8], Math.min(last + 1, narrow ? 6 : 12)))
  const at = (month: number, share: number): Point => [x.at(month + 1), y.at(share)]
  const drawn = lines.flatMap(({ venue, months }, n) => {
    const look = lookOf(n + 1)
    return [
      el('path', { d: band(months.map((each) => at(each.month, each.low)), months.map((each) => at(each.month, each.high))), fill: look.colour, opacity: 0.16 }),
      el('path', { d: linePath(months.map((each) => at(each.month, each.up))), fill: 'none', stroke: look.colour, 'stroke-width': 2.2, 'stroke-dasharray': look.dash, 'data-venue': venue }),
      ...months.map((each) => markAt(at(each.month, each.up), look, 3))
    ]
  })
  const names = narrow
    ? lines.map(({ venue }, n) => markAt([box.left + 5, box.bottom + 56 + n * 20], lookOf(n + 1)) + words({ x: box.left + 18, y: box.bottom + 60 + n * 20 }, venue, { class: 'who', fill: lookOf(n + 1).colour }))
    : spread(lines.map(({ venue, months }, n) => ({ y: y.at(months.at(-1)?.up ?? 1), of: { venue, colour: lookOf(n + 1).colour } })), 17, box.top, box.bottom).map(({ y: at, of }) => words({ x: box.right + 6, y: at + 4 }, of.venue, { class: 'who', fill: of.colour }))
  return {
    height: box.bottom + 46 + (narrow ? lines.length * 20 + 8 : 0),
    body: bottomAxis({ scale: { ...x, ticks: x.ticks.filter(Number.isInteger) }, box, say: (month) => say.number(month, 0), name: say.text('month') }) + leftAxis({ scale: y, box, say: (share) => say.tick(share, 'share') }) + [...drawn, ...names].join('')
  }
}

export function availabilityFigure (study: Study): Figure {
  const { say } = study
  const lines = linesOf(study)
  return {
    id: 'availability', title: say.text('availability'), read: say.text('availability_read'), file: 'data/availability_months.csv',
    plot: lines.length === 0 ? `<p>${say.text('nothing')}</p>` : picture('availability', say.text('availability'), lines.map(({ venue, months }) => `${venue}: ${say.value(Math.min(...months.map(({ up }) => up)), 'share')} – ${say.value(Math.max(...months.map(({ up }) => up)), 'share')}.`).join(' '), (width, narrow) => draw(study, lines, width, narrow)),
    numbers: {
      head: [say.text('venue'), say.text('month'), say.text('up'), say.text('interval'), say.text('undetected')],
      rows: lines.flatMap(({ venue, months }) => months.map((each) => [venue, String(each.month + 1), say.value(each.up, 'share'), say.interval(each.low, each.high, 'share'), say.value(each.undetected, 'share')]))
    }
  }
}
