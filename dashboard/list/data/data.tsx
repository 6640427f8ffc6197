/** What is kept of her, and what she can do with it. */
import { Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { RowLink } from '../row-link.tsx'

export function Data () {
  return (
    <Screen back="/more" closes>
      <Title lead={say('list.data.lead')}>{say('list.more.data')}</Title>
      <ul class="rows rows-after">
        <li><RowLink to="/more/history" icon="book" name={say('list.data.history')} more={say('list.data.historyMore')} /></li>
        <li><RowLink to="/more/journal" icon="words" name={say('list.data.journal')} more={say('list.data.journalMore')} /></li>
        <li><RowLink to="/more/export" icon="book" name={say('list.data.export')} more={say('list.data.exportMore')} /></li>
        <li><RowLink to="/more/forget" icon="tap" name={say('list.data.forget')} more={say('list.data.forgetMore')} /></li>
        <li><RowLink to="/more/erase" icon="out" name={say('list.data.erase')} more={say('list.data.eraseMore')} /></li>
      </ul>
    </Screen>
  )
}
