/** Steps of people, moved by buttons: for her own order, and for a room's. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Choices } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { TextButton } from '../../parts/screen.tsx'
import { say } from '../../say/say.ts'
import { WAITS_S, later, mayMerge, merged, moved, sooner } from './steps.ts'
import type { AnyStep, Waits } from './steps.ts'
import { stepName } from './words.ts'

type StepEditorProps<S extends AnyStep> = {
  readonly steps: readonly S[]
  readonly nameOf: (responder: string) => string
  /** The waits of a step that is made new. */
  readonly fresh: Waits<S>
  readonly onChange: (steps: S[]) => void
  readonly more?: (step: S, at: number, change: (step: S) => void) => ComponentChildren
}

export function StepEditor<S extends AnyStep> ({ steps, nameOf, fresh, onChange, more }: StepEditorProps<S>) {
  const [told, setTold] = useState('')
  const move = (who: string, next: S[] | null): void => {
    if (next === null) return
    onChange(next)
    const at = next.findIndex(({ people }) => people.includes(who))
    setTold(at === -1 ? say('list.order.outNow', { name: nameOf(who) }) : say('list.order.movedNow', { name: nameOf(who), step: stepName(at) }))
  }
  const change = (at: number) => (step: S): void => { onChange(steps.map((each, index) => index === at ? step : each)) }
  return (
    <>
      <p class="unseen" role="status">{told}</p>
      {steps.map((step, at) => (
        <section key={at} class="step-edit">
          <div class="step-head"><h2>{stepName(at)}</h2></div>
          <ul class="rows">
            {step.people.map((who) => (
              <li key={who} class="mover">
                <span class="row-name">{nameOf(who)}</span>
                <Move name={nameOf(who)} says={say('list.order.sooner')} icon="up" next={sooner(steps, who, fresh)} onMove={(next) => { move(who, next) }} />
                <Move name={nameOf(who)} says={say('list.order.later')} icon="down" next={later(steps, who, fresh)} onMove={(next) => { move(who, next) }} />
                <Move name={nameOf(who)} says={say('list.order.out')} icon="close" next={moved(steps, who, 'out', fresh)} onMove={(next) => { move(who, next) }} />
              </li>
            ))}
          </ul>
          {at === steps.length - 1 ? null : <fieldset class="plain"><legend class="row-more">{say('list.order.wait')}</legend><Choices label={say('list.order.wait')} of={waits(step.waitS).map((is) => ({ is, says: say('list.order.short', { seconds: is }) }))} chosen={step.waitS} onChoose={(waitS) => { change(at)({ ...step, waitS }) }} /></fieldset>}
          {at === steps.length - 1 ? null : more?.(step, at, change(at))}
          {steps.length > 1 && mayMerge(steps, at) ? <TextButton onClick={() => { onChange(merged(steps, at)) }}>{say(at === 0 ? 'list.order.mergeFirst' : 'list.order.merge')}</TextButton> : null}
        </section>
      ))}
    </>
  )
}

const waits = (own: number): readonly number[] => (WAITS_S as readonly number[]).includes(own) ? WAITS_S : [...WAITS_S, own].sort((a, b) => a - b)

type MoveProps<S> = { readonly name: string, readonly says: string, readonly icon: 'up' | 'down' | 'close', readonly next: S[] | null, readonly onMove: (next: S[] | null) => void }

function Move<S> ({ name, says, icon, next, onMove }: MoveProps<S>) {
  return <button class="bar-button" type="button" aria-label={`${says}: ${name}`} disabled={next === null} onClick={() => { onMove(next) }}><Icon name={icon} /></button>
}
