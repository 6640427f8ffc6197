/** What is the venue's besides its rooms: hours without anybody on call, and what was offered in its name. Times, never names. */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Mark } from '../parts/mark.tsx'
import { QuietButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { now } from '../shell/service-time.ts'
import { day, iso, moment } from '../desk/when.ts'
import { Panel } from '../desk/desk.tsx'
import { gaps, offers, read } from './venue.ts'
import type { Hours, Offer } from './venue.ts'

export function Gaps () {
  const open = gaps.value
  if (open === null) return null
  return (
    <Panel title={say('technician.gaps.title')} note={say('technician.gaps.next')}>
      {open.length === 0
        ? <p class="panel-words">{say('technician.gaps.none')}</p>
        : <ul class="facts">{open.map((gap) => <li key={gap.from} class="fact" data-missing><Mark sure="missing" /><span class="fact-what"><Span of={gap} /></span></li>)}</ul>}
    </Panel>
  )
}

function Span ({ of: { from, until } }: { readonly of: Hours }) {
  return <><time dateTime={iso(from)}>{moment(from, now.value)}</time> – {until === null ? '…' : <time dateTime={iso(until)}>{moment(until, now.value)}</time>}</>
}

export function Offers () {
  const all = offers.value
  if (all.length === 0) return null
  return (
    <Panel title={say('technician.offers.title')}>
      <p class="panel-words">{say('technician.offers.means')}</p>
      <ul class="rows">{all.map((offer) => <li key={offer.offer}><OfferRow offer={offer} /></li>)}</ul>
    </Panel>
  )
}

function OfferRow ({ offer: { offer, kind, offeredAt, barred } }: { readonly offer: Offer }) {
  const [sure, setSure] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const takeBack = async (): Promise<void> => {
    const answer = await ask('DELETE', `/venue/offers/${encodeURIComponent(offer)}`)
    setRefused(answer.ok ? null : answer)
    if (answer.ok) await read()
  }
  return (
    <div class="stack-close">
      <div class="row">
        <span class="row-words"><span class="row-name">{say(kind === 'organisation' ? 'technician.offers.organisation' : 'technician.offers.person')}</span><span class="row-more">{say(barred ? 'technician.offers.barred' : 'technician.offers.since', { day: day(offeredAt) })}</span></span>
      </div>
      {barred ? null : <QuietButton onClick={() => { if (sure) void takeBack(); else setSure(true) }}>{say(sure ? 'technician.offers.sure' : 'technician.offers.takeBack')}</QuietButton>}
      <Trouble of={refused} />
    </div>
  )
}
