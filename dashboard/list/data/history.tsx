/** Her history (R21): readable by her alone, as long as she says; one may be kept. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { HistoryShown } from '../../../server/contract/privacy.ts'
import type { Refused } from '../../api/ask.ts'
import { QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { route } from '../../shell/route.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { When, dayWords } from '../when.tsx'
import { HistoryOne } from './history-one.tsx'
import { kindWords, whyWords } from './history-words.ts'

type Shown = Static<typeof HistoryShown>

export function History () {
  const [, , alarm] = route.value
  return alarm === undefined ? <All /> : <HistoryOne key={alarm} alarm={alarm} />
}

function All () {
  const [shown, setShown] = useState<Shown | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await guarded<Shown>('GET', '/history')
    if (answer.ok) setShown(answer.data)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [])
  return (
    <Screen back="/more/data" closes>
      <div class="stack">
        <Title lead={say('list.history.lead')}>{say('list.data.history')}</Title>
        <Refusal of={trouble} />
        {shown === null
          ? <p class="lead-words" role="status">{trouble === null ? say('shell.waiting') : ''}</p>
          : <>
            {shown.alarms.length === 0 ? <p class="word">{say('list.history.none')}</p> : null}
            <ul class="rows">{shown.alarms.map(({ alarm, kind, openedAt, why, goesAt, kept }) => <li key={alarm}><RowLink to={`/more/history/${alarm}`} name={<When at={openedAt} />} more={<>{kindWords(kind)}. {whyWords(why)}<br />{say(kept ? 'list.history.keptUntil' : 'list.history.until', { date: dayWords(goesAt) })}</>} /></li>)}</ul>
            <Days days={shown.days} onChange={read} />
            {shown.alarms.length === 0 ? null : <EraseAll onChange={read} />}
          </>}
      </div>
    </Screen>
  )
}

function Days ({ days, onChange }: { readonly days: number, readonly onChange: () => Promise<void> }) {
  const [typed, setTyped] = useState(String(days))
  const [saved, setSaved] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const wanted = Number(typed)
  const ready = Number.isInteger(wanted) && wanted >= 1 && wanted <= 365 && wanted !== days
  const keep = async (): Promise<void> => {
    const answer = await guarded('PUT', '/history/days', { days: wanted })
    setTrouble(answer.ok ? null : answer)
    if (!answer.ok) return
    setSaved(wanted)
    await onChange()
  }
  return (
    <form class="form rows-apart" onSubmit={(event) => { event.preventDefault(); if (ready) void keep() }}>
      <label class="field"><span>{say('list.history.days')}</span><small>{say('list.history.daysMore')}</small><input type="number" inputMode="numeric" min="1" max="365" value={typed} onInput={(event) => { setTyped(event.currentTarget.value); setSaved(null) }} /></label>
      <Refusal of={trouble} />
      <p class="done" role="status">{saved === null ? '' : say('list.saved')}</p>
      <QuietButton type="submit" disabled={!ready}>{say('shell.save')}</QuietButton>
    </form>
  )
}

function EraseAll ({ onChange }: { readonly onChange: () => Promise<void> }) {
  const [asked, setAsked] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const erase = async (): Promise<void> => {
    const answer = await guarded('DELETE', '/history')
    setTrouble(answer.ok ? null : answer)
    setAsked(false)
    await onChange()
  }
  return (
    <div class="foot foot-inline">
      <Refusal of={trouble} />
      {asked
        ? <><p class="fine">{say('list.history.eraseMore')}</p><QuietButton class="careful" onClick={() => { void erase() }}>{say('list.history.eraseNow')}</QuietButton><TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton></>
        : <TextButton onClick={() => { setAsked(true) }}>{say('list.history.erase')}</TextButton>}
    </div>
  )
}
