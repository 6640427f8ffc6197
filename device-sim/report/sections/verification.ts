/** Whether the program that made this study computes what it says; and that nobody looked, when nobody did. */
import { verification } from '../../data-package/tables/verification.ts'
import type { NamedRow } from '../../data-package/read.ts'
import { escaped } from '../draw/svg.ts'
import type { Say } from '../say.ts'
import { numberOf } from '../study.ts'
import type { Study } from '../study.ts'
import { checkWords } from '../words/checks.ts'

const raised: Readonly<Record<string, string>> = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' }

/** A limit of a thousand-millionth is not 0. */
function figure (say: Say, value: number): string {
  const size = Math.abs(value)
  if (size === 0 || size >= 1e-3) return say.number(value, size < 10 ? 4 : 1)
  const power = Math.floor(Math.log10(size))
  return `${say.number(value / 10 ** power)}\u202f×\u202f10${[...String(power)].map((sign) => raised[sign] ?? '').join('')}`
}

function critical (say: Say, least: number | null, most: number | null): string {
  const short = (value: number): string => figure(say, value)
  if (least === null) return most === null ? '' : `≤\u202f${short(most)}`
  return most === null ? `≥\u202f${short(least)}` : say.text('from_to', { low: short(least), high: short(most) })
}

/** An attribute only where it is not the page's own language. */
function worded (say: Say, cell: NamedRow[string] | undefined, className: string): string {
  const { text, isEnglish } = checkWords(say.language, String(cell))
  return `<span class="${className}"${isEnglish ? ' lang="en"' : ''}>${escaped(text)}</span>`
}

function rowOf (say: Say, row: NamedRow): string {
  const statistic = numberOf(row['statistic'])
  const passed = row['passes'] === true
  return `<tr data-passes="${passed}"><th scope="row">${worded(say, row['check'], 'strong')}<br>${worded(say, row['claim'], 'quiet')}</th><td class="${passed ? 'green' : 'red'}"><span class="strong">${escaped(say.text(passed ? 'yes' : 'no'))}</span></td><td>${worded(say, row['measures'], 'quiet')}<br>${escaped(statistic === null ? say.text('nothing') : figure(say, statistic))}</td><td>${escaped(critical(say, numberOf(row['least']), numberOf(row['most'])))}</td><td>${escaped(say.number(numberOf(row['n']) ?? 0, 0))}</td></tr>`
}

export function verificationSection ({ say, pack }: Study): string {
  const rows = pack.rows(verification)
  const heads = (['check', 'passed', 'statistic', 'critical', 'n'] as const).map((key) => `<th scope="col">${escaped(say.text(key))}</th>`).join('')
  const title = escaped(say.text('verification'))
  if (rows.length === 0) return `<section id="verification"><h2>${title}</h2><p class="notice">${escaped(say.text('verification_none'))}</p><pre tabindex="0">device-sim verify --out .</pre></section>`
  const failed = rows.some(({ passes }) => passes !== true) ? `<p class="notice">${escaped(say.text('verification_failed'))}</p>` : ''
  return `<section id="verification"><h2>${title}</h2><p>${escaped(say.text('verification_lead'))}</p>${failed}<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="verification"><caption>${title}</caption><thead><tr>${heads}</tr></thead><tbody>${rows.map((row) => rowOf(say, row)).join('')}</tbody></table></div><p class="source">${escaped(say.text('source', { file: 'data/verification.csv' }))}</p></section>`
}
