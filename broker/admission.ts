import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { AuthenticateError, Client, ConnectPacket } from 'aedes'
import { asDid, type Did } from '../firmware-protocol/ids.ts'
import type { Buttons } from './ports.ts'
import type { RefusalCode } from './refusal.ts'
import { mayLeaveWill } from './topics.ts'

/** MQTT 3.1.1's own number; 3 is MQTT 3.1, 5 is another protocol. */
const MQTT_3_1_1 = 4

/** CONNACK return codes, MQTT 3.1.1 §3.2.2.3. */
const CONNACK = { identifierRejected: 2, badUserOrPassword: 4, notAuthorized: 5 } as const

export type Admission =
  | { readonly ok: true, readonly did: Did }
  | { readonly ok: false, readonly code: RefusalCode, readonly connack: 2 | 4 | 5 }

/**
 * Who may come in: client id = username = did, the derived password, a clean session, a will on its own `/up` or none.
 * A CONNECT is read before Aedes reads it, and weighed when Aedes asks, so that a refusal still gets its CONNACK.
 */
export class Door {
  readonly #buttons: Buttons
  readonly #claims = new WeakMap<Client, Admission>()
  /** Compared with when nobody has that did, so that the time taken says nothing about who exists. */
  readonly #nobody = randomBytes(32).toString('base64url')

  constructor (buttons: Buttons) { this.#buttons = buttons }

  read (client: Client, packet: ConnectPacket): void {
    this.#claims.set(client, claimOf(packet))
  }

  weigh (client: Client, password: Buffer | undefined): Admission {
    const claim = this.#claims.get(client) ?? refused('CLIENT_ID_REFUSED', CONNACK.identifierRejected)
    this.#claims.delete(client)
    if (!claim.ok) return claim
    const known = this.#buttons.find(claim.did)
    const right = sameSecret(password ?? Buffer.alloc(0), known?.keys.mqttPassword ?? this.#nobody)
    if (known === null) return refused('BUTTON_UNKNOWN', CONNACK.badUserOrPassword)
    return right ? claim : refused('PASSWORD_WRONG', CONNACK.badUserOrPassword)
  }
}

/** The error that makes Aedes answer with this CONNACK. */
export function connackError (refusal: Extract<Admission, { ok: false }>): AuthenticateError {
  return Object.assign(new Error(refusal.code), { returnCode: refusal.connack as AuthenticateError['returnCode'] })
}

function claimOf (packet: ConnectPacket): Admission {
  const did = asDid(packet.clientId)
  if (did === null) return refused('CLIENT_ID_REFUSED', CONNACK.identifierRejected)
  if (packet.username !== packet.clientId) return refused('USER_REFUSED', CONNACK.badUserOrPassword)
  if (packet.protocolVersion !== MQTT_3_1_1) return refused('PROTOCOL_REFUSED', CONNACK.notAuthorized)
  if (packet.clean !== true) return refused('SESSION_REFUSED', CONNACK.notAuthorized)
  if (packet.will !== undefined && !mayLeaveWill(did, packet.will)) return refused('WILL_REFUSED', CONNACK.notAuthorized)
  return { ok: true, did }
}

function refused (code: RefusalCode, connack: 2 | 4 | 5): Admission {
  return { ok: false, code, connack }
}

/** Digests first: `timingSafeEqual` needs equal lengths, and a length is a hint too. */
function sameSecret (given: Uint8Array, expected: string): boolean {
  const digest = (secret: string | Uint8Array) => createHash('sha256').update(secret).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
