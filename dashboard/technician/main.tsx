/** The technician's face: rooms and buttons, when each was heard, and what to do about it. Never that somebody pressed, never a name (R21). */
import { useEffect } from 'preact/hooks'
import { Settings } from '../desk/settings.tsx'
import { begin } from '../shell/begin.tsx'
import { route } from '../shell/route.ts'
import { AddRoom } from './add-room.tsx'
import { Enrol } from './enrol.tsx'
import { Paper } from './paper.tsx'
import { RoomPage } from './room.tsx'
import { Rooms } from './rooms.tsx'
import { live, read } from './venue.ts'

function Technician () {
  const [screen = '', room = '', deeper = ''] = route.value
  useEffect(() => {
    void read().then((isTheirs) => { if (isTheirs) live.open(); else location.replace('/') })
  }, [])
  switch (screen) {
    case 'add': return <AddRoom />
    case 'settings': return <Settings role="technician" />
    case 'room': return deeper === 'button' ? <Enrol key={room} id={room} /> : deeper === 'paper' ? <Paper key={room} id={room} /> : <RoomPage key={room} id={room} />
    default: return <Rooms />
  }
}

void begin('t', ['technician'], Technician)
