import { randomBytes } from 'node:crypto'
import type { EventId, FaultCode, PressKind } from '../../firmware-protocol/bodies.ts'
import { COUNT_MAX, EVID_BYTES } from '../../firmware-protocol/wire.ts'

export type HeldWhat = { readonly is: 'press', readonly kind: PressKind } | { readonly is: 'fault', readonly fcode: FaultCode }

/** One event in flash: kept from before the radio until it is clear. */
export type FlashEvent = { readonly event: EventId, readonly what: HeldWhat, readonly merged: number }

/** What survives a reboot. A simulated button that loses its flash starts from `newFlash()` with the same keys. */
export type Flash = {
  boot: number
  evn: number
  beatS: number
  mode: number
  events: FlashEvent[]
}

export function newFlash (beatS: number): Flash {
  return { boot: 0, evn: 0, beatS, mode: 0, events: [] }
}

/** Draws the identity of the next event; the counter is stored before the event may be sent. */
export function drawEvent (flash: Flash, boot: number): EventId {
  flash.evn = Math.min(flash.evn + 1, COUNT_MAX)
  return { evboot: boot, evn: flash.evn, evid: new Uint8Array(randomBytes(EVID_BYTES)) }
}
