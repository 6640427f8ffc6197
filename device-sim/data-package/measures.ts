/** The measures: unit, and what exactly they measure. The codebook and the report read this one table. */
import type { MeasureName } from '../scenario/scenario.ts'

/** `share`: 0 to 1, printed as %. */
export type Unit = 's' | 'share' | 'count' | 'EUR'
export type Measure = { readonly unit: Unit, readonly definition: string }

export const measures: Readonly<Record<MeasureName, Measure>> = {
  t_receive_p50: { unit: 's', definition: 'Press to the service having it, median.' },
  t_receive_p99: { unit: 's', definition: 'Press to the service having it, 99th percentile.' },
  t_first_alert_p50: { unit: 's', definition: 'Press to the first alert leaving the service, median.' },
  t_first_alert_p99: { unit: 's', definition: 'Press to the first alert leaving the service, 99th percentile.' },
  tta_p50: { unit: 's', definition: 'Press to first human acceptance ("I am coming"), median.' },
  tta_p90: { unit: 's', definition: 'Press to first human acceptance, 90th percentile.' },
  tta_p99: { unit: 's', definition: 'Press to first human acceptance, 99th percentile.' },
  tta_in_10s: { unit: 'share', definition: 'Presses accepted by a human within 10 s (BS 8484 asks for 80 %).' },
  tta_in_40s: { unit: 'share', definition: 'Presses accepted by a human within 40 s (BS 8484 asks for 98.5 %).' },
  tto_p50: { unit: 's', definition: 'Press to the first responder being there, median.' },
  tto_p90: { unit: 's', definition: 'Press to the first responder being there, 90th percentile.' },
  never_accepted: { unit: 'share', definition: 'Presses that nobody accepted.' },
  never_arrived: { unit: 'share', definition: 'Presses for which nobody arrived.' },
  lost_press: { unit: 'share', definition: 'Presses that never reached the service.' },
  availability: { unit: 'share', definition: 'Room-hours with a working chain from button to service.' },
  undetected_down: { unit: 'share', definition: 'Room-hours down without anybody having been told.' },
  false_share: { unit: 'share', definition: 'Alarms that were no incident.' },
  cancelled_before_seen: { unit: 'share', definition: 'Accidental presses taken back before anybody saw the alert.' },
  alerts_month: { unit: 'count', definition: 'Alerts a responder-month (30 days).' },
  wakings_month: { unit: 'count', definition: 'Wakings a responder-month.' },
  needless_trips_month: { unit: 'count', definition: 'Needless trips a responder-month.' },
  busiest_share: { unit: 'share', definition: 'Share of all alerts borne by the busiest responder.' },
  redundant_arrivals: { unit: 'count', definition: 'Arrivals after another was there, a press.' },
  cost_room_year: { unit: 'EUR', definition: 'Cost of a room for a year: devices, batteries, keeping responders available.' },
  authority_contact: { unit: 'count', definition: 'Tellings to an authority without consent. An invariant: it must be 0.' }
}
