/** A room's QR, to be printed. Nothing on the paper says what it is (R22): no name, no address bar, not even a title. */
import { useEffect, useState } from 'preact/hooks'
import type { Static } from 'typebox'
import type { RoomCode } from '../../server/contract/place.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Desk, DeskHead } from '../desk/desk.tsx'
import { QrShown } from '../parts/qr-shown.tsx'
import { LightButton, QuietButton, TextButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say } from '../say/say.ts'
import { roomOf } from './venue.ts'

export function Paper ({ id }: { readonly id: string }) {
  const [url, setUrl] = useState<string | null>(null)
  const [refused, setRefused] = useState<Refused | null>(null)
  useEffect(() => {
    void ask<Static<typeof RoomCode>>('GET', `/rooms/${encodeURIComponent(id)}/code`).then((answer) => { if (answer.ok) setUrl(answer.data.url); else setRefused(answer) })
  }, [id])
  useEffect(nameless, [])
  const [asked, setAsked] = useState(false)
  const renew = async (): Promise<void> => {
    const answer = await ask<Static<typeof RoomCode>>('POST', `/rooms/${encodeURIComponent(id)}/code`)
    setRefused(answer.ok ? null : answer)
    if (!answer.ok) return
    setUrl(answer.data.url)
    setAsked(false)
  }
  return (
    <Desk back={`/room/${encodeURIComponent(id)}`} narrow>
      <DeskHead title={say('technician.paper.title', { room: roomOf(id)?.label ?? '…' })} />
      <div class="form">
        <p class="page-lead">{say('technician.paper.means')}</p>
        <Trouble of={refused} />
        {url === null ? null : <div class="paper"><QrShown text={url} label={say('technician.paper.qr')} /></div>}
        <LightButton onClick={() => { print() }} disabled={url === null}>{say('technician.paper.print')}</LightButton>
        {asked
          ? <><p class="panel-words">{say('technician.paper.renewMeans')}</p><QuietButton class="careful" onClick={() => { void renew() }}>{say('technician.paper.renew')}</QuietButton><TextButton onClick={() => { setAsked(false) }}>{say('shell.cancel')}</TextButton></>
          : <TextButton onClick={() => { setAsked(true) }}>{say('technician.paper.renew')}</TextButton>}
      </div>
    </Desk>
  )
}

/** A browser prints the title of a page, and offers it as the name of a file. */
function nameless (): () => void {
  let title = document.title
  const before = (): void => {
    title = document.title
    document.title = ' '
  }
  const after = (): void => { document.title = title }
  addEventListener('beforeprint', before)
  addEventListener('afterprint', after)
  return () => {
    removeEventListener('beforeprint', before)
    removeEventListener('afterprint', after)
  }
}
