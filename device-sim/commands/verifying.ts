/** The checks of the simulator, run by `verify` and by whatever writes a package and is asked to verify. */
import { verification } from '../data-package/tables/verification.ts'
import type { Row, Table } from '../data-package/table.ts'
import { checks } from '../verify/checks.ts'
import { verificationRows } from '../verify/outcome-rows.ts'
import type { Check, Outcome } from '../verify/outcome.ts'
import type { Io } from './command.ts'

/** Of the checks, not of the study. */
export const VERIFY_SEED = 1

/** Every check in order, each outcome told as it is known; null: interrupted, so that nothing is known of the whole. */
export async function outcomesOf (seed: number, { signal }: Io, told: (outcome: Outcome) => void, of: readonly Check[] = checks): Promise<readonly Outcome[] | null> {
  const outcomes: Outcome[] = []
  for (const { run } of of) {
    // Ctrl-C is heard between two checks.
    await new Promise<void>((resolve) => { setImmediate(resolve) })
    if (signal.aborted) return null
    for (const outcome of run(seed)) {
      outcomes.push(outcome)
      told(outcome)
    }
  }
  return outcomes
}

/** `passed`: null when nobody asked, or it was interrupted; the package then has no such table, and its report says so. */
export type Verified = { readonly tables: readonly (readonly [Table, readonly Row[]])[], readonly passed: boolean | null }

export async function verifiedIf (isWanted: boolean, json: boolean, io: Io, of: readonly Check[] = checks): Promise<Verified> {
  const outcomes = isWanted ? await outcomesOf(VERIFY_SEED, io, (outcome) => { if (!outcome.passes) io.tell(failedLine(outcome)) }, of) : null
  if (outcomes === null) return { tables: [], passed: null }
  const failed = outcomes.filter(({ passes }) => !passes).length
  if (json) io.print(JSON.stringify({ is: 'verified', checks: outcomes.length, failed }))
  return { tables: [[verification, verificationRows(VERIFY_SEED, outcomes)]], passed: failed === 0 }
}

export function failedLine ({ check, claim }: Outcome): string { return `FAILED ${check}: ${claim}` }

export function verifiedWords (passed: boolean | null, folder: string): string {
  if (passed === null) return `not verified; device-sim verify --out ${folder} does so, in under a minute`
  return passed ? 'verified: all checks of the simulator passed' : 'the simulator failed its own checks: do not trust this study'
}
