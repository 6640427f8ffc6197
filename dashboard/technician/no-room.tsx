/** What stands where a room would: it is being asked for, or it is not here any more. */
import { Desk } from '../desk/desk.tsx'
import { say } from '../say/say.ts'
import { LinkNote } from './link-note.tsx'
import { live, venue } from './venue.ts'

export function NoRoom () {
  return <Desk back="/" narrow note={<LinkNote />}><p class="lead-words" role="status">{say(venue.value !== null ? 'technician.room.gone' : live.link.value === 'lost' ? 'shell.trouble.offline' : 'shell.waiting')}</p></Desk>
}
