/** Elements as text. Whatever comes from a scenario passes `escaped`, so that no title can become markup. */
export function escaped (text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** As the scenario's author wrote it: in a language that nobody knows here, which is what an empty `lang` says. */
export function asWritten (text: string): string { return `<span lang="">${escaped(text)}</span>` }

const PLACE = '\u0001'

/** A sentence around something as written. `sentence` gets what stands for it. */
export function aroundWritten (written: string, sentence: (place: string) => string): string { return escaped(sentence(PLACE)).replace(PLACE, () => asWritten(written)) }

export type Attributes = Readonly<Record<string, string | number | undefined>>

/** Coordinates to a tenth of a pixel: smaller files, and the same bytes on every machine. */
export function rounded (value: number): string { return String(Math.round(value * 10) / 10) }

export function el (name: string, attributes: Attributes, ...children: readonly string[]): string {
  const said = Object.entries(attributes).flatMap(([key, value]) => value === undefined ? [] : [` ${key}="${typeof value === 'number' ? rounded(value) : escaped(value)}"`]).join('')
  return children.length === 0 ? `<${name}${said}/>` : `<${name}${said}>${children.join('')}</${name}>`
}

export function words (at: { readonly x: number, readonly y: number }, text: string, attributes: Attributes = {}): string {
  return el('text', { x: at.x, y: at.y, ...attributes }, escaped(text))
}

/** px; good enough for places, never for cutting: the reader's own face is not known here. */
export function textWidth (text: string, size = 13): number { return text.length * size * 0.56 }

/** Bold letters are wider; the widest common face counts. */
export function boldWidth (text: string, size = 13): number { return text.length * size * 0.63 }
