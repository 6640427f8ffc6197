/** The order and its waits: changed here, saved as a whole. By buttons, so that a thumb, a keyboard and a screen reader can. */
import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { Refused } from '../../api/ask.ts'
import { LightButton, Screen, Title } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { go } from '../../shell/route.ts'
import { forgetWhenLeft } from '../guard.ts'
import { Refusal } from '../refusal.tsx'
import { circle, nameOf, readList, save } from './book.ts'
import type { Step } from './book.ts'
import { StepEditor } from './step-editor.tsx'
import { ASSIST_WAITS_S, WAIT_S } from './steps.ts'

/** Outlives the PIN screen, so that five minutes are enough for a long list. */
const draft = signal<readonly Step[] | null>(null)
forgetWhenLeft(() => { draft.value = null })

export function Order () {
  const [trouble, setTrouble] = useState<Refused | null>(null)
  useEffect(() => { if (circle.value === null) void readList().then(setTrouble) }, [])
  const steps = draft.value ?? circle.value?.steps ?? null
  const keep = async (): Promise<void> => {
    if (draft.value === null) return go('/circle')
    const refused = await save({ steps: draft.value.map((step) => ({ ...step, people: [...step.people] })) })
    setTrouble(refused)
    // As it is now, on the other phone too; what was moved here would undo what was moved there.
    if (refused === null || refused.reason === 'CIRCLE_CHANGED') draft.value = null
    if (refused === null) go('/circle')
  }
  return (
    <Screen back="/circle" closes keepFoot foot={<><Refusal of={trouble} /><LightButton onClick={() => { void keep() }} disabled={steps === null}>{say('shell.save')}</LightButton></>}>
      <Title lead={say('list.order.lead')}>{say('list.order.title')}</Title>
      {steps === null
        ? <p class="lead-words" role="status">{say('shell.waiting')}</p>
        : <StepEditor steps={steps} nameOf={nameOf} fresh={{ waitS: WAIT_S, assistWaitS: null }} onChange={(next) => { draft.value = next }} more={(step, at, change) => <AssistWait step={step} onChange={(assistWaitS) => { change({ ...step, assistWaitS }) }} key={at} />} />}
    </Screen>
  )
}

/** R9: a quiet check may wait longer than anything else. */
function AssistWait ({ step: { assistWaitS }, onChange }: { readonly step: Step, readonly onChange: (assistWaitS: number | null) => void }) {
  const own = assistWaitS !== null && !(ASSIST_WAITS_S as readonly number[]).includes(assistWaitS) ? [assistWaitS] : []
  return (
    <label class="field">
      <span class="row-more">{say('list.order.assistWait')}</span>
      <select value={assistWaitS ?? ''} onChange={(event) => { onChange(event.currentTarget.value === '' ? null : Number(event.currentTarget.value)) }}>
        <option value="">{say('list.order.assistSame')}</option>
        {[...own, ...ASSIST_WAITS_S].map((seconds) => <option key={seconds} value={seconds}>{seconds < 60 ? say('list.order.seconds', { count: seconds }) : say('list.order.minutes', { count: Math.round(seconds / 60) })}</option>)}
      </select>
    </label>
  )
}
