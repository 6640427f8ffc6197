/** An iPhone wakes nobody from a page in the browser: the icon comes first, and the code is typed again inside it. */
import { QuietButton, Screen } from '../parts/screen.tsx'
import { Choices } from '../parts/field.tsx'
import { IDENTITIES, TITLES, identity } from '../identity/identity.ts'
import { say, spoken } from '../say/say.ts'
import { bearIdentity } from '../shell/begin.tsx'
import { broughtCode } from './brought.ts'
import { carriesOn } from './needs-icon.ts'
import { WaySteps } from './way.tsx'

export function OnIphone () {
  const code = broughtCode()
  return (
    <Screen mood="pair" foot={<QuietButton onClick={() => { carriesOn.value = true }}>{say('responder.iphone.without')}</QuietButton>}>
      <WaySteps at="code" />
      <h1 class="page-title" tabIndex={-1}>{say('responder.iphone.title')}</h1>
      <p class="page-lead">{say('door.install.warn')}</p>
      <Choices label={say('door.install.title')} of={IDENTITIES.map((is) => ({ is, says: TITLES[is] }))} chosen={identity.value} onChoose={(is) => { bearIdentity(is, spoken.value) }} />
      <ol class="ordered">
        <li>{say('responder.iphone.share')}</li>
        <li>{say('responder.iphone.open', { name: TITLES[identity.value] })}</li>
        <li>{code === '' ? say('responder.iphone.type') : say('responder.iphone.typeCode', { code })}</li>
      </ol>
    </Screen>
  )
}
