/** The app's name and icon: one of three that say nothing (R22); the warning comes before the icon does. */
import { Mark } from '../../parts/mark.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { IDENTITIES, TITLES, identity } from '../../identity/identity.ts'
import { say, spoken } from '../../say/say.ts'
import { bearIdentity } from '../../shell/begin.tsx'
import { install, mayInstall } from '../../shell/install.ts'
import { isInstalled, isIphone } from '../../wake/installed.ts'

export function IconChoice () {
  return (
    <Screen back="/more" closes foot={mayInstall.value ? <LightButton onClick={() => { void install() }}>{say('list.icon.add')}</LightButton> : undefined}>
      <div class="stack">
        <Title lead={say('list.icon.lead')}>{say('list.more.icon')}</Title>
        <div class="identities" role="group" aria-label={say('list.more.icon')}>
          {IDENTITIES.map((name) => (
            <button key={name} class="identity" type="button" aria-pressed={identity.value === name} onClick={() => { bearIdentity(name, spoken.value) }}>
              <img src={`/icons/${name}.svg`} alt="" width="72" height="72" />
              <span>{TITLES[name]}</span>
              {identity.value === name ? <Mark sure="proven" /> : <Mark sure="next" />}
            </button>
          ))}
        </div>
        <p class="word">{say('list.icon.warn')}</p>
        <p class="row-more">{say(isInstalled() ? 'list.icon.again' : isIphone() ? 'list.icon.iPhone' : 'list.icon.android')}</p>
      </div>
    </Screen>
  )
}
