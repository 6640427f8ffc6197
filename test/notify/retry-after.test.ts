import t from 'tap'
import { PAUSE_MAX_MS, retryAfterMs } from '../../server/notify/retry-after.ts'

const now = Date.UTC(2026, 10, 23, 22, 0, 0)

t.test('seconds and dates are both honoured, within an hour', async (t) => {
  const table: readonly (readonly [string | null, number | null])[] = [
    ['0', 0], ['60', 60_000], [' 5 ', 5_000], ['99999', PAUSE_MAX_MS],
    ['Mon, 23 Nov 2026 22:00:30 GMT', 30_000], ['Mon, 23 Nov 2026 21:00:00 GMT', 0], ['Tue, 24 Nov 2026 22:00:00 GMT', PAUSE_MAX_MS],
    [null, null], ['', null], ['soon', null], ['-1', null], ['1e3', null], ['9999999999999', null], ['2026-11-23', null]
  ]
  for (const [header, ms] of table) t.equal(retryAfterMs(header, now), ms, String(header))
})

t.test('days are counted as the calendar counts them', async (t) => {
  for (const at of ['1970-01-01', '2024-02-29', '2024-03-01', '2026-12-31', '2027-01-01', '2100-02-28', '2100-03-01']) {
    const midnight = Date.parse(`${at}T00:00:00Z`)
    const header = new Date(midnight).toUTCString()
    t.equal(retryAfterMs(header, midnight - 1_000), 1_000, header)
  }
})
