/** R19, R20: would a press work right now, and how long her people took when she tried. */
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Time, exact, nullable } from './words.ts'

const ReadyLevel = Type.Enum(['green', 'amber', 'red'])
/** The screens have a text for each and show an unknown one as a weakness. */
export const ReadyReason = Type.Object({
  code: Type.Enum([
    'NO_SHIFT', 'SHIFT_DOUBTFUL', 'NO_BUTTON', 'BUTTON_UNPROVEN', 'BUTTON_CHANGED', 'BUTTON_UNHEARD', 'BUTTON_LATE', 'BUTTON_SILENT', 'BUTTON_OFF', 'BUTTON_TROUBLE',
    'BATTERY_LOW', 'BATTERY_UNKNOWN', 'PHONE_UNHEARD', 'PHONE_LATE', 'CIRCLE_EMPTY', 'NOBODY_REACHABLE', 'ONLY_OWN_PHONE', 'NOBODY_AVAILABLE',
    'DEVICE_UNPROVEN', 'DEVICE_PROOF_OLD', 'AFTER_ALARM', 'STORE_UNPROVEN', 'STORE_FAILING', 'SERVICE_LATE', 'SERVICE_DEAF'
  ]),
  level: Type.Enum(['green', 'amber', 'red'], { description: 'green: said, and no weakness.' }),
  /** The newest proof of what is weak, for its age; null: there never was one. */
  at: nullable(Type.Integer()),
  did: nullable(Type.String())
}, { additionalProperties: false })

export const Ready = Type.Object({
  shift: Type.Enum(['room', 'place', 'none']),
  level: ReadyLevel,
  reasons: Type.Array(ReadyReason),
  night: Type.Object({ ready: Type.Boolean(), reasons: Type.Array(Type.Enum(['NIGHT_ONE_CHANNEL', 'NIGHT_NOTHING_RINGS'])) }, { additionalProperties: false }),
  shown: Type.Object({ pressedAt: nullable(Type.Integer()), heardAt: nullable(Type.Integer()), batteryPct: nullable(Type.Number()), available: Type.Integer() }, { additionalProperties: false })
}, { additionalProperties: false })
export type Ready = Static<typeof Ready>

/** `now`: a screen shows green only while it has heard the service in the last 90 s, by this or by a `pong`. */
export const ReadyShown = Type.Object({ now: Time, readiness: Ready })

export const DeafShown = Type.Object({
  shift: nullable(Type.Object({
    startedAt: Time,
    endedAt: nullable(Time),
    /** `until` null: it goes on. */
    times: Type.Array(Type.Object({ why: Type.Enum(['BUTTON_SILENT', 'SERVICE_DOWN', 'STORE_FAILING']), from: Time, until: nullable(Time) }))
  }))
})

export const DrillBegun = Type.Object({ drill: Type.String() })
const Ms = nullable(Type.Integer({ minimum: 0, description: 'From the telling, proven by a receipt; null: not (yet).' }))
export const DrillsListed = Type.Object({
  drills: Type.Array(Type.Object({
    drill: Type.String(),
    at: Time,
    ended: nullable(Type.Enum(['over', 'superseded', 'interrupted'])),
    people: Type.Array(Type.Object({ responder: Type.String(), told: Type.Boolean(), shownMs: Ms, seenMs: Ms, answeredMs: Ms }))
  }))
})

/** A tap on "test alert". `sound`: it was heard; it rings although the phone is silent, while that page is open. */
export const AlertTested = exact({ sound: Type.Boolean() })
