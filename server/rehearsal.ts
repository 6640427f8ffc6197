/**
 * Before anybody can press, the house has pressed a few hundred times, in memory and to nobody: code that has never run
 * takes tens of milliseconds, and the first press of a quiet night must not be the one that pays for it.
 */
import { deriveKeys } from '../firmware-protocol/keys.ts'
import { decodeUp, encodeUp } from '../firmware-protocol/codec.ts'
import { asDid, type Did } from '../firmware-protocol/ids.ts'
import type { Level, Plan, ResponderId, WorkerId } from './alarm/alarm.ts'
import { laneKey, type Lane } from './alarm/lanes.ts'
import type { Clock, EpochMs, MonoMs } from './clock/clock.ts'
import { steady } from './clock/steady-clock.ts'
import { Engine } from './engine/engine.ts'
import { identity } from './engine/identity.ts'
import type { Card, Directory, Routed } from './engine/ports.ts'
import { liveResponderAlarm, snapshotsOf } from './notify/snapshot.ts'
import type { AlarmStore } from './store/alarm-store.ts'

/** Often enough that the engine's hot functions are compiled; takes a fraction of a second. */
const PRESSES = 300

export async function rehearse (): Promise<void> {
  const did = asDid('00000000000000aa')
  if (did === null) throw new TypeError('a rehearsal needs a did')
  const keys = deriveKeys(new Uint8Array(32), did)
  const engine = stage()
  for (let n = 1; n <= PRESSES; n++) await onePress(engine, did, keys.up, n)
}

/** Pressed, told, shown, coming, ended: the whole of one alarm, as its people would see it. */
async function onePress (engine: Engine, did: Did, key: Uint8Array, n: number): Promise<void> {
  const event = { evboot: 1, evn: n, evid: new Uint8Array(8).fill(n % 256) }
  const frame = encodeUp({ is: 'press', boot: 1, seq: n, uptimeMs: n, event, kind: 'alarm', ageMs: 0, health: { batteryPct: 90 } }, did, key)
  const heard = decodeUp(frame, did, key)
  if (!heard.ok || heard.body.is !== 'press') throw new TypeError('a rehearsed frame is read')
  const at = n as EpochMs
  const { durable } = engine.pressByButton({ did, event: heard.body.event, kind: 'alarm', merged: 1, receivedAt: at, pressedAt: at, ageMs: 0, stale: false })
  await durable
  const worker = workerOf(n)
  const first = responderOf(worker, 1)
  const [told] = engine.responderAlarms(first)
  if (told === undefined) throw new TypeError('a rehearsed press is told')
  const { alarm } = told.view
  for (const level of ['attempted', 'accepted', 'shown'] as const satisfies readonly Level[]) engine.receipt(alarm, first, told.view.n, level)
  JSON.stringify([liveResponderAlarm(told), snapshotsOf({ desk: engine, home: () => ({ checkIn: null, readiness: null, shortcut: null, leftAt: null, joins: null }) }, { is: 'worker', id: worker }), engine.lightsOf(did)])
  await engine.answer(alarm, first, { is: 'coming', minutes: 5 })
  await engine.pin(worker, alarm, 'true')
}

function stage (): Engine {
  let presses = 0
  const directory: Directory = {
    routeButton: () => routed(workerOf(++presses)),
    routePhone: (worker) => routed(worker),
    routeCheckIn: (worker) => routed(worker),
    routeDrill: (worker) => routed(worker),
    consentHolds: () => Promise.resolve(false),
    neverForwards: () => true,
    sealCard: () => new Uint8Array(0),
    openCard: () => null
  }
  return new Engine({
    store: noDisk,
    directory,
    messenger: { tell: (telling) => { telling.wanted() } },
    clock: steady(stillClock()),
    identity: identity(new Uint8Array(32)),
    log: { warn: () => {}, info: () => {} }
  })
}

function workerOf (n: number): WorkerId { return `rehearsal-${n}` as WorkerId }

function responderOf (worker: WorkerId, step: number): ResponderId { return `${worker}-${step}` as ResponderId }

function planOf (worker: WorkerId): Plan {
  return { steps: [1, 2].map((step) => ({ waitMs: 30_000, people: [{ who: { kind: 'trusted', id: responderOf(worker, step) }, reach: 'provable', mayKnow: false }] })) }
}

function routed (worker: WorkerId): Routed {
  const lane: Lane = { is: 'hers', worker }
  const card: Card = {
    lane: laneKey(lane), alias: null, venue: null, address: null, room: null, place: null, note: null, quietCheck: null, wishes: { ambulance: 'ask-me', police: 'ask-me' }, sees: {}
  }
  return { lanes: [{ lane, kind: 'alarm', plan: planOf(worker), card }], use: 'alarm', recorded: Promise.resolve() }
}

/** Takes everything and keeps nothing. */
const noDisk: AlarmStore = {
  append: () => Promise.resolve({ ok: true }),
  remember: () => Promise.resolve(),
  live: () => Promise.resolve([]),
  load: () => Promise.resolve(null),
  known: () => ({ heard: false, alarms: [] }),
  happenings: () => Promise.resolve([]),
  probe: () => Promise.resolve()
}

/** Time that passes only by being asked, so that a rehearsal waits for nothing. */
function stillClock (): Clock {
  let ms = 0
  return { now: () => ++ms as EpochMs, mono: () => ms as MonoMs, after: () => () => {} }
}
