/** Everything that `device-sim verify` looks at, in the order in which it is printed. */
import { replicate } from '../virtual/model/replicate.ts'
import { availability } from './availability.ts'
import { closedForm } from './closed-form.ts'
import { coverage, experiments } from './coverage.ts'
import { determinism } from './determinism.ts'
import { metamorphic } from './metamorphic.ts'
import type { Check } from './outcome.ts'
import { erlang, little, serve } from './queue.ts'
import { realNumbers, streams } from './streams.ts'

export const checks: readonly Check[] = [
  { name: 'random numbers', run: (seed) => streams(realNumbers, seed) },
  { name: 'kernel', run: (seed) => [...erlang(serve, seed), little(serve, seed)] },
  { name: 'alarms', run: (seed) => [closedForm(replicate, seed)] },
  { name: 'availability', run: (seed) => [availability(replicate, seed)] },
  { name: 'metamorphic', run: (seed) => metamorphic(replicate, seed) },
  { name: 'determinism', run: (seed) => [determinism(replicate, seed)] },
  { name: 'coverage', run: (seed) => coverage(experiments, seed) }
]
