/** When, in this shift or the last one, nobody would have heard a press (R19). */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { DeafShown } from '../../../server/contract/readiness.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { Screen, Title } from '../../parts/screen.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { clock } from '../../say/when.ts'
import { now } from '../../shell/service-time.ts'
import { Guarded } from './guarded.tsx'

type Shown = Static<typeof DeafShown>

export function Deaf () {
  const [shown, setShown] = useState<Shown | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const read = (): void => {
    void ask<Shown>('GET', '/shift/deaf').then((answer) => {
      if (answer.ok) setShown(answer.data)
      setRefused(answer.ok ? null : answer)
    })
  }
  useEffect(read, [])
  return <Guarded refused={refused} title={say('worker.deaf.title')} onOpened={read}><Screen mood="work" closes back="/shift"><Title {...(shown?.shift == null ? {} : { lead: leadOf(shown.shift) })}>{say('worker.deaf.title')}</Title><Trouble of={refused} />{shown === null ? null : <Times shift={shown.shift} />}</Screen></Guarded>
}

function leadOf ({ startedAt, endedAt }: NonNullable<Shown['shift']>): string {
  return endedAt === null ? say('worker.deaf.from', { from: clock(startedAt) }) : say('worker.deaf.fromUntil', { from: clock(startedAt), until: clock(endedAt) })
}

function Times ({ shift }: { readonly shift: Shown['shift'] }) {
  if (shift === null) return <p class="page-lead">{say('worker.deaf.noShift')}</p>
  if (shift.times.length === 0) return <ul class="facts"><li class="fact"><Mark sure="proven" /><span class="fact-what">{say('worker.deaf.none')}</span><time class="fact-when">{clock(shift.endedAt ?? now.value)}</time></li></ul>
  return (
    <ul class="facts">
      {shift.times.map(({ why, from, until }) => (
        <li key={`${why} ${from}`} class="fact" data-missing><Mark sure="missing" /><span class="fact-what">{say(`worker.deaf.${why}`)}</span><span class="fact-when"><time>{clock(from, true)}</time> – {until === null ? say('worker.deaf.now') : <time>{clock(until, true)}</time>}</span></li>
      ))}
    </ul>
  )
}
