/** A figure of the report: what to read in it, the plot, and the numbers behind it as a table. */
import { asWritten, escaped } from './draw/svg.ts'
import type { Say } from './say.ts'

export type Numbers = { readonly head: readonly string[], readonly rows: readonly (readonly string[])[], /** A column in the language of the scenario's author. */ readonly written?: number }
export type Figure = { readonly id: string, readonly title: string, readonly read: string, /** Markup. */ readonly plot: string, readonly numbers: Numbers, /** Path in the package. */ readonly file: string }

/** The first cell of a row is its head. Cells are plain text. */
export function tableOf (numbers: Numbers, caption: string, wide = true): string {
  const head = numbers.head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')
  const rows = numbers.rows.map(([first = '', ...cells]) => `<tr><th scope="row">${escaped(first)}</th>${cells.map((cell, n) => `<td>${n + 1 === numbers.written ? asWritten(cell) : escaped(cell)}</td>`).join('')}</tr>`).join('')
  const table = `<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
  return wide ? `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(caption)}">${table}</div>` : table
}

export function figureOf ({ id, title, read, plot, numbers, file }: Figure, say: Say): string {
  const details = numbers.rows.length === 0 ? '' : `<details><summary>${escaped(say.text('data'))}</summary>${tableOf(numbers, title)}</details>`
  return `<figure id="${id}"><figcaption><h3>${escaped(title)}</h3><p>${escaped(read)}</p></figcaption>${plot}${details}<p class="source">${escaped(say.text('source', { file }))}</p></figure>`
}
