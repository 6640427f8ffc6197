import type { EventId, PressBody, PressKind } from './bodies.ts'
import { readLooseMap, type LooseMap, type LooseValue } from './cbor-lenient.ts'
import { readStrict } from './cbor-strict.ts'
import type { Decoded, DiscardCode, Refused } from './codes.ts'
import { isExtKey } from './body-strict.ts'
import { readField, type FieldValue } from './field.ts'
import { FIELDS, TYPE_KEY, UP_BODIES, type FieldName } from './wire.ts'

/** What a press may lose without being lost, and the code that counts it. */
const OPTIONAL = {
  uptimeMs: 'UPTIME',
  ageMs: 'AGE',
  merged: 'MERGED',
  batteryMv: 'BATTERY_MV',
  batteryPct: 'BATTERY_PCT',
  rssiDbm: 'RSSI',
  flags: 'FLAGS'
} as const satisfies Partial<Record<FieldName, DiscardCode>>
type OptionalName = keyof typeof OPTIONAL
const OPTIONAL_NAMES = Object.keys(OPTIONAL) as readonly OptionalName[]

const KNOWN_KEYS: ReadonlySet<LooseValue> = new Set<LooseValue>([
  TYPE_KEY, FIELDS.boot.key, FIELDS.seq.key, FIELDS.event.key, FIELDS.kind.key, ...OPTIONAL_NAMES.map((name) => FIELDS[name].key)
])

/** The authentic payload as a map if it says that it is a press, however it is written; else null. */
export function asPress (payload: Uint8Array): LooseMap | null {
  const map = readLooseMap(payload)
  return map?.get(TYPE_KEY) === UP_BODIES.press.type ? map : null
}

/**
 * Reads an authentic press. Only an unreadable event, boot or seq refuses it: without them nobody could tell a retry
 * from a new press. Everything else that is bad is left aside and counted, for behind the frame somebody pressed.
 */
export function readPress (map: LooseMap, payload: Uint8Array): Decoded<PressBody> {
  const event = readEvent(map)
  if (event === null) return refused('PRESS_EVENT_UNREADABLE')
  const boot = readField(FIELDS.boot, map.get(FIELDS.boot.key))
  if (!boot.ok) return refused('PRESS_BOOT_UNREADABLE')
  const seq = readField(FIELDS.seq, map.get(FIELDS.seq.key))
  if (!seq.ok) return refused('PRESS_SEQ_UNREADABLE')
  const form = readStrict(payload)
  const discarded: DiscardCode[] = form.ok ? [] : [form.code]
  if (event.extra) discarded.push('EVENT_EXTRA')
  const kind = readField(FIELDS.kind, map.get(FIELDS.kind.key))
  if (!kind.ok) discarded.push('KIND')
  const { uptimeMs, ageMs, merged, ...health } = readOptional(map, discarded)
  countKeys(map, discarded)
  return {
    ok: true,
    body: {
      is: 'press',
      boot: boot.value as number,
      seq: seq.value as number,
      ...(uptimeMs === undefined ? {} : { uptimeMs }),
      event: event.id,
      kind: kind.ok ? kind.value as PressKind : 'alarm',
      ...(ageMs === undefined ? {} : { ageMs }),
      ...(merged === undefined ? {} : { merged }),
      health
    },
    discarded
  }
}

function refused (code: Refused['code']): Refused {
  return { ok: false, code, authentic: true }
}

/** The identity; what a later version may have appended to it is left aside. */
function readEvent (map: LooseMap): { readonly id: EventId, readonly extra: boolean } | null {
  const value = map.get(FIELDS.event.key)
  if (!Array.isArray(value)) return null
  const read = readField(FIELDS.event, value.slice(0, 3))
  return read.ok ? { id: read.value as EventId, extra: value.length > 3 } : null
}

function readOptional (map: LooseMap, discarded: DiscardCode[]): Partial<Record<OptionalName, number>> {
  const found: Partial<Record<OptionalName, number>> = {}
  for (const name of OPTIONAL_NAMES) {
    const value = map.get(FIELDS[name].key)
    // A missing uptime is a fault, the others may be absent.
    if (value === undefined && name !== 'uptimeMs') continue
    const read: { ok: boolean, value?: FieldValue } = readField(FIELDS[name], value)
    if (read.ok && typeof read.value === 'number') found[name] = read.value
    else discarded.push(OPTIONAL[name])
  }
  return found
}

function countKeys (map: LooseMap, discarded: DiscardCode[]): void {
  for (const [key, value] of map) {
    if (KNOWN_KEYS.has(key)) continue
    if (!isExtKey(key)) discarded.push('KEY_UNKNOWN')
    else if (typeof value === 'symbol' || Array.isArray(value)) discarded.push('EXT')
  }
}
