import t from 'tap'
import { Compile } from 'typebox/compile'
import type { AlarmId, EpochMs } from '../../server/alarm/alarm.ts'
import { LiveResponderAlarm, LiveWorkerAlarm, LiveWorkerHome } from '../../server/contract/live.ts'
import type { ResponderAlarm, WorkerAlarm } from '../../server/engine/desk.ts'
import { liveResponderAlarm, snapshotsOf } from '../../server/notify/snapshot.ts'
import { ana, card } from './stage.ts'

const at = 1_795_471_200_000 as EpochMs
const told = (more: Partial<ResponderAlarm['view']> = {}, on: ResponderAlarm['card'] = card()): ResponderAlarm => ({
  view: {
    alarm: 'alarm-1' as AlarmId, responder: ana, n: 3, what: 'alert', kind: 'silent-alarm', openedAt: at, pressedAt: at, doubt: 'none', missed: null, phase: 'calling',
    answer: { is: 'coming', at, minutes: 10, arriveBy: at, counts: true }, others: { coming: 2, arrived: 0 }, asked: null, saidSafeUnproven: null, ...more
  },
  card: on,
  saved: true
})
const hers: WorkerAlarm = {
  view: {
    alarm: 'alarm-1' as AlarmId, kind: 'alarm', openedAt: at, pressedAt: at, doubt: 'late', phase: 'ended', step: 0, steps: 2, nextAt: null,
    rows: [{ responder: ana, step: 0, told: true, receipt: { level: 'shown', at }, shownIsProvable: true, answer: 'coming', answeredAt: at, minutes: 5, arriveBy: null, unreachable: false, skipped: false }],
    facts: [{ at, reason: 'COMING', who: ana, minutes: 5 }, { at, reason: 'CLOSED', why: 'pin' }],
    counts: { told: 1, shown: 1, coming: 1, arrived: 0 }, saidSafe: null, missed: null, overSaidAt: null, ended: { at, why: 'pin' }
  },
  saved: false
}
const [responderAlarm, workerAlarm] = [Compile(LiveResponderAlarm), Compile(LiveWorkerAlarm)]

t.test('what pages get is what the contract says, and no field more', async (t) => {
  const desk = { workerAlarms: () => [hers], responderAlarms: () => [told(), told({}, null)] }
  const views = { desk, home: () => ({ checkIn: null, readiness: null, shortcut: null, leftAt: null, joins: null }) }
  const [alarms, home] = snapshotsOf(views, { is: 'worker', id: 'mina' })
  const [alerts] = snapshotsOf(views, { is: 'responder', id: ana })
  if (alarms?.type !== 'worker-alarms' || home?.type !== 'worker-home' || alerts?.type !== 'responder-alarms') throw new Error('another view was expected')
  for (const alarm of alarms.alarms) t.same([...workerAlarm.Errors(alarm)], [])
  for (const alarm of alerts.alarms) t.same([...responderAlarm.Errors(alarm)], [])
  t.same([...Compile(LiveWorkerHome).Errors(home.home)], [])
  t.equal(alarms.alarms.length, 1)
  t.equal(alerts.alarms.length, 2)
  t.same(snapshotsOf(views, { is: 'technician', id: 'tess' }), [])
})

t.test('a responder reads of the card what she chose', async (t) => {
  t.match(liveResponderAlarm(told()), { kind: 'silent-alarm', card: { alias: 'Lina', room: 'Room Lilac', where: 'shown' } })
  t.match(liveResponderAlarm(told({}, card({ sees: { [ana]: { alias: false, room: false, address: false } } }))), { kind: 'silent-alarm', card: { alias: null, room: null, venue: null, note: null, where: 'hidden' } })
})

t.test('the house reads the room alone: neither kind, nor who, nor why (R4); a rehearsal is called one', async (t) => {
  const house = liveResponderAlarm(told({}, card({ sees: {} })))
  t.match(house, { kind: null, card: { room: 'Room Lilac', alias: null, venue: null, note: null, quietCheck: null } })
  t.notMatch(JSON.stringify(house), /Lina|silent|Knock|Tilleuls/)
  t.equal(liveResponderAlarm(told({ kind: 'test' }, card({ sees: {} }))).kind, 'test')
})

t.test('once it is over nothing of hers is left to read (R5)', async (t) => {
  const over = liveResponderAlarm(told({ phase: 'over', what: 'stand-down' }))
  t.equal(over.card, null)
  t.notMatch(JSON.stringify(over), /Lina|Lilac|Tilleuls/)
})

t.test('no name of another responder reaches anybody: numbers only (R11)', async (t) => {
  t.same(liveResponderAlarm(told()).others, { coming: 2, arrived: 0 })
  t.notOk('responder' in liveResponderAlarm(told()))
})
