/** When the house is open, in short, beside the hours that are nobody's. */
import { useEffect } from 'preact/hooks'
import { Panel } from '../desk/desk.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../say/say.ts'
import { dayName, ofDay, opening, readOpening, WEEK } from './opening.ts'

export function OpeningPanel () {
  useEffect(() => { void readOpening() }, [])
  const hours = opening.value
  return (
    <Panel title={say('technician.opening.title')}>
      {hours === null ? null : hours.length === 0
        ? <p class="panel-words">{say('technician.opening.always')}</p>
        : <dl class="week">{WEEK.map((weekday) => <div key={weekday}><dt>{dayName(weekday)}</dt><dd>{ofDay(hours, weekday).map(({ from, until }) => `${from} – ${until}`).join(', ') || say('technician.opening.closed')}</dd></div>)}</dl>}
      <a class="quiet-button panel-does" href="#/hours"><Icon name="clock" /><span>{say('technician.opening.change')}</span></a>
    </Panel>
  )
}
