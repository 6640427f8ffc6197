/** Draws with uPlot; loaded when there is something to draw. The table beside each plot says the same. */
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Curve, Point } from './figures.ts'

export type Drawn = { readonly name: string, readonly curve: Curve }
export type Units = { readonly percent: (share: number) => string, readonly seconds: (s: number) => string }

const HEIGHT = 264
const X_MAX = 120
const X_TICKS = [0, 30, 60, 90, 120]
const Y_TICKS = [0, 0.25, 0.5, 0.75, 1]
const LABEL_GAP = 9
/** Above 100 % there is room for a name. */
const Y_MAX = 1.14

/** From its middle to its corners. */
const AIM_PX = 6
export type Pictured = { readonly now: Drawn, readonly before: Drawn | null, readonly aims: readonly Point[] }

/** `now` solid, `before` dashed; each bears its name beside it; what is aimed at as diamonds. Returns the way to take it away. */
export function draw (into: HTMLElement, { now, before, aims }: Pictured, units: Units): () => void {
  const token = (name: string): string => getComputedStyle(into).getPropertyValue(name).trim()
  const font = `14px ${token('--font')}`
  const curves = before === null ? [now] : [now, before]
  const axis = { stroke: token('--text-2'), font, ticks: { show: false }, grid: { stroke: token('--plot-grid'), width: 1 } }
  const plot = new UPlot({
    width: into.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 20, 0, 0],
    scales: { x: { time: false, range: [0, X_MAX] }, y: { range: [0, Y_MAX] } },
    axes: [
      { ...axis, splits: () => X_TICKS, values: (_, ticks) => ticks.map((s) => s === X_MAX ? units.seconds(s) : String(s)) },
      { ...axis, size: 60, splits: () => Y_TICKS, values: (_, ticks) => ticks.map(units.percent) }
    ],
    series: [{}, ...curves.map((_, at) => ({
      stroke: token(at === 0 ? '--plot-1' : '--plot-2'),
      width: at === 0 ? 2.75 : 2,
      ...(at === 0 ? {} : { dash: [6, 5] }),
      spanGaps: true,
      points: { show: true, size: 7, fill: token('--surface') }
    }))],
    hooks: { draw: [(self) => { for (const aim of aims) diamond(self, aim, token('--plot-3'), token('--surface')) }, (self) => { nameBeside(self, curves, font, [token('--light-text'), token('--plot-2')]) }] }
  }, [[0, ...now.curve.points.map(({ markS }) => markS)], ...curves.map(({ curve }) => [0, ...curve.points.map(({ share }) => share)])], into)
  const resized = new ResizeObserver(() => { plot.setSize({ width: into.clientWidth, height: HEIGHT }) })
  resized.observe(into)
  return () => {
    resized.disconnect()
    plot.destroy()
  }
}

/** The higher line's name above its end, the lower one's under the stretch that it stands beside: no line runs through a name. */
function nameBeside ({ ctx, valToPos, posToVal, bbox }: UPlot, curves: readonly Drawn[], font: string, colours: readonly string[]): void {
  const px = devicePixelRatio
  const right = bbox.left + bbox.width - 4 * px
  const ends = curves.map((drawn, at) => ({ ...drawn, colour: colours[at] ?? '', end: shareBy(drawn.curve, X_MAX) })).sort((a, b) => b.end - a.end)
  ctx.save()
  ctx.font = font.replace('14px', `600 ${14 * px}px`)
  ctx.textAlign = 'right'
  ends.forEach(({ name, curve, colour, end }, at) => {
    ctx.fillStyle = colour
    ctx.textBaseline = at === 0 ? 'bottom' : 'top'
    const left = posToVal(right - ctx.measureText(name).width, 'x', true)
    ctx.fillText(name, right, at === 0 ? valToPos(end, 'y', true) - LABEL_GAP * px : Math.min(valToPos(shareBy(curve, left), 'y', true) + LABEL_GAP * px, bbox.top + bbox.height - 2 * LABEL_GAP * px))
  })
  ctx.restore()
}

function diamond ({ ctx, valToPos }: UPlot, { markS, share }: Point, stroke: string, fill: string): void {
  if (share === null) return
  const [x, y, half] = [valToPos(markS, 'x', true), valToPos(share, 'y', true), AIM_PX * devicePixelRatio]
  ctx.save()
  ctx.beginPath()
  ctx.moveTo(x, y - half)
  ctx.lineTo(x + half, y)
  ctx.lineTo(x, y + half)
  ctx.lineTo(x - half, y)
  ctx.closePath()
  Object.assign(ctx, { fillStyle: fill, strokeStyle: stroke, lineWidth: 2 * devicePixelRatio })
  ctx.fill()
  ctx.stroke()
  ctx.restore()
}

/** Where its line runs at this time; after its last point it stays there. */
function shareBy ({ points }: Curve, s: number): number {
  const known = [{ markS: 0, share: 0 }, ...points.flatMap(({ markS, share }) => share === null ? [] : [{ markS, share }])]
  const after = known.findIndex(({ markS }) => markS >= s)
  const [from, to] = [known[after - 1], known[after]]
  if (to === undefined) return known.at(-1)?.share ?? 0
  return from === undefined ? to.share : from.share + (to.share - from.share) * (s - from.markS) / (to.markS - from.markS)
}
