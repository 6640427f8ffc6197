/** A room: what it is called when somebody says it aloud, and where it is. */
import { useState } from 'preact/hooks'
import type { Static } from 'typebox'
import type { RoomAdd, RoomShown } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Answer, Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Field } from '../parts/field.tsx'
import { LightButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { NoRoom } from './no-room.tsx'
import { read, roomOf } from './venue.ts'
import type { Room } from './venue.ts'

const LABEL_CHARS_MAX = 60
const ADDRESS_CHARS_MAX = 200

type Written = Static<typeof RoomAdd>

export function AddRoom () {
  const add = async (room: Written): Promise<Answer<unknown>> => {
    const answer = await ask<Static<typeof RoomShown>>('POST', '/rooms', room)
    if (answer.ok) {
      await read()
      go(pathOf(answer.data.room), 'replace')
    }
    return answer
  }
  return <RoomForm back="/" title={say('technician.addRoom')} does={say('technician.addRoom')} label="" address="" onWritten={add} />
}

export function AlterRoom ({ id }: { readonly id: string }) {
  const room = roomOf(id)
  return room === null ? <NoRoom /> : <Altered room={room} />
}

function Altered ({ room: { room, label, address } }: { readonly room: Room }) {
  // As it was when the form was opened: a list that is read again must not undo what is being typed.
  const [old] = useState({ label, address: address ?? '' })
  const alter = async (written: Written): Promise<Answer<unknown>> => {
    const answer = await ask('PATCH', `/rooms/${encodeURIComponent(room)}`, written)
    if (answer.ok) {
      await read()
      go(pathOf(room), 'replace')
    }
    return answer
  }
  return <RoomForm back={pathOf(room)} title={say('technician.room.alter')} means={say('technician.room.alterMeans')} does={say('shell.save')} {...old} onWritten={alter} />
}

type FormProps = { readonly back: string, readonly title: string, readonly means?: string, readonly does: string, readonly label: string, readonly address: string, readonly onWritten: (room: Written) => Promise<Answer<unknown>> }

function RoomForm ({ back, title, means, does, onWritten, ...old }: FormProps) {
  const [label, setLabel] = useState(old.label)
  const [address, setAddress] = useState(old.address)
  const [refused, setRefused] = useState<Refused | null>(null)
  const ready = label.trim() !== ''
  const send = async (): Promise<void> => {
    const answer = await onWritten({ label: label.trim(), address: address.trim() === '' ? null : address.trim() })
    setRefused(answer.ok ? null : answer)
  }
  return (
    <Desk back={back} narrow>
      <DeskHead title={title} />
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void send() }}>
        {means === undefined ? null : <p class="page-lead">{means}</p>}
        <Field label={say('technician.room.label')} note={say('technician.room.labelNote')} value={label} onInput={setLabel} max={LABEL_CHARS_MAX} required />
        <Field label={say('technician.room.address')} note={say('technician.room.addressNote')} value={address} onInput={setAddress} max={ADDRESS_CHARS_MAX} />
        {refused?.reason === 'LABEL_TAKEN' ? <p class="trouble" role="alert">{say('technician.room.taken')}</p> : <Trouble of={refused} />}
        <LightButton type="submit" disabled={!ready}>{does}</LightButton>
      </form>
    </Desk>
  )
}

function pathOf (room: string): string { return `/room/${encodeURIComponent(room)}` }
