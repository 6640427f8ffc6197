/** What is behind "more": lines that lead somewhere, and nothing of hers. */
import type { ComponentChildren } from 'preact'
import { Screen, Title } from '../../parts/screen.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { say } from '../../say/say.ts'
import { aliases, her } from '../../worker/hers.ts'
import { RowLink } from '../row-link.tsx'
import { When } from '../when.tsx'

export function More () {
  const erasesAt = her.value?.erasesAt ?? null
  return (
    <Screen place={say('list.more.place')} placeIcon="more" closes tabs={<Tabs here="more" />}>
      <Title>{say('list.more.title')}</Title>
      {erasesAt === null ? null : <a class="word" href="#/more/erase"><span>{say('list.erase.due')} <When at={erasesAt} /></span></a>}
      <Part name={say('list.more.after')}>
        <RowLink to="/more/help" icon="dawn" name={say('list.more.help')} more={say('list.more.helpMore')} />
      </Part>
      <Part name={say('list.more.mine')}>
        <RowLink to="/more/shortcut" icon="tap" name={say('list.more.shortcut')} more={say('list.more.shortcutMore')} />
        <RowLink to="/more/pin" icon="key" name={say('list.more.pin')} more={say(her.value?.hasPin === true ? 'list.more.pinSet' : 'list.more.pinUnset')} />
        <RowLink to="/more/words" icon="words" name={say('list.more.words')} more={say('list.more.wordsMore')} />
        <RowLink to="/more/devices" icon="devices" name={say('list.more.devices')} more={say('list.more.devicesMore')} />
        <RowLink to="/more/data" icon="book" name={say('list.more.data')} more={say('list.more.dataMore')} />
      </Part>
      <Part name={say('list.more.phone')}>
        <RowLink to="/more/settings" icon="settings" name={say('list.more.settings')} more={say('list.more.settingsMore')} />
        <RowLink to="/more/reminders" icon="bell" name={say('list.more.reminders')} more={say('list.more.remindersMore')} />
        <RowLink to="/more/icon" icon="tile" name={say('list.more.icon')} more={say('list.more.iconMore')} />
        <RowLink to="/aliases" icon="people" name={say('list.more.aliases')} more={aliases.value.length > 1 ? say('list.more.aliasesSome') : say('list.more.aliasesMore')} />
      </Part>
    </Screen>
  )
}

function Part ({ name, children }: { readonly name: string, readonly children: ComponentChildren }) {
  return (
    <section>
      <div class="step-head"><h2>{name}</h2></div>
      <ul class="rows">{(Array.isArray(children) ? children : [children]).map((child: ComponentChildren, at) => <li key={at}>{child}</li>)}</ul>
    </section>
  )
}
