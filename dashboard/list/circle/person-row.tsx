/** One person on her list: who, what they would see, whether they said "available" and until when. */
import { Icon } from '../../parts/icon.tsx'
import { say } from '../../say/say.ts'
import { When } from '../when.tsx'
import type { Contact } from './book.ts'
import { seesWords } from './words.ts'

export function PersonRow ({ contact: { responder, name, kind, confirmed, sees, availableUntil } }: { readonly contact: Contact }) {
  return (
    <a class="row" href={`#/circle/person/${encodeURIComponent(responder)}`}>
      <span class="face" aria-hidden="true" {...(confirmed ? {} : { 'data-unknown': '' })}>{name.slice(0, 1).toUpperCase()}</span>
      <span class="row-words">
        <span class="row-name">{name}{kind === 'contact' ? null : <span class="row-kind">{say(`list.kind.${kind}`)}</span>}</span>
        <span class="row-more">
          {confirmed
            ? <>{seesWords(sees)}<br />{availableUntil === null ? say('list.available.unsaid') : <>{say('list.available.until')} <When at={availableUntil} /></>}</>
            : say('list.person.notCalled')}
        </span>
      </span>
      <Icon name="onward" />
    </a>
  )
}
