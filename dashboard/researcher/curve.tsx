/** A plot and, beside it, the same in a table: whoever does not see the one reads the other. */
import { useEffect, useRef, useState } from 'preact/hooks'
import { Panel } from '../desk/desk.tsx'
import { TextButton } from '../parts/screen.tsx'
import { say, spoken } from '../say/say.ts'
import { theme } from '../shell/theme.ts'
import { AIMS, curveOf, MARKS_S } from './figures.ts'
import type { Cell, Curve, Point } from './figures.ts'
import { exactPercent, percent, quarterName } from './words.ts'

type CurveProps = { readonly table: 'drillsShown' | 'drillsAnswered', readonly quarter: string, readonly cells: readonly Cell[], readonly before: { readonly quarter: string, readonly cells: readonly Cell[] } | null }

export function CurvePanel ({ table, quarter, cells, before }: CurveProps) {
  const now = curveOf(cells, table)
  const then = before === null ? null : curveOf(before.cells, table)
  const title = say(`researcher.curve.${table}`)
  if (now === null) return <Panel title={title}><p class="panel-words few">{say('researcher.few')}</p></Panel>
  // The standard asks how soon a human takes it; that a device showed it is not that.
  const aims = table === 'drillsAnswered' ? AIMS : []
  const named = { name: quarterName(quarter), curve: now }
  const namedBefore = before === null || then === null ? null : { name: quarterName(before.quarter), curve: then }
  return (
    <Panel title={title} note={say('researcher.curve.people', { people: number(now.people) })}>
      <Plot title={title} now={named} before={namedBefore} aims={aims} />
      {aims.length === 0 ? null : <p class="panel-note aims"><Aim /><span>{say('researcher.curve.aimMeans', { ten: exactPercent(AIMS[0].share), forty: exactPercent(AIMS[1].share) })}</span></p>}
      <table class="table curve">
        <caption class="unseen">{title}</caption>
        <thead><tr><th scope="col">{say('researcher.curve.within')}</th><th scope="col">{named.name}</th>{namedBefore === null ? null : <th scope="col">{namedBefore.name}</th>}{aims.length === 0 ? null : <th scope="col">{say('researcher.curve.aim')}</th>}</tr></thead>
        <tbody>{MARKS_S.map((markS) => <tr key={markS}><th scope="row">{markS} s</th><Share of={now} markS={markS} />{then === null ? null : <Share of={then} markS={markS} />}{aims.length === 0 ? null : <AimAt markS={markS} />}</tr>)}</tbody>
      </table>
      <p class="panel-note bars-note">{say('researcher.curve.note')}</p>
    </Panel>
  )
}

function Share ({ of, markS }: { readonly of: Curve, readonly markS: number }) {
  const share = of.points.find((point) => point.markS === markS)?.share ?? null
  return share === null ? <td class="few">{say('researcher.curve.hidden')}</td> : <td>{percent(share)}</td>
}

function AimAt ({ markS }: { readonly markS: number }) {
  const aim = AIMS.find((each) => each.markS === markS)
  return <td>{aim === undefined ? '' : exactPercent(aim.share)}</td>
}

/** As it is drawn. */
function Aim () { return <svg class="aim" viewBox="0 0 16 16" aria-hidden="true"><path d="M8 2l6 6-6 6-6-6z" /></svg> }

type Named = { readonly name: string, readonly curve: Curve }

type PlotProps = { readonly title: string, readonly now: Named, readonly before: Named | null, readonly aims: readonly Point[] }

function Plot ({ title, now, before, aims }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const [lost, setLost] = useState(false)
  const [tries, setTries] = useState(0)
  const [light, language] = [theme.value, spoken.value]
  useEffect(() => {
    let remove = (): void => {}
    let over = false
    setLost(false)
    import('./plot.ts').then(({ draw }) => {
      if (!over && place.current !== null) remove = draw(place.current, { now, before, aims }, { percent, seconds: (s) => `${s} s` })
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
