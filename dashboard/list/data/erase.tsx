/** Erase everything (R16): at once with PIN and recovery words, else after 72 hours; until then it can be called off. */
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import type { ErasureAsked } from '../../../server/contract/privacy.ts'
import type { Refused } from '../../api/ask.ts'
import { Choices, Field, Tick } from '../../parts/field.tsx'
import { LightButton, QuietButton, Screen, TextButton, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { her, readHer } from '../../worker/hers.ts'
import { guarded } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { When } from '../when.tsx'
import { forgetPhone, leaveForGood } from './forget-phone.ts'

type How = 'later' | 'now'

export function Erase () {
  useEffect(() => { void readHer() }, [])
  const due = her.value?.erasesAt ?? null
  return due === null ? <Ask /> : <Due at={due} />
}

function Due ({ at }: { readonly at: number }) {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const cancel = async (): Promise<void> => {
    const answer = await guarded('DELETE', '/me/erasure')
    await readHer()
    setTrouble(answer.ok ? null : answer)
  }
  return (
    <Screen back="/more/data" closes foot={<LightButton onClick={() => { void cancel() }}>{say('list.erase.cancel')}</LightButton>}>
      <Title lead={<>{say('list.erase.due')} <When at={at} />. {say('list.erase.waits')}</>}>{say('list.data.erase')}</Title>
      <Refusal of={trouble} />
    </Screen>
  )
}

function Ask () {
  const [how, setHow] = useState<How>('later')
  const [words, setWords] = useState('')
  const [sure, setSure] = useState(false)
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const ready = sure && (how === 'later' || words.trim() !== '')
  const erase = async (): Promise<void> => {
    leaveForGood(how === 'now')
    const answer = await guarded<Static<typeof ErasureAsked>>('POST', '/me/erasure', { words: how === 'now' ? words.trim() : null })
    setTrouble(answer.ok ? null : answer)
    leaveForGood(answer.ok && how === 'now')
    if (!answer.ok) return
    if (how === 'now' && !answer.data.waits) forgetPhone()
    else await readHer()
  }
  return (
    <Screen back="/more/data" closes>
      <form class="form" onSubmit={(event) => { event.preventDefault(); if (ready) void erase() }}>
        <Title lead={say('list.erase.lead')}>{say('list.data.erase')}</Title>
        <Choices label={say('list.erase.how')} of={[{ is: 'later' as How, says: say('list.erase.later') }, { is: 'now' as How, says: say('list.erase.now') }]} chosen={how} onChoose={setHow} />
        <p class="row-more">{say(how === 'later' ? 'list.erase.laterMore' : 'list.erase.nowMore')}</p>
        {how === 'now' ? <Field label={say('list.erase.words')} value={words} max={200} long onInput={setWords} /> : null}
        <Tick on={sure} onChange={setSure}>{say('list.erase.sure')}</Tick>
        <Refusal of={trouble} />
        <QuietButton class="careful" type="submit" disabled={!ready}>{say(how === 'later' ? 'list.erase.doesLater' : 'list.erase.doesNow')}</QuietButton>
        <TextButton onClick={() => { go('/more/data') }}>{say('shell.cancel')}</TextButton>
      </form>
    </Screen>
  )
}
