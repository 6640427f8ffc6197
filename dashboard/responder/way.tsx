/** Where one is in the three steps: code, sound, test. */
import { say } from '../say/say.ts'

const STEPS = ['code', 'sound', 'try'] as const

export function WaySteps ({ at }: { readonly at: typeof STEPS[number] }) {
  return <ol class="way" aria-label={say('responder.way.all')}>{STEPS.map((step) => <li key={step} {...(step === at ? { 'aria-current': 'step' as const } : {})}>{say(`responder.way.${step}`)}</li>)}</ol>
}
