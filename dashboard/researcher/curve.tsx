/** A plot and, beside it, the same in a table: whoever does not see the one reads the other. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Panel } from '../desk/desk.tsx'
import { TextButton } from '../parts/screen.tsx'
import { say, spoken } from '../say/say.ts'
import { theme } from '../shell/theme.ts'
import { curveOf, MARKS_S } from './figures.ts'
import type { Cell, Curve } from './figures.ts'
import { percent, quarterName } from './words.ts'

type CurveProps = { readonly table: 'drillsShown' | 'drillsAnswered', readonly quarter: string, readonly cells: readonly Cell[], readonly before: { readonly quarter: string, readonly cells: readonly Cell[] } | null }

export function CurvePanel ({ table, quarter, cells, before }: CurveProps) {
  const now = curveOf(cells, table)
  const then = before === null ? null : curveOf(before.cells, table)
  const title = say(`researcher.curve.${table}`)
  if (now === null) return <Panel title={title}><p class="panel-words few">{say('researcher.few')}</p></Panel>
  const named = { name: quarterName(quarter), curve: now }
  const namedBefore = before === null || then === null ? null : { name: quarterName(before.quarter), curve: then }
  return (
    <Panel title={title} note={say('researcher.curve.people', { people: number(now.people) })}>
      <Plot title={title} now={named} before={namedBefore} />
      <table class="table curve">
        <caption class="unseen">{title}</caption>
        <thead><tr><th scope="col">{say('researcher.curve.within')}</th><th scope="col">{named.name}</th>{namedBefore === null ? null : <th scope="col">{namedBefore.name}</th>}</tr></thead>
        <tbody>{MARKS_S.map((markS) => <tr key={markS}><th scope="row">{markS} s</th><Share of={now} markS={markS} />{then === null ? null : <Share of={then} markS={markS} />}</tr>)}</tbody>
      </table>
      <p class="panel-note bars-note">{say('researcher.curve.note')}</p>
    </Panel>
  )
}

function Share ({ of, markS }: { readonly of: Curve, readonly markS: number }) {
  const share = of.points.find((point) => point.markS === markS)?.share ?? null
  return share === null ? <td class="few">{say('researcher.curve.hidden')}</td> : <td>{percent(share)}</td>
}

type Named = { readonly name: string, readonly curve: Curve }

function Plot ({ title, now, before }: { readonly title: string, readonly now: Named, readonly before: Named | null }) {
  const place = useRef<HTMLDivElement>(null)
  const [lost, setLost] = useState(false)
  const [tries, setTries] = useState(0)
  const [light, language] = [theme.value, spoken.value]
  useEffect(() => {
    let remove = (): void => {}
    let over = false
    setLost(false)
    import('./plot.ts').then(({ draw }) => {
      if (!over && place.current !== null) remove = draw(place.current, now, before, { percent, seconds: (s) => `${s} s` })
    }, () => { setLost(true) })
    return () => {
      over = true
      remove()
    }
  }, [JSON.stringify([now, before]), light, language, tries])
  return (
    <>
      <div class="plot-place" ref={place} role="img" aria-label={say('researcher.curve.drawn', { title })} />
      {lost ? <TextButton onClick={() => { setTries((count) => count + 1) }}>{say('shell.again')}</TextButton> : null}
    </>
  )
}

function number (n: number): string { return new Intl.NumberFormat(spoken.value).format(n) }
