/** A button's device id: 8 bytes, written as 16 lower-case hex digits. It is its MQTT client id and username too. */
export type Did = string & { readonly brand: 'Did' }

export const DID_BYTES = 8
const DID_PATTERN = /^[0-9a-f]{16}$/

/** The text as a device id, or null: upper case and other lengths are not the same id written differently. */
export function asDid (text: string): Did | null {
  return DID_PATTERN.test(text) ? text as Did : null
}

/** The id's 8 bytes, as they stand in the MAC's external_aad and in HKDF's salt. */
export function didBytes (did: Did): Uint8Array {
  return Uint8Array.from(Buffer.from(did, 'hex'))
}
