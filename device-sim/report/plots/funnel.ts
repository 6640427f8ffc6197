/** Where help is lost on the way: one bar a stage and policy. */
import * as derived from '../../data-package/tables/derived.ts'
import { markAt } from '../draw/looks.ts'
import { picture } from '../draw/picture.ts'
import type { Drawn } from '../draw/picture.ts'
import { boldWidth, el, words } from '../draw/svg.ts'
import type { Figure } from '../figure.ts'
import { numberOf } from '../study.ts'
import type { Shown, Study } from '../study.ts'

type Bar = { readonly share: number, readonly low: number, readonly high: number, readonly presses: number }
type Group = { readonly stage: typeof derived.funnelStages[number], readonly bars: readonly { readonly shown: Shown, readonly bar: Bar }[] }

function groupsOf ({ pack, policies }: Study): Group[] {
  const rows = pack.rows(derived.funnel).filter(({ cause }) => cause === 'incident')
  return derived.funnelStages.map((stage) => ({
    stage,
    bars: policies.flatMap((shown) => {
      const row = rows.find((each) => each.policy === shown.name && each.stage === stage)
      const share = row === undefined ? null : numberOf(row.share)
      return row === undefined || share === null ? [] : [{ shown, bar: { share, low: numberOf(row.low) ?? share, high: numberOf(row.high) ?? share, presses: numberOf(row.presses) ?? 0 } }]
    })
  }))
}

function draw ({ say, policies }: Study, groups: readonly Group[], width: number, narrow: boolean): Drawn {
  const left = narrow ? 0 : Math.max(...groups.map(({ stage }) => boldWidth(say.text(stage)))) + 14
  const right = width - 78
  const line = 15
  const gap = narrow ? 32 : 16
  const keys = policies.map(({ name, look }, n) => {
    const [x, y] = narrow ? [8, 12 + n * 20] : [left + n * (right - left + 70) / policies.length, 12]
    return markAt([x + 4, y - 4], look, 5) + words({ x: x + 16, y }, name, { class: 'who', fill: look.colour })
  })
  let y = narrow ? 20 + policies.length * 20 : 34
  const drawn: string[] = []
  for (const { stage, bars } of groups) {
    drawn.push(narrow ? words({ x: 0, y: y + 6 }, say.text(stage), { class: 'strong' }) : words({ x: left - 12, y: y + bars.length * line / 2 + 4 }, say.text(stage), { class: 'strong', 'text-anchor': 'end' }))
    if (narrow) y += 14
    for (const { shown, bar } of bars) {
      const to = (share: number): number => left + share * (right - left)
      drawn.push(
        el('rect', { class: 'track', x: left, y: y + 2, width: right - left, height: line - 4, rx: 2 }),
        el('rect', { x: left, y: y + 2, width: Math.max(0, to(bar.share) - left), height: line - 4, rx: 2, fill: shown.look.colour, 'data-policy': shown.name, 'data-share': String(bar.share) }),
        bar.share > 0.04 ? markAt([left + 9, y + line / 2], { ...shown.look, colour: '#fff' }, 3) : '',
        ...['whisker-edge', 'whisker'].map((name) => el('line', { class: name, x1: to(bar.low), x2: to(bar.high), y1: y + line / 2, y2: y + line / 2 })),
        words({ x: right + 8, y: y + line - 3 }, say.value(bar.share, 'share'), { class: 'small' }))
      y += line
    }
    y += gap - (narrow ? 14 : 0)
  }
  return { height: y, body: [...keys, ...drawn].join('') }
}

export function funnelFigure (study: Study): Figure {
  const { say } = study
  const groups = groupsOf(study)
  const description = study.policies.map(({ name }) => `${name}: ${groups.flatMap(({ stage, bars }) => bars.filter(({ shown }) => shown.name === name).map(({ bar }) => `${say.text(stage)} ${say.value(bar.share, 'share')}`)).join(', ')}.`).join(' ')
  return {
    id: 'funnel', title: say.text('funnel'), read: say.text('funnel_read'), file: 'data/funnel.csv',
    plot: picture('funnel', say.text('funnel'), description, (width, narrow) => draw(study, groups, width, narrow)),
    numbers: {
      head: [say.text('policy'), say.text('stage'), say.text('presses'), say.text('share'), say.text('interval')],
      rows: groups.flatMap(({ stage, bars }) => bars.map(({ shown, bar }) => [shown.name, say.text(stage), say.number(bar.presses, 0), say.value(bar.share, 'share'), say.interval(bar.low, bar.high, 'share')]))
    }
  }
}
