/** A reference person's hours in a house (law of 3 May 2024): their own, what is handed over without a name, and the hours that nobody covers. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { RotaShown } from '../../server/contract/offer.ts'
import { ask } from '../api/ask.ts'
import type { Method, Refused } from '../api/ask.ts'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { langOf, say } from '../say/say.ts'
import { every } from '../shell/clock.ts'
import { now } from '../shell/service-time.ts'

type Shown = Static<typeof RotaShown>
type Hours = { readonly from: number, readonly until: number | null }
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** Others take over and hand over while this page is open: nobody may go on believing that they are on duty. */
const READ_MS = 20_000

export function Rota () {
  const [rota, setRota] = useState<Shown | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [unread, setUnread] = useState<Refused | null>(null)
  const [added, setAdded] = useState(0)
  const read = async (): Promise<void> => {
    const answer = await ask<Shown>('GET', '/rota')
    if (answer.ok) setRota(answer.data)
    setUnread(answer.ok ? null : answer)
  }
  useEffect(() => {
    void read()
    return every(READ_MS, () => { void read() })
  }, [])
  const change = async (method: Method, path: string, body?: object): Promise<void> => {
    const answer = await ask(method, path, body)
    setTrouble(answer.ok ? null : answer)
    await read()
  }
  const offered = rota?.handovers ?? []
  return (
    <Screen mood="pair" back="/" {...(rota === null ? {} : { place: rota.venue })}>
      <Title lead={say('responder.rota.lead')}>{say('responder.rota.title')}</Title>
      <Trouble of={trouble ?? unread} />
      {rota === null ? null : (
        <>
          <Part title={say(rota.gaps.length === 0 ? 'responder.rota.noGaps' : 'responder.rota.gaps')}>{rota.gaps.map((gap) => <Row key={gap.from} hours={gap} missing />)}</Part>
          <Part title={say('responder.rota.mine')} none={say('responder.rota.none')}>
            {rota.hours.map((hours) => {
              const open = offered.find(({ mine, from }) => mine && from >= hours.from && (hours.until === null || from < hours.until))
              return (
                <Row key={hours.from} hours={hours} {...(open === undefined ? {} : { more: say('responder.rota.mineOffered') })}>
                  {open === undefined
                    ? <><Does says={say('responder.rota.cut')} does={() => change('DELETE', `/rota/hours/${hours.from}`)} />{hours.until === null ? null : <Does says={say('responder.rota.offer')} does={() => change('POST', '/rota/handovers', { from: Math.max(hours.from, Math.round(now.value)), until: hours.until })} />}</>
                    : <Does says={say('responder.rota.withdraw')} does={() => change('DELETE', `/rota/handovers/${encodeURIComponent(open.handover)}`)} />}
                </Row>
              )
            })}
          </Part>
          {offered.filter(({ mine }) => !mine).map(({ handover, from, until }) => (
            <Part key={handover} title={say('responder.rota.taken')}><Row hours={{ from, until }}><Does says={say('responder.rota.take')} does={() => change('POST', `/rota/handovers/${encodeURIComponent(handover)}`)} /></Row></Part>
          ))}
          <Add key={added} gap={rota.gaps[0] ?? null} onAdd={(from, until) => { void change('POST', '/rota/hours', { from, until }).then(() => { setAdded(added + 1) }) }} />
        </>
      )}
    </Screen>
  )
}

function Part ({ title, none, children }: { readonly title: string, readonly none?: string, readonly children: readonly preact.ComponentChild[] | preact.ComponentChild }) {
  const rows = Array.isArray(children) ? children : [children]
  return <section><div class="step-head"><h2>{title}</h2></div>{rows.length === 0 && none !== undefined ? <p class="page-lead">{none}</p> : <ul class="rows">{children}</ul>}</section>
}

function Row ({ hours: { from, until }, more, missing = false, children }: { readonly hours: Hours, readonly more?: string, readonly missing?: boolean, readonly children?: preact.ComponentChildren }) {
  return <li class="row row-wraps" {...(missing ? { 'data-missing': '' } : {})}><span class="row-words"><span class="row-name">{moment(from)} – {until === null ? say('responder.rota.open') : moment(until)}</span>{more === undefined ? null : <span class="row-more">{more}</span>}</span>{children}</li>
}

function Does ({ says, does }: { readonly says: string, readonly does: () => Promise<void> }) {
  return <button class="bar-button row-does" type="button" onClick={() => { void does() }}>{says}</button>
}

/** The first gap is what is proposed. */
function Add ({ gap, onAdd }: { readonly gap: Hours | null, readonly onAdd: (from: number, until: number) => void }) {
  const begin = gap?.from ?? Math.ceil(now.value / HOUR_MS) * HOUR_MS
  const [from, setFrom] = useState(local(begin))
  const [until, setUntil] = useState(local(endOf(gap) ?? begin + 8 * HOUR_MS))
  const [a, b] = [new Date(from).getTime(), new Date(until).getTime()]
  const ready = Number.isFinite(a) && Number.isFinite(b) && b > a
  return (
    <form class="form form-apart" onSubmit={(event) => { event.preventDefault(); if (ready) onAdd(a, b) }}>
      <label class="field"><span>{say('responder.rota.from')}</span><input type="datetime-local" value={from} onInput={(event) => { setFrom(event.currentTarget.value) }} /></label>
      <label class="field"><span>{say('responder.rota.until')}</span><input type="datetime-local" value={until} onInput={(event) => { setUntil(event.currentTarget.value) }} /></label>
      <LightButton type="submit" disabled={!ready}>{say('responder.rota.add')}</LightButton>
    </form>
  )
}

/** Where the next twelve hours end is no hour that anybody begins or ends at: the next full one, or a gap of seconds would be left. */
function endOf (gap: Hours | null): number | null {
  const until = gap?.until ?? null
  return until === null || until % MINUTE_MS === 0 ? until : Math.ceil(until / HOUR_MS) * HOUR_MS
}

function moment (at: number): string {
  return new Intl.DateTimeFormat(langOf('responder'), { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)
}

/** As the field of a form wants it: this phone's own wall clock. */
function local (at: number): string {
  const moved = new Date(at)
  moved.setMinutes(moved.getMinutes() - moved.getTimezoneOffset())
  return moved.toISOString().slice(0, 16)
}
