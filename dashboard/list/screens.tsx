/** Her list and everything behind "more". Loaded when she goes there; each piece again by itself. */
import { useEffect } from 'preact/hooks'
import { Later } from '../parts/later.tsx'
import { Words } from '../parts/words.tsx'
import { route } from '../shell/route.ts'
import '../look/list.css'
import { Gate } from './gate.tsx'
import { leaveList } from './guard.ts'
import { pieceOf } from './pieces.ts'

export function Screens () {
  useEffect(() => leaveList, [])
  const { key, load, guarded, back } = pieceOf(route.value)
  const piece = <Later key={key} load={load} />
  return <Words of="list">{guarded ? <Gate key="gate" back={back}>{piece}</Gate> : piece}</Words>
}
