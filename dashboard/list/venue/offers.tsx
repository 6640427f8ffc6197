/** What is offered where she works: each taken by the digits she heard, or left; nobody learns which (R5). */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go, route } from '../../shell/route.ts'
import { Digits } from '../circle/confirm-digits.tsx'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { When } from '../when.tsx'
import { andRead, offers, readVenues, venues } from './book.ts'
import type { Offer } from './book.ts'

export function Offers () {
  const [, , chosen] = route.value
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readVenues().then(setTrouble) }, [])
  const offer = offers.value?.find((each) => each.offer === chosen)
  return (
    <Screen key={chosen ?? ''} back={offer === undefined ? '/circle' : '/circle/offers'} closes>
      <Refusal of={trouble} />
      {offer === undefined ? <All /> : <One key={offer.offer} offer={offer} />}
    </Screen>
  )
}

const venueName = (venue: string): string => venues.value?.find((each) => each.venue === venue)?.name ?? ''

function All () {
  const seen = offers.value
  const places = venues.value ?? []
  return (
    <div class="stack">
      <Title lead={say('list.offers.lead')}>{say('list.offers.title')}</Title>
      {seen === null ? <p class="lead-words" role="status">{say('shell.waiting')}</p> : seen.length === 0 ? <p class="word">{say('list.offers.none')}</p> : null}
      <ul class="rows">
        {(seen ?? []).map(({ offer, venue, name, kind, state }) => <li key={offer}><RowLink to={`/circle/offers/${offer}`} icon="house" name={name} more={<>{say(`list.kind.${kind}`)}, {venueName(venue)}<br />{say(`list.offers.${state}`)}</>} /></li>)}
      </ul>
      {places.length === 0
        ? null
        : <ul class="rows rows-apart">{places.map(({ venue, name }) => <li key={venue}><RowLink to={`/circle/rooms/${venue}`} icon="house" name={say('list.offers.rooms', { name })} more={say('list.offers.roomsMore')} /></li>)}
          <li><RowLink to="/circle/colleague" icon="people" name={say('list.offers.colleague')} more={say('list.offers.colleagueMore')} /></li></ul>}
    </div>
  )
}

function One ({ offer: { offer, venue, name, kind, offeredAt, state } }: { readonly offer: Offer }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const taken = async (): Promise<void> => {
    await readVenues()
    go('/circle')
  }
  const leave = async (): Promise<void> => {
    const refused = await andRead('POST', `/offers/${offer}/leave`)
    setTrouble(refused)
    if (refused === null) go('/circle/offers')
  }
  return (
    <div class="stack">
      <Title lead={<>{say(`list.kind.${kind}`)}, {venueName(venue)}. <When at={offeredAt} /></>}>{name}</Title>
      <p class="word">{say(state === 'taken' ? 'list.offers.takenMore' : 'list.offers.howMore', { name })}</p>
      {state === 'taken'
        ? null
        : <Digits says={say('list.offers.digits', { name })} does={say('list.offers.take', { name })} send={async (code) => await guarded('POST', `/offers/${offer}/take`, { code })} onConfirmed={() => { void taken() }} />}
      <Refusal of={trouble} />
      {state === 'open' ? <QuietButton onClick={() => { void leave() }}>{say('list.offers.leave')}</QuietButton> : null}
    </div>
  )
}
