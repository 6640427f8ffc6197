/** Puts notify together: what `main.ts` needs to know of it, and nothing more. */
import type { AlarmDesk } from '../engine/desk.ts'
import type { AlarmId, Receipts, WorkerId } from '../engine/ports.ts'
import type { Clock } from '../clock/clock.ts'
import { PushAllowList } from './allow.ts'
import { Live } from './live.ts'
import type { LivePorts } from './live.ts'
import { Messenger } from './messenger.ts'
import type { Endpoints, HerPhones, Log, WorkerHome } from './ports.ts'
import { Push } from './push.ts'
import type { Fetch } from './push.ts'
import { ReachWatch } from './reach.ts'
import { ReminderPost } from './reminders.ts'
import { Resting } from './resting.ts'
import { Sluice } from './sluice.ts'
import { snapshotsOf } from './snapshot.ts'
import { Vapid } from './vapid.ts'
import type { VapidKeys } from './vapid.ts'

export type NotifyOptions = {
  readonly clock: Clock
  /**
   * The machine's own wall time, by which push services judge a token's age and say when to come back. `clock` may carry
   * an alarm through a jump of it; every push would be refused with a token of that other time.
   */
  readonly wall: Pick<Clock, 'now'>
  readonly log: Log
  readonly endpoints: Endpoints
  /** The engine. It needs the messenger, so it is looked up at each use: it may be made after this. */
  readonly desk: () => Pick<AlarmDesk, 'workerAlarms' | 'responderAlarms'>
  /** What a worker's own page shows besides alarms. From memory; never waits. */
  readonly homeOf: (worker: WorkerId) => WorkerHome
  /** Her own devices, for reminders. */
  readonly herPhones: HerPhones
  /** Her phone was reached by a reminder, as far as its kind can prove. */
  readonly herPhoneReached: (worker: WorkerId) => void
  readonly receipts: Receipts
  /** Any page opened or closed. */
  readonly presence?: NonNullable<LivePorts['presence']>
  readonly vapid: { readonly keys: VapidKeys, readonly subject: string }
  /** 32 secret bytes of this installation. */
  readonly topicKey: Uint8Array
  /** Absolute address of a responder's page for one alarm; its words say nothing (R22). */
  readonly urlOf: (alarm: AlarmId) => string
  /** Absolute address of a worker's own page. */
  readonly homeUrl: () => string
  /** IANA name, such as `Europe/Brussels`. */
  readonly timeZone: string
  readonly extraPushOrigins: readonly string[]
  readonly fetch?: Fetch
}

export type Notify = {
  readonly messenger: Messenger
  readonly live: Live
  readonly reach: ReachWatch
  readonly reminders: ReminderPost
  /** Asked before a subscription is stored. */
  readonly allow: PushAllowList
  /** What browsers subscribe with. */
  readonly vapidPublicKey: string
  /** Says goodbye to pages and hangs up on push services. */
  stop (): Promise<void>
}

/** @throws VapidError, PushOriginError: the configuration is wrong, nothing was started */
export function createNotify (options: NotifyOptions): Notify {
  const { clock, wall, log, endpoints, receipts } = options
  const vapid = new Vapid({ ...options.vapid, clock: wall })
  const allow = new PushAllowList(options.extraPushOrigins)
  const push = new Push({ vapid, allow, clock, wall, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) })
  const live: Live = new Live({
    clock,
    log,
    receipts,
    ...(options.presence === undefined ? {} : { presence: options.presence }),
    snapshotsOf: (subject) => snapshotsOf({ desk: options.desk(), home: options.homeOf }, subject),
    pages: { opened: (responder) => { reach.opened(responder) }, closed: (responder) => { reach.closed(responder) } }
  })
  const reach = new ReachWatch({
    endpoints,
    clock,
    log,
    report: receipts,
    sockets: (responder) => live.socketsOf({ is: 'responder', id: responder }),
    allowed: (endpoint) => push.originOf(endpoint) !== null
  })
  const lines = { push, sluice: new Sluice(clock), resting: new Resting(clock), clock, log }
  const reminders = new ReminderPost({ ...lines, phones: options.herPhones, topicKey: options.topicKey, homeUrl: options.homeUrl, reached: options.herPhoneReached })
  const messenger = new Messenger({
    ...lines,
    endpoints,
    live,
    receipts,
    reach,
    payload: { topicKey: options.topicKey, urlOf: options.urlOf, timeZone: options.timeZone }
  })
  return {
    messenger,
    live,
    reach,
    reminders,
    allow,
    vapidPublicKey: vapid.publicKey,
    async stop () {
      messenger.stop()
      reminders.stop()
      await live.stop()
      reach.stop()
    }
  }
}
