/**
 * From an incident that is over, and a drill that ran to its end, to the cell and the keyed names under which it counts
 * (R21). An incident counts once, however many lanes its presses opened; one that called no worker counts for its room.
 */
import { isCountable, outcomeOf } from '../alarm/outcome.ts'
import type { Outcome } from '../alarm/outcome.ts'
import type { Contributing, ContributionRow, DueDrill, DueIncident } from '../store/statistic-writes.ts'
import type { Base } from './base.ts'
import { venueMark, workerMark } from './contribution.ts'
import type { DirectoryLog } from './directory.ts'
import { DRILLS, NOBODY } from './disclosure.ts'
import { CONTRIBUTIONS_AT_ONCE_MAX } from './limits.ts'
import { tally } from './round-trip.ts'
import type { OpenQuarter } from './statistics.ts'
import { homeVenueOf, venueAt, venueOf } from './whereabouts.ts'
import type { Where } from './whereabouts.ts'
import type { EpochMs, WorkerId } from './words.ts'

type OpenAt = (at: EpochMs) => Promise<OpenQuarter | null>
const NOT_COUNTED = { quarter: '', row: null } as const

export class Collecting {
  readonly #base: Base
  readonly #openAt: OpenAt
  readonly #log: DirectoryLog

  constructor (base: Base, openAt: OpenAt, log: DirectoryLog) {
    this.#base = base
    this.#openAt = openAt
    this.#log = log
  }

  /** @throws StoreFailed */
  async collect (): Promise<void> {
    const { statistics } = this.#base.store
    for (const incident of await statistics.due(CONTRIBUTIONS_AT_ONCE_MAX)) {
      const contributing = await this.#contributing(incident)
      if (contributing !== null) await this.#base.write('contribute', contributing)
    }
    for (const drill of await statistics.drillsToCount(CONTRIBUTIONS_AT_ONCE_MAX)) await this.#contributeDrill(drill)
  }

  /**
   * What is due in these lanes, for whoever erases them: it is counted in the very transaction in which they go. Where
   * another lane of the incident still runs, that one is counted when it is over, and speaks for both. @throws StoreFailed
   */
  async dueIn (lanes: readonly string[]): Promise<readonly Contributing[]> {
    const found: Contributing[] = []
    for (const incident of await this.#base.store.statistics.dueIn(lanes)) {
      const isOver = incident.every(({ state }) => !('phase' in state) || isCountable(state))
      const contributing = isOver ? await this.#contributing(incident) : null
      const mine = incident.filter(({ state }) => !isOver && 'phase' in state && isCountable(state))
      found.push(contributing ?? { ...NOT_COUNTED, alarms: (isOver ? incident : mine).map(({ alarm }) => alarm) })
    }
    return found
  }

  /** null: the quarter's key can't be read now. */
  async #contributing (incident: DueIncident): Promise<Contributing | null> {
    const alarms = incident.map(({ alarm }) => alarm)
    const outcome = this.#outcomeOf(incident)
    const where = outcome === null ? null : this.#whereOf(outcome)
    if (outcome === null || where === null) return { ...NOT_COUNTED, alarms }
    const open = await this.#openAt(Math.min(outcome.overAt, this.#base.clock.now()) as EpochMs)
    if (open === null) return null
    const worker = outcome.of.is === 'worker' ? outcome.of.worker : null
    return { alarms, quarter: open.quarter, row: { ...this.#namesOf(open, where, worker), counted: outcome.counted, result: outcome.result } }
  }

  /** null: nothing to count. */
  #whereOf ({ of, pressedAt }: Outcome): Where | null {
    // Somebody who was erased meanwhile contributes nothing.
    if (of.is === 'worker') return this.#isThere(of.worker) ? venueAt(this.#base, of.worker, pressedAt) : null
    const where = venueOf(this.#base, of)
    return where.id === null ? null : where
  }

  async #contributeDrill ({ drill, worker: id, at, people }: DueDrill): Promise<void> {
    const worker = id as WorkerId
    const open = await this.#openAt(Math.min(at, this.#base.clock.now()) as EpochMs)
    if (open === null || !this.#isThere(worker)) return
    const names = this.#namesOf(open, homeVenueOf(this.#base, worker, at as EpochMs), worker)
    const rows = [
      { ...names, counted: 'drill', result: DRILLS[0], n: 1 },
      ...tally(people).map((each) => ({ ...names, counted: 'drill-person', ...each }))
    ]
    await this.#base.write('contributeDrill', { drill, quarter: open.quarter, rows })
  }

  #isThere (worker: WorkerId): boolean { return this.#base.picture.folk.workers.has(worker) }

  /** An alarm that can't be read is left out: it must not keep all others from being counted. */
  #outcomeOf (incident: DueIncident): Outcome | null {
    try {
      return outcomeOf(incident.map(({ state, record }) => ({ alarm: state, record })))
    } catch (error) {
      this.#log.warn({ code: 'OUTCOME_UNREADABLE', fault: error instanceof Error ? error.name : typeof error }, 'an alarm is left out of the statistics')
      return null
    }
  }

  #namesOf ({ key }: OpenQuarter, { id, region, type }: Where, worker: WorkerId | null): Pick<ContributionRow, 'region' | 'type' | 'worker' | 'venue'> {
    const venue = id !== null ? venueMark(key, { venue: id }) : worker === null ? NOBODY : venueMark(key, { alone: worker })
    return { region, type, worker: worker === null ? NOBODY : workerMark(key, worker), venue }
  }
}
