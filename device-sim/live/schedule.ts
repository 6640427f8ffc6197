/** When somebody presses: planned ahead, whatever becomes of the presses before (open loop). Pure. */
import { InvalidInput } from '../invalid-input.ts'

/** More presses than the account of one run may hold. */
export const PRESSES_MOST = 1_000_000
const STAGES_MOST = 100
const STAGE = /^(\d+(?:\.\d+)?)\s*\/\s*(s|min|h)\s+for\s+(\d+(?:\.\d+)?)\s*(ms|s|min|h)$/
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, min: 60, h: 3_600 }

/** So many presses a second, for so many seconds. */
export type Stage = { readonly perS: number, readonly forS: number }
export type Arrivals = 'poisson' | 'constant'

/** `100/s for 30 s, 20/min for 2 h`; throws `InvalidInput` that names the stage. */
export function readStages (text: string): readonly Stage[] {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length > STAGES_MOST) throw new InvalidInput('STAGES_TOO_MANY', `--stages takes at most ${STAGES_MOST} stages`)
  return parts.map((part, index) => {
    const [, count, per = '', long, unit = ''] = STAGE.exec(part) ?? []
    const stage = { perS: Number(count) / (SECONDS[per] ?? NaN), forS: Number(long) * (SECONDS[unit] ?? NaN) }
    if (!(stage.perS >= 0 && stage.forS > 0)) throw new InvalidInput('STAGE_INVALID', `stage ${index + 1} of --stages, ${JSON.stringify(part)}: needs COUNT/s, /min or /h, and "for TIME s", min or h, such as 100/s for 30 s`)
    return stage
  })
}

export function lengthOf (stages: readonly Stage[]): number { return stages.reduce((sum, { forS }) => sum + forS, 0) }

/** How many presses these stages mean, more or less. */
export function expected (stages: readonly Stage[]): number { return stages.reduce((sum, { perS, forS }) => sum + perS * forS, 0) }

/**
 * Planned times in seconds from the start, rising. `constant`: evenly spaced; `poisson`: exponential gaps, which begin anew
 * with each stage (they have no memory).
 * @param random even numbers in [0, 1)
 */
export function * plannedTimes (stages: readonly Stage[], arrivals: Arrivals, random: () => number): Generator<number> {
  let stageS = 0
  for (const { perS, forS } of stages) {
    const gapS = (): number => arrivals === 'constant' ? 1 / perS : -Math.log1p(-random()) / perS
    if (perS > 0) for (let atS = arrivals === 'constant' ? 0 : gapS(); atS < forS; atS += gapS()) yield stageS + atS
    stageS += forS
  }
}

/** Whose turn it is: everybody once, in an order of chance, then again in another. Two presses of one button are far apart. */
export function * turns (count: number, random: () => number): Generator<number> {
  const order = Array.from({ length: count }, (_, index) => index)
  for (;;) {
    for (let last = count - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1))
      const kept = order[last] ?? 0
      order[last] = order[other] ?? 0
      order[other] = kept
    }
    yield * order
  }
}
