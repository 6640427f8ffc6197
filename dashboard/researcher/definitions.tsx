/** What each word means, and what is never said: as docs/statistics.md has it. */
import { Panel } from '../desk/desk.tsx'
import { say } from '../say/say.ts'
import { OF_TABLE } from './figures.ts'
import type { Table } from './figures.ts'

const RULES = ['crowd', 'groups', 'rounded', 'once'] as const

export function Definitions ({ table }: { readonly table: Table }) {
  return (
    <Panel title={say('researcher.definitions.title')}>
      <dl class="definitions">
        <div><dt>{say(`researcher.table.${table}`)}</dt><dd>{say(`researcher.means.${table}`)}</dd></div>
        {table === 'roomHours' ? null : OF_TABLE[table].map((result) => <div key={result}><dt>{say(`researcher.result.${result}`)}</dt><dd>{say(`researcher.exact.${result}`)}</dd></div>)}
      </dl>
      <ul class="rules">{RULES.map((rule) => <li key={rule}>{say(`researcher.definitions.${rule}`)}</li>)}</ul>
    </Panel>
  )
}
