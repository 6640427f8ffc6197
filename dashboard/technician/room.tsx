/** One room: its buttons, what each last said of itself, and what can be done. */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead, Panel } from '../desk/desk.tsx'
import { Icon } from '../parts/icon.tsx'
import { QuietButton, TextButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { ButtonPanel } from './button.tsx'
import { LinkNote } from './link-note.tsx'
import { NoRoom } from './no-room.tsx'
import { buttonsOf, read, roomOf } from './venue.ts'

export function RoomPage ({ id }: { readonly id: string }) {
  const room = roomOf(id)
  if (room === null) return <NoRoom />
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
        <a class="quiet-button" href={`${to}/name`}><Icon name="place" /><span>{say('technician.room.alter')}</span></a>
        {buttons.length === 0 ? <RetireRoom id={id} /> : <p class="fine">{say('technician.room.retire.first')}</p>}
      </div>
    </Desk>
  )
}

/** Whether somebody works there is told to nobody, here neither: what has begun goes on. */
function RetireRoom ({ id }: { readonly id: string }) {
  const [asked, setAsked] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const retire = async (): Promise<void> => {
    const answer = await ask('DELETE', `/rooms/${encodeURIComponent(id)}`)
    setRefused(answer.ok ? null : answer)
    if (!answer.ok) return
    go('/', 'replace')
    await read()
  }
  if (!asked) return <TextButton onClick={() => { setAsked(true) }}>{say('technician.room.retire.ask')}</TextButton>
  return (
    <div class="stack">
      <p class="panel-words">{say('technician.room.retire.means')}</p>
      <QuietButton class="careful" onClick={() => { void retire() }}>{say('technician.room.retire.sure')}</QuietButton>
      <TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton>
      <Trouble of={refused} />
    </div>
  )
}
