/**
 * The names under which a quarter's contributions are kept: to count that they come from enough workers and venues, and
 * to take hers back when she is erased. Keyed by the quarter; when it is published the key is destroyed, and nobody,
 * we included, can tell any more who contributed.
 */
import { createHmac } from 'node:crypto'
import type { DataKey } from '../store/seal.ts'
import type { Base } from './base.ts'
import type { Quarter } from './quarter.ts'
import type { VenueId, WorkerId } from './words.ts'

export const QUARTER_HOLDER = 'quarter:'
const MARK_BYTES = 16

/** Whose data key a quarter's is, beside those of people and venues. */
export function holderOf (quarter: Quarter): string { return `${QUARTER_HOLDER}${quarter}` }

/** Quarters that have begun and are not published, oldest first. */
export function openQuarters (base: Base): readonly Quarter[] {
  return [...base.picture.keys.keys()].filter((holder) => holder.startsWith(QUARTER_HOLDER)).map((holder) => holder.slice(QUARTER_HOLDER.length) as Quarter).sort()
}

export function workerMark (key: DataKey, worker: WorkerId): string { return mark(key, `worker ${worker}`) }
/** One person and her phone is a place of her own. */
export function venueMark (key: DataKey, of: { readonly venue: VenueId } | { readonly alone: WorkerId }): string {
  return mark(key, 'venue' in of ? `venue ${of.venue}` : `alone ${of.alone}`)
}

/** Her name in every quarter that is not published: whoever erases her drops what bears one (`dropContributions`). */
export function contributionMarks (base: Base, worker: WorkerId): readonly string[] {
  return openQuarters(base).flatMap((quarter) => {
    const key = base.keyring.key(holderOf(quarter))
    return key === null ? [] : [workerMark(key, worker)]
  })
}

function mark (key: DataKey, name: string): string {
  return createHmac('sha256', key).update(name).digest().subarray(0, MARK_BYTES).toString('base64url')
}
