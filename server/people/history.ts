/** Her history (R21): readable by her alone, for as long as she chose; and the one alarm that she keeps. */
import type { Alarm, AlarmId, ResponderId } from '../alarm/alarm.ts'
import { laneKey } from '../alarm/lanes.ts'
import { workerView } from '../alarm/views.ts'
import type { HistoryRow } from '../store/privacy-store.ts'
import { refuse } from './base.ts'
import type { Base } from './base.ts'
import { journalLine } from './journal.ts'
import { ALARM_DAYS, ALARM_DAYS_MAX, COUNT_BEFORE_TRIES_MAX, HISTORY_MAX, KEPT_ALARM_MS } from './limits.ts'
import type { History, HistoryAlarm, HistoryCard, HistoryService, KeptAlarm, Traces } from './privacy-services.ts'
import type { CountBefore } from './statistic-services.ts'
import type { SlowTime } from './slow-time.ts'
import type { EpochMs, WorkerId } from './words.ts'

const DAY_MS = 86_400_000

export class Histories implements HistoryService {
  readonly #base: Base
  readonly #time: SlowTime
  readonly #traces: Traces
  readonly #counts: CountBefore

  constructor (base: Base, time: SlowTime, traces: Traces, counts: CountBefore) {
    this.#base = base
    this.#time = time
    this.#traces = traces
    this.#counts = counts
  }

  async list (worker: WorkerId): Promise<History> {
    const { privacy } = this.#base.store
    const days = await privacy.alarmDays(worker) ?? ALARM_DAYS
    const rows = await privacy.history(worker, lanesOf(worker), HISTORY_MAX)
    const now = this.#time.now()
    // By its time and not by its row: an alarm that still tells those who may know has gone from her screen all the same.
    const alarms = rows.flatMap((row) => this.#shown(worker, row, days)).filter(({ goesAt }) => goesAt > now)
    return { days, alarms, kept: await this.#kept(worker) }
  }

  async one (worker: WorkerId, alarm: AlarmId) {
    const { alarms, kept } = await this.list(worker)
    return alarms.find(({ view }) => view.alarm === alarm) ?? (kept?.view.alarm === alarm ? kept : null)
  }

  async setDays (worker: WorkerId, days: number) {
    if (!Number.isInteger(days) || days < 1 || days > ALARM_DAYS_MAX) return refuse('DAYS_RANGE')
    return await this.#base.write('setAlarmLife', { worker, lanes: lanesOf(worker), days }, journalLine(this.#base, worker, { what: 'history-days-changed', by: 'you' }))
  }

  async forget (worker: WorkerId, alarm: AlarmId | null) {
    const { alarms, kept } = await this.list(worker)
    const gone = [...alarms, ...kept === null ? [] : [kept]].map(({ view }) => view.alarm).filter((id) => alarm === null || id === alarm)
    if (alarm !== null && gone.length === 0) return refuse('ALARM_NOT_FOUND')
    for (const id of gone) await this.#traces.bury(this.#base.keyring.hash('erased', `alarm:${id}`))
    const line = journalLine(this.#base, worker, { what: 'history-erased', by: 'you' })
    if (kept !== null && gone.includes(kept.view.alarm)) await this.#base.write('unkeepAlarm', { worker, alarm: kept.view.alarm })
    // Kept ones may be long gone from the rest.
    await this.#forgetCounted(worker, alarm)
    await this.#base.write('note', {}, line)
    void this.#traces.emptyWal().catch(() => undefined)
    return { ok: true as const }
  }

  /** What settles in between is counted at the next try; what is hers goes in the end, counted or not. */
  async #forgetCounted (worker: WorkerId, alarm: AlarmId | null): Promise<void> {
    const lanes = lanesOf(worker)
    for (let tries = 1; tries <= COUNT_BEFORE_TRIES_MAX; tries++) {
      const written = await this.#base.write('forgetAlarms', { worker, lanes, alarm, counted: await this.#counts.dueIn(lanes) })
      if (written.ok || written.code !== 'CONTRIBUTION_DUE') return
    }
    await this.#base.write('forgetAlarms', { worker, lanes, alarm, counted: null })
  }

  async keep (worker: WorkerId, alarm: AlarmId) {
    const found = (await this.list(worker)).alarms.find(({ view }) => view.alarm === alarm)
    if (found === undefined) return refuse('ALARM_NOT_FOUND')
    const keptAt = this.#base.clock.now()
    const sealed = this.#base.keyring.sealText(worker, JSON.stringify(found), 'kept')
    const written = await this.#base.write('keepAlarm', { worker, alarm, sealed, at: keptAt }, journalLine(this.#base, worker, { what: 'alarm-kept', by: 'you' }))
    return written.ok ? { ok: true as const, kept: keptOf(found, keptAt) } : written
  }

  async unkeep (worker: WorkerId, alarm: AlarmId) {
    if ((await this.#kept(worker))?.view.alarm !== alarm) return refuse('ALARM_NOT_FOUND')
    await this.#traces.bury(this.#base.keyring.hash('erased', `kept:${alarm}`))
    return await this.#base.write('unkeepAlarm', { worker, alarm }, journalLine(this.#base, worker, { what: 'alarm-unkept', by: 'you' }))
  }

  async #kept (worker: WorkerId): Promise<KeptAlarm | null> {
    const row = await this.#base.store.privacy.kept(worker)
    const text = row === null ? null : this.#base.keyring.text(worker, row.sealed, 'kept')
    if (row === null || text === null) return null
    const kept = keptOf(JSON.parse(text) as HistoryAlarm, row.keptAt)
    return kept.goesAt > this.#time.now() ? kept : null
  }

  #shown (worker: WorkerId, { state, card }: HistoryRow, days: number): HistoryAlarm[] {
    if (state.ended === null) return []
    return [{
      view: workerView(state),
      card: this.#card(card),
      names: this.#names(worker, state),
      goesAt: (state.ended.at + days * DAY_MS) as EpochMs
    }]
  }

  #card (sealed: Uint8Array | null): HistoryCard | null {
    const card = sealed === null ? null : this.#base.directory.openCard(sealed)
    if (card === null) return null
    const { venue, address, room, place, note, quietCheck, wishes } = card
    return { venue, address, room, place, note, quietCheck, wishes }
  }

  /** As they are called now; the name of who left her list is theirs again. */
  #names (worker: WorkerId, { ended }: Alarm): Readonly<Record<ResponderId, string>> {
    const { contacts, responders } = this.#base.picture.folk
    return Object.fromEntries((ended?.view.rows ?? []).flatMap(({ responder }) => {
      const person = contacts.get(worker)?.has(responder) === true ? responders.get(responder) : undefined
      const name = person === undefined ? null : this.#base.keyring.text(responder, person.name, 'name')
      return name === null ? [] : [[responder, name]]
    }))
  }
}

function keptOf (alarm: HistoryAlarm, keptAt: number): KeptAlarm {
  return { ...alarm, keptAt: keptAt as EpochMs, goesAt: (keptAt + KEPT_ALARM_MS) as EpochMs }
}

/** Her own lanes: no house, no colleague. */
export function lanesOf (worker: WorkerId): readonly string[] {
  return [laneKey({ is: 'hers', worker }), laneKey({ is: 'test', by: 'worker', worker })]
}
