/** A house's reference person or an organisation offers itself: digits to be read aloud, the same for everybody, so that nobody is told who took them. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { OffersOfMine } from '../../server/contract/offer.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { LightButton, Screen, TextButton, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { clock } from '../say/when.ts'
import { every } from '../shell/clock.ts'

type Offer = Static<typeof OffersOfMine>['offers'][number]
/** The digits change by themselves. */
const READ_MS = 20_000

export function Offers () {
  const [offers, setOffers] = useState<readonly Offer[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await ask<Static<typeof OffersOfMine>>('GET', '/offers/mine')
    if (answer.ok) setOffers(answer.data.offers)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => {
    void read()
    return every(READ_MS, () => { void read() })
  }, [])
  const change = async (method: 'POST' | 'DELETE', path: string): Promise<void> => {
    const answer = await ask(method, path)
    if (answer.ok) await read()
    else setTrouble(answer)
  }
  const offers_ = offers ?? []
  return (
    <Screen mood="pair" back="/" {...(offers?.length === 0 ? { foot: <LightButton onClick={() => { void change('POST', '/offers/mine') }}>{say('responder.offers.make')}</LightButton> } : {})}>
      <Title lead={say('responder.offers.lead')}>{say('responder.offers.title')}</Title>
      <Trouble of={trouble} />
      {offers?.length === 0 ? <p class="page-lead">{say('responder.offers.none')}</p> : null}
      {offers_.map(({ offer, venue, code, codeUntil }) => (
        <section class="panel offer-mine" key={offer}>
          <h2 class="also-title">{venue}</h2>
          {code === null
            ? <p class="page-lead">{say('responder.offers.ended')}</p>
            : <><p class="digits" aria-label={[...code].join(' ')}>{code.slice(0, 3)}<span class="digits-gap" />{code.slice(3)}</p>{codeUntil === null ? null : <p class="fine">{say('responder.offers.until', { time: clock(codeUntil) })}</p>}<TextButton onClick={() => { void change('DELETE', `/offers/mine/${encodeURIComponent(offer)}`) }}>{say('responder.offers.back')}</TextButton></>}
        </section>
      ))}
    </Screen>
  )
}
