/** What a code is for, and one's own word for coming in. Nothing is consumed before "come in" is tapped. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { InviteShown } from '../../server/contract/joining.ts'
import type { JoinShown } from '../../server/contract/privacy.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Field, Tick } from '../parts/field.tsx'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say, spoken } from '../say/say.ts'
import { go } from '../shell/route.ts'
import { NEVER_FORWARDS } from './declared.ts'
import { deviceName } from './device.ts'
import { Languages } from './languages.tsx'
import { Machine } from './machine.tsx'

const OPENS = { worker: '/w', technician: '/t', researcher: '/s', 'reference-person': '/r', organisation: '/r' } as const

export function JoinByInvite ({ code }: { readonly code: string }) {
  const [invite, setInvite] = useState<Static<typeof InviteShown> | null>(null)
  const [operator, setOperator] = useState<Static<typeof JoinShown> | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void ask<Static<typeof InviteShown>>('GET', `/invites/${encodeURIComponent(code)}`).then((shown) => {
      if (shown.ok) setInvite(shown.data)
      // Not an invite: a code that a worker gave to somebody of hers is answered on the responder's page.
      else if (shown.code === 'CODE_WRONG') location.replace(`/r#${encodeURIComponent(code)}`)
      else setTrouble(shown)
    })
    void ask<Static<typeof JoinShown>>('GET', '/join').then((shown) => { if (shown.ok) setOperator(shown.data) })
  }, [])
  if (invite === null) return <Screen back="/"><Title>{say('door.title')}</Title><Trouble of={trouble} /></Screen>
  return <Joining code={code} role={invite.role} operator={operator?.operator ?? null} />
}

type JoiningProps = { readonly code: string, readonly role: Static<typeof InviteShown>['role'], readonly operator: string | null }

function Joining ({ code, role, operator }: JoiningProps) {
  const [name, setName] = useState('')
  const [understood, setUnderstood] = useState(false)
  const [never, setNever] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const named = role !== 'technician' && role !== 'researcher'
  const ready = understood && (!named || name.trim() !== '') && (role !== 'organisation' || never)
  const enter = async (): Promise<void> => {
    const device = deviceName()
    const language = spoken.value
    const body = role === 'worker'
      ? { role, alias: name.trim(), language, device }
      : named ? { role, name: name.trim(), language, device, ...(never ? { neverForwards: NEVER_FORWARDS } : {}) } : { role, device }
    const joined = await ask('POST', `/invites/${encodeURIComponent(code)}`, body)
    if (joined.ok) location.replace(OPENS[role])
    else setTrouble(joined)
  }
  return (
    <Screen back="/" mood="pair">
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void enter() }}>
        <Title lead={say(`door.for.${role}`)}>{say('door.title')}</Title>
        {named ? <Field label={say(role === 'worker' ? 'door.alias' : 'door.name')} {...(role === 'worker' ? { note: say('door.aliasNote') } : {})} value={name} onInput={setName} max={role === 'worker' ? 40 : 60} autocomplete="nickname" required /> : null}
        {role === 'organisation' || role === 'reference-person' ? <Tick on={never} onChange={setNever}>{say('door.forwards')}</Tick> : null}
        <Machine operator={operator} understood={understood} onUnderstood={setUnderstood} />
        <Trouble of={trouble} />
        <LightButton type="submit" disabled={!ready}>{say('door.enter')}</LightButton>
        <button class="text-button" type="button" onClick={() => { go('/') }}>{say('shell.cancel')}</button>
        <Languages />
      </form>
    </Screen>
  )
}
