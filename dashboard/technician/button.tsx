/** One button on the wall: what it last said of itself, a test, and taking it out. */
import { useState } from 'preact/hooks'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Panel } from '../desk/desk.tsx'
import { Mark } from '../parts/mark.tsx'
import { QuietButton, TextButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Key } from '../say/catalogs.ts'
import { say } from '../say/say.ts'
import { isFresh, now } from '../shell/service-time.ts'
import { Battery, Signal } from './gauge.tsx'
import { Heard, shortOf } from './heard.tsx'
import { healthOf, isUnheard, sureOf } from './health.ts'
import { TestWindow } from './test-window.tsx'
import { read } from './venue.ts'
import type { Button } from './venue.ts'

/** What a button or the broker complains of; any other code is said as it is. */
const TROUBLES: Readonly<Record<string, Key>> = {
  tamper: 'technician.trouble.tamper',
  'tamper-end': 'technician.trouble.tamperEnd',
  battery: 'technician.trouble.battery',
  selftest: 'technician.trouble.selftest',
  'events-lost': 'technician.trouble.full',
  TAG_WRONG: 'technician.trouble.keys'
}

export function ButtonPanel ({ button }: { readonly button: Button }) {
  const is = healthOf(button, now.value)
  const { trouble, model, fw, beatS } = button
  const known = trouble === null ? undefined : TROUBLES[trouble]
  return (
    <Panel title={say('technician.button', { short: shortOf(button.did) })}>
      <p class="room-line" {...(isUnheard(is) ? { 'data-missing': '' } : {})}>
        <Mark sure={sureOf(is, isFresh.value)} />
        <span class="room-heard"><Heard is={is} button={button} /></span>
        <span class="room-more"><Battery pct={button.batteryPct} /><Signal dbm={button.rssiDbm} /></span>
      </p>
      {trouble === null ? null : <p class="fact" data-weak><Mark sure="weak" /><span class="fact-what">{known === undefined ? say('technician.trouble.unread', { code: trouble }) : say(known)}</span></p>}
      <p class="panel-words">{say('technician.promise', { seconds: beatS })}{model === null ? null : ` ${say('technician.device', { model, version: fw ?? '?' })}`}</p>
      <TestWindow did={button.did} />
      <a class="text-button" href={`#/room/${encodeURIComponent(button.room)}/move/${button.did}`}>{say('technician.move.open')}</a>
      <Retire did={button.did} />
    </Panel>
  )
}

function Retire ({ did }: { readonly did: string }) {
  const [asked, setAsked] = useState(false)
  const [refused, setRefused] = useState<Refused | null>(null)
  const retire = async (): Promise<void> => {
    const answer = await ask('DELETE', `/buttons/${did}`)
    setRefused(answer.ok ? null : answer)
    if (answer.ok) await read()
  }
  if (!asked) return <TextButton onClick={() => { setAsked(true) }}>{say('technician.retire.ask')}</TextButton>
  return (
    <div class="stack">
      <p class="panel-words">{say('technician.retire.means')}</p>
      <QuietButton class="careful" onClick={() => { void retire() }}>{say('technician.retire.sure')}</QuietButton>
      <TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton>
      <Trouble of={refused} />
    </div>
  )
}
