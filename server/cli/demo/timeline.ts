/** What a stopwatch beside the button, the phones and the rooms saw of one press. All times are monotonic ms. */
export type Moments = {
  readonly room: string
  readonly pressedAt: number
  pubackAt: number | null
  alertAt: number | null
  shownAt: number | null
  acceptedAt: number | null
  arrivedAt: number | null
  endedAt: number | null
}

export function pressed (room: string, at: number): Moments {
  return { room, pressedAt: at, pubackAt: null, alertAt: null, shownAt: null, acceptedAt: null, arrivedAt: null, endedAt: null }
}

/** One line per alarm: press -> told -> shown -> accepted -> arrived, in milliseconds after the press. */
export function line (moments: Moments): string {
  const after = (at: number | null): string => at === null ? '-' : `${Math.max(0, at - moments.pressedAt).toFixed(at - moments.pressedAt < 100 ? 1 : 0)} ms`
  return [
    `room ${moments.room}:`,
    `press -> alert ${after(moments.alertAt)}`,
    `-> on disk, PUBACK ${after(moments.pubackAt)}`,
    `-> shown ${after(moments.shownAt)}`,
    `-> accepted ${after(moments.acceptedAt)}`,
    `-> arrived ${after(moments.arrivedAt)}`,
    `-> ended ${after(moments.endedAt)}`
  ].join(' ')
}

export type OnceResult = { readonly delivered: boolean, readonly press_to_alert_ms: number | null, readonly press_to_puback_ms: number | null }

/** `delivered` only if every link of the chain was seen: told, shown, accepted, arrived, acknowledged on disk, ended. */
export function result (moments: Moments): OnceResult {
  const took = (at: number | null): number | null => at === null ? null : Math.round((at - moments.pressedAt) * 100) / 100
  const all = [moments.alertAt, moments.pubackAt, moments.shownAt, moments.acceptedAt, moments.arrivedAt, moments.endedAt]
  return { delivered: all.every((at) => at !== null), press_to_alert_ms: took(moments.alertAt), press_to_puback_ms: took(moments.pubackAt) }
}
