/**
 * What goes over `/api/v1/live`, both ways: JSON text frames of at most 4 KB from the page. The page opens it with
 * `?cursor=` (what its last `hello` or snapshot said) and is told what is true now; nothing is ever queued for it.
 *
 * Close codes: 1008 a bad or forbidden message (the reason is the code; don't come back with it), 1012 the service
 * restarts (come back), 1013 full (come back later), 4001 this session has ended, 4003 a newer page took this one's place.
 */
import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { Ready } from './readiness.ts'

const strict = { additionalProperties: false } as const
const Id = Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,128}$' })
/** Milliseconds since 1970. */
const At = Type.Integer()
const Count = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** `<epoch>.<version>`: opaque, this person's own; moves only when what they can see has changed. */
export const Cursor = Type.String({ pattern: '^[A-Za-z0-9_-]{12}\\.[0-9]{1,15}$' })

const Kind = Type.Enum(['test', 'assist', 'alarm', 'silent-alarm'])
const What = Type.Enum(['alert', 'again', 'ask-arrival', 'ask-over', 'duress', 'coming', 'stand-down'])
const Doubt = Type.Enum(['none', 'late', 'may-be-replay', 'time-uncertain'])
const AnswerWord = Type.Enum(['none', 'cannot', 'overdue', 'coming', 'arrived'])
const MinutesToCome = Type.Enum([5, 10, 20, 30])
const Wish = Type.Enum(['yes', 'no', 'ask-me'])

/** What of the card this responder may read; null where they must not, or nobody knows. */
export const LiveCard = Type.Object({
  alias: orNull(Type.String()),
  venue: orNull(Type.String()),
  room: orNull(Type.String()),
  address: orNull(Type.String()),
  place: orNull(Type.String()),
  note: orNull(Type.String()),
  quietCheck: orNull(Type.String()),
  wishes: orNull(Type.Object({ ambulance: Wish, police: Wish }, strict)),
  /** `hidden`: known, and not shared with this person. `unknown`: nobody knows it. */
  where: Type.Enum(['shown', 'hidden', 'unknown'])
}, strict)
export type LiveCard = Static<typeof LiveCard>

/** R17: a check-in that was not answered; since when her phone could not be reached, or null. */
const Missed = { dueAt: At, unreachableSince: orNull(At) }

export const LiveResponderAlarm = Type.Object({
  alarm: Id,
  /** The newest telling; receipts name it. */
  n: Count,
  what: What,
  /** null: this person may not know what kind it is. */
  kind: orNull(Kind),
  openedAt: At,
  pressedAt: At,
  doubt: Doubt,
  /** `forced`: she was made to say that she is fine; only those who may know ever see it. */
  missed: orNull(Type.Object({ ...Missed, forced: Type.Boolean() }, strict)),
  phase: Type.Enum(['calling', 'helped', 'nobody-yet', 'over', 'duress']),
  answer: Type.Object({
    is: AnswerWord,
    at: orNull(At),
    minutes: orNull(MinutesToCome),
    arriveBy: orNull(At),
    /** false after a new press or "we need more": it has to be said again. */
    counts: Type.Boolean()
  }, strict),
  /** Numbers, never names. */
  others: Type.Object({ coming: Count, arrived: Count }, strict),
  asked: orNull(Type.Enum(['arrival', 'over'])),
  saidSafeUnproven: orNull(At),
  /** null: over, erased, or not to be read. */
  card: orNull(LiveCard),
  /** false: the disk fails, this is from memory and must be shown as "not saved" (R1). */
  saved: Type.Boolean()
}, strict)
export type LiveResponderAlarm = Static<typeof LiveResponderAlarm>

export const LiveWorkerAlarm = Type.Object({
  alarm: Id,
  kind: Kind,
  openedAt: At,
  pressedAt: At,
  doubt: Doubt,
  phase: Type.Enum(['calling', 'helped', 'nobody-yet', 'unresolved', 'ended']),
  step: Count,
  steps: Count,
  nextAt: orNull(At),
  rows: Type.Array(Type.Object({
    responder: Id,
    step: Count,
    told: Type.Boolean(),
    receipt: orNull(Type.Object({ level: Type.Enum(['queued', 'attempted', 'accepted', 'shown', 'seen']), at: At }, strict)),
    shownIsProvable: Type.Boolean(),
    answer: AnswerWord,
    answeredAt: orNull(At),
    minutes: orNull(MinutesToCome),
    arriveBy: orNull(At),
    unreachable: Type.Boolean(),
    skipped: Type.Boolean()
  }, strict)),
  facts: Type.Array(Type.Object({
    at: At,
    reason: Type.String(),
    who: Type.Optional(Id),
    step: Type.Optional(Type.Integer()),
    minutes: Type.Optional(MinutesToCome),
    kind: Type.Optional(Kind),
    why: Type.Optional(Type.String())
  }, strict)),
  counts: Type.Object({ told: Count, shown: Count, coming: Count, arrived: Count }, strict),
  saidSafe: orNull(At),
  missed: orNull(Type.Object(Missed, strict)),
  overSaidAt: orNull(At),
  ended: orNull(Type.Object({ at: At, why: Type.String() }, strict)),
  saved: Type.Boolean()
}, strict)
export type LiveWorkerAlarm = Static<typeof LiveWorkerAlarm>

