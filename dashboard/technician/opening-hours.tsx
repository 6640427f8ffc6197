/** The hours of the week in which the house is open: changed here, kept as a whole. */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Icon } from '../parts/icon.tsx'
import { LightButton, QuietButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { dayName, isOvernight, isWhole, keepOpening, ofDay, OPENED_MAX, opening, readOpening, WEEK } from './opening.ts'
import type { Opened } from './opening.ts'

/** What is proposed where nothing was said before. */
const EVENING = { from: '20:00', until: '04:00' } as const

export function OpeningHours () {
  const [draft, setDraft] = useState<readonly Opened[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void readOpening().then(setTrouble) }, [])
  const hours = draft ?? opening.value
  const keep = async (): Promise<void> => {
    if (draft === null) return go('/')
    const refused = await keepOpening(draft)
    setTrouble(refused)
    if (refused === null) go('/')
  }
  return (
    <Desk back="/" narrow>
      <DeskHead title={say('technician.opening.title')} />
      <div class="form">
        <p class="page-lead">{say('technician.opening.means')}</p>
        {hours === null
          ? <p class="lead-words" role="status">{say('shell.waiting')}</p>
          : <>
              <p class="fine" role="status">{hours.length === 0 ? say('technician.opening.always') : ''}</p>
              <ul class="opening">{WEEK.map((weekday) => <li key={weekday}><Day weekday={weekday} hours={hours} onChange={setDraft} /></li>)}</ul>
              {isWhole(hours) ? null : <p class="trouble" role="alert">{say('technician.opening.twice')}</p>}
            </>}
        <Trouble of={trouble} />
        <LightButton onClick={() => { void keep() }} disabled={hours === null || !isWhole(hours)}>{say('shell.save')}</LightButton>
      </div>
    </Desk>
  )
}

type DayProps = { readonly weekday: number, readonly hours: readonly Opened[], readonly onChange: (hours: readonly Opened[]) => void }

function Day ({ weekday, hours, onChange }: DayProps) {
  const day = dayName(weekday)
  const here = ofDay(hours, weekday)
  const model = here.at(-1) ?? hours.at(-1) ?? EVENING
  const put = (at: number, changed: Opened | null): void => {
    onChange([...hours.filter((each) => each.weekday !== weekday), ...here.flatMap((each, n) => n !== at ? [each] : changed === null ? [] : [changed])].sort((a, b) => a.weekday - b.weekday))
  }
  const add = (): void => { onChange([...hours, { weekday, from: here.length === 0 ? model.from : '', until: here.length === 0 ? model.until : '' }].sort((a, b) => a.weekday - b.weekday)) }
  // What was typed for one day, on every other day too.
  const spread = (): void => { onChange(WEEK.flatMap((each) => here.map(({ from, until }) => ({ weekday: each, from, until })))) }
  return (
    <section class="opening-day" aria-label={day}>
      <div class="opening-head">
        <h2 class="opening-name">{day}</h2>
        {here.length === 0 && hours.length > 0 ? <span class="opening-closed">{say('technician.opening.closed')}</span> : null}
        <button class="bar-button" type="button" onClick={add} disabled={hours.length >= OPENED_MAX} aria-label={say('technician.opening.add', { day })}><Icon name="plus" /></button>
      </div>
      {here.map((each, at) => <Hours key={at} day={day} of={each} onChange={(changed) => { put(at, changed) }} />)}
      {here.length > 0 && weekday === hours[0]?.weekday && hours.length === here.length ? <QuietButton onClick={spread}>{say('technician.opening.everyDay')}</QuietButton> : null}
    </section>
  )
}

function Hours ({ day, of, onChange }: { readonly day: string, readonly of: Opened, readonly onChange: (changed: Opened | null) => void }) {
  return (
    <div class="opening-hours" role="group" aria-label={day}>
      <label class="field"><span>{say('technician.opening.from')}</span><input type="time" required value={of.from} onInput={(event) => { onChange({ ...of, from: event.currentTarget.value }) }} /></label>
      <label class="field"><span>{say('technician.opening.until')}</span><input type="time" required value={of.until} onInput={(event) => { onChange({ ...of, until: event.currentTarget.value }) }} /></label>
      <button class="bar-button" type="button" onClick={() => { onChange(null) }} aria-label={say('technician.opening.remove', { day, from: of.from })}><Icon name="close" /></button>
      {of.from !== '' && of.until !== '' && isOvernight(of) ? <p class="fine">{say('technician.opening.overnight')}</p> : null}
    </div>
  )
}
