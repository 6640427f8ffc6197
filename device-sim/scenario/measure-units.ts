/** The unit of each measure, as the criteria and the codebook state it. Shares are 0 to 1. */
import type { MeasureName } from './scenario.ts'
import { duration, money, number, share } from './units.ts'
import type { Unit } from './units.ts'

export const measureUnits: Readonly<Record<MeasureName, Unit>> = {
  t_receive_p50: duration, t_receive_p99: duration, t_first_alert_p50: duration, t_first_alert_p99: duration,
  tta_p50: duration, tta_p90: duration, tta_p99: duration, tta_in_10s: share, tta_in_40s: share, tto_p50: duration, tto_p90: duration,
  never_accepted: share, never_arrived: share, lost_press: share,
  availability: share, undetected_down: share, false_share: share, cancelled_before_seen: share,
  alerts_month: number, wakings_month: number, needless_trips_month: number, busiest_share: share, redundant_arrivals: number,
  cost_room_year: money, authority_contact: number
}
