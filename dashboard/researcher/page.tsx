/** The researcher's one page: what was published, and nothing of one event, room, house or person (R21). */
import { useState } from 'preact/hooks'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Choices } from '../parts/field.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Refused } from '../api/ask.ts'
import { say } from '../say/say.ts'
import { Counts } from './counts.tsx'
import { CurvePanel } from './curve.tsx'
import { Definitions } from './definitions.tsx'
import { countOf, curveOf, quartersOf, workingShare } from './figures.ts'
import type { Cell, Statistics, Table } from './figures.ts'
import { Studies } from './studies.tsx'
import { count, percent, quarterName } from './words.ts'

export function Figures ({ statistics, trouble }: { readonly statistics: Statistics | null, readonly trouble: Refused | null }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const [table, setTable] = useState<Table>('alarms')
  if (statistics === null) return <Desk><DeskHead title={say('researcher.title')} />{trouble === null ? <p class="lead-words" role="status">{say('shell.waiting')}</p> : <Trouble of={trouble} />}</Desk>
  const quarters = quartersOf(statistics)
  const quarter = chosen ?? quarters[0]
  if (quarter === undefined) return <Desk><DeskHead title={say('researcher.title')} tally={say('researcher.none')} /><div class="stack"><Definitions table={table} /><Studies /></div></Desk>
  const of = (name: string): readonly Cell[] => statistics.cells.filter((cell) => cell.quarter === name)
  const cells = of(quarter)
  const earlier = quarters[quarters.indexOf(quarter) + 1]
  const before = earlier === undefined ? null : { quarter: earlier, cells: of(earlier) }
  return (
    <Desk>
      <DeskHead title={say('researcher.title')} tally={`${quarterName(quarter)}. ${say('researcher.lead')}`} />
      {quarters.length < 2 ? null : <Choices label={say('researcher.quarters')} of={quarters.map((is) => ({ is, says: is }))} chosen={quarter} onChoose={setChosen} />}
      <Newest cells={cells} />
      <div class="split" data-even>
        <CurvePanel table="drillsShown" quarter={quarter} cells={cells} before={before} />
        <CurvePanel table="drillsAnswered" quarter={quarter} cells={cells} before={before} />
        <Counts quarter={quarter} cells={cells} table={table} onTable={setTable} />
        <div class="stack"><Definitions table={table} /><Studies /></div>
      </div>
    </Desk>
  )
}

function Newest ({ cells }: { readonly cells: readonly Cell[] }) {
  const at = (table: 'drillsShown' | 'drillsAnswered', markS: number): number | null => curveOf(cells, table)?.points.find((point) => point.markS === markS)?.share ?? null
  const drills = countOf(cells, 'drills')
  const figures = [
    { what: say('researcher.figure.drills'), says: drills === null ? null : count(drills) },
    { what: say('researcher.figure.shown'), says: orNull(at('drillsShown', 20)) },
    { what: say('researcher.figure.answered'), says: orNull(at('drillsAnswered', 120)) },
    { what: say('researcher.figure.working'), says: orNull(workingShare(cells)) }
  ]
  return <ul class="figures">{figures.map(({ what, says }) => <li key={what}>{says === null ? <span class="figure-number few figure-few">{say('researcher.few')}</span> : <span class="figure-number number">{says}</span>}<span class="figure-what">{what}</span></li>)}</ul>
}

function orNull (share: number | null): string | null { return share === null ? null : percent(share) }
