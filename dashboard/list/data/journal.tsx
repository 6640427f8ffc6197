/** Who changed or saw what concerned her: her own record. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { JournalShown } from '../../../server/contract/journal.ts'
import type { Refused } from '../../api/ask.ts'
import { Screen, Title } from '../../parts/screen.tsx'
import type { Key } from '../../say/catalogs.ts'
import { say } from '../../say/say.ts'
import { contacts, readContacts } from '../circle/book.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { readVenues, venues } from '../venue/book.ts'
import { When } from '../when.tsx'

type Line = Static<typeof JournalShown>['lines'][number]

export function Journal () {
  const [lines, setLines] = useState<readonly Line[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void guarded<Static<typeof JournalShown>>('GET', '/journal').then((answer) => { if (answer.ok) setLines(answer.data.lines); else setTrouble(answer) })
    void readContacts()
    void readVenues()
  }, [])
  return (
    <Screen back="/more/data" closes>
      <div class="stack">
        <Title lead={say('list.journal.lead')}>{say('list.data.journal')}</Title>
        <Refusal of={trouble} />
        {lines === null ? <p class="lead-words" role="status">{trouble === null ? say('shell.waiting') : ''}</p> : lines.length === 0 ? <p class="word">{say('list.journal.none')}</p> : null}
        <ul class="rows">{(lines ?? []).map((line) => <li key={line.id}><p class="row"><span class="row-words"><span class="row-name">{whatWords(line)}</span><span class="row-more">{byWords(line)}</span></span><span class="fact-when"><When at={line.at} /></span></p></li>)}</ul>
      </div>
    </Screen>
  )
}

/** A code that these pages do not know yet is shown as it is. */
function whatWords ({ what }: Line): string {
  const key = `list.journal.what.${what}`
  const words = say(key as Key)
  return words === key ? what : words
}

/** Whom, which room or which phone it is about; somebody who is not on her list any more has no name here. */
function byWords ({ by: who, responder, room, device }: Line): string {
  const by = say(`list.journal.by.${who}`)
  const person = responder === undefined ? undefined : contacts.value.find((each) => each.responder === responder)?.name
  const label = room === undefined ? undefined : venues.value?.flatMap(({ rooms }) => rooms).find((each) => each.room === room)?.label
  const about = [person, label, device].filter((part) => part !== undefined)
  return about.length === 0 ? by : say('list.journal.about', { by, about: about.join(', ') })
}
