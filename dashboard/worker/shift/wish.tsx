/** What she wants of this shift: until when, what the room may show, and whether the house's contact person hears of it. */
import { Choices, Tick } from '../../parts/field.tsx'
import { say } from '../../say/say.ts'

export const HOURS = [2, 4, 6, 8, 12] as const
const HOUR_MS = 3_600_000
/** @see Feedback of the contract */
export const SIGNS = [['light', 1], ['vibration', 2], ['sound', 4]] as const
export type Wish = { readonly hours: number, readonly feedback: number, readonly house: boolean }
/** Dark, unless she says otherwise (R18). */
export const PLAIN: Wish = { hours: 6, feedback: 0, house: true }

export function wishBody ({ hours, feedback, house }: Wish, now: number) { return { plannedEndAt: Math.round(now + hours * HOUR_MS), feedback, house } }

export function Until ({ hours, onHours }: { readonly hours: number | null, readonly onHours: (hours: number) => void }) {
  return <div class="stack"><p class="field-label">{say('worker.shift.howLong')}</p><Choices label={say('worker.shift.howLong')} of={HOURS.map((is) => ({ is, says: say('worker.shift.hours', { count: is }) }))} chosen={hours} onChoose={onHours} /></div>
}

export function RoomSigns ({ feedback, onFeedback }: { readonly feedback: number, readonly onFeedback: (feedback: number) => void }) {
  return (
    <fieldset class="signs">
      <legend class="field-label">{say('worker.shift.roomSigns')}</legend>
      <p class="fine-start">{say('worker.shift.dark')}</p>
      {SIGNS.map(([name, bit]) => <Tick key={name} on={(feedback & bit) !== 0} onChange={(on) => { onFeedback(on ? feedback | bit : feedback & ~bit) }}>{say(`worker.shift.${name}`)}</Tick>)}
    </fieldset>
  )
}

export function HouseTick ({ on, onChange }: { readonly on: boolean, readonly onChange: (on: boolean) => void }) {
  return <Tick on={on} onChange={onChange}>{say('worker.shift.house')}</Tick>
}
