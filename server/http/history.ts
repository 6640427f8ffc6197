/** Her history (R21): behind her PIN, readable by her alone; the same after a true end and after a duress PIN (R15). */
import type { Static } from 'typebox'
import { AlarmParams } from '../contract/alarm.ts'
import { HistoryAlarm as HistoryAlarmShown, HistoryDays, HistoryShown } from '../contract/privacy.ts'
import { Nothing } from '../contract/words.ts'
import type { AlarmId } from '../alarm/alarm.ts'
import { liveWorkerAlarm } from '../notify/snapshot.ts'
import type { History, HistoryAlarm, KeptAlarm } from '../people/privacy-services.ts'
import { pretendedAlarm } from '../people/pretended-alarm.ts'
import type { Lie } from '../people/veil-book.ts'
import type { EpochMs, ResponderId } from '../people/words.ts'
import { allow } from './access.ts'
import type { App } from './app.ts'
import type { Opened } from './guard.ts'
import type { Veil } from './veil.ts'
import type { RouteParts } from './parts.ts'
import { done, refusal } from './refuse.ts'
import { lieOf } from './shown-list.ts'

const WORKER = allow('worker')
const DAY_MS = 86_400_000
const KEPT_DAYS = 365

export function historyRoutes (app: App, parts: RouteParts): void {
  const { people, guard } = parts

  app.get('/api/v1/history', {
    config: WORKER,
    schema: { summary: 'Her alarms that are over, the newest first.', tags: ['history'], response: { 200: HistoryShown } }
  }, async (request) => {
    const { days, alarms, kept } = await historyOf(parts, guard.opened(request))
    const old = kept === null || alarms.some(({ view }) => view.alarm === kept.view.alarm) ? [] : [kept]
    return { days, alarms: [...alarms, ...old].map((alarm) => lineOf(alarm, kept)) }
  })

  app.get('/api/v1/history/:alarm', {
    config: WORKER,
    schema: { summary: 'One of them, with everything that is kept of it.', tags: ['history'], params: AlarmParams, response: { 200: HistoryAlarmShown } }
  }, async (request) => {
    const history = await historyOf(parts, guard.opened(request))
    return shownAlarm(found(history, request.params.alarm), history.kept)
  })

  app.put('/api/v1/history/days', {
    config: WORKER,
    schema: { summary: 'How many days an alarm\'s details live, 1 to 365; also of those that are there.', tags: ['history'], body: HistoryDays, response: { 204: Nothing } }
  }, async (request, reply) => {
    const { worker, veil } = guard.opened(request)
    const { days } = request.body
    if (veil === null) done(await people.histories.setDays(worker, days))
    else veil.show('history-days', days).tell({ what: 'history-days-changed', by: 'you' })
    return reply.code(204).send(undefined)
  })
  forgetRoutes(app, parts)
  keepRoutes(app, parts)
}

