/** The worker's four places. */
import type { Key } from '../say/catalogs.ts'
import { langOf, say } from '../say/say.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

export type Tab = 'lamp' | 'circle' | 'shift' | 'more'
const TABS: readonly { readonly is: Tab, readonly path: string, readonly icon: IconName, readonly says: Key }[] = [
  { is: 'lamp', path: '/', icon: 'lamp', says: 'shell.tabs.lamp' },
  { is: 'circle', path: '/circle', icon: 'circle', says: 'shell.tabs.circle' },
  { is: 'shift', path: '/shift', icon: 'clock', says: 'shell.tabs.shift' },
  { is: 'more', path: '/more', icon: 'more', says: 'shell.tabs.more' }
]

export function Tabs ({ here }: { readonly here: Tab }) {
  return (
    <nav class="tabs" lang={langOf('shell')} aria-label={say('shell.tabs.all')}>
      {TABS.map(({ is, path, icon, says }) => <a key={is} class="tab" href={`#${path}`} {...(is === here ? { 'aria-current': 'page' as const } : {})}><Icon name={icon} />{say(says)}</a>)}
    </nav>
  )
}
