/** Her shift and what belongs to it. Loaded when she goes there. */
import '../../look/shift.css'
import { useEffect } from 'preact/hooks'
import { Screen } from '../../parts/screen.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { say } from '../../say/say.ts'
import { go, route } from '../../shell/route.ts'
import { shift } from '../hers.ts'
import { Begin, Places, Rooms, Scan } from './begin.tsx'
import { Deaf } from './deaf.tsx'
import { Drill } from './drill.tsx'
import { Running } from './running.tsx'
import { MakeSign, SignPin, asksPin } from './sign.tsx'
import { TestButton } from './test-button.tsx'

/** The button was pressed: her lamp says so. */
function Begun () {
  useEffect(() => { go('/', 'replace') }, [])
  return null
}

export function Screens () {
  const [first = '', what = '', which = '', label = ''] = route.value
  if (asksPin()) return <SignPin />
  if (first === 'deaf') return <Deaf />
  if (first === 'drill') return <Drill />
  const told = shift.value
  if (told === null) return <Screen mood="work" closes tabs={<Tabs here="shift" />}><p class="lead-words" role="status">{say('shell.waiting')}</p></Screen>
  if (what === 'sign') return <MakeSign />
  const { shift: current } = told
  if (current !== null && what === 'room') return <Begun />
  if (current !== null) return what === 'test' && current.room !== null ? <TestButton room={current.room} label={current.label ?? ''} /> : <Running current={current} asked={told.asked} />
  switch (what) {
    case 'room': return which === '' ? <Rooms /> : <Begin key={which} way={{ is: 'room', room: which, label }} />
    case 'code': return <Begin key={which} way={{ is: 'code', token: which }} />
    case 'place': return <Begin key="place" way={{ is: 'place' }} />
    case 'scan': return <Scan />
    default: return <Places />
  }
}
