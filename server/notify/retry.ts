/** Waits between tries at one endpoint, in ms; the last one repeats. */
const RETRY_MS = [500, 1_000, 2_000, 4_000] as const

/** @param failures how many tries have failed, from 1 */
export function retryMs (failures: number): number {
  return RETRY_MS[failures - 1] ?? 4_000
}
