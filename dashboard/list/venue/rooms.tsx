/** Who is told for a room when no shift can be the right one (R4): decided by those who work there. */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go, route } from '../../shell/route.ts'
import { contacts, readContacts } from '../circle/book.ts'
import { StepEditor } from '../circle/step-editor.tsx'
import { STEPS_MAX, WAIT_S, fits, moved } from '../circle/steps.ts'
import { stepName } from '../circle/words.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { andRead, readVenues, venues } from './book.ts'
import type { Venue } from './book.ts'

type Room = Venue['rooms'][number]
type Person = Venue['people'][number]

export function Rooms () {
  const [, , venueId, roomId] = route.value
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void readVenues().then(setTrouble)
    void readContacts()
  }, [])
  const venue = venues.value?.find((each) => each.venue === venueId)
  const room = venue?.rooms.find((each) => each.room === roomId)
  return (
    <Screen key={roomId ?? ''} back={room === undefined ? '/circle/offers' : `/circle/rooms/${venueId ?? ''}`} closes>
      <Refusal of={trouble} />
      {venue === undefined ? <Title>{say(venues.value === null ? 'shell.waiting' : 'list.reason.NOT_FOUND')}</Title> : room === undefined ? <Whole venue={venue} /> : <OfRoom key={room.room} venue={venue} room={room} />}
    </Screen>
  )
}

const personName = ({ name }: Person): string => name ?? say('list.rooms.notYours')

function Whole ({ venue }: { readonly venue: Venue }) {
  const known = new Set(venue.people.map(({ responder }) => responder))
  // Hers, whom the venue's other workers may come to agree on.
  const mine = contacts.value.filter(({ responder, confirmed, kind }) => confirmed && kind !== 'authority' && !known.has(responder))
    .map(({ responder, name, kind }): Person => ({ responder, name, kind, agreed: false, may: false }))
  return (
    <div class="stack">
      <Title lead={say('list.rooms.lead')}>{venue.name}</Title>
      <section>
        <div class="step-head"><h2>{say('list.rooms.people')}</h2></div>
        <p class="row-more">{say('list.rooms.peopleMore')}</p>
        <ul class="rows">{[...venue.people, ...mine].map((person) => <li key={person.responder}><Agreement venue={venue.venue} person={person} /></li>)}</ul>
      </section>
      <section>
        <div class="step-head"><h2>{say('list.rooms.rooms')}</h2></div>
        <ul class="rows">
          {venue.rooms.map(({ room, label, armed, steps }) => <li key={room}><RowLink to={`/circle/rooms/${venue.venue}/${room}`} name={label} more={<>{say(armed ? 'list.rooms.armed' : 'list.rooms.notArmed')}{steps.length === 0 ? null : <><br />{steps.flatMap(({ people }) => people).map((id) => nameIn(venue, id)).join(', ')}</>}</>} /></li>)}
        </ul>
      </section>
    </div>
  )
}

function nameIn ({ people }: Venue, responder: string): string {
  const person = people.find((each) => each.responder === responder)
  return person === undefined ? say('list.rooms.notYours') : personName(person)
}

function Agreement ({ venue, person }: { readonly venue: string, readonly person: Person }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const path = `/venues/${venue}/agreements/${encodeURIComponent(person.responder)}`
  return (
    <div class="row row-agrees">
      <Mark sure={person.may ? 'proven' : 'next'} />
      <span class="row-words">
        <span class="row-name">{personName(person)}</span>
        <span class="row-more">{say(`list.kind.${person.kind}`)}. {say(person.may ? 'list.rooms.may' : 'list.rooms.mayNot')}</span>
        <Refusal of={trouble} />
      </span>
      <button class="choice" type="button" aria-pressed={person.agreed} onClick={() => { void andRead(person.agreed ? 'DELETE' : 'PUT', path).then(setTrouble) }}>{say(person.agreed ? 'list.rooms.agreed' : 'list.rooms.agree')}<span class="unseen"> {personName(person)}</span></button>
    </div>
  )
}

function OfRoom ({ venue, room }: { readonly venue: Venue, readonly room: Room }) {
  const [steps, setSteps] = useState(room.steps)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const fresh = { waitS: WAIT_S }
  const placed = new Set(steps.flatMap(({ people }) => people))
  const spare = venue.people.filter(({ responder, may }) => may && !placed.has(responder))
  const last = steps.length - 1
  const add = (responder: string): void => { setSteps(moved(steps, responder, steps.length < STEPS_MAX ? { before: steps.length } : { step: last }, fresh)) }
  const keep = async (): Promise<void> => {
    const refused = await andRead('PUT', `/rooms/${room.room}/standing`, { steps })
    setTrouble(refused)
    if (refused === null) go(`/circle/rooms/${venue.venue}`)
  }
  return (
    <div class="stack">
      <Title lead={say('list.rooms.roomLead')}>{room.label}</Title>
      {steps.length === 0 ? <p class="word">{say('list.rooms.nobody')}</p> : null}
      <StepEditor steps={steps} nameOf={(id) => nameIn(venue, id)} fresh={fresh} onChange={setSteps} />
      {spare.length === 0 ? null : <div class="pair">{spare.map((person) => <QuietButton key={person.responder} icon="plus" disabled={steps.length >= STEPS_MAX && !fits(steps[last])} onClick={() => { add(person.responder) }}>{say('list.rooms.add', { name: personName(person), step: stepName(Math.min(steps.length, STEPS_MAX - 1)) })}</QuietButton>)}</div>}
      <Refusal of={trouble} />
      <LightButton onClick={() => { void keep() }}>{say('shell.save')}</LightButton>
    </div>
  )
}
