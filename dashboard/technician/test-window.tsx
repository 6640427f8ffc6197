/**
 * Two minutes in which the first press of this button is a test (R13). The service alone says whether it came; the page asks
 * while the window is open, and says "not heard" only when it is over and the service was asked once more.
 */
import { useEffect, useState } from 'preact/hooks'
import type { Static } from 'typebox'
import type { WindowOpened, WindowShown } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Mark } from '../parts/mark.tsx'
import { QuietButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { clock, left } from '../say/when.ts'
import { every } from '../shell/clock.ts'
import { now } from '../shell/service-time.ts'
import { iso } from '../desk/when.ts'

const ASK_MS = 2_000
type Seen = { readonly closesAt: number, readonly used: boolean, readonly askedAt: number }

export function TestWindow ({ did }: { readonly did: string }) {
  const [seen, setSeen] = useState<Seen | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  const look = async (): Promise<void> => {
    const answer = await ask<Static<typeof WindowShown>>('GET', `/buttons/${did}/test`)
    setRefused(answer.ok ? null : answer)
    if (answer.ok) setSeen((before) => answer.data.window === null ? before : { ...answer.data.window, askedAt: before?.used === true ? before.askedAt : now.value })
  }
  const open = async (): Promise<void> => {
    const answer = await ask<Static<typeof WindowOpened>>('POST', `/buttons/${did}/test`)
    setRefused(answer.ok ? null : answer)
    if (answer.ok) setSeen({ closesAt: answer.data.closesAt, used: false, askedAt: now.value })
  }
  const waits = seen !== null && !seen.used && seen.askedAt <= seen.closesAt
  // Somebody who comes back to the page finds the window they opened.
  useEffect(() => { void look() }, [did])
  useEffect(() => waits ? every(ASK_MS, () => { void look() }) : undefined, [waits])
  return (
    <div class="test-window">
      {seen === null ? null : <State seen={seen} waits={waits} />}
      {waits ? null : <QuietButton onClick={() => { void open() }} small={say('technician.test.means')}>{say(seen === null ? 'technician.test.open' : 'technician.test.again')}</QuietButton>}
      <Trouble of={refused} />
    </div>
  )
}

function State ({ seen: { used, closesAt, askedAt }, waits }: { readonly seen: Seen, readonly waits: boolean }) {
  if (used) return <p class="fact" role="status"><Mark sure="proven" /><span class="fact-what">{say('technician.test.heard')}</span><span class="fact-when"><time dateTime={iso(askedAt)}>{clock(askedAt)}</time></span></p>
  if (!waits) return <p class="fact" data-missing role="status"><Mark sure="missing" /><span class="fact-what">{say('technician.test.unheard')}</span><span class="fact-when"><time dateTime={iso(closesAt)}>{clock(closesAt)}</time></span></p>
  return (
    <>
      <p class="unseen" role="status">{say('technician.test.press')}</p>
      <p class="fact" aria-hidden="true"><Mark sure="next" /><span class="fact-what">{say('technician.test.press')}</span><span class="fact-when"><span class="number">{left(closesAt - now.value)}</span></span></p>
    </>
  )
}
