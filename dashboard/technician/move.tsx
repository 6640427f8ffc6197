/** A button goes to hang in another room of the house. Both count as unready until it was tested there (R13). */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Choices } from '../parts/field.tsx'
import { LightButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { shortOf } from './heard.tsx'
import { NoRoom } from './no-room.tsx'
import { buttonsOf, read, roomOf, venue } from './venue.ts'

export function Move ({ id, did }: { readonly id: string, readonly did: string }) {
  const [to, setTo] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const room = roomOf(id)
  if (room === null || !buttonsOf(id).some((button) => button.did === did)) return <NoRoom />
  const others = venue.value?.rooms.filter((other) => other.room !== id) ?? []
  const there = to === null ? null : roomOf(to)
  const move = async (): Promise<void> => {
    if (there === null) return
    const answer = await ask('PATCH', `/buttons/${did}`, { room: there.room })
    setRefused(answer.ok ? null : answer)
    if (!answer.ok) return
    // First where it goes: the screen that is left would say that there is no such button here.
    go(`/room/${encodeURIComponent(there.room)}`, 'replace')
    await read()
  }
  return (
    <Desk back={`/room/${encodeURIComponent(id)}`} narrow>
      <DeskHead title={say('technician.move.title', { short: shortOf(did) })} tally={say('technician.move.from', { room: room.label })} />
      <div class="form">
        <p class="page-lead">{say(others.length === 0 ? 'technician.move.nowhere' : 'technician.move.means')}</p>
        <Choices label={say('technician.move.where')} of={others.map(({ room: is, label }) => ({ is, says: label }))} chosen={to} onChoose={setTo} />
        <Trouble of={refused} />
        <LightButton onClick={() => { void move() }} disabled={there === null}>{there === null ? say('technician.move.choose') : say('technician.move.do', { room: there.label })}</LightButton>
      </div>
    </Desk>
  )
}
