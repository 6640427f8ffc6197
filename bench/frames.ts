/** What a bench's button says, encoded ahead: a real one has a processor of its own. */
import { randomBytes } from 'node:crypto'
import { encodeUp } from '../firmware-protocol/codec.ts'
import { asDid, type Did } from '../firmware-protocol/ids.ts'
import { deriveKeys, type ButtonKeys } from '../firmware-protocol/keys.ts'
import { EVID_BYTES } from '../firmware-protocol/wire.ts'
import { systemClock } from '../server/clock/system-clock.ts'
import type { HouseButton } from './house.ts'

/** Counters of one button in its first boot. */
export class Frames {
  readonly did: Did
  readonly keys: ButtonKeys
  readonly #bornMs = systemClock.mono()
  #seq = 0
  #evn = 0

  constructor ({ did, root }: HouseButton) {
    const known = asDid(did)
    if (known === null) throw new RangeError('not a did')
    this.did = known
    this.keys = deriveKeys(Buffer.from(root, 'hex'), known)
  }

  /** A new press of kind `alarm`. */
  press (): Uint8Array {
    this.#evn += 1
    const event = { evboot: 1, evn: this.#evn, evid: new Uint8Array(randomBytes(EVID_BYTES)) }
    return encodeUp({ is: 'press', ...this.#up(), event, kind: 'alarm', ageMs: 0, health: { batteryPct: 90 } }, this.did, this.keys.up)
  }

  beat (): Uint8Array {
    return encodeUp({ is: 'beat', ...this.#up(), health: { batteryPct: 90 } }, this.did, this.keys.up)
  }

  bye (): Uint8Array {
    return encodeUp({ is: 'bye', ...this.#up(), why: 'off' }, this.did, this.keys.up)
  }

  #up (): { readonly boot: number, readonly seq: number, readonly uptimeMs: number } {
    this.#seq += 1
    return { boot: 1, seq: this.#seq, uptimeMs: Math.round(systemClock.mono() - this.#bornMs) }
  }
}
