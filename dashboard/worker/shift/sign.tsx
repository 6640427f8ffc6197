/** Check-in: she promises a sign by a time. The time runs at the service; this page may be closed (R17). */
import type { Static } from 'typebox'
import { signal } from '@preact/signals'
import { useState } from 'preact/hooks'
import type { CheckInAnswer } from '../../../server/contract/check-in.ts'
import type { LiveWorkerHome } from '../../../server/contract/live.ts'
import { ask } from '../../api/ask.ts'
import type { Refused } from '../../api/ask.ts'
import { Choices } from '../../parts/field.tsx'
import { PinPad } from '../../parts/pin-pad.tsx'
import { LightButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Trouble } from '../../parts/trouble.tsx'
import { say } from '../../say/say.ts'
import { clock, left } from '../../say/when.ts'
import { now } from '../../shell/service-time.ts'
import { home } from '../hers.ts'

export type CheckIn = NonNullable<LiveWorkerHome['checkIn']>
const MINUTES = [15, 30, 60, 120] as const
const MORE_MINUTES = 30
const MINUTE_S = 60
/** The whole ring. A longer promise begins with a full one. */
const RING_MS = 60 * MINUTE_S * 1_000

type Say = { readonly is: 'confirm' } | { readonly is: 'extend', readonly forS: number }

/** What waits for her PIN: it has a screen of its own. */
const pending = signal<Say | null>(null)
export function asksPin (): boolean { return pending.value !== null }
const refused = signal<Refused | null>(null)
const saved = signal(true)

async function tell (what: Say, pin?: string): Promise<void> {
  const answer = await ask<Static<typeof CheckInAnswer>>('POST', `/check-in/${what.is}`, { ...(what.is === 'extend' ? { forS: what.forS } : {}), ...(pin === undefined ? {} : { pin }) })
  if (answer.ok) take(answer.data)
  saved.value = !answer.ok || answer.data.saved
  const needsPin = !answer.ok && answer.code === 'PIN_NEEDED'
  pending.value = answer.ok ? null : needsPin || pin !== undefined ? what : null
  refused.value = answer.ok || needsPin ? null : answer
}

function take (answer: Static<typeof CheckInAnswer>): void {
  if (home.value !== null) home.value = { ...home.value, checkIn: answer.checkIn }
}

export function Sign ({ checkIn }: { readonly checkIn: CheckIn }) {
  const [busy, setBusy] = useState(false)
  const answer = (what: Say): void => {
    setBusy(true)
    void tell(what).finally(() => { setBusy(false) })
  }
  return (
    <div class="stack sign">
      <Timer checkIn={checkIn} />
      {saved.value ? null : <p class="doubt" role="status">{say('safety.call.notSaved')}</p>}
      <Trouble of={refused.value} />
      <LightButton icon="lock" disabled={busy} small={say('safety.sign.add', { count: MORE_MINUTES })} onClick={() => { answer({ is: 'extend', forS: MORE_MINUTES * MINUTE_S }) }}>{say('safety.sign.fine')}</LightButton>
      <TextButton disabled={busy} onClick={() => { answer({ is: 'confirm' }) }}>{say('worker.sign.noMore')}</TextButton>
    </div>
  )
}

export function SignPin () {
  const [busy, setBusy] = useState(false)
  const what = pending.value
  if (what === null) return null
  const give = (pin: string): void => {
    setBusy(true)
    void tell(what, pin).finally(() => { setBusy(false) })
  }
  const back = (): void => {
    pending.value = null
    refused.value = null
  }
  return (
    <Screen mood="pin" closes foot={<TextButton onClick={back}>{say('shell.cancel')}</TextButton>}>
      <div class="hero"><h1 class="page-title" tabIndex={-1}>{say('safety.pin.title')}</h1><p class="hero-more">{say('safety.sign.pin')}</p></div>
      <Trouble of={refused.value} />
      <PinPad busy={busy} does={say('safety.sign.fine')} onPin={give} />
    </Screen>
  )
}

function Timer ({ checkIn: { dueAt, phase, raisesAt } }: { readonly checkIn: CheckIn }) {
  const isOverdue = phase === 'overdue' || now.value >= dueAt
  const until = isOverdue ? raisesAt : dueAt
  const leftMs = Math.max(0, until - now.value)
  const dash = `${Math.min(100, Math.round(leftMs / RING_MS * 100))} 100`
  return (
    <>
      <div class="timer" {...(isOverdue ? { 'data-overdue': '' } : {})}>
        <svg class="timer-ring" viewBox="0 0 240 240" aria-hidden="true"><circle class="timer-track" cx="120" cy="120" r="116" /><circle class="timer-rim" cx="120" cy="120" r="116" pathLength={100} stroke-dasharray={dash} /><circle class="timer-left" cx="120" cy="120" r="116" pathLength={100} stroke-dasharray={dash} /></svg>
        <p class="timer-words"><span>{say(isOverdue ? 'safety.sign.overdue' : 'safety.sign.next')}</span><time class="timer-clock">{left(leftMs)}</time><span>{say('safety.sign.before', { time: clock(until) })}</span></p>
      </div>
      <p class="lead-words" role={isOverdue ? 'alert' : undefined}>{isOverdue ? say('safety.sign.overdueMore', { time: clock(raisesAt) }) : say('safety.sign.what', { time: clock(dueAt) })}</p>
    </>
  )
}

export function MakeSign () {
  const [minutes, setMinutes] = useState<number>(MORE_MINUTES)
  const [then, setThen] = useState<'assist' | 'alarm'>('assist')
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const checkIn = home.value?.checkIn ?? null
  if (checkIn !== null && checkIn.for === 'promise') return <Screen mood="work" closes back="/shift" tabs={<Tabs here="shift" />}><h1 class="unseen" tabIndex={-1}>{say('worker.sign.title')}</h1><Sign checkIn={checkIn} /></Screen>
  const promise = async (): Promise<void> => {
    const answer = await ask<Static<typeof CheckInAnswer>>('POST', '/check-in', { forS: minutes * MINUTE_S, then })
    if (!answer.ok) return setTrouble(answer)
    take(answer.data)
  }
  return (
    <Screen mood="work" closes back="/shift">
      <form class="form" onSubmit={(event) => { event.preventDefault(); void promise() }}>
        <Title lead={say('worker.sign.lead')}>{say('worker.sign.title')}</Title>
        <p class="field-label">{say('worker.sign.when')}</p>
        <Choices label={say('worker.sign.when')} of={MINUTES.map((is) => ({ is, says: say('worker.sign.minutes', { count: is }) }))} chosen={minutes} onChoose={setMinutes} />
        <p class="field-label">{say('worker.sign.then')}</p>
        <Choices label={say('worker.sign.then')} of={[{ is: 'assist' as const, says: say('safety.hold.assist') }, { is: 'alarm' as const, says: say('worker.sign.everyone') }]} chosen={then} onChoose={setThen} />
        <p class="fine-start">{say('worker.sign.away')}</p>
        <Trouble of={trouble} />
        <LightButton type="submit">{say('worker.sign.begin')}</LightButton>
      </form>
    </Screen>
  )
}
