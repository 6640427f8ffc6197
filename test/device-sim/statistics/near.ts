/** Equal but for rounding. */
import type { Test } from 'tap'

export function near (t: Test, found: number, wanted: number, relative: number, more = ''): void {
  t.ok(Math.abs(found - wanted) <= relative * Math.max(Math.abs(wanted), Number.MIN_VALUE), `${more} ${found} is ${wanted}`.trim())
}
