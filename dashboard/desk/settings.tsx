/** What is this phone's own on the wide pages: language, light, and the way out. */
import type { Static } from 'typebox'
import { useState } from 'preact/hooks'
import type { Me } from '../../server/contract/session.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Choices, Tick } from '../parts/field.tsx'
import { QuietButton } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { COMPLETE, NAMES } from '../say/language.ts'
import { say, spoken } from '../say/say.ts'
import { useLanguage } from '../shell/begin.tsx'
import { theme, wear } from '../shell/theme.ts'
import { Desk, DeskHead } from './desk.tsx'

export function Settings ({ role }: { readonly role: 'technician' | 'researcher' }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const out = async (): Promise<void> => {
    const refused = await signOut(role)
    if (refused === null) location.replace('/')
    else setTrouble(refused)
  }
  return (
    <Desk back="/" narrow>
      <DeskHead title={say('shell.desk.settings')} />
      <div class="form">
        <h2 class="desk-title">{say('shell.language')}</h2>
        <Choices label={say('shell.language')} of={COMPLETE.map((is) => ({ is, says: NAMES[is], lang: is }))} chosen={spoken.value} onChoose={(is) => { void useLanguage(is) }} />
        <Tick on={theme.value === 'light'} onChange={(on) => { wear(on ? 'light' : 'dark') }}>{say('shell.desk.light')}</Tick>
        <QuietButton onClick={() => { void out() }}>{say('shell.desk.signOut')}</QuietButton>
        <p class="fine">{say('shell.desk.signOutNote')}</p>
        <Trouble of={trouble} />
      </div>
    </Desk>
  )
}

/** This role alone: whoever else is on this phone stays. null: it is done. */
async function signOut (role: 'technician' | 'researcher'): Promise<Refused | null> {
  const me = await ask<Static<typeof Me>>('GET', '/me')
  if (!me.ok) return me.code === 'SIGNED_OUT' ? null : me
  const mine = me.data.sessions.find((session) => session.role === role && session.inUse)
  if (mine === undefined) return null
  const ended = await ask('DELETE', `/sessions/${encodeURIComponent(mine.session)}`)
  return ended.ok ? null : ended
}
