/** Who one is, and what is never passed on: declared by everybody, in writing (R6). The code is used up only here. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { PairingJoined } from '../../server/contract/joining.ts'
import type { JoinShown } from '../../server/contract/privacy.ts'
import { ask } from '../api/ask.ts'
import type { Refused } from '../api/ask.ts'
import { deviceName } from '../door/device.ts'
import { NEVER_FORWARDS } from '../door/declared.ts'
import { Machine } from '../door/machine.tsx'
import { Choices, Field } from '../parts/field.tsx'
import { LightButton, Screen } from '../parts/screen.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { say, spoken } from '../say/say.ts'
import { bring, broughtCode } from './brought.ts'
import { me, readMe, watch } from './mine.ts'
import { WaySteps } from './way.tsx'

type Kind = 'contact' | 'colleague' | 'organisation' | 'authority'
const KINDS: readonly Kind[] = ['contact', 'colleague', 'organisation', 'authority']

export function About () {
  const code = broughtCode()
  const known = me.value
  const [operator, setOperator] = useState<string | null>(null)
  const [name, setName] = useState(known?.name ?? '')
  const [kind, setKind] = useState<Kind | null>(known === null || known.kind === 'reference-person' ? null : known.kind)
  const [never, setNever] = useState<boolean | null>(known?.neverForwardsAt == null ? null : true)
  const [understood, setUnderstood] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { void ask<Static<typeof JoinShown>>('GET', '/join').then((shown) => { if (shown.ok) setOperator(shown.data.operator) }) }, [])
  const isAuthority = kind === 'authority' || never === false
  const ready = name.trim() !== '' && kind !== null && (kind === 'authority' || never !== null) && understood
  const join = async (): Promise<void> => {
    // Whoever may have to pass it on is an authority, whatever they are otherwise.
    const body = { name: name.trim(), kind: isAuthority ? 'authority' : kind, language: spoken.value, device: deviceName(), ...(isAuthority ? {} : { neverForwards: NEVER_FORWARDS }) }
    const joined = await ask<Static<typeof PairingJoined>>('POST', `/pairings/${encodeURIComponent(code)}`, body)
    if (!joined.ok) return setTrouble(joined)
    bring('/digits', { digits: joined.data.confirm })
    await readMe()
    watch()
  }
  return (
    <Screen mood="pair" back="/" foot={<><Trouble of={trouble} /><LightButton disabled={!ready} onClick={() => { void join() }}>{say('shell.continue')}</LightButton></>}>
      <WaySteps at="code" />
      <h1 class="page-title" tabIndex={-1}>{say('responder.about.title')}</h1>
      <Field label={say('door.name')} value={name} onInput={setName} max={60} autocomplete="nickname" required />
      <div class="field"><span>{say('responder.about.kind')}</span><Choices label={say('responder.about.kind')} of={KINDS.map((is) => ({ is, says: say(`responder.about.kinds.${is}`) }))} chosen={kind} onChoose={setKind} /></div>
      {kind === null || kind === 'authority'
        ? null
        : <div class="field"><span>{say('door.forwards')}</span><Choices label={say('door.forwards')} of={[{ is: 1, says: say('responder.about.promise') }, { is: 0, says: say('responder.about.noPromise') }]} chosen={never === null ? null : Number(never)} onChoose={(is) => { setNever(is === 1) }} /></div>}
      {isAuthority ? <p class="page-lead" role="status">{say('responder.about.authority')}</p> : null}
      <Machine operator={operator} understood={understood} onUnderstood={setUnderstood} />
    </Screen>
  )
}
