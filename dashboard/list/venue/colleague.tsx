/** She offers herself to those who work where she does, under a name she chooses. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { ColleagueOffer } from '../../../server/contract/offer.ts'
import type { Refused } from '../../api/ask.ts'
import { deviceName } from '../../door/device.ts'
import { Choices, Field, Tick } from '../../parts/field.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say, spoken } from '../../say/say.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { readVenues, venues } from './book.ts'

/** The wording of `list.colleague.never` that is signed. */
const NEVER_FORWARDS = 'never-forwards/1'

export function Colleague () {
  const [name, setName] = useState('')
  const [venue, setVenue] = useState<string | null>(null)
  const [never, setNever] = useState(false)
  const [made, setMade] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readVenues().then(setTrouble) }, [])
  const places = venues.value ?? []
  const chosen = venue ?? (places.length === 1 ? places[0]?.venue ?? null : null)
  const ready = name.trim() !== '' && chosen !== null
  const offer = async (): Promise<void> => {
    if (chosen === null) return
    const body: Static<typeof ColleagueOffer> = { venue: chosen, name: name.trim(), language: spoken.value, device: deviceName(), ...(never ? { neverForwards: NEVER_FORWARDS } : {}) }
    const answer = await guarded('POST', '/offers/colleague', body)
    setTrouble(answer.ok ? null : answer)
    setMade(answer.ok)
  }
  if (made) return <Screen back="/circle/offers" closes><Title lead={say('list.colleague.madeMore')}>{say('list.colleague.made')}</Title><div class="foot foot-inline"><a class="light-button" href="/r">{say('list.colleague.open')}</a></div></Screen>
  return (
    <Screen back="/circle/offers" closes>
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void offer() }}>
        <Title lead={say('list.colleague.lead')}>{say('list.colleague.title')}</Title>
        {places.length < 2 ? null : <Choices label={say('list.colleague.where')} of={places.map((place) => ({ is: place.venue, says: place.name }))} chosen={chosen} onChoose={setVenue} />}
        <Field label={say('list.colleague.name')} note={say('list.colleague.nameMore')} value={name} onInput={setName} max={40} required />
        <Tick on={never} onChange={setNever}>{say('list.colleague.never')}</Tick>
        <Refusal of={trouble} />
        <LightButton type="submit" disabled={!ready}>{say('list.colleague.does')}</LightButton>
      </form>
    </Screen>
  )
}
