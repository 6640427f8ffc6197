/** The technician's face: rooms and buttons, when each was heard, and what to do about it. Never that somebody pressed, never a name (R21). */
import { useEffect } from 'preact/hooks'
import { Settings } from '../desk/settings.tsx'
import { begin } from '../shell/begin.tsx'
import { route } from '../shell/route.ts'
import { Enrol } from './enrol.tsx'
import { Move } from './move.tsx'
import { OpeningHours } from './opening-hours.tsx'
import { Paper } from './paper.tsx'
import { RoomPage } from './room.tsx'
import { AddRoom, AlterRoom } from './room-form.tsx'
import { Rooms } from './rooms.tsx'
import { live, read } from './venue.ts'

function Technician () {
  const [screen = '', room = '', deeper = '', did = ''] = route.value
  useEffect(() => {
    void read().then((isTheirs) => { if (isTheirs) live.open(); else location.replace('/') })
  }, [])
  switch (screen) {
    case 'add': return <AddRoom />
    case 'settings': return <Settings role="technician" />
    case 'hours': return <OpeningHours />
    case 'room': return <InRoom key={`${room} ${deeper}`} id={room} deeper={deeper} did={did} />
    default: return <Rooms />
  }
}

function InRoom ({ id, deeper, did }: { readonly id: string, readonly deeper: string, readonly did: string }) {
  switch (deeper) {
    case 'button': return <Enrol id={id} />
    case 'paper': return <Paper id={id} />
    case 'name': return <AlterRoom id={id} />
    case 'move': return <Move id={id} did={did} />
    default: return <RoomPage id={id} />
  }
}

void begin('t', ['technician'], Technician)
