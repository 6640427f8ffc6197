/** Longer requests are taken as this: a subscription that asks for more is asked again by a later telling. */
export const PAUSE_MAX_MS = 3_600_000

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/

/**
 * How long to leave an endpoint alone, in ms, from a `Retry-After` header and the wall clock. null: it does not say.
 * @see RFC 9110 §10.2.3
 */
export function retryAfterMs (header: string | null, nowMs: number): number | null {
  const text = (header ?? '').trim()
  if (/^\d{1,9}$/.test(text)) return bounded(Number(text) * 1000)
  const date = IMF_FIXDATE.exec(text)
  if (date === null) return null
  const [, day, month, year, hour, minute, second] = date
  const at = daysSinceEpoch(Number(year), MONTHS.indexOf(month ?? '') + 1, Number(day)) * 86_400_000 +
    (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000
  return bounded(at - nowMs)
}

function bounded (ms: number): number { return Math.min(Math.max(ms, 0), PAUSE_MAX_MS) }

/** Days from 1970-01-01 in the Gregorian calendar, counted from March so that the leap day comes last. */
function daysSinceEpoch (year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}
