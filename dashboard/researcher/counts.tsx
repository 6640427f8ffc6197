/** One published table of one quarter: every region and type, what is left out said as such. */
import { Panel } from '../desk/desk.tsx'
import { Choices } from '../parts/field.tsx'
import { QuietButton } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { csvOf, save } from './csv.ts'
import { linesOf, TABLES } from './figures.ts'
import type { Cell, Line, Table } from './figures.ts'
import { count, placeName, quarterName, resultName } from './words.ts'

type CountsProps = { readonly quarter: string, readonly cells: readonly Cell[], readonly table: Table, readonly onTable: (table: Table) => void }

export function Counts ({ quarter, cells, table, onTable }: CountsProps) {
  const lines = linesOf(cells, table)
  return (
    <Panel title={say('researcher.counts.title')} note={quarterName(quarter)}>
      <Choices label={say('researcher.counts.which')} of={TABLES.map((is) => ({ is, says: say(`researcher.table.${is}`) }))} chosen={table} onChoose={onTable} />
      <table class="table counts">
        <caption>{say(`researcher.means.${table}`)}</caption>
        <thead><tr><th scope="col">{say('researcher.counts.where')}</th><th scope="col">{say('researcher.counts.result')}</th><th scope="col">{say('researcher.counts.n')}</th></tr></thead>
        <tbody>{lines.map((line, at) => <Row key={`${line.region} ${line.type} ${line.results.join(' ')}`} line={line} isFirst={!isSame(lines[at - 1], line)} />)}</tbody>
      </table>
      <QuietButton icon="download" onClick={() => { save(`${quarter}-${table}.csv`, csvOf(quarter, table, lines)) }}>{say('researcher.download')}</QuietButton>
    </Panel>
  )
}

function Row ({ line, isFirst }: { readonly line: Line, readonly isFirst: boolean }) {
  const where = placeName(line)
  const head = <th scope="row">{isFirst ? where : <span class="unseen">{where}</span>}</th>
  if (line.n === null) return <tr>{head}<td class="few" colSpan={2}>{say('researcher.few')}</td></tr>
  return <tr {...(isFirst ? {} : { 'data-more': '' })}>{head}<td>{line.results.map(resultName).join(say('researcher.or'))}</td><td>{count(line.n)}</td></tr>
}

function isSame (before: Line | undefined, line: Line): boolean { return before?.region === line.region && before.type === line.type }
