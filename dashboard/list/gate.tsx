/** Her PIN, before what it guards. The same for whatever PIN is typed. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Refused } from '../api/ask.ts'
import { PinPad } from '../parts/pin-pad.tsx'
import { Screen } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { isLocked, unlock } from './guard.ts'

export function Gate ({ back, children }: { readonly back: string, readonly children: ComponentChildren }) {
  if (isLocked.value === null) return <Screen back={back} closes><p class="lead-words" role="status">{say('shell.waiting')}</p></Screen>
  return isLocked.value ? <Pin back={back} /> : <>{children}</>
}

function Pin ({ back }: { readonly back: string }) {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const open = async (pin: string): Promise<void> => {
    setBusy(true)
    setTrouble(await unlock(pin))
    setBusy(false)
  }
  return (
    <Screen mood="pin" back={back} closes foot={<p class="fine">{say('list.gate.forgotten')}</p>}>
      <div class="hero">
        <h1 class="page-title" tabIndex={-1}>{say('list.gate.title')}</h1>
        <p class="hero-more">{say('list.gate.does')}</p>
        <Trouble of={trouble} />
      </div>
      <PinPad busy={busy} does={say('list.gate.open')} onPin={(pin) => { void open(pin) }} />
    </Screen>
  )
}
