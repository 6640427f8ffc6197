/** One room: its buttons, what each last said of itself, and what can be done. */
import { Desk, DeskHead, Panel } from '../desk/desk.tsx'
import { Icon } from '../parts/icon.tsx'
import { say } from '../say/say.ts'
import { ButtonPanel } from './button.tsx'
import { LinkNote } from './rooms.tsx'
import { buttonsOf, live, roomOf, venue } from './venue.ts'

export function RoomPage ({ id }: { readonly id: string }) {
  const room = roomOf(id)
  if (room === null) {
    return <Desk back="/" narrow note={<LinkNote />}><p class="lead-words" role="status">{say(venue.value !== null ? 'technician.room.gone' : live.link.value === 'lost' ? 'shell.trouble.offline' : 'shell.waiting')}</p></Desk>
  }
  const buttons = buttonsOf(id)
  const to = `#/room/${encodeURIComponent(id)}`
  return (
    <Desk back="/" narrow note={<LinkNote />}>
      <DeskHead title={room.label} {...(room.address === null ? {} : { tally: room.address })} />
      <div class="stack">
        {room.armed ? null : <Panel title={say('technician.unarmed.here')}><p class="panel-words">{say('technician.unarmed.means')}</p></Panel>}
        {buttons.length === 0 ? <p class="page-lead">{say('technician.room.noButton')}</p> : buttons.map((button) => <ButtonPanel key={button.did} button={button} />)}
        <a class={buttons.length === 0 ? 'light-button' : 'quiet-button'} href={`${to}/button`}><Icon name="plus" /><span>{say('technician.addButton')}</span></a>
        <a class="quiet-button" href={`${to}/paper`}><Icon name="scan" /><span>{say('technician.paper.open')}</span></a>
      </div>
    </Desk>
  )
}
