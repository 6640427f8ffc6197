/** A new button: what goes into the device is shown this once, and lives only on this screen until one leaves it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Static } from 'typebox'
import type { ButtonEnrolled } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { Mark } from '../parts/mark.tsx'
import { QrShown } from '../parts/qr-shown.tsx'
import { LightButton, QuietButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { every } from '../shell/clock.ts'
import { isFresh, now } from '../shell/service-time.ts'
import { Heard, shortOf } from './heard.tsx'
import { healthOf, sureOf } from './health.ts'
import { buttonsOf, read, roomOf } from './venue.ts'

type Enrolled = Static<typeof ButtonEnrolled>
/** Somebody stands there with the device in their hand. */
const LOOK_MS = 3_000

export function Enrol ({ id }: { readonly id: string }) {
  const [enrolled, setEnrolled] = useState<Enrolled | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const enrol = async (): Promise<void> => {
    const answer = await ask<Enrolled>('POST', `/rooms/${encodeURIComponent(id)}/buttons`)
    setRefused(answer.ok ? null : answer)
    if (answer.ok) setEnrolled(answer.data)
  }
  const back = `/room/${encodeURIComponent(id)}`
  return (
    <Desk back={back} narrow>
      <DeskHead title={say('technician.enrol.title', { room: roomOf(id)?.label ?? '…' })} />
      {enrolled === null
        ? <div class="form"><p class="page-lead">{say('technician.enrol.means')}</p><Trouble of={refused} /><LightButton onClick={() => { void enrol() }}>{say('technician.enrol.make')}</LightButton></div>
        : <Keys id={id} enrolled={enrolled} back={back} />}
    </Desk>
  )
}

function Keys ({ id, enrolled, back }: { readonly id: string, readonly enrolled: Enrolled, readonly back: string }) {
  const text = JSON.stringify(enrolled)
  const area = useRef<HTMLTextAreaElement>(null)
  const [copied, setCopied] = useState(false)
  useEffect(() => every(LOOK_MS, () => { void read() }), [])
  const copy = (): void => {
    // Where the page may not write to the clipboard, the text stands selected for the hand to copy.
    area.current?.select()
    navigator.clipboard?.writeText(text).then(() => { setCopied(true) }, () => {})
  }
  const button = buttonsOf(id).find(({ did }) => did === enrolled.did) ?? null
  const is = healthOf(button, now.value)
  return (
    <div class="form">
      <p class="page-lead"><strong>{say('technician.enrol.once')}</strong> {say('technician.enrol.whoever')}</p>
      <QrShown text={text} label={say('technician.enrol.qr', { short: shortOf(enrolled.did) })} />
      <label class="field"><span>{say('technician.enrol.text')}</span><textarea class="code-text" ref={area} readOnly rows={5} value={text} spellcheck={false} /></label>
      <QuietButton onClick={copy}>{say(copied ? 'technician.enrol.copied' : 'technician.enrol.copy')}</QuietButton>
      <p class="fact" role="status" {...(is === 'none' || is === 'never' ? {} : { 'data-weak': '' })}>
        <Mark sure={sureOf(is === 'none' ? 'never' : is, isFresh.value)} />
        <span class="fact-what">{is === 'none' || is === 'never' ? say('technician.enrol.waiting') : <Heard is={is} button={button} />}</span>
      </p>
      <a class="light-button" href={`#${back}`}><span>{say('technician.enrol.done')}</span></a>
    </div>
  )
}
