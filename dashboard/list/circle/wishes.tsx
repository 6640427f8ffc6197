/** Her wishes on ambulance and police: every alert shows them; no text ever forbids anybody to call for help (R6). */
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { Choices } from '../../parts/field.tsx'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { Refusal } from '../refusal.tsx'
import { circle, readList, save } from './book.ts'
import type { Wishes as Both } from './book.ts'

const ANSWERS = ['yes', 'no', 'ask-me'] as const

export function Wishes () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  const [chosen, setChosen] = useState<Both | null>(null)
  useEffect(() => { if (circle.value === null) void readList().then(setTrouble) }, [])
  const wishes = chosen ?? circle.value?.wishes ?? null
  const keep = async (): Promise<void> => {
    if (wishes === null) return
    const refused = await save({ wishes })
    setTrouble(refused)
    if (refused === null) go('/circle')
  }
  return (
    <Screen back="/circle" closes>
      <form class="form" onSubmit={(event) => { event.preventDefault(); void keep() }}>
        <Title lead={say('list.wishes.lead')}>{say('list.wishes.title')}</Title>
        {wishes === null ? null : (['ambulance', 'police'] as const).map((what) => (
          <fieldset key={what} class="plain">
            <legend class="field-label">{say(`list.wishes.${what}`)}</legend>
            <Choices label={say(`list.wishes.${what}`)} of={ANSWERS.map((is) => ({ is, says: say(`list.wishes.${is}`) }))} chosen={wishes[what]} onChoose={(is) => { setChosen({ ...wishes, [what]: is }) }} />
          </fieldset>
        ))}
        <p class="row-more">{say('list.wishes.more')}</p>
        <Refusal of={trouble} />
        <LightButton type="submit" disabled={wishes === null}>{say('shell.save')}</LightButton>
      </form>
    </Screen>
  )
}
