/** One of them, with everything that is kept of it: in order, with times. Kept, or erased now. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { HistoryAlarm } from '../../../server/contract/privacy.ts'
import type { Refused } from '../../api/ask.ts'
import { Mark } from '../../parts/mark.tsx'
import { QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { langOf, say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { wishWords } from '../circle/words.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { dayWords } from '../when.tsx'
import { factWords, isLit, kindWords, whyWords } from './history-words.ts'

type One = Static<typeof HistoryAlarm>

export function HistoryOne ({ alarm }: { readonly alarm: string }) {
  const [one, setOne] = useState<One | null>(null)
  const [asked, setAsked] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const path = `/history/${encodeURIComponent(alarm)}`
  const read = async (): Promise<void> => {
    const answer = await guarded<One>('GET', path)
    if (answer.ok) setOne(answer.data)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [])
  const keep = async (): Promise<void> => {
    const answer = await guarded(one?.kept === true ? 'DELETE' : 'POST', `${path}/keep`)
    if (answer.ok) await read()
    else setTrouble(answer)
  }
  const erase = async (): Promise<void> => {
    const answer = await guarded('DELETE', path)
    setTrouble(answer.ok ? null : answer)
    if (answer.ok) go('/more/history', 'replace')
  }
  return (
    <Screen back="/more/history" closes>
      <div class="stack">
        {one === null ? <Title>{trouble === null ? say('shell.waiting') : say('list.data.history')}</Title> : <Told one={one} />}
        <Refusal of={trouble} />
        {one === null
          ? null
          : <>
            <p class="row-more">{say(one.kept ? 'list.history.keptUntil' : 'list.history.until', { date: dayWords(one.goesAt) })}</p>
            <QuietButton onClick={() => { void keep() }}>{say(one.kept ? 'list.history.unkeep' : 'list.history.keep')}</QuietButton>
            {asked
              ? <><p class="fine">{say('list.history.oneMore')}</p><QuietButton class="careful" onClick={() => { void erase() }}>{say('list.history.oneNow')}</QuietButton><TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton></>
              : <TextButton onClick={() => { setAsked(true) }}>{say('list.history.one')}</TextButton>}
          </>}
      </div>
    </Screen>
  )
}

function Told ({ one: { alarm, card, names } }: { readonly one: One }) {
  const clock = new Intl.DateTimeFormat(langOf('list'), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const lines = alarm.facts.flatMap((fact) => {
    const words = factWords(fact, (responder) => names[responder] ?? say('list.history.somebody'))
    return words === null ? [] : [{ at: fact.at, words, lit: isLit(fact) }]
  })
  const place = card === null ? [] : [card.room, card.place, card.venue, card.address].filter((part) => part !== null)
  return (
    <>
      <Title lead={`${kindWords(alarm.kind)}. ${whyWords(alarm.ended?.why ?? '')}`}>{dayWords(alarm.openedAt)}</Title>
      {place.length === 0 ? null : <p>{place.join(', ')}</p>}
      {card?.note === null || card === null ? null : <p class="word">{card.note}</p>}
      {card === null ? null : <p class="row-more">{wishWords(card.wishes)}</p>}
      <ol class="thread">{lines.map(({ at, words, lit }, index) => <li key={index}><Mark sure={lit ? 'proven' : 'no'} /><span class="thread-what">{words}</span><time dateTime={new Date(at).toISOString()}>{clock.format(at)}</time></li>)}</ol>
    </>
  )
}
