/** The app's name and icon: one of three that say nothing (R22); the warning comes before the icon does. */
import { Identities } from '../../parts/identities.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { install, mayInstall } from '../../shell/install.ts'
import { isInstalled, isIphone } from '../../wake/installed.ts'

export function IconChoice () {
  return (
    <Screen back="/more" closes foot={mayInstall.value ? <LightButton onClick={() => { void install() }}>{say('list.icon.add')}</LightButton> : undefined}>
      <div class="stack">
        <Title lead={say('list.icon.lead')}>{say('list.more.icon')}</Title>
        <Identities label={say('list.more.icon')} />
        <p class="word">{say('list.icon.warn')}</p>
        <p class="row-more">{say(isInstalled() ? 'list.icon.again' : isIphone() ? 'list.icon.iPhone' : 'list.icon.android')}</p>
      </div>
    </Screen>
  )
}
