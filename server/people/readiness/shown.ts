import type { NightCode, Readiness, Reason } from './facts.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A copy in the shape of the contract: the same by GET and by the live socket. */
export function readyOf ({ shift, level, reasons, night, shown }: Readiness) {
  return {
    shift,
    level,
    reasons: reasons.map((reason): Mutable<Reason> => ({ ...reason })),
    night: { ready: night.ready, reasons: [...night.reasons] as NightCode[] },
    shown: { ...shown }
  }
}
