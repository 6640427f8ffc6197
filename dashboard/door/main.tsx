/** The door: who is on this phone, or how one comes in. GET shows, POST consumes; a code stands after `#` and never reaches a log. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { Me } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import { begin } from '../shell/begin.tsx'
import { route, takeFragment } from '../shell/route.ts'
import { Alone } from './alone.tsx'
import { bring, broughtCode } from './brought-code.ts'
import { EnterCode } from './enter-code.tsx'
import { JoinByInvite } from './join-by-invite.tsx'
import { Recover } from './recover.tsx'
import { Who } from './who.tsx'

const brought = takeFragment().replace(/[^0-9A-Za-z -]/g, '').slice(0, 24)
if (brought !== '') bring(brought)

export type Session = Static<typeof Me>['sessions'][number]

function Door () {
  const [sessions, setSessions] = useState<readonly Session[] | null>(null)
  useEffect(() => {
    void ask<Static<typeof Me>>('GET', '/me').then((me) => { setSessions(me.ok ? me.data.sessions : []) })
  }, [])
  const [screen = ''] = route.value
  const code = broughtCode()
  switch (screen) {
    case 'code': return <EnterCode />
    case 'join': return code === null ? <EnterCode /> : <JoinByInvite key={code} code={code} />
    case 'words': return <Recover />
    case 'alone': return <Alone />
    default: return <Who sessions={sessions} />
  }
}

void begin('door', ['door'], Door)
