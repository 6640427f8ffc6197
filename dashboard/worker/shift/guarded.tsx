/** What her PIN guards is read once it was typed on this phone (R16). */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { PinPad } from '../../parts/pin-pad.tsx'
import { Screen } from '../../parts/screen.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { readNames } from '../hers.ts'

/** `refused`: what reading was answered. */
export function Guarded ({ refused, title, onOpened, children }: { readonly refused: Refused | null, readonly title: string, readonly onOpened: () => void, readonly children: ComponentChildren }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  if (refused?.code !== 'PIN_NEEDED') return <>{children}</>
  const open = async (pin: string): Promise<void> => {
    setBusy(true)
    const answer = await ask('POST', '/unlock', { pin })
    setBusy(false)
    setTrouble(answer.ok ? null : answer)
    if (!answer.ok) return
    void readNames()
    onOpened()
  }
  return (
    <Screen mood="pin" closes back="/shift">
      <div class="hero"><h1 class="page-title" tabIndex={-1}>{say('safety.pin.title')}</h1><p class="hero-more">{title}</p></div>
      <Trouble of={trouble} />
      <PinPad busy={busy} does={say('shell.continue')} onPin={(pin) => { void open(pin) }} />
    </Screen>
  )
}
