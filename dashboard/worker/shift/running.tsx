/** Her shift runs: her next sign, what the room may show, who asks to join, and its end. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { Shift, ShiftShown } from '../../../server/contract/shift.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { clock } from '../../say/when.ts'
import { every } from '../../shell/clock.ts'
import { now } from '../../shell/service-time.ts'
import { home, readShift } from '../hers.ts'
import { whereOf } from '../home.tsx'
import { Way } from './begin.tsx'
import { Sign } from './sign.tsx'
import { HouseTick, RoomSigns, Until } from './wish.tsx'

type Current = Static<typeof Shift>
type Asked = Static<typeof ShiftShown>['asked']
const HOUR_MS = 3_600_000
/** The live socket tells who asks at once; what was asked too long ago goes away by itself. */
const LOOK_MS = 30_000

export function Running ({ current, asked }: { readonly current: Current, readonly asked: Asked }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => every(LOOK_MS, () => { if (document.visibilityState === 'visible') void readShift() }), [])
  const change = async (what: Partial<Pick<Current, 'plannedEndAt' | 'feedback' | 'house'>>): Promise<void> => {
    const answer = await ask('PATCH', '/shift', what)
    setTrouble(answer.ok ? null : answer)
    await readShift()
  }
  const checkIn = home.value?.checkIn ?? null
  return (
    <Screen mood="work" closes place={whereOf()} tabs={<Tabs here="shift" />}>
      {checkIn !== null && checkIn.for === 'promise' ? <><h1 class="unseen" tabIndex={-1}>{say('worker.shift.title')}</h1><Sign checkIn={checkIn} /></> : <Title lead={say('worker.shift.since', { from: clock(current.startedAt), until: clock(current.plannedEndAt) })}>{say('worker.shift.title')}</Title>}
      {asked.map((one) => <Joining key={one.request} asked={one} />)}
      {current.armed ? null : <p class="trouble" role="status">{say('worker.shift.unarmed')}</p>}
      {current.doubtful ? <div class="offer stack"><p>{say('worker.shift.doubtful', { time: clock(current.plannedEndAt) })}</p><Until hours={null} onHours={(hours) => { void change({ plannedEndAt: Math.round(now.value + hours * HOUR_MS) }) }} /></div> : null}
      <Trouble of={trouble} />
      <ul class="rows rows-after">
        {checkIn === null ? <li><Way to="/shift/sign" icon="clock" name={say('worker.sign.title')} more={say('worker.sign.more')} /></li> : null}
        {current.room === null ? null : <li><Way to="/shift/test" icon="lamp" name={say('worker.test.title')} more={current.provenAt === null ? say('safety.ready.BUTTON_UNPROVEN') : say('worker.test.last', { time: clock(current.provenAt) })} /></li>}
        <li><Way to="/drill" icon="rings" name={say('worker.drill.title')} /></li>
        <li><Way to="/deaf" icon="quiet" name={say('worker.deaf.title')} /></li>
      </ul>
      {current.room === null ? null : <div class="stack shift-signs"><RoomSigns feedback={current.feedback} onFeedback={(feedback) => { void change({ feedback }) }} />{current.house === null ? null : <><p>{say(current.house ? 'worker.shift.houseOn' : 'worker.shift.houseOff')}</p><HouseTick on={current.house} onChange={(house) => { void change({ house }) }} /></>}</div>}
      <End onTrouble={setTrouble} />
    </Screen>
  )
}

/** An occupied room is joined only when those who are there say yes (R7). */
function Joining ({ asked: { request, alias } }: { readonly asked: Asked[number] }) {
  const answer = async (approve: boolean): Promise<void> => {
    await ask('POST', `/shift/requests/${encodeURIComponent(request)}`, { approve })
    await readShift()
  }
  return (
    <div class="offer" role="status">
      <p>{say('worker.shift.wantsIn', { alias })}</p>
      <div class="pair"><QuietButton onClick={() => { void answer(true) }}>{say('shell.yes')}</QuietButton><QuietButton onClick={() => { void answer(false) }}>{say('shell.no')}</QuietButton></div>
    </div>
  )
}

function End ({ onTrouble }: { readonly onTrouble: (trouble: Refused | null) => void }) {
  const [sure, setSure] = useState(false)
  const end = async (): Promise<void> => {
    const answer = await ask('DELETE', '/shift')
    onTrouble(answer.ok ? null : answer)
    setSure(false)
    await readShift()
  }
  if (!sure) return <TextButton onClick={() => { setSure(true) }}>{say('worker.shift.end')}</TextButton>
  return <div class="offer stack" role="status"><p>{say('worker.shift.endSure')}</p><LightButton onClick={() => { void end() }}>{say('worker.shift.end')}</LightButton><TextButton onClick={() => { setSure(false) }}>{say('shell.cancel')}</TextButton></div>
}
