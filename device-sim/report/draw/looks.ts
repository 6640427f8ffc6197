/** How each policy looks in every plot: told apart by lightness, dash and mark as well as by hue (safe for colour-blind eyes and for grey paper). */
import { el } from './svg.ts'

export type Mark = 'disc' | 'square' | 'diamond' | 'up' | 'down' | 'ring'
export type Look = { readonly colour: string, readonly dash: string | undefined, readonly mark: Mark }

const looks: readonly Look[] = [
  { colour: '#574840', dash: '7 4', mark: 'disc' },
  { colour: '#b3630a', dash: undefined, mark: 'square' },
  { colour: '#2f4690', dash: '12 3 2 3', mark: 'diamond' },
  { colour: '#16756c', dash: '2 3', mark: 'up' },
  { colour: '#8b3a72', dash: '14 4', mark: 'down' },
  { colour: '#6f6a12', dash: '5 2 1 2', mark: 'ring' }
]

/** By its place among the scenario's policies; the first is the baseline. */
export function lookOf (index: number): Look { return looks[index % looks.length] as Look }

export function markAt ([x, y]: readonly [number, number], { colour, mark }: Look, size = 5): string {
  switch (mark) {
    case 'disc': return el('circle', { cx: x, cy: y, r: size, fill: colour })
    case 'ring': return el('circle', { cx: x, cy: y, r: size - 1, fill: '#fff', stroke: colour, 'stroke-width': 2 })
    case 'square': return el('rect', { x: x - size + 0.5, y: y - size + 0.5, width: 2 * size - 1, height: 2 * size - 1, fill: colour })
    case 'diamond': return polygon([[x, y - size - 1], [x + size + 1, y], [x, y + size + 1], [x - size - 1, y]], colour)
    case 'up': return polygon([[x, y - size - 1], [x + size + 0.5, y + size], [x - size - 0.5, y + size]], colour)
    case 'down': return polygon([[x, y + size + 1], [x + size + 0.5, y - size], [x - size - 0.5, y - size]], colour)
  }
}

function polygon (points: readonly (readonly [number, number])[], fill: string): string {
  return el('polygon', { points: points.map(([x, y]) => `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`).join(' '), fill })
}

/** A stroke of the policy's line with its mark, for keys. */
export function swatch (look: Look): string {
  return el('svg', { class: 'swatch', viewBox: '0 0 40 14', width: 40, height: 14, 'aria-hidden': 'true' },
    el('line', { x1: 1, x2: 39, y1: 7, y2: 7, stroke: look.colour, 'stroke-width': 2.2, 'stroke-dasharray': look.dash }), markAt([20, 7], look, 4))
}
