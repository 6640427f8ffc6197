/** A plot in two widths (a page, a phone), so that words keep their size; the style sheet shows one of them. */
import { el, escaped } from './svg.ts'

export type Drawn = { readonly height: number, readonly body: string }
/** Draws itself `width` px wide. */
export type Draw = (width: number, narrow: boolean) => Drawn

const WIDE = 720
const NARROW = 350

export function picture (id: string, title: string, description: string, draw: Draw): string {
  const one = (width: number, name: 'wide' | 'narrow'): string => {
    const { height, body } = draw(width, name === 'narrow')
    return el('svg', { class: `plot ${name}`, viewBox: `0 0 ${width} ${Math.round(height)}`, preserveAspectRatio: 'xMinYMid meet', role: 'img', 'aria-labelledby': `${id}-${name}-t ${id}-${name}-d` },
      `<title id="${id}-${name}-t">${escaped(title)}</title><desc id="${id}-${name}-d">${escaped(description)}</desc>`, body)
  }
  return one(WIDE, 'wide') + one(NARROW, 'narrow')
}
