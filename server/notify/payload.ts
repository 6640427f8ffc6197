/** The bytes of a push: JSON, and spaces up to one size, so that the size says nothing to the push service. */
import { createHmac } from 'node:crypto'
import type { AlarmId, ResponderId } from '../alarm/alarm.ts'
import type { PushPayload } from '../contract/push.ts'
import type { Telling } from '../engine/ports.ts'
import { MINIMAL_PAYLOAD_BYTES, PAYLOAD_BYTES } from './limits.ts'
import type { PushEndpoint } from './ports.ts'
import { seenBy } from './sees.ts'
import { pushText } from './text.ts'
import type { PushText } from './text.ts'

export type PayloadPorts = {
  /** Secret of this installation, 32 bytes: without it a topic would let a push service recognise an alarm. */
  readonly topicKey: Uint8Array
  /** Absolute address of the page that opens for an alarm. */
  readonly urlOf: (alarm: AlarmId) => string
  readonly timeZone: string
}

/**
 * 22 base64url characters (16 bytes), the same for all that one responder is told about one alarm: at the push service
 * a newer push replaces an older one that is still undelivered, a stand-down above all. @see RFC 8030 §5.4
 */
export function topicOf (topicKey: Uint8Array, alarm: AlarmId, to: ResponderId): string {
  return createHmac('sha256', topicKey).update(JSON.stringify(['push-topic', alarm, to])).digest().subarray(0, 16).toString('base64url')
}

/** `minimal`: the service said the push was too large. It then says what a discreet device would show. */
export function payloadOf (telling: Telling, endpoint: PushEndpoint, ports: PayloadPorts, minimal: boolean): Buffer {
  const reader = minimal ? { ...endpoint, text: 'discreet' as const } : endpoint
  const text = pushText({ ...telling, seen: seenBy(telling.card, telling.to) }, reader, ports.timeZone)
  const bytesMax = minimal ? MINIMAL_PAYLOAD_BYTES : PAYLOAD_BYTES
  let bytes = encode(telling, endpoint, ports, text)
  for (let body = text.body; bytes.length > bytesMax && body !== ''; bytes = encode(telling, endpoint, ports, { ...text, body })) {
    body = shorter(body)
  }
  return bytes.length >= bytesMax ? bytes : Buffer.concat([bytes, Buffer.alloc(bytesMax - bytes.length, ' ')])
}

function encode (telling: Telling, endpoint: PushEndpoint, ports: PayloadPorts, text: PushText): Buffer {
  const { alarm, n, what } = telling
  const tag = topicOf(ports.topicKey, alarm, telling.to)
  const url = ports.urlOf(alarm)
  const payload: PushPayload = {
    v: 1,
    web_push: 8030,
    notification: { title: text.title, body: text.body, navigate: url, lang: endpoint.language, tag },
    alarm,
    n,
    what,
    title: text.title,
    body: text.body,
    tag,
    ...(isSilent(telling) ? { silent: true } : {}),
    ...(telling.kind === 'test' ? { rehearsal: true } : {}),
    ...(text.inside === undefined ? {} : { inside: text.inside }),
    actions: [...text.actions],
    url,
    ts: telling.pressedAt
  }
  return Buffer.from(JSON.stringify(payload))
}

/** Whoever may not know the kind is not told that it was a silent one. */
function isSilent (telling: Telling): boolean {
  return telling.kind === 'silent-alarm' && seenBy(telling.card, telling.to).kind
}

function shorter (text: string): string {
  const chars = [...text.replace(/…$/, '')]
  const kept = chars.slice(0, Math.floor(chars.length * 0.8)).join('').trimEnd()
  return kept === '' ? '' : `${kept}…`
}
