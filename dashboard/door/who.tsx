/** Everybody on this phone, each on one line; a name behind a PIN is not shown. */
import { Icon } from '../parts/icon.tsx'
import { Screen, Title } from '../parts/screen.tsx'
import { say } from '../say/say.ts'
import { Languages } from './languages.tsx'
import type { Session } from './main.tsx'

const FACES = { worker: '/w', responder: '/r', technician: '/t', researcher: '/s' } as const

export function Who ({ sessions }: { readonly sessions: readonly Session[] | null }) {
  if (sessions === null) return <Screen><p class="lead-words" role="status">{say('shell.waiting')}</p></Screen>
  return (
    <Screen foot={<Languages />}>
      <span class="door-lamp" aria-hidden="true"><span class="lamp-glass" /></span>
      <Title>{say('door.title')}</Title>
      {sessions.length === 0 ? null : <><div class="step-head"><h2>{say('door.here')}</h2></div><ul class="rows">{sessions.map((session) => <li key={session.session}><Row session={session} /></li>)}</ul></>}
      <ul class="rows rows-apart">
        <li><Way to="#/code" says={say(sessions.length === 0 ? 'door.haveCode' : 'door.another')} /></li>
        <li><Way to="#/words" says={say('door.haveWords')} /></li>
        <li><Way to="#/alone" says={say('door.alone')} /></li>
      </ul>
    </Screen>
  )
}

function Row ({ session }: { readonly session: Session }) {
  const name = session.role === 'worker' ? session.alias ?? say('door.locked') : session.role === 'responder' ? session.name : null
  // Another alias is chosen on her own page, behind its PIN.
  const to = session.role === 'worker' && !session.inUse ? `/w#/aliases` : FACES[session.role]
  return <a class="row" href={to}><span class="row-words"><span class="row-name">{say(`door.faces.${session.role}`)}</span>{name === null ? null : <span class="row-more">{name}</span>}</span><Icon name="onward" /></a>
}

function Way ({ to, says }: { readonly to: string, readonly says: string }) {
  return <a class="row" href={to}><span class="row-words">{says}</span><Icon name="onward" /></a>
}
