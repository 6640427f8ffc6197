/** The keys of a PIN. The same for whatever PIN is typed: words, order and time do not depend on it (R15). Digits typed on a keyboard count too. */
import { useEffect, useState } from 'preact/hooks'
import { langOf, say } from '../say/say.ts'
import { LightButton } from './screen.tsx'
import { Icon } from './icon.tsx'

export const PIN_MIN = 4
export const PIN_MAX = 8
const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export function PinPad ({ busy, does, onPin }: { readonly busy: boolean, readonly does: string, readonly onPin: (pin: string) => void }) {
  const [pin, setPin] = useState('')
  const add = (digit: string): void => { setPin((typed) => typed.length < PIN_MAX ? typed + digit : typed) }
  const enter = (): void => {
    if (pin.length < PIN_MIN || busy) return
    setPin('')
    onPin(pin)
  }
  useEffect(() => {
    const typed = (event: KeyboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return
      if (/^[0-9]$/.test(event.key)) add(event.key)
      else if (event.key === 'Backspace') setPin((digits) => digits.slice(0, -1))
    }
    addEventListener('keydown', typed)
    return () => { removeEventListener('keydown', typed) }
  }, [])
  return (
    <>
      <div class="pin-dots" role="img" lang={langOf('shell')} aria-label={say('shell.pin.typed', { count: pin.length })}>
        {Array.from({ length: Math.max(6, pin.length) }, (_, at) => <span key={at} class="pin-dot" {...(at < pin.length ? { 'data-filled': '' } : {})} />)}
      </div>
      <p class="unseen" role="status" lang={langOf('shell')}>{pin.length === 0 ? '' : say('shell.pin.typed', { count: pin.length })}</p>
      <div class="keys" role="group" lang={langOf('shell')} aria-label={say('shell.pin.keys')}>
        {DIGITS.map((digit) => <button key={digit} class="key" type="button" onClick={() => { add(digit) }}>{digit}</button>)}
        <span />
        <button class="key" type="button" onClick={() => { add('0') }}>0</button>
        <button class="key" type="button" data-bare aria-label={say('shell.pin.erase')} onClick={() => { setPin((digits) => digits.slice(0, -1)) }}><Icon name="erase" /></button>
      </div>
      <div class="foot foot-inline"><LightButton onClick={enter} disabled={pin.length < PIN_MIN || busy}>{does}</LightButton></div>
    </>
  )
}
