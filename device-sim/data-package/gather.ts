/** Gathers from parts, in order, what the summaries need: a few numbers a press and responder, never the rows themselves. */
import { measureNames } from '../scenario/scenario.ts'
import type { MeasureName } from '../scenario/scenario.ts'
import type { Part } from '../study/part.ts'
import type { Watched } from '../statistics/watched.ts'
import type { Cause, PressRow, Replication } from '../virtual/model/replication.ts'
import { measures } from '../virtual/model/measures.ts'
import type { Pool } from '../virtual/model/measures.ts'
import type { Pressed, Waits } from '../virtual/model/waits.ts'
import { funnelStages } from './tables/derived.ts'

/** A study has many presses: in few bytes. */
type PackedWaits = { readonly at: Float64Array, readonly ended: Uint8Array }
type Values = Extract<Pool, { is: 'quantile' }>['values']

type Stage = typeof funnelStages[number]
/** Kept by kind of venue and month, one number a replication. */
type Month = { readonly venue: string, readonly month: number, readonly up: number[], readonly undetected: number[] }

export class PolicyTally {
  readonly policy: string
  /** One value a replication, in order; null: nothing to measure it on. */
  readonly values: Readonly<Record<MeasureName, (number | null)[]>>
  /** One array a replication of each kind of wait. */
  readonly #waits = new Map<Waits, PackedWaits[]>()
  readonly stages = new Map<Cause, Record<Stage, number>>()
  readonly steps = new Map<number, number>()
  readonly alerts: number[] = []
  readonly wakings: number[] = []
  readonly months = new Map<string, Month>()
  /** Of measures that are quantiles of presses: their values, one array a replication; shared by the quantiles of one time. */
  readonly pools = new Map<Values, number[][]>()
  /** Of measures that are shares of presses, over all replications. */
  readonly shares = new Map<MeasureName, { yes: number, all: number }>()

  constructor (policy: string) {
    this.policy = policy
    this.values = Object.fromEntries(measureNames.map((name) => [name, []])) as unknown as Record<MeasureName, (number | null)[]>
  }

  /** `endS`: when the run ended and looking with it. */
  add (result: Replication, endS: number): void {
    for (const name of measureNames) this.values[name].push(result.measures[name])
    for (const press of result.presses) {
      this.#stage(press)
      if (press.cause !== 'test' && press.receivedAt !== null) this.steps.set(press.steps, (this.steps.get(press.steps) ?? 0) + 1)
    }
    for (const { alerts, wakings } of result.burden) {
      this.alerts.push(alerts)
      this.wakings.push(wakings)
    }
    for (const { venue, month, roomS, upS, undetectedS } of result.availability) {
      const key = `${venue} ${month}`
      const kept = this.months.get(key) ?? { venue, month, up: [], undetected: [] }
      kept.up.push(upS / roomS)
      kept.undetected.push(undetectedS / roomS)
      this.months.set(key, kept)
    }
    this.#pool({ presses: result.presses, endS })
  }

  /** One array a replication. */
  waits (of: Waits): readonly (readonly Watched[])[] {
    return (this.#waits.get(of) ?? []).map(({ at, ended }) => Array.from(at, (s, n) => ({ at: s, ended: ended[n] === 1 })))
  }

  #pool (run: Pressed): void {
    const done = new Set<Values | Waits>()
    for (const name of measureNames) {
      const { pool } = measures[name]
      if (pool?.is === 'waits' && !done.has(pool.of)) {
        done.add(pool.of)
        const watched = pool.of(run)
        const kept = this.#waits.get(pool.of) ?? []
        kept.push({ at: Float64Array.from(watched, ({ at }) => at), ended: Uint8Array.from(watched, ({ ended }) => Number(ended)) })
        this.#waits.set(pool.of, kept)
      }
      if (pool?.is === 'quantile' && !done.has(pool.values)) {
        done.add(pool.values)
        const kept = this.pools.get(pool.values) ?? []
        kept.push([...pool.values(run)])
        this.pools.set(pool.values, kept)
      } else if (pool?.is === 'share') {
        const cases = pool.cases(run)
        const kept = this.shares.get(name) ?? { yes: 0, all: 0 }
        this.shares.set(name, { yes: kept.yes + cases.filter(Boolean).length, all: kept.all + cases.length })
      }
    }
  }

  #stage (press: PressRow): void {
    const counts = this.stages.get(press.cause) ?? { press: 0, received: 0, alerted: 0, seen: 0, accepted: 0, arrived: 0 }
    counts.press++
    if (press.receivedAt !== null) counts.received++
    if (press.firstAlertAt !== null) counts.alerted++
    if (press.firstSeenAt !== null) counts.seen++
    if (press.acceptedAt !== null) counts.accepted++
    if (press.arrivedAt !== null) counts.arrived++
    this.stages.set(press.cause, counts)
  }
}

export class Gathered {
  readonly tallies = new Map<string, PolicyTally>()
  replications = 0
  readonly #endS: number

  constructor (policies: readonly string[], horizonS: number) {
    this.#endS = horizonS
    for (const policy of policies) this.tallies.set(policy, new PolicyTally(policy))
  }

  add (part: Part): void {
    this.replications++
    for (const result of part.results) this.tallies.get(result.policy)?.add(result, this.#endS)
  }
}
