/** A shift begins by pressing the room's button (which proves it), by the room's QR, or at a place she types. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { RoomsOfHers, ShiftStarted } from '../../../server/contract/shift.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Field } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { IconName } from '../../parts/icon.tsx'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { Later } from '../../parts/later.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { left } from '../../say/when.ts'
import { every } from '../../shell/clock.ts'
import { go } from '../../shell/route.ts'
import { now } from '../../shell/service-time.ts'
import { home, readShift } from '../hers.ts'
import { HouseTick, PLAIN, RoomSigns, Until, wishBody } from './wish.tsx'
import type { Wish } from './wish.tsx'

/** Whether it has begun is asked so often; the live socket is quicker. */
const LOOK_MS = 2_000
const PLACE_MAX = 200

export function Places () {
  return (
    <Screen mood="work" closes tabs={<Tabs here="shift" />}>
      <Title lead={say('worker.shift.beginLead')}>{say('worker.shift.title')}</Title>
      <ul class="rows rows-after">
        <li><Way to="/shift/room" icon="lamp" name={say('worker.shift.byButton')} more={say('worker.shift.byButtonMore')} /></li>
        <li><Way to="/shift/scan" icon="scan" name={say('worker.shift.byCode')} more={say('worker.shift.byCodeMore')} /></li>
        <li><Way to="/shift/place" icon="place" name={say('worker.shift.byPlace')} more={say('worker.shift.byPlaceMore')} /></li>
      </ul>
      <ul class="rows rows-apart">
        <li><Way to="/shift/sign" icon="clock" name={say('worker.sign.title')} /></li>
        <li><Way to="/drill" icon="rings" name={say('worker.drill.title')} /></li>
        <li><Way to="/deaf" icon="quiet" name={say('worker.deaf.title')} /></li>
      </ul>
    </Screen>
  )
}

export function Way ({ to, icon, name, more }: { readonly to: string, readonly icon: IconName, readonly name: string, readonly more?: string }) {
  return <a class="row" href={`#${to}`}><Icon name={icon} /><span class="row-words"><span class="row-name">{name}</span>{more === undefined ? null : <span class="row-more">{more}</span>}</span><Icon name="onward" /></a>
}

export function Rooms () {
  const [rooms, setRooms] = useState<Static<typeof RoomsOfHers>['rooms'] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void ask<Static<typeof RoomsOfHers>>('GET', '/shift/rooms').then((answer) => { if (answer.ok) setRooms(answer.data.rooms); else setTrouble(answer) })
  }, [])
  return (
    <Screen mood="work" closes back="/shift">
      <Title {...(rooms?.length === 0 ? { lead: say('worker.shift.noRooms') } : {})}>{say('worker.shift.whichRoom')}</Title>
      <Trouble of={trouble} />
      <ul class="rows rows-after">{rooms?.map(({ room, label, venue }) => <li key={room}><Way to={`/shift/room/${encodeURIComponent(room)}/${encodeURIComponent(label)}`} icon="door" name={label} more={venue} /></li>)}</ul>
    </Screen>
  )
}

const scanner = async () => {
  const { QrScan } = await import('../../parts/qr-scan.tsx')
  return () => (
    <Screen mood="work" closes back="/shift">
      <div class="stack">
        <Title>{say('worker.shift.byCode')}</Title>
        <QrScan onFound={(text) => {
          const token = tokenIn(text)
          if (token !== null) go(`/shift/code/${encodeURIComponent(token)}`, 'replace')
        }} />
      </div>
    </Screen>
  )
}

export function Scan () { return <Later load={scanner} /> }

/** What stands after `/q/` in a room's QR. */
function tokenIn (text: string): string | null { return /\/q\/([A-Za-z0-9_.:-]{16,160})$/.exec(text.trim())?.[1] ?? null }

type WayIn = { readonly is: 'room', readonly room: string, readonly label: string } | { readonly is: 'code', readonly token: string } | { readonly is: 'place' }
type Waits = { readonly for: 'press', readonly closesAt: number } | { readonly for: 'others' }

