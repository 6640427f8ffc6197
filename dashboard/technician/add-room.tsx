/** A room: what it is called when somebody says it aloud, and where it is. */
import { useState } from 'preact/hooks'
import type { Static } from 'typebox'
import type { RoomShown } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Field } from '../parts/field.tsx'
import { LightButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { read } from './venue.ts'

const LABEL_CHARS_MAX = 60
const ADDRESS_CHARS_MAX = 200

export function AddRoom () {
  const [label, setLabel] = useState('')
  const [address, setAddress] = useState('')
  const [refused, setRefused] = useState<Refused | null>(null)
  const add = async (): Promise<void> => {
    const answer = await ask<Static<typeof RoomShown>>('POST', '/rooms', { label: label.trim(), address: address.trim() === '' ? null : address.trim() })
    setRefused(answer.ok ? null : answer)
    if (!answer.ok) return
    await read()
    go(`/room/${encodeURIComponent(answer.data.room)}`, 'replace')
  }
  const ready = label.trim() !== ''
  return (
    <Desk back="/" narrow>
      <DeskHead title={say('technician.addRoom')} />
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void add() }}>
        <Field label={say('technician.room.label')} note={say('technician.room.labelNote')} value={label} onInput={setLabel} max={LABEL_CHARS_MAX} required />
        <Field label={say('technician.room.address')} note={say('technician.room.addressNote')} value={address} onInput={setAddress} max={ADDRESS_CHARS_MAX} />
        {refused?.reason === 'LABEL_TAKEN' ? <p class="trouble" role="alert">{say('technician.room.taken')}</p> : <Trouble of={refused} />}
        <LightButton type="submit" disabled={!ready}>{say('technician.addRoom')}</LightButton>
      </form>
    </Desk>
  )
}
