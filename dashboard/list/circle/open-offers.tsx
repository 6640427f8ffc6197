/** What is offered where she works, and not answered yet: she decides, and can change her mind. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { OffersSeen } from '../../../server/contract/offer.ts'
import { QuietButton } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { guarded } from '../guard.ts'
import { ListIcon } from '../list-icon.tsx'

type Offers = Static<typeof OffersSeen>['offers']

export function OpenOffers () {
  const [offers, setOffers] = useState<Offers>([])
  const read = async (): Promise<void> => {
    const answer = await guarded<Static<typeof OffersSeen>>('GET', '/offers')
    if (answer.ok) setOffers(answer.data.offers.filter(({ state }) => state === 'open'))
  }
  useEffect(() => { void read() }, [])
  const leave = async (offer: string): Promise<void> => {
    await guarded('POST', `/offers/${offer}/leave`)
    await read()
  }
  return (
    <>
      {offers.map(({ offer, name, kind }) => (
        <section key={offer} class="offer">
          <div class="row">
            <span class="face" data-kind="plain" aria-hidden="true"><ListIcon name="house" /></span>
            <span class="row-words"><span class="row-name">{say('list.offer.offers', { name })}</span><span class="row-more">{say(`list.kind.${kind}`)}. {say('list.offer.decide')}</span></span>
          </div>
          <div class="pair">
            <QuietButton onClick={() => { void leave(offer) }}>{say('list.offer.no')}</QuietButton>
            <QuietButton onClick={() => { go(`/circle/offers/${offer}`) }}>{say('list.offer.add', { name })}</QuietButton>
          </div>
        </section>
      ))}
    </>
  )
}
