/** Forget this phone: signed out here, and nothing of the app left on it. What is kept of her stays where it is. */
import { useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { forgetPhone, leaveForGood } from './forget-phone.ts'

export function Forget () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const forget = async (): Promise<void> => {
    leaveForGood(true)
    const answer = await guarded('POST', '/sign-out')
    setTrouble(answer.ok ? null : answer)
    leaveForGood(answer.ok)
    if (answer.ok) forgetPhone()
  }
  return (
    <Screen back="/more/data" closes foot={<><QuietButton class="careful" onClick={() => { void forget() }}>{say('list.forget.does')}</QuietButton><TextButton onClick={() => { go('/more/data') }}>{say('shell.cancel')}</TextButton></>}>
      <div class="stack">
        <Title lead={say('list.forget.lead')}>{say('list.data.forget')}</Title>
        <ul class="points"><li>{say('list.forget.back')}</li><li>{say('list.forget.shift')}</li><li>{say('list.forget.others')}</li></ul>
        <Refusal of={trouble} />
      </div>
    </Screen>
  )
}
