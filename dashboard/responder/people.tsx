/** The lists one is on; each can be left at once, and all of them. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { CirclesListed } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { langOf, say } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { readMe } from './mine.ts'

type Circle = Static<typeof CirclesListed>['circles'][number]

export function People () {
  const [circles, setCircles] = useState<readonly Circle[] | null>(null)
  const [leaving, setLeaving] = useState<Circle | 'all' | null>(null)
  const [left, setLeft] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await ask<Static<typeof CirclesListed>>('GET', '/me/responder/circles')
    if (answer.ok) setCircles(answer.data.circles)
    else setTrouble(answer)
  }
  useEffect(() => { void read() }, [])
  const leave = async (which: Circle | 'all'): Promise<void> => {
    const answer = which === 'all' ? await ask('POST', '/me/responder/leave') : await ask('DELETE', `/me/responder/circles/${encodeURIComponent(which.circle)}`)
    setTrouble(answer.ok ? null : answer)
    setLeaving(null)
    setLeft(answer.ok)
    await readMe()
    await read()
  }
  if (leaving !== null) {
    return (
      <Screen mood="pair" foot={<><LightButton onClick={() => { setLeaving(null) }}>{say('shell.cancel')}</LightButton><QuietButton onClick={() => { void leave(leaving) }}>{say(leaving === 'all' ? 'responder.people.leaveAll' : 'responder.people.leave')}</QuietButton></>}>
        <Title lead={leaving === 'all' ? undefined : leaving.alias ?? say('responder.people.someone')}>{say(leaving === 'all' ? 'responder.people.sureAll' : 'responder.people.sure')}</Title>
      </Screen>
    )
  }
  return (
    <Screen mood="pair" back="/" foot={<><QuietButton onClick={() => { go('/pair') }}>{say('responder.people.another')}</QuietButton>{circles !== null && circles.length > 1 ? <TextButton onClick={() => { setLeaving('all') }}>{say('responder.people.leaveAll')}</TextButton> : null}</>}>
      <Title>{say('responder.people.title')}</Title>
      <Trouble of={trouble} />
      <p class="done" role="status">{left ? say('responder.people.left') : circles?.length === 0 ? say('responder.people.none') : ''}</p>
      <ul class="rows">{(circles ?? []).map((circle) => <li key={circle.circle}><Line circle={circle} onLeave={() => { setLeaving(circle) }} /></li>)}</ul>
    </Screen>
  )
}

function Line ({ circle: { alias, confirmed, joinedAt }, onLeave }: { readonly circle: Circle, readonly onLeave: () => void }) {
  const day = new Intl.DateTimeFormat(langOf('responder'), { dateStyle: 'long' }).format(joinedAt)
  return (
    <div class="row row-wraps">
      <span class="face" data-kind="plain" aria-hidden="true">{(alias ?? '·').slice(0, 1)}</span>
      <span class="row-words"><span class="row-name">{alias ?? say('responder.people.someone')}</span><span class="row-more">{confirmed ? say('responder.people.since', { day }) : say('responder.people.waiting')}</span></span>
      <button class="bar-button row-does" type="button" onClick={onLeave}>{say('responder.people.leave')}</button>
    </div>
  )
}
