/** Joining without an invite, where the operator allows it. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { JoinShown } from '../../server/contract/privacy.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { Field } from '../parts/field.tsx'
import { LightButton, Screen, Title } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say, spoken } from '../say/say.ts'
import { deviceName } from './device.ts'
import { Machine } from './machine.tsx'

export function Alone () {
  const [shown, setShown] = useState<Static<typeof JoinShown> | null>(null)
  const [alias, setAlias] = useState('')
  const [understood, setUnderstood] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => {
    void ask<Static<typeof JoinShown>>('GET', '/join').then((answer) => { if (answer.ok) setShown(answer.data); else setTrouble(answer) })
  }, [])
  const enter = async (): Promise<void> => {
    const answer = await ask('POST', '/workers', { alias: alias.trim(), language: spoken.value, device: deviceName(), notice: shown?.notice.code })
    if (answer.ok) location.replace('/w')
    else setTrouble(answer)
  }
  const ready = understood && alias.trim() !== ''
  return (
    <Screen back="/">
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void enter() }}>
        <Title>{say('door.alone')}</Title>
        {shown === null ? null : shown.open
          ? <><Field label={say('door.alias')} note={say('door.aliasNote')} value={alias} onInput={setAlias} max={40} autocomplete="nickname" /><Machine operator={shown.operator} understood={understood} onUnderstood={setUnderstood} /></>
          : <p class="page-lead">{say('door.closed')}</p>}
        <Trouble of={trouble} />
        {shown?.open === true ? <LightButton type="submit" disabled={!ready}>{say('door.enter')}</LightButton> : null}
      </form>
    </Screen>
  )
}