function forgetRoutes (app: App, parts: RouteParts): void {
  const { people, guard } = parts

  app.delete('/api/v1/history', {
    config: WORKER,
    schema: { summary: 'Erases her history now, the kept alarm too.', tags: ['history'], response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    if (opened.veil === null) done(await people.histories.forget(opened.worker, null))
    else for (const { view } of (await historyOf(parts, opened)).alarms) pretendForgotten(opened.veil, view.alarm)
    opened.veil?.show('kept', null).tell({ what: 'history-erased', by: 'you' })
    return reply.code(204).send(undefined)
  })

  app.delete('/api/v1/history/:alarm', {
    config: WORKER,
    schema: { summary: 'Erases one alarm now.', tags: ['history'], params: AlarmParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const alarm = request.params.alarm as AlarmId
    if (opened.veil === null) done(await people.histories.forget(opened.worker, alarm))
    else {
      const history = await historyOf(parts, opened)
      found(history, alarm)
      pretendForgotten(opened.veil, alarm)
      if (history.kept?.view.alarm === alarm) opened.veil.show('kept', null)
      opened.veil.tell({ what: 'history-erased', by: 'you' })
    }
    return reply.code(204).send(undefined)
  })
}

function keepRoutes (app: App, parts: RouteParts): void {
  const { people, guard, clock } = parts

  app.post('/api/v1/history/:alarm/keep', {
    config: WORKER,
    schema: { summary: 'Keeps one alarm, sealed, for a year; only one.', tags: ['history'], params: AlarmParams, response: { 200: HistoryAlarmShown } }
  }, async (request) => {
    const opened = guard.opened(request)
    const alarm = request.params.alarm as AlarmId
    if (opened.veil === null) {
      const { kept } = done(await people.histories.keep(opened.worker, alarm))
      return shownAlarm(kept, kept)
    }
    const history = await historyOf(parts, opened)
    const wanted = history.alarms.find(({ view }) => view.alarm === alarm)
    if (wanted === undefined) throw refusal('ALARM_NOT_FOUND')
    if (history.kept !== null && history.kept.view.alarm !== alarm) throw refusal('KEPT_ALREADY')
    const keptAt = clock.now()
    const kept = history.kept ?? { ...wanted, keptAt, goesAt: (keptAt + KEPT_DAYS * DAY_MS) as EpochMs }
    opened.veil.show('kept', kept).tell({ what: 'alarm-kept', by: 'you' })
    return shownAlarm(kept, kept)
  })

  app.delete('/api/v1/history/:alarm/keep', {
    config: WORKER,
    schema: { summary: 'Keeps it no longer.', tags: ['history'], params: AlarmParams, response: { 204: Nothing } }
  }, async (request, reply) => {
    const opened = guard.opened(request)
    const alarm = request.params.alarm as AlarmId
    if (opened.veil === null) done(await people.histories.unkeep(opened.worker, alarm))
    else {
      if ((await historyOf(parts, opened)).kept?.view.alarm !== alarm) throw refusal('ALARM_NOT_FOUND')
      opened.veil.show('kept', null).tell({ what: 'alarm-unkept', by: 'you' })
    }
    return reply.code(204).send(undefined)
  })
}

/** With what her phone was shown under duress laid over it. */
export async function historyOf ({ people, clock }: RouteParts, { worker, veil }: Opened): Promise<History> {
  const truth = await people.histories.list(worker)
  if (veil === null) return truth
  const days = veil.over('history-days', truth.days)
  const lie = lieOf(people, worker, veil)
  const alarms = truth.alarms
    // Raised by a promise that she was forced to keep, and over for her in the same moment: to whoever forced her it never was.
    .filter(({ view }) => !(view.missed !== null && view.ended?.at === view.openedAt) && veil.over(`history:${view.alarm}`, true))
    .map((alarm) => ({ ...pretendedAlarm(alarm, lie), names: namesUnder(alarm, lie), goesAt: ((alarm.view.ended?.at ?? 0) + days * DAY_MS) as EpochMs }))
    .filter(({ goesAt }) => goesAt > clock.now())
  return { days, alarms, kept: veil.over('kept', truth.kept) }
}

function namesUnder ({ names }: HistoryAlarm, lie: Lie): HistoryAlarm['names'] {
  return Object.fromEntries(Object.entries(names).filter(([responder]) => !lie.isRemoved(responder as ResponderId)))
}

export function shownAlarm (alarm: HistoryAlarm, kept: KeptAlarm | null): Static<typeof HistoryAlarmShown> {
  const isKept = kept?.view.alarm === alarm.view.alarm
  return {
    alarm: liveWorkerAlarm({ view: alarm.view, saved: true }),
    card: alarm.card === null ? null : { ...alarm.card, wishes: { ...alarm.card.wishes } },
    names: { ...alarm.names },
    goesAt: isKept ? kept.goesAt : alarm.goesAt,
    kept: isKept
  }
}

function lineOf ({ view, goesAt }: HistoryAlarm, kept: KeptAlarm | null) {
  const isKept = kept?.view.alarm === view.alarm
  return {
    alarm: view.alarm, kind: view.kind, openedAt: view.openedAt, endedAt: view.ended?.at ?? view.openedAt, why: view.ended?.why ?? '',
    goesAt: isKept ? kept.goesAt : goesAt, kept: isKept
  }
}

function found ({ alarms, kept }: History, alarm: string): HistoryAlarm {
  const one = alarms.find(({ view }) => view.alarm === alarm) ?? (kept?.view.alarm === alarm ? kept : undefined)
  if (one === undefined) throw refusal('ALARM_NOT_FOUND')
  return one
}

function pretendForgotten (veil: Veil, alarm: string): void { veil.show(`history:${alarm}`, false) }
