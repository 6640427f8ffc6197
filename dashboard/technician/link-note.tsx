/** As of when the list is true; or that nobody knows just now. */
import { iso } from '../desk/when.ts'
import { TextButton } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { isFresh } from '../shell/service-time.ts'
import { asOf, live } from './venue.ts'

export function LinkNote () {
  const at = asOf.value
  switch (live.link.value) {
    case 'live': return at === null || !isFresh.value ? <>{say('shell.link.connecting')}</> : <>{say('technician.checked')} <time dateTime={iso(at)}>{clock(at, true)}</time></>
    case 'connecting': return <span role="status">{say('shell.link.connecting')}</span>
    case 'lost': return <span role="status">{say('shell.link.lost')}{at === null ? null : <> {say('technician.checked')} <time dateTime={iso(at)}>{clock(at, true)}</time></>}</span>
    case 'elsewhere': return <span class="desk-elsewhere" role="status">{say('shell.link.elsewhere')} <TextButton onClick={() => { live.look() }}>{say('shell.link.here')}</TextButton></span>
    case 'ended': return <span role="status">{say('shell.link.ended')}</span>
  }
}
