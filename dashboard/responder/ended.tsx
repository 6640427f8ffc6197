/** It is over, or nothing of it is theirs any more: said plainly, and it stays until somebody has read it. */
import { useEffect } from 'preact/hooks'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { Also } from './also.tsx'
import { alerts } from './mine.ts'
import { drawn } from './receipts.ts'
import { dismiss } from './which.ts'

export function Ended ({ alarm, how }: { readonly alarm: string, readonly how: 'over' | 'gone' }) {
  const n = alerts.value?.find((alert) => alert.alarm === alarm)?.n
  useEffect(() => n === undefined ? undefined : drawn(alarm, n), [alarm, n])
  return (
    <Screen mood="after" foot={<LightButton onClick={() => { dismiss(alarm) }}>{say('shell.done')}</LightButton>}>
      {how === 'over'
        ? <Title lead={say('push.stand-down.body')}>{say('push.stand-down.title')}</Title>
        : <Title lead={say('safety.alert.gone.lead')}>{say('safety.alert.gone.title')}</Title>}
      <Also />
    </Screen>
  )
}