/** What she promised to say, and by when. */
export const LiveCheckIn = Type.Object({
  checkIn: Id,
  /** `promise`: her own. `over`: somebody who came says that it is over, and hers is the second yes (R14). */
  for: Type.Enum(['promise', 'over']),
  dueAt: At,
  /** `overdue`: she was reminded, and may answer until `raisesAt`. */
  phase: Type.Enum(['waiting', 'overdue']),
  raisesAt: At,
  /** What is raised then; null: her alarm goes on. */
  then: orNull(Type.Enum(['assist', 'alarm']))
}, strict)

/** What her own page shows besides alarms. Each part is a state, and null where there is nothing to show. */
export const LiveWorkerHome = Type.Object({
  checkIn: orNull(LiveCheckIn),
  readiness: orNull(Ready),
  /** Her phone shortcuts pressed in the last 24 hours: all of them together. A leaked one shows here. */
  shortcut: orNull(Type.Object({ usedAt: At, presses: Count }, strict)),
  /** Since then she has not taken note of who left her list; who it was is behind her PIN. */
  leftAt: orNull(At),
  /** `asks`: so many ask to join the room in which she is on shift; who, is at `GET /shift`. `mine`: what she asked herself, said without whom and why. */
  joins: orNull(Type.Object({ asks: Count, mine: orNull(Type.Enum(['asked', 'refused'])) }, strict))
}, strict)
export type LiveWorkerHome = Static<typeof LiveWorkerHome>

const WorkerAlarms = { type: Type.Literal('worker-alarms'), alarms: Type.Array(LiveWorkerAlarm) }
const WorkerHome = { type: Type.Literal('worker-home'), home: LiveWorkerHome }
const ResponderAlarms = { type: Type.Literal('responder-alarms'), alarms: Type.Array(LiveResponderAlarm) }

/** One of the views that this person has at this moment, before it gets its cursor. */
export type LiveSnapshot =
  | { readonly type: 'worker-alarms', readonly alarms: LiveWorkerAlarm[] }
  | { readonly type: 'worker-home', readonly home: LiveWorkerHome }
  | { readonly type: 'responder-alarms', readonly alarms: LiveResponderAlarm[] }

/** What a page did wrong; also the reason of the close (1008) that follows. */
export const LiveErrorCode = Type.Enum(['LIVE_MESSAGE_INVALID', 'LIVE_NOT_YOURS', 'LIVE_TOO_MANY'])
export type LiveErrorCode = Static<typeof LiveErrorCode>

/** From the service to the page. */
export const ServerMessage = Type.Union([
  /** First of all. `resumed`: nothing has changed since the page's cursor, and no snapshot follows. */
  Type.Object({ type: Type.Literal('hello'), cursor: Cursor, now: At, resumed: Type.Boolean() }, strict),
  Type.Object({ ...WorkerAlarms, cursor: Cursor }, strict),
  /** A worker's page has two views, each sent when it differs; they share one cursor. */
  Type.Object({ ...WorkerHome, cursor: Cursor }, strict),
  Type.Object({ ...ResponderAlarms, cursor: Cursor }, strict),
  /** Ring now, and answer with a receipt. May come before the snapshot that has the alarm, and again until it is `shown`. */
  Type.Object({ type: Type.Literal('told'), alarm: Id, n: Count, what: What, rehearsal: Type.Optional(Type.Literal(true)) }, strict),
  /** The connection ends. Only after STOPPING and REPLACED may the page come back, after REPLACED when it is looked at. */
  Type.Object({ type: Type.Literal('gone'), code: Type.Enum(['SESSION_ENDED', 'REPLACED', 'STOPPING']) }, strict),
  Type.Object({ type: Type.Literal('pong'), now: At }, strict),
  Type.Object({ type: Type.Literal('error'), code: LiveErrorCode }, strict)
])
export type ServerMessage = Static<typeof ServerMessage>

/** From the page to the service. Only a responder's page may send receipts. */
export const ClientMessage = Type.Union([
  Type.Object({ type: Type.Literal('receipt'), alarm: Id, n: Count, level: Type.Enum(['shown', 'seen']) }, strict),
  Type.Object({ type: Type.Literal('ping') }, strict)
])
export type ClientMessage = Static<typeof ClientMessage>

export const CLIENT_MESSAGE_BYTES_MAX = 4_096
