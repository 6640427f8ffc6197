/** Axes: quiet lines, ticks in the reader's own notation, a name at the end where the eye looks for it. */
import { el, textWidth, words } from './svg.ts'
import type { Scale } from './scale.ts'

export type Box = { readonly left: number, readonly right: number, readonly top: number, readonly bottom: number }
type Axis = { readonly scale: Scale, readonly box: Box, readonly say: (value: number) => string, readonly name?: string, readonly grid?: boolean }

/** Ticks whose words would touch are left out. */
function apart (scale: Scale, say: (value: number) => string): readonly number[] {
  let end = -Infinity
  return scale.ticks.filter((tick) => {
    const half = textWidth(say(tick)) / 2 + 4
    if (scale.at(tick) - half < end) return false
    end = scale.at(tick) + half
    return true
  })
}

export function bottomAxis ({ scale, box, say, name, grid = false }: Axis): string {
  const ticks = apart(scale, say)
  return el('g', { class: 'axis' },
    ...(grid ? scale.ticks.map((tick) => el('line', { class: 'grid', x1: scale.at(tick), x2: scale.at(tick), y1: box.top, y2: box.bottom })) : []),
    el('line', { class: 'rule', x1: box.left, x2: box.right, y1: box.bottom, y2: box.bottom }),
    ...ticks.map((tick) => el('line', { class: 'rule', x1: scale.at(tick), x2: scale.at(tick), y1: box.bottom, y2: box.bottom + 4 })),
    ...ticks.map((tick) => words({ x: scale.at(tick), y: box.bottom + 18 }, say(tick), { 'text-anchor': 'middle' })),
    ...(name === undefined ? [] : [words({ x: box.right, y: box.bottom + 36 }, name, { 'text-anchor': 'end', class: 'name' })]))
}

export function leftAxis ({ scale, box, say, name, grid = true }: Axis): string {
  return el('g', { class: 'axis' },
    ...(grid ? scale.ticks.map((tick) => el('line', { class: 'grid', x1: box.left, x2: box.right, y1: scale.at(tick), y2: scale.at(tick) })) : []),
    ...scale.ticks.map((tick) => words({ x: box.left - 8, y: scale.at(tick) + 4 }, say(tick), { 'text-anchor': 'end' })),
    ...(name === undefined ? [] : [words({ x: 0, y: box.top - 14 }, name, { class: 'name' })]))
}
