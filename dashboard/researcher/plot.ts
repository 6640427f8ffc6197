/** Draws with uPlot; loaded when there is something to draw. The table beside each plot says the same. */
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Curve } from './figures.ts'

export type Drawn = { readonly name: string, readonly curve: Curve }
export type Units = { readonly percent: (share: number) => string, readonly seconds: (s: number) => string }

const HEIGHT = 264
const X_MAX = 120
const X_TICKS = [0, 30, 60, 90, 120]
const Y_TICKS = [0, 0.25, 0.5, 0.75, 1]
const LABEL_GAP = 20

/** `now` solid, `before` dashed; each bears its name beside it. Returns the way to take it away. */
export function draw (into: HTMLElement, now: Drawn, before: Drawn | null, units: Units): () => void {
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
    scales: { x: { time: false, range: [0, X_MAX] }, y: { range: [0, 1] } },
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
    hooks: { draw: [(self) => { nameBeside(self, curves, font, [token('--light-text'), token('--plot-2')]) }] }
  }, [[0, ...now.curve.points.map(({ markS }) => markS)], ...curves.map(({ curve }) => [0, ...curve.points.map(({ share }) => share)])], into)
  const resized = new ResizeObserver(() => { plot.setSize({ width: into.clientWidth, height: HEIGHT }) })
  resized.observe(into)
  return () => {
    resized.disconnect()
    plot.destroy()
  }
}

/** Under the end of each line, the higher line first, so that no name lies on another. */
function nameBeside ({ ctx, valToPos, bbox }: UPlot, curves: readonly Drawn[], font: string, colours: readonly string[]): void {
  const ends = curves.map(({ name, curve }, at) => ({ name, colour: colours[at] ?? '', y: valToPos(curve.points.findLast(({ share }) => share !== null)?.share ?? 0, 'y', true) }))
  ctx.save()
  ctx.font = font.replace('14px', `600 ${14 * devicePixelRatio}px`)
  ctx.textAlign = 'right'
  ctx.textBaseline = 'top'
  let least = 0
  for (const { name, colour, y } of ends.sort((a, b) => a.y - b.y)) {
    const top = Math.min(Math.max(y + 12 * devicePixelRatio, least), bbox.top + bbox.height - LABEL_GAP * devicePixelRatio)
    ctx.fillStyle = colour
    ctx.fillText(name, bbox.left + bbox.width - 4 * devicePixelRatio, top)
    least = top + LABEL_GAP * devicePixelRatio
  }
  ctx.restore()
}
