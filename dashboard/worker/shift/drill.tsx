/** "Test my alarm": a rehearsal with everybody on her list, and how long each of them took (R20). */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { DrillsListed } from '../../../server/contract/readiness.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import type { Key } from '../../say/catalogs.ts'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say, spoken } from '../../say/say.ts'
import { clock } from '../../say/when.ts'
import { every } from '../../shell/clock.ts'
import { names } from '../hers.ts'
import { Guarded } from './guarded.tsx'

type Drilled = Static<typeof DrillsListed>['drills'][number]
const LOOK_MS = 1_500
const SECOND_MS = 1_000
const WHY: Partial<Record<string, Key>> = { DRILL_AT_NIGHT: 'worker.drill.night', DRILL_TOO_SOON: 'worker.drill.soon', NOBODY_TO_DRILL: 'safety.ready.CIRCLE_EMPTY', ALARM_OPEN: 'worker.drill.open' }

export function Drill () {
  const [drills, setDrills] = useState<readonly Drilled[] | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = (): void => {
    void ask<Static<typeof DrillsListed>>('GET', '/drill').then((answer) => {
      if (answer.ok) setDrills(answer.data.drills)
      setRefused(answer.ok ? null : answer)
    })
  }
  const newest = drills?.[0] ?? null
  const runs = newest !== null && newest.ended === null
  useEffect(read, [])
  useEffect(() => runs ? every(LOOK_MS, read) : undefined, [runs])
  const begin = async (): Promise<void> => {
    const answer = await ask('POST', '/drill')
    setTrouble(answer.ok ? null : answer)
    read()
  }
  const why = trouble?.reason == null ? undefined : WHY[trouble.reason]
  return (
    <Guarded refused={refused} title={say('worker.drill.title')} onOpened={read}>
      <Screen mood="work" closes back="/shift" keepFoot foot={runs ? undefined : <LightButton onClick={() => { void begin() }}>{say('worker.drill.begin')}</LightButton>}>
        <Title lead={say('worker.drill.lead')}>{say('worker.drill.title')}</Title>
        {why === undefined ? <Trouble of={trouble} /> : <p class="trouble" role="alert">{say(why)}</p>}
        {newest === null ? null : <Measured drill={newest} />}
      </Screen>
    </Guarded>
  )
}

function Measured ({ drill: { at, ended, people } }: { readonly drill: Drilled }) {
  return (
    <>
      <div class="step-head"><h2>{say(ended === null ? 'worker.drill.runs' : ended === 'over' ? 'worker.drill.over' : 'worker.drill.superseded')}</h2><time>{clock(at)}</time></div>
      <ul class="rows" aria-live="polite">
        {people.map(({ responder, told, shownMs, answeredMs }, index) => (
          <li key={responder} class="row">
            <Mark sure={answeredMs !== null ? 'proven' : shownMs !== null ? 'weak' : told ? 'next' : 'missing'} />
            <span class="row-words"><span class="row-name">{names.value.get(responder) ?? say('safety.call.contact', { n: index + 1 })}</span><span class="row-more">{answeredMs !== null ? say('worker.drill.answered', { time: seconds(answeredMs) }) : shownMs !== null ? say('worker.drill.shown', { time: seconds(shownMs) }) : say(told ? 'worker.drill.nothing' : 'worker.drill.unreached')}</span></span>
          </li>
        ))}
      </ul>
    </>
  )
}

function seconds (ms: number): string {
  return new Intl.NumberFormat(spoken.value, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: ms < 10 * SECOND_MS ? 1 : 0 }).format(ms / SECOND_MS)
}
