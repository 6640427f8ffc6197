/** A name and an icon for this phone: the warning comes before the icon does (R22). */
import { Identities } from '../parts/identities.tsx'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { install, mayInstall } from '../shell/install.ts'
import { isInstalled, isIphone } from '../wake/installed.ts'

export function IconChoice () {
  return (
    <Screen mood="pair" back="/phone" foot={mayInstall.value ? <LightButton onClick={() => { void install() }}>{say('door.install.now')}</LightButton> : undefined}>
      <Title lead={say('door.install.warn')}>{say('door.install.title')}</Title>
      <Identities label={say('responder.phone.icon')} />
      {isInstalled() || mayInstall.value ? null : <p class="page-lead">{say(isIphone() ? 'door.install.iphone' : 'door.install.how')}</p>}
    </Screen>
  )
}
