/** Help afterwards (R25): opened only by her, whole without a network, and nothing leaves the phone before she taps. */
import { Icon } from '../../parts/icon.tsx'
import { Screen, Title } from '../../parts/screen.tsx'
import { Words } from '../../parts/words.tsx'
import { localesOf } from '../../say/language.ts'
import { languageOf, say } from '../../say/say.ts'
import { route } from '../../shell/route.ts'
import { CHECKED_AT, PLACES } from './places.ts'
import type { Place } from './places.ts'

export function Help () {
  const named = route.value.at(-1)
  const place = PLACES.find(({ is }) => is === named)
  return <Words of="help">{place === undefined ? <All /> : <One key={place.is} place={place} />}</Words>
}

function All () {
  return (
    <Screen mood="after" back={route.value[0] === 'help' ? '/' : '/more'} closes foot={<a class="text-button" href="#/">{say('help.later')}</a>}>
      <div class="stack">
        <Title lead={say('help.lead')}>{say('help.title')}</Title>
        <ul class="rows">
          {PLACES.map(({ is, phone }) => (
            <li key={is}><a class="row" href={`#/more/help/${is}`}><span class="row-words"><span class="row-name">{say(`help.${is}.name`)}</span><span class="row-more">{say(`help.${is}.line`)}</span></span><Icon name={phone === null ? 'onward' : 'phone'} /></a></li>
          ))}
        </ul>
      </div>
    </Screen>
  )
}

function One ({ place: { is, phone, page, mail } }: { readonly place: Place }) {
  const checked = new Intl.DateTimeFormat(localesOf(languageOf('help')), { dateStyle: 'long' }).format(CHECKED_AT)
  // The one light of the page is what reaches a person soonest.
  const light = phone !== null ? 'phone' : mail !== null ? 'mail' : 'page'
  return (
    <Screen mood="after" back="/more/help" closes foot={<>
      {phone === null ? null : <a class="light-button" href={`tel:${phone.dial}`}><Icon name="phone" /> {say('help.call', { number: phone.read })}</a>}
      {mail === null ? null : <a class={light === 'mail' ? 'light-button' : 'quiet-button'} href={`mailto:${mail}`}>{say('help.write', { address: mail })}</a>}
      <a class={light === 'page' ? 'light-button' : 'quiet-button'} href={page.href} rel="noreferrer noopener"><Icon name="link" /> {say('help.page', { site: page.read })}</a>
      <p class="fine">{say('help.trace')}</p>
    </>}>
      <div class="stack">
        <Title lead={say(`help.${is}.line`)}>{say(`help.${is}.name`)}</Title>
        <dl class="told">
          <div><dt>{say('help.where')}</dt><dd>{say(`help.${is}.where`)}</dd></div>
          <div><dt>{say('help.when')}</dt><dd>{say(`help.${is}.when`)}</dd></div>
          <div><dt>{say('help.good')}</dt><dd>{say(`help.${is}.good`)}</dd></div>
        </dl>
        <p class="row-more">{say('help.checked', { date: checked })}</p>
      </div>
    </Screen>
  )
}
