/** From what was checked to the rows of the table `verification`. */
import type { Row } from '../data-package/table.ts'
import type { Outcome } from './outcome.ts'

const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null)

export function verificationRows (seed: number, outcomes: readonly Outcome[]): Row[] {
  return outcomes.map(({ check, claim, measures, statistic, least, most, n, passes }) => [check, claim, measures, finite(statistic), finite(least), finite(most), n, passes, seed])
}
