/** One person: when they are told, what they would see; out of everything at once (R5). */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Choices, Tick } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go, route } from '../../shell/route.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'
import { circle, contacts, readList, removeContact, save, stepOf } from './book.ts'
import type { Circle, Contact, Step } from './book.ts'
import { ConfirmDigits } from './confirm-digits.tsx'
import { STEPS_MAX, WAIT_S, fits, moved } from './steps.ts'
import { stepName } from './words.ts'

export function Person () {
  const [, , responder = ''] = route.value
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readList().then(setTrouble) }, [])
  const contact = contacts.value.find((each) => each.responder === responder)
  const list = circle.value
  return (
    <Screen key={responder} back="/circle" closes>
      <Refusal of={trouble} />
      {contact === undefined || list === null
        ? <Title>{say(list === null ? 'shell.waiting' : 'list.reason.NOT_FOUND')}</Title>
        : contact.confirmed ? <Known key={responder} contact={contact} list={list} /> : <Unproven contact={contact} />}
      {contact === undefined ? null : <Remove contact={contact} />}
    </Screen>
  )
}

function Unproven ({ contact: { responder, name, kind } }: { readonly contact: Contact }) {
  return (
    <div class="stack">
      <Title lead={say('list.person.notCalledMore', { name })}>{name}</Title>
      <Facts kind={kind} declaredAt={null} />
      <ConfirmDigits responder={responder} name={name} onConfirmed={() => { void readList() }} />
    </div>
  )
}

function Facts ({ kind, declaredAt }: { readonly kind: Contact['kind'], readonly declaredAt: number | null }) {
  return (
    <ul class="facts">
      <li class="fact"><Mark sure="next" /><span class="fact-what">{say(`list.kind.${kind}`)}</span></li>
      {declaredAt === null ? null : <li class="fact"><Mark sure="proven" /><span class="fact-what">{say('list.person.declared')}</span><span class="fact-when"><When at={declaredAt} /></span></li>}
    </ul>
  )
}

/** 'out': told of nothing. A number: that step; the one after the last: a new one. */
type Place = number | 'out'

function Known ({ contact, list }: { readonly contact: Contact, readonly list: Circle }) {
  const { responder, name, kind } = contact
  const at = stepOf(list.steps, responder)
  const [place, setPlace] = useState<Place>(at ?? (kind === 'authority' ? 'out' : Math.min(list.steps.length, 1)))
  const [sees, setSees] = useState(contact.sees)
  const [mayKnow, setMayKnow] = useState(contact.mayKnow)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const keep = async (): Promise<void> => {
    const now = circle.value ?? list
    const refused = await save({
      steps: stepsWith(now.steps, responder, place),
      sees: { ...now.sees, [responder]: sees },
      mayKnow: [...now.mayKnow.filter((each) => each !== responder), ...(mayKnow ? [responder] : [])]
    })
    setTrouble(refused)
    if (refused === null) go('/circle')
  }
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); void keep() }}>
      <Title>{name}</Title>
      <Facts kind={kind} declaredAt={contact.neverForwardsAt} />
      {kind === 'authority' ? <a class="quiet-button" href={`#/circle/authority/${encodeURIComponent(responder)}`}>{say('list.person.authority')}</a> : <WhenTold steps={list.steps} responder={responder} place={place} onPlace={setPlace} />}
      <fieldset class="plain">
        <legend class="field-label">{say('list.person.sees')}</legend>
        <Tick on={sees.alias} onChange={(alias) => { setSees({ ...sees, alias }) }}>{say('list.person.seesAlias')}</Tick>
        <Tick on={sees.room} onChange={(room) => { setSees({ ...sees, room }) }}>{say('list.person.seesRoom')}</Tick>
        <Tick on={sees.address} onChange={(address) => { setSees({ ...sees, address }) }}>{say('list.person.seesAddress')}</Tick>
      </fieldset>
      <Tick on={mayKnow} onChange={setMayKnow}>{say('list.person.trusted')}</Tick>
      <Refusal of={trouble} />
      <LightButton type="submit">{say('shell.save')}</LightButton>
    </form>
  )
}

function WhenTold ({ steps, responder, place, onPlace }: { readonly steps: readonly Step[], readonly responder: string, readonly place: Place, readonly onPlace: (place: Place) => void }) {
  const mine = stepOf(steps, responder)
  const aloneLast = mine !== null && mine === steps.length - 1 && steps[mine]?.people.length === 1
  const open = steps.flatMap((step, at) => at === mine || fits(step) ? [{ is: at as Place, says: stepName(at) }] : [])
  const fresh = steps.length < STEPS_MAX && !aloneLast ? [{ is: steps.length as Place, says: steps.length === 0 ? stepName(0) : say('list.person.newStep') }] : []
  return (
    <fieldset class="plain">
      <legend class="field-label">{say('list.person.told')}</legend>
      <Choices label={say('list.person.told')} of={[...open, ...fresh, { is: 'out' as Place, says: say('list.person.toldNot') }]} chosen={place} onChoose={onPlace} />
    </fieldset>
  )
}

function stepsWith (steps: readonly Step[], responder: string, place: Place): Step[] {
  const fresh = { waitS: WAIT_S, assistWaitS: null }
  if (place === stepOf(steps, responder)) return [...steps]
  if (place === 'out') return moved(steps, responder, 'out', fresh)
  return moved(steps, responder, place < steps.length ? { step: place } : { before: steps.length }, fresh)
}

function Remove ({ contact: { responder, name } }: { readonly contact: Contact }) {
  const [asked, setAsked] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const remove = async (): Promise<void> => {
    const refused = await removeContact(responder)
    setTrouble(refused)
    if (refused === null) go('/circle')
  }
  return (
    <div class="foot foot-inline">
      <Refusal of={trouble} />
      {asked
        ? <><p class="fine">{say('list.person.removeMore', { name })}</p><QuietButton class="careful" onClick={() => { void remove() }}>{say('list.person.removeNow', { name })}</QuietButton><TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton></>
        : <TextButton onClick={() => { setAsked(true) }}>{say('list.person.remove')}</TextButton>}
    </div>
  )
}
