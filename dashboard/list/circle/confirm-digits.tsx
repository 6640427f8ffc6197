/** The digits on the other phone, heard by voice or in person: only then is somebody live (R5). */
import { useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { LightButton } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'

const DIGITS = 6

type ConfirmDigitsProps = { readonly responder: string, readonly name: string, readonly onConfirmed: () => void }

export function ConfirmDigits ({ responder, name, onConfirmed }: ConfirmDigitsProps) {
  return <Digits says={say('list.confirm.digits', { name })} does={say('list.confirm.does')} onConfirmed={onConfirmed} send={async (code) => await guarded('POST', `/contacts/${encodeURIComponent(responder)}/confirm`, { code })} />
}

type DigitsProps = { readonly says: string, readonly does: string, readonly send: (code: string) => Promise<{ readonly ok: true } | Refused>, readonly onConfirmed: () => void }

export function Digits ({ says, does, send, onConfirmed }: DigitsProps) {
  const [code, setCode] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const ready = code.length === DIGITS && !busy
  const confirm = async (): Promise<void> => {
    setBusy(true)
    const answer = await send(code)
    setBusy(false)
    setTrouble(answer.ok ? null : answer)
    if (answer.ok) onConfirmed()
    else setCode('')
  }
  return (
    <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void confirm() }}>
      <label>
        <span class="field-label">{says}</span>
        <input class="code" inputMode="numeric" autocomplete="off" maxLength={DIGITS} value={code} onInput={(event) => { setCode(event.currentTarget.value.replace(/[^0-9]/g, '').slice(0, DIGITS)) }} />
      </label>
      <p class="fine">{say('list.confirm.how')}</p>
      <Refusal of={trouble} />
      <LightButton type="submit" disabled={!ready}>{does}</LightButton>
    </form>
  )
}
