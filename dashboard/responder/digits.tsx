/** Six digits, to be read aloud by voice or face to face: nobody can call this phone before she has typed them (R5). */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { CirclesListed } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import { LightButton, Screen, TextButton } from '../parts/screen.tsx'
import { Mark } from '../parts/mark.tsx'
import { say } from '../say/say.ts'
import { every } from '../shell/clock.ts'
import { go } from '../shell/route.ts'
import { broughtDigits } from './brought.ts'
import { me, readMe } from './mine.ts'
import { WaySteps } from './way.tsx'

const ASK_MS = 2_000

export function Digits () {
  const digits = broughtDigits()
  const [confirmed, setConfirmed] = useState(false)
  useEffect(() => {
    if (confirmed) return undefined
    return every(ASK_MS, () => {
      void ask<Static<typeof CirclesListed>>('GET', '/me/responder/circles').then((answer) => {
        // The newest is the one whose digits stand here.
        const newest = answer.ok ? [...answer.data.circles].sort((a, b) => b.joinedAt - a.joinedAt)[0] : undefined
        if (newest?.confirmed !== true) return
        void readMe()
        setConfirmed(true)
      })
    })
  }, [confirmed])
  return (
    <Screen mood="pair" foot={confirmed
      ? <LightButton onClick={() => { go('/sound', 'replace') }}>{say('shell.continue')}</LightButton>
      : <TextButton onClick={() => { go('/pair') }}>{say('responder.digits.lost')}</TextButton>}>
      <WaySteps at="code" />
      <h1 class="page-title" tabIndex={-1}>{say(confirmed ? 'responder.digits.confirmed' : 'responder.digits.title')}</h1>
      {digits === null || confirmed ? null : <p class="digits" aria-label={[...digits].join(' ')}>{digits.slice(0, 3)}<span class="digits-gap" />{digits.slice(3)}</p>}
      <div class="sees" role="status">
        <div><Mark sure={confirmed ? 'proven' : 'next'} /><p class="sees-words">{confirmed ? say('responder.digits.confirmedMore') : say('responder.digits.waiting')}</p></div>
      </div>
      {confirmed ? null : <p class="page-lead">{say('responder.digits.lead')}</p>}
      {me.value?.kind === 'authority' ? <p class="page-lead">{say('responder.about.authority')}</p> : null}
    </Screen>
  )
}
