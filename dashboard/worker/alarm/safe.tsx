/** "I am safe": her PIN ends it. Without a PIN it is said, unproven. Nothing here depends on what is typed (R15). */
import type { Static } from 'typebox'
import { useState } from 'preact/hooks'
import type { Saved } from '../../../server/contract/alarm.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { PinPad } from '../../parts/pin-pad.tsx'
import { LightButton, Screen, TextButton } from '../../parts/screen.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { her, readAlarms } from '../hers.ts'

export function Safe ({ alarm }: { readonly alarm: string }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const hasPin = her.value?.hasPin !== false
  const tell = async (what: 'close' | 'said-safe', body?: { readonly pin: string }): Promise<void> => {
    setBusy(true)
    setTrouble(null)
    const answer = await ask<Static<typeof Saved>>('POST', `/alarms/${encodeURIComponent(alarm)}/${what}`, body)
    if (answer.ok) await readAlarms()
    setBusy(false)
    if (answer.ok) go('/', 'replace')
    else setTrouble(answer)
  }
  const without = (): void => { void tell('said-safe') }
  return (
    <Screen mood="pin" back="/" closes foot={hasPin ? <><p class="fine">{say('safety.pin.forgot')}</p><TextButton onClick={without} disabled={busy}>{say('safety.pin.without')}</TextButton></> : undefined}>
      <div class="hero"><h1 class="page-title" tabIndex={-1}>{say(hasPin ? 'safety.pin.title' : 'safety.call.safe')}</h1><p class="hero-more">{say(hasPin ? 'safety.pin.does' : 'safety.pin.none')}</p></div>
      <Trouble of={trouble} />
      {hasPin ? <PinPad busy={busy} does={say('safety.pin.end')} onPin={(pin) => { void tell('close', { pin }) }} /> : <LightButton onClick={without} disabled={busy}>{say('safety.call.safe')}</LightButton>}
    </Screen>
  )
}
