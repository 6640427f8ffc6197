/** Authorities are never told, unless she says so herself, in these words, for one shift (R6). */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { ConsentGiven, ConsentsListed } from '../../../server/contract/circle.ts'
import type { Refused } from '../../api/ask.ts'
import { Tick } from '../../parts/field.tsx'
import { QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go, route } from '../../shell/route.ts'
import { readShift, shift } from '../../worker/hers.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { When } from '../when.tsx'
import { circle, contacts, readList, save, stepOf } from './book.ts'
import type { Contact } from './book.ts'
import { STEPS_MAX, WAIT_S, moved } from './steps.ts'
import { stepName } from './words.ts'

/** The version of `list.consent.text` that she agrees to; a change of that text is a new version. */
const WORDING = 'authority/1'

type Consent = Static<typeof ConsentsListed>['consents'][number]

export function Authority () {
  const [, , responder] = route.value
  const [consents, setConsents] = useState<readonly Consent[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const [answer, refused] = await Promise.all([guarded<Static<typeof ConsentsListed>>('GET', '/consents'), readList(), readShift()])
    if (answer.ok) setConsents(answer.data.consents)
    setTrouble(answer.ok ? refused : answer)
  }
  useEffect(() => { void read() }, [])
  const contact = contacts.value.find((each) => each.responder === responder && each.confirmed && each.kind === 'authority')
  return (
    <Screen key={responder ?? ''} back={contact === undefined ? '/circle' : '/circle/authority'} closes>
      <Refusal of={trouble} />
      {consents === null
        ? <Title>{say('shell.waiting')}</Title>
        : contact === undefined ? <All consents={consents} /> : <One key={contact.responder} contact={contact} consents={consents} onChange={read} />}
    </Screen>
  )
}

function All ({ consents }: { readonly consents: readonly Consent[] }) {
  const people = contacts.value.filter(({ kind, confirmed }) => kind === 'authority' && confirmed)
  return (
    <div class="stack">
      <Title lead={say('list.consent.lead')}>{say('list.circle.authority')}</Title>
      {people.length === 0 ? <p class="word">{say('list.consent.none')}</p> : null}
      <ul class="rows">{people.map(({ responder, name }) => <li key={responder}><RowLink to={`/circle/authority/${encodeURIComponent(responder)}`} icon="columns" name={name} more={say(consents.some((each) => each.responder === responder && each.live) ? 'list.consent.live' : 'list.consent.never')} /></li>)}</ul>
    </div>
  )
}

type OneProps = { readonly contact: Contact, readonly consents: readonly Consent[], readonly onChange: () => Promise<void> }

function One ({ contact: { responder, name }, consents, onChange }: OneProps) {
  const given = consents.filter((each) => each.responder === responder)
  const live = given.find((each) => each.live)
  const past = given.filter((each) => !each.live)
  return (
    <div class="stack">
      <Title lead={say(live === undefined ? 'list.consent.never' : 'list.consent.live')}>{name}</Title>
      {live === undefined ? <Give responder={responder} name={name} onChange={onChange} /> : <Live consent={live} name={name} onChange={onChange} />}
      {past.length === 0
        ? null
        : <section><div class="step-head"><h2>{say('list.consent.past')}</h2></div><ul class="rows">{past.map(({ consent, wording, givenAt, revokedAt }) => <li key={consent}><p class="row-words"><span class="row-name">{say('list.consent.given')} <When at={givenAt} /></span><span class="row-more">{revokedAt === null ? say('list.consent.ended') : <>{say('list.consent.revoked')} <When at={revokedAt} /></>}. {say('list.consent.wording', { wording })}</span></p></li>)}</ul></section>}
    </div>
  )
}

/** Two ticks and a button that is no light: nobody comes here by accident. */
function Give ({ responder, name, onChange }: { readonly responder: string, readonly name: string, readonly onChange: () => Promise<void> }) {
  const [own, setOwn] = useState(false)
  const [understood, setUnderstood] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const running = shift.value?.shift ?? null
  const give = async (): Promise<void> => {
    const answer = await guarded<Static<typeof ConsentGiven>>('POST', '/consents', { responder, wording: WORDING })
    if (!answer.ok) return setTrouble(answer)
    const steps = circle.value?.steps ?? []
    // Last of all; she moves them sooner herself, if she wants.
    const refused = stepOf(steps, responder) !== null ? null : await save({ steps: moved(steps, responder, steps.length < STEPS_MAX ? { before: steps.length } : { step: steps.length - 1 }, { waitS: WAIT_S, assistWaitS: null }) })
    setTrouble(refused)
    await onChange()
  }
  if (running === null) return <p class="word">{say('list.consent.noShift')}</p>
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); if (own && understood) void give() }}>
      <p class="word">{say('list.consent.text', { name })}</p>
      <p class="row-more">{say('list.consent.wording', { wording: WORDING })}. {say('list.consent.ends')} <When at={running.plannedEndAt} />.</p>
      <Tick on={own} onChange={setOwn}>{say('list.consent.own')}</Tick>
      <Tick on={understood} onChange={setUnderstood}>{say('list.consent.understood')}</Tick>
      <Refusal of={trouble} />
      <QuietButton type="submit" disabled={!own || !understood}>{say('list.consent.give', { name })}</QuietButton>
      <TextButton onClick={() => { go('/circle') }}>{say('list.consent.not')}</TextButton>
    </form>
  )
}

function Live ({ consent: { consent, responder, wording, givenAt }, name, onChange }: { readonly consent: Consent, readonly name: string, readonly onChange: () => Promise<void> }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const at = stepOf(circle.value?.steps ?? [], responder)
  const revoke = async (): Promise<void> => {
    const answer = await guarded('DELETE', `/consents/${consent}`)
    setTrouble(answer.ok ? null : answer)
    await onChange()
  }
  const running = shift.value?.shift ?? null
  return (
    <div class="form">
      <p class="word">{say('list.consent.text', { name })}</p>
      <p class="row-more">{say('list.consent.given')} <When at={givenAt} />. {say('list.consent.wording', { wording })}.{running === null ? null : <> {say('list.consent.ends')} <When at={running.plannedEndAt} />.</>}</p>
      <p>{at === null ? say('list.consent.nowhere') : say('list.consent.told', { step: stepName(at) })}</p>
      <Refusal of={trouble} />
      <QuietButton onClick={() => { void revoke() }}>{say('list.consent.revoke')}</QuietButton>
    </div>
  )
}
