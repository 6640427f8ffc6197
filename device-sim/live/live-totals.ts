/** What a run came to: how many, how fast, and exactly which were lost, late or told twice. Pure. */
import type { Did } from '../../firmware-protocol/ids.ts'
import type { Duplicate, PressRecord } from './account.ts'
import type { Storm } from './fleet.ts'
import { Stopwatch, type Figures } from './stopwatch.ts'

/** Presses named one by one; beyond it they are only counted. */
export const NAMED_MOST = 1_000

/** `plannedMs`, `pressedMs`: since the start of the run. */
export type Named = { readonly button: Did, readonly event: string | null, readonly plannedMs: number, readonly pressedMs: number, readonly why: string }
export const timeNames = ['puback', 'told', 'light', 'pubackAfterIdle', 'pubackAfterReconnect', 'behind', 'reconnect'] as const
export type TimeName = typeof timeNames[number]
export type Totals = {
  readonly what: 'totals'
  readonly interrupted: boolean
  readonly buttons: number
  readonly connected: number
  readonly connectMs: number
  readonly pressed: number
  /** Of these: PUBACK, which the service gives once they are durable. */
  readonly acknowledged: number
  /** Of these: the button took a state about them. */
  readonly lit: number
  /** Presses in rooms whose responders take part, which opened an alarm: of these, told. */
  readonly watched: number
  readonly told: number
  /** Presses that joined an alarm that was open. */
  readonly joined: number
  /** Frames of presses sent again, by the button's own retries and reconnects. */
  readonly resent: number
  /** Pressed and never acknowledged; or acknowledged, watched, and nobody was told. */
  readonly lost: readonly Named[]
  readonly lostCount: number
  readonly late: readonly Named[]
  readonly lateCount: number
  readonly lateMs: number
  readonly duplicated: readonly Duplicate[]
  readonly times: Readonly<Record<TimeName, Figures>>
  readonly storms: readonly Storm[]
}
export type Came = {
  readonly buttons: number
  readonly connected: number
  readonly connectMs: number
  readonly lateMs: number
  readonly interrupted: boolean
  readonly records: readonly PressRecord[]
  readonly duplicates: readonly Duplicate[]
  readonly reconnects: Figures
  readonly storms: readonly Storm[]
}

export function figuresOf ({ records, duplicates, reconnects, storms, ...came }: Came): Totals {
  const opened = records.filter((record) => record.room !== null && !record.joined)
  const lost = records.flatMap((record) => named(record, whyLost(record)))
  const late = records.flatMap((record) => named(record, whyLate(record, came.lateMs)))
  return {
    what: 'totals',
    interrupted: came.interrupted,
    buttons: came.buttons,
    connected: came.connected,
    connectMs: Math.round(came.connectMs),
    pressed: records.length,
    acknowledged: records.filter(({ pubackMs }) => pubackMs !== null).length,
    lit: records.filter(({ litMs }) => litMs !== null).length,
    watched: opened.length,
    told: opened.filter(({ toldMs }) => toldMs !== null).length,
    joined: records.filter(({ joined }) => joined).length,
    resent: records.reduce((sum, { sent }) => sum + Math.max(0, sent - 1), 0),
    lost: lost.slice(0, NAMED_MOST),
    lostCount: lost.length,
    late: late.slice(0, NAMED_MOST),
    lateCount: late.length,
    lateMs: came.lateMs,
    duplicated: duplicates.slice(0, NAMED_MOST),
    times: { ...timesOf(records), reconnect: reconnects },
    storms
  }
}

function timesOf (records: readonly PressRecord[]): Readonly<Record<Exclude<TimeName, 'reconnect'>, Figures>> {
  const watches = { puback: new Stopwatch(), told: new Stopwatch(), light: new Stopwatch(), pubackAfterIdle: new Stopwatch(), pubackAfterReconnect: new Stopwatch(), behind: new Stopwatch() }
  for (const { plannedMs, pressedMs, pubackMs, toldMs, litMs, afterIdle, offline } of records) {
    watches.behind.record(pressedMs - plannedMs)
    if (litMs !== null) watches.light.record(litMs - plannedMs)
    if (toldMs !== null) watches.told.record(toldMs - plannedMs)
    if (pubackMs === null) continue
    watches.puback.record(pubackMs - plannedMs)
    if (afterIdle) watches.pubackAfterIdle.record(pubackMs - plannedMs)
    if (offline) watches.pubackAfterReconnect.record(pubackMs - plannedMs)
  }
  const { puback, told, light, pubackAfterIdle, pubackAfterReconnect, behind } = watches
  return { puback: puback.figures, told: told.figures, light: light.figures, pubackAfterIdle: pubackAfterIdle.figures, pubackAfterReconnect: pubackAfterReconnect.figures, behind: behind.figures }
}

function whyLost ({ event, pubackMs, room, toldMs, joined }: PressRecord): string | null {
  if (event === null) return 'the button could not keep it'
  if (pubackMs === null) return 'never acknowledged'
  return room !== null && toldMs === null && !joined ? 'acknowledged, and nobody was told' : null
}

function whyLate ({ plannedMs, pubackMs, toldMs }: PressRecord, lateMs: number): string | null {
  const [ackMs, tellMs] = [pubackMs, toldMs].map((at) => at === null ? 0 : at - plannedMs) as [number, number]
  if (tellMs > lateMs) return `told after ${Math.round(tellMs)} ms`
  return ackMs > lateMs ? `acknowledged after ${Math.round(ackMs)} ms` : null
}

function named ({ button, event, plannedMs, pressedMs }: PressRecord, why: string | null): readonly Named[] {
  return why === null ? [] : [{ button, event, plannedMs: Math.round(plannedMs), pressedMs: Math.round(pressedMs), why }]
}
