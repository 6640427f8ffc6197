/** What a second PIN is for, and what it can not do; said here and nowhere else (R15). It needs somebody she trusts fully. */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Tick } from '../../parts/field.tsx'
import { QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { circle, contacts, readList, save } from '../circle/book.ts'
import { Refusal } from '../refusal.tsx'

type SecondPinProps = { readonly trouble: string | null, readonly onSecond: () => void, readonly onWithout: () => void }

export function SecondPin ({ trouble, onSecond, onWithout }: SecondPinProps) {
  const [refused, setRefused] = useState<Refused | null>(null)
  useEffect(() => { void readList().then(setRefused) }, [])
  const marked = circle.value?.mayKnow ?? []
  const placed = new Set(circle.value?.steps.flatMap(({ people }) => people))
  const people = contacts.value.filter(({ responder, confirmed }) => confirmed && placed.has(responder))
  const mark = async (responder: string, on: boolean): Promise<void> => {
    setRefused(await save({ mayKnow: [...marked.filter((each) => each !== responder), ...(on ? [responder] : [])] }))
  }
  return (
    <Screen back="/more" closes foot={<>
      <QuietButton disabled={marked.length === 0} onClick={onSecond}>{say('list.second.set')}</QuietButton>
      <TextButton onClick={onWithout}>{say('list.second.without')}</TextButton>
    </>}>
      <div class="stack">
        <Title lead={say('list.second.lead')}>{say('list.second.title')}</Title>
        <p class="trouble" role="alert">{trouble ?? ''}</p>
        <ul class="points"><li>{say('list.second.shows')}</li><li>{say('list.second.knows')}</li><li>{say('list.second.ends')}</li></ul>
        <div><h2 class="field-label">{say('list.second.limits')}</h2><ul class="points"><li>{say('list.second.known')}</li><li>{say('list.second.phone')}</li><li>{say('list.second.mixed')}</li><li>{say('list.second.digits')}</li></ul></div>
        <fieldset class="plain">
          <legend class="field-label">{say('list.second.who')}</legend>
          {people.length === 0 ? <p class="row-more">{say('list.second.nobody')}</p> : null}
          {people.map(({ responder, name }) => <Tick key={responder} on={marked.includes(responder)} onChange={(on) => { void mark(responder, on) }}>{name}</Tick>)}
        </fieldset>
        <Refusal of={refused} />
      </div>
    </Screen>
  )
}
