/** Where she is signed in; any of them is signed out from here. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { SessionsListed } from '../../../server/contract/session.ts'
import type { Refused } from '../../api/ask.ts'
import { Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { RowLink } from '../row-link.tsx'
import { When } from '../when.tsx'

type Device = Static<typeof SessionsListed>['sessions'][number]

export function Devices () {
  const [devices, setDevices] = useState<readonly Device[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<Refused | null> => {
    const answer = await guarded<Static<typeof SessionsListed>>('GET', '/sessions')
    if (answer.ok) setDevices(answer.data.sessions.filter(({ role }) => role === 'worker'))
    return answer.ok ? null : answer
  }
  useEffect(() => { void read().then(setTrouble) }, [])
  const signOut = async (session: string): Promise<void> => {
    const answer = await guarded('DELETE', `/sessions/${session}`)
    const refused = await read()
    setTrouble(answer.ok ? refused : answer)
  }
  return (
    <Screen back="/more" closes>
      <div class="stack">
        <Title lead={say('list.devices.lead')}>{say('list.more.devices')}</Title>
        <Refusal of={trouble} />
        {devices === null ? <p class="lead-words" role="status">{say('shell.waiting')}</p> : null}
        <ul class="rows">{(devices ?? []).map((each) => <li key={each.session}><One of={each} onSignOut={signOut} /></li>)}</ul>
        <p class="row-more">{say('list.devices.words')}</p>
        <ul class="rows"><li><RowLink to="/more/forget" name={say('list.data.forget')} more={say('list.data.forgetMore')} /></li></ul>
      </div>
    </Screen>
  )
}

function One ({ of: { session, device, openedAt, usedAt, current }, onSignOut }: { readonly of: Device, readonly onSignOut: (session: string) => Promise<void> }) {
  return (
    <div class="row">
      <span class="row-words">
        <span class="row-name">{device}</span>
        <span class="row-more">{say('list.devices.since')} <When at={openedAt} /><br />{current ? say('list.devices.this') : <>{say('list.devices.used')} <When at={usedAt} /></>}</span>
      </span>
      {current ? null : <button class="choice" type="button" onClick={() => { void onSignOut(session) }}>{say('list.devices.out')}<span class="unseen"> {device}</span></button>}
    </div>
  )
}
