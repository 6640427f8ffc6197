/** How far the circle had to be told: one stacked bar a policy. */
import * as derived from '../../data-package/tables/derived.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { boldWidth, el, textWidth, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { numberOf } from '../study.ts'
import type { Study } from '../study.ts'

type Part = { readonly step: number, readonly share: number, readonly low: number | null, readonly high: number | null, readonly presses: number }
type Bar = { readonly policy: string, readonly parts: readonly Part[] }

/** From "somebody near answered" to "it went far": light to dark amber; nobody told is cool, and framed: on grey paper too. */
const fills = ['#cfd3e2', '#fbd9a3', '#f0a947', '#c3700f', '#8a4b04', '#5b3003', '#331b06'] as const
const frameOf = (step: number): { readonly stroke?: string, readonly 'stroke-width'?: number, readonly 'stroke-dasharray'?: string } => step === 0 ? { stroke: '#2c211b', 'stroke-width': 1.2, 'stroke-dasharray': '3 2' } : {}
const fillOf = (step: number): string => fills[Math.min(step, fills.length - 1)] ?? fills[0]
const inkOn = (step: number): string => step >= 3 ? '#ffffff' : '#2c211b'

function barsOf ({ pack, policies }: Study): Bar[] {
  const rows = pack.rows(derived.steps)
  return policies.map(({ name }) => ({
    policy: name,
    parts: rows.filter(({ policy }) => policy === name).flatMap((row) => {
      const share = numberOf(row.share)
      return share === null ? [] : [{ step: numberOf(row.step) ?? 0, share, low: numberOf(row.low), high: numberOf(row.high), presses: numberOf(row.presses) ?? 0 }]
    })
  })).filter(({ parts }) => parts.length > 0)
}

function draw ({ say }: Study, bars: readonly Bar[], width: number, narrow: boolean): Drawn {
  const name = (step: number): string => step === 0 ? say.text('no_step') : say.text('step', { n: step })
  const left = narrow ? 0 : Math.max(...bars.map(({ policy }) => boldWidth(policy)), 60) + 16
  const used = [...new Set(bars.flatMap(({ parts }) => parts.filter(({ share }) => share > 0).map(({ step }) => step)))].sort((a, b) => a - b)
  let keyX = left
  let keyY = 12
  const keys = used.map((step) => {
    const wide = textWidth(name(step)) + 36
    if (keyX + wide > width) { keyX = left; keyY += 20 }
    const drawn = el('rect', { x: keyX, y: keyY - 11, width: 14, height: 14, rx: 2, fill: fillOf(step), ...frameOf(step) }) + words({ x: keyX + 20, y: keyY }, name(step))
    keyX += wide
    return drawn
  })
  let y = keyY + 20
  const drawn = bars.flatMap(({ policy, parts }) => {
    const label = narrow ? words({ x: 0, y: y + 10 }, policy, { class: 'strong' }) : words({ x: left - 12, y: y + 19 }, policy, { class: 'strong', 'text-anchor': 'end' })
    if (narrow) y += 16
    let x = left
    const pieces = parts.map(({ step, share }) => {
      const wide = share * (width - left)
      const text = say.value(share, 'share')
      const piece = el('rect', { x, y, width: Math.max(0, wide - 1), height: 28, fill: fillOf(step), ...frameOf(step), 'data-policy': policy, 'data-share': String(share) }) +
        (textWidth(text, 12) + 8 < wide ? words({ x: x + wide / 2, y: y + 19 }, text, { 'text-anchor': 'middle', fill: inkOn(step), class: 'small' }) : '')
      x += wide
      return piece
    })
    y += 40
    return [label, ...pieces]
  })
  return { height: y, body: [...keys, ...drawn].join('') }
}

export function stepsFigure (study: Study): Figure {
  const { say } = study
  const bars = barsOf(study)
  const name = (step: number): string => step === 0 ? say.text('no_step') : say.text('step', { n: step })
  const description = bars.map(({ policy, parts }) => `${policy}: ${parts.map(({ step, share }) => `${name(step)} ${say.value(share, 'share')}`).join(', ')}.`).join(' ')
  return {
    id: 'steps', title: say.text('steps'), read: say.text('steps_read'), file: 'data/steps.csv',
    plot: bars.length === 0 ? '' : picture('steps', say.text('steps'), description, (width, narrow) => draw(study, bars, width, narrow)),
    numbers: {
      head: [say.text('policy'), say.text('stage'), say.text('presses'), say.text('share'), say.text('interval')],
      rows: bars.flatMap(({ policy, parts }) => parts.map(({ step, share, low, high, presses }) => [policy, name(step), say.number(presses, 0), say.value(share, 'share'), say.interval(low, high, 'share')]))
    }
  }
}
