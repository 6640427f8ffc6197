/** Recovery words (R24): shown once, written down, two of them asked back. */
import { signal } from '@preact/signals'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { RecoveryMade, RecoveryShown } from '../../../server/contract/privacy.ts'
import type { Refused } from '../../api/ask.ts'
import { Field } from '../../parts/field.tsx'
import { Mark } from '../../parts/mark.tsx'
import { LightButton, QuietButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { forgetWhenLeft, guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'

/** Outlive the PIN screen: they are shown once. */
const words = signal<readonly string[] | null>(null)
forgetWhenLeft(() => { words.value = null })

export function Recovery () {
  const [madeAt, setMadeAt] = useState<number | null>(null)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const read = async (): Promise<void> => {
    const answer = await guarded<Static<typeof RecoveryShown>>('GET', '/me/recovery')
    if (answer.ok) setMadeAt(answer.data.madeAt)
    setTrouble(answer.ok ? null : answer)
  }
  useEffect(() => { void read() }, [])
  const make = async (): Promise<void> => {
    const made = await guarded<Static<typeof RecoveryMade>>('POST', '/me/recovery')
    setTrouble(made.ok ? null : made)
    if (made.ok) words.value = made.data.words
  }
  if (words.value !== null) return <Shown words={words.value} />
  return (
    <Screen back="/more" closes foot={<LightButton onClick={() => { void make() }}>{say(madeAt === null ? 'list.recovery.make' : 'list.recovery.makeNew')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.recovery.lead')}>{say('list.more.words')}</Title>
        <p class="fact"><Mark sure={madeAt === null ? 'missing' : 'proven'} /><span class="fact-what">{say(madeAt === null ? 'list.recovery.none' : 'list.recovery.made')}</span>{madeAt === null ? null : <span class="fact-when"><When at={madeAt} /></span>}</p>
        {madeAt === null ? null : <p class="row-more">{say('list.recovery.makeNewMore')}</p>}
        <Refusal of={trouble} />
      </div>
    </Screen>
  )
}

function Shown ({ words: shown }: { readonly words: readonly string[] }) {
  const [asks, setAsks] = useState(false)
  if (asks) return <Asked words={shown} onBack={() => { setAsks(false) }} />
  return (
    <Screen back="/more" closes keepFoot foot={<LightButton onClick={() => { setAsks(true) }}>{say('list.recovery.written')}</LightButton>}>
      <div class="stack">
        <Title lead={say('list.recovery.write')}>{say('list.more.words')}</Title>
        <ol class="secret-words">{shown.map((word, at) => <li key={at}>{word}</li>)}</ol>
        <p class="row-more">{say('list.recovery.where')}</p>
      </div>
    </Screen>
  )
}

/** Two places of the eight, not the first: chosen anew each time. */
function twoOf (count: number): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2))
  const first = 1 + a % (count - 2)
  return [first, first + 1 + b % (count - 1 - first)]
}

function Asked ({ words: shown, onBack }: { readonly words: readonly string[], readonly onBack: () => void }) {
  const [[first, second]] = useState(() => twoOf(shown.length))
  const [typed, setTyped] = useState<readonly [string, string]>(['', ''])
  const [wrong, setWrong] = useState(false)
  const check = (): void => {
    const same = [first, second].every((at, index) => typed[index]?.trim().toLowerCase() === shown[at])
    setWrong(!same)
    if (!same) return
    words.value = null
    go('/more')
  }
  return (
    <Screen back="/more/words" closes>
      <form class="form" onSubmit={(event) => { event.preventDefault(); check() }}>
        <Title lead={say('list.recovery.checkMore')}>{say('list.recovery.check')}</Title>
        <Field label={say('list.recovery.number', { number: first + 1 })} value={typed[0]} max={20} onInput={(word) => { setTyped([word, typed[1]]) }} />
        <Field label={say('list.recovery.number', { number: second + 1 })} value={typed[1]} max={20} onInput={(word) => { setTyped([typed[0], word]) }} />
        <p class="trouble" role="alert">{wrong ? say('list.recovery.wrong') : ''}</p>
        <LightButton type="submit" disabled={typed.some((word) => word.trim() === '')}>{say('shell.continue')}</LightButton>
        <QuietButton onClick={onBack}>{say('list.recovery.look')}</QuietButton>
      </form>
    </Screen>
  )
}
