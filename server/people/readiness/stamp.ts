import type { Clock, EpochMs, MonoMs } from '../../clock/clock.ts'
import type { Proof } from './facts.ts'

/** When something was proven. `mono` null: in an earlier life of the service. */
export type Stamp = { readonly at: EpochMs, readonly mono: MonoMs | null }

export function stampNow (clock: Clock): Stamp { return { at: clock.now(), mono: clock.mono() } }

/** Of what was heard at this moment of the steady clock, which counts parts of milliseconds: times of day are told in whole ones. */
export function stampOf (clock: Clock, heardMono: MonoMs): Stamp {
  return { at: Math.round(clock.now() - (clock.mono() - heardMono)) as EpochMs, mono: heardMono }
}

/** By the monotonic clock where it can be; a time in the future was written by a clock that jumped, and its age is unknown. */
export function proofOf (stamp: Stamp, clock: Clock): Proof {
  if (stamp.mono !== null) return { at: stamp.at, ageMs: clock.mono() - stamp.mono }
  const ageMs = clock.now() - stamp.at
  return { at: stamp.at, ageMs: ageMs < 0 ? null : ageMs }
}

/** The one that is surely younger. */
export function newer (a: Stamp | null, b: Stamp | null): Stamp | null {
  if (a === null || b === null) return a ?? b
  if (a.mono !== null || b.mono !== null) return (a.mono ?? -1) >= (b.mono ?? -1) ? a : b
  return a.at >= b.at ? a : b
}