export function Begin ({ way }: { readonly way: WayIn }) {
  const [wish, setWish] = useState<Wish>(PLAIN)
  const [place, setPlace] = useState('')
  const [waits, setWaits] = useState<Waits | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const isOccupied = trouble?.reason === 'ROOM_OCCUPIED'
  const body = { ...wishBody(wish, now.value), ...(way.is === 'room' ? { room: way.room } : way.is === 'code' ? { token: way.token } : { place: place.trim() }) }
  const begin = async (): Promise<void> => {
    const answer = await ask<Partial<Static<typeof ShiftStarted>> & { readonly closesAt?: number }>('POST', way.is === 'room' ? '/shift/window' : `/shift/${way.is}`, body)
    if (!answer.ok) return setTrouble(answer)
    setTrouble(null)
    if (answer.data.closesAt !== undefined) return setWaits({ for: 'press', closesAt: answer.data.closesAt })
    await readShift()
    go('/', 'replace')
  }
  const askOthers = async (): Promise<void> => {
    const answer = await ask('POST', '/shift/requests', body)
    setTrouble(answer.ok ? null : answer)
    if (answer.ok) setWaits({ for: 'others' })
  }
  if (waits !== null) return <Waiting waits={waits} label={way.is === 'room' ? way.label : ''} onBack={() => { setWaits(null) }} />
  return (
    <Screen mood="work" closes back={way.is === 'room' ? '/shift/room' : '/shift'}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (way.is !== 'place' || place.trim() !== '') void begin() }}>
        <Title lead={say(`worker.shift.lead.${way.is}`)}>{way.is === 'room' ? way.label : say('worker.shift.begin')}</Title>
        {way.is === 'place' ? <Field label={say('worker.shift.where')} note={say('worker.shift.whereNote')} value={place} onInput={setPlace} max={PLACE_MAX} required /> : null}
        <Until hours={wish.hours} onHours={(hours) => { setWish({ ...wish, hours }) }} />
        {way.is === 'place' ? null : <><RoomSigns feedback={wish.feedback} onFeedback={(feedback) => { setWish({ ...wish, feedback }) }} /><HouseTick on={wish.house} onChange={(house) => { setWish({ ...wish, house }) }} /></>}
        {isOccupied ? <><p class="trouble" role="alert">{say('worker.shift.occupied')}</p><QuietButton onClick={() => { void askOthers() }}>{say('worker.shift.askOthers')}</QuietButton></> : <Trouble of={trouble} />}
        <LightButton type="submit" disabled={way.is === 'place' && place.trim() === ''}>{say(way.is === 'room' ? 'worker.shift.waitForButton' : 'worker.shift.begin')}</LightButton>
      </form>
    </Screen>
  )
}

function Waiting ({ waits, label, onBack }: { readonly waits: Waits, readonly label: string, readonly onBack: () => void }) {
  useEffect(() => every(LOOK_MS, () => { void readShift() }), [])
  if (waits.for === 'others') return <Asked onBack={onBack} />
  const leftMs = waits.closesAt - now.value
  const stop = (): void => {
    void ask('DELETE', '/test')
    onBack()
  }
  return (
    <Screen mood="shift" closes foot={<TextButton onClick={stop}>{say('shell.cancel')}</TextButton>}>
      <div class="hero" role="status"><h1 class="hero-fact" tabIndex={-1}>{leftMs > 0 ? say('worker.shift.pressNow', { room: label }) : say('worker.shift.notPressed')}</h1><p class="hero-more">{say('worker.shift.pressNowMore')}</p></div>
      {leftMs > 0 ? <p class="lead-words"><time class="waits-clock">{left(leftMs)}</time></p> : null}
    </Screen>
  )
}

/** Those who are there owe nobody a reason; "not now" is said, so that she does not stand before a door in vain. */
function Asked ({ onBack }: { readonly onBack: () => void }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const refused = home.value?.joins?.mine === 'refused'
  // What is only hidden here would still begin a shift of hers with their yes.
  const withdraw = async (): Promise<void> => {
    const answer = await ask('DELETE', '/shift/requests')
    if (!answer.ok) return setTrouble(answer)
    await readShift()
    onBack()
  }
  return (
    <Screen mood="shift" closes foot={refused ? <LightButton onClick={() => { go('/shift', 'replace') }}>{say('worker.shift.elsewhere')}</LightButton> : <TextButton onClick={() => { void withdraw() }}>{say('shell.cancel')}</TextButton>}>
      <div class="hero" role="status"><h1 class="hero-fact" tabIndex={-1}>{say(refused ? 'worker.shift.notNow' : 'worker.shift.asked')}</h1><p class="hero-more">{say(refused ? 'worker.shift.notNowMore' : 'worker.shift.askedMore')}</p></div>
      <Trouble of={trouble} />
    </Screen>
  )
}
