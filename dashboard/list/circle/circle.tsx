/** Her circle: these people, in this order, what each of them sees; nobody is in it unless she put them there (R5). */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { When } from '../when.tsx'
import { circle, contacts, gone, readContacts, readList, stepOf } from './book.ts'
import type { Contact, Step } from './book.ts'
import { OpenOffers } from './open-offers.tsx'
import { PersonRow } from './person-row.tsx'
import { stepName, wishWords } from './words.ts'

export function Circle () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readList().then(setTrouble) }, [])
  const list = circle.value
  return (
    <Screen place={say('list.circle.place')} placeIcon="circle" closes tabs={<Tabs here="circle" />}>
      <Title lead={say('list.circle.lead')}>{say('list.circle.title')}</Title>
      <Refusal of={trouble} />
      {list === null ? <p class="lead-words" role="status">{trouble === null ? say('shell.waiting') : ''}</p> : <Order steps={list.steps} />}
      <Left />
      <OpenOffers />
      {list === null || list.steps.length === 0 || list.mayKnowReach === 'device' ? null : <p class="fact rows-apart"><Mark sure="weak" /><span class="fact-what">{say(`list.trusted.${list.mayKnowReach}`)}</span></p>}
      {list === null ? null : <Ways />}
      <div class="foot foot-inline"><LightButton icon="plus" onClick={() => { go('/circle/add') }}>{say('list.circle.add')}</LightButton></div>
    </Screen>
  )
}

function Order ({ steps }: { readonly steps: readonly Step[] }) {
  const people = contacts.value
  const known = (responder: string): Contact[] => people.filter((contact) => contact.responder === responder)
  const apart = people.filter(({ responder }) => stepOf(steps, responder) === null)
  const unproven = apart.filter(({ confirmed }) => !confirmed)
  const spare = apart.filter(({ confirmed, kind }) => confirmed && kind !== 'authority')
  return (
    <>
      {people.length === 0 ? <p class="word">{say('list.circle.nobody')}</p> : null}
      {people.length > 0 && steps.length === 0 ? <p class="word">{say('list.circle.noOrder')}</p> : null}
      {steps.map(({ people: ids }, at) => (
        <section key={at}>
          <div class="step-head"><h2>{stepName(at)}</h2><span>{at === 0 ? say('list.circle.atOnce', { count: ids.length }) : say('list.circle.after', { seconds: steps[at - 1]?.waitS ?? 0 })}</span></div>
          <People of={ids.flatMap(known)} />
        </section>
      ))}
      {unproven.length === 0 ? null : <section><div class="step-head"><h2>{say('list.circle.unproven')}</h2><span>{say('list.circle.unprovenMore')}</span></div><People of={unproven} /></section>}
      {spare.length === 0 ? null : <section><div class="step-head"><h2>{say('list.circle.spare')}</h2><span>{say('list.circle.spareMore')}</span></div><People of={spare} /></section>}
    </>
  )
}

function People ({ of }: { readonly of: readonly Contact[] }) {
  return <ul class="rows">{of.map((contact) => <li key={contact.responder}><PersonRow contact={contact} /></li>)}</ul>
}

/** Who left by themselves: she is told once, and takes note. */
function Left () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  if (gone.value.length === 0) return null
  const read = async (): Promise<void> => {
    const answer = await guarded('DELETE', '/contacts/left')
    setTrouble(answer.ok ? await readContacts() : answer)
  }
  return (
    <section class="offer">
      <ul class="rows">{gone.value.map(({ name, at }) => <li key={at}><p class="row-words"><span class="row-name">{say('list.circle.left', { name })}</span><span class="row-more"><When at={at} /></span></p></li>)}</ul>
      <Refusal of={trouble} />
      <TextButton onClick={() => { void read() }}>{say('list.circle.leftRead')}</TextButton>
    </section>
  )
}

function Ways () {
  const list = circle.value
  if (list === null) return null
  return (
    <ul class="rows rows-apart">
      {list.steps.length === 0 ? null : <li><RowLink to="/circle/order" icon="order" name={say('list.circle.order')} more={say('list.circle.orderMore')} /></li>}
      <li><RowLink to="/circle/words" icon="words" name={say('list.circle.words')} more={list.note ?? say('list.circle.wordsNone')} /></li>
      <li><RowLink to="/circle/wishes" icon="dawn" name={say('list.circle.wishes')} more={wishWords(list.wishes)} /></li>
      <li><RowLink to="/circle/offers" icon="house" name={say('list.circle.offers')} more={say('list.circle.offersMore')} /></li>
      <li><RowLink to="/circle/authority" icon="columns" name={say('list.circle.authority')} more={say('list.circle.authorityMore')} /></li>
    </ul>
  )
}
