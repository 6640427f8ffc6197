/** A phone shortcut: a secret that can raise and do nothing else. Shown once, watched, stopped at once. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { ShortcutMade, ShortcutsListed } from '../../../server/contract/session.ts'
import type { Refused } from '../../api/ask.ts'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { forgetWhenLeft, guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'
import { ShortcutHow } from './shortcut-how.tsx'

type Listed = Static<typeof ShortcutsListed>['shortcuts'][number]
/** Outlives the PIN screen: it is shown once. */
const secret = signal<string | null>(null)
forgetWhenLeft(() => { secret.value = null })

export function Shortcut () {
  const [listed, setListed] = useState<readonly Listed[] | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await guarded<Static<typeof ShortcutsListed>>('GET', '/shortcuts')
    if (answer.ok) setListed(answer.data.shortcuts)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [])
  const make = async (): Promise<void> => {
    const made = await guarded<Static<typeof ShortcutMade>>('POST', '/shortcuts')
    if (!made.ok) return setTrouble(made)
    secret.value = made.data.token
    await read()
  }
  if (secret.value !== null) return <ShortcutHow secret={secret.value} onDone={() => { secret.value = null }} />
  return (
    <Screen back="/more" closes foot={<LightButton icon="plus" onClick={() => { void make() }}>{say('list.shortcut.make')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.shortcut.lead')}>{say('list.more.shortcut')}</Title>
        <p class="word">{say('list.shortcut.warn')}</p>
        <Refusal of={trouble} />
        <ul class="rows">{(listed ?? []).map((each, at) => <li key={each.shortcut}><One of={each} number={at + 1} onStopped={read} /></li>)}</ul>
      </div>
    </Screen>
  )
}

function One ({ of: { shortcut, madeAt, usedAt, presses }, number, onStopped }: { readonly of: Listed, readonly number: number, readonly onStopped: () => Promise<void> }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const stop = async (): Promise<void> => {
    const answer = await guarded('DELETE', `/shortcuts/${shortcut}`)
    setTrouble(answer.ok ? null : answer)
    await onStopped()
  }
  return (
    <div class="stack">
      <div class="row">
        <span class="row-words">
          <span class="row-name">{say('list.shortcut.one', { number })}</span>
          <span class="row-more">{say('list.shortcut.made')} <When at={madeAt} /><br />{usedAt === null ? say('list.shortcut.unused') : <>{say('list.shortcut.used')} <When at={usedAt} />. {say('list.shortcut.presses', { count: presses })}</>}</span>
        </span>
      </div>
      <Refusal of={trouble} />
      <QuietButton onClick={() => { void stop() }}>{say('list.shortcut.stop')}<span class="unseen"> {say('list.shortcut.one', { number })}</span></QuietButton>
    </div>
  )
}
