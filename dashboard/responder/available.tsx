/** "Available": over by itself. Somebody on a list is called either way. */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Mark } from '../parts/mark.tsx'
import { QuietButton, Screen, TextButton, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { now } from '../shell/service-time.ts'
import { me, readMe } from './mine.ts'

const HOURS = [4, 8, 12] as const
const HOUR_MS = 3_600_000

export function Available () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const until = me.value?.availableUntil ?? null
  const holds = until !== null && until > now.value
  const set = async (hours: number | null): Promise<void> => {
    const answer = await ask('PUT', '/me/responder/available', { until: hours === null ? null : Math.round(now.value + hours * HOUR_MS) })
    setTrouble(answer.ok ? null : answer)
    if (answer.ok) await readMe()
  }
  return (
    <Screen mood="pair" back="/" foot={<>{HOURS.map((hours) => <QuietButton key={hours} onClick={() => { void set(hours) }}>{say('responder.available.for', { count: hours })}</QuietButton>)}<TextButton onClick={() => { void set(null) }}>{say('responder.available.not')}</TextButton></>}>
      <Title lead={say('responder.available.lead')}>{say('responder.available.title')}</Title>
      <div class="sees" role="status"><div><Mark sure={holds ? 'proven' : 'next'} /><p class="sees-words">{holds ? say('responder.available.until', { time: clock(until) }) : say('responder.available.none')}</p></div></div>
      <Trouble of={trouble} />
    </Screen>
  )
}
