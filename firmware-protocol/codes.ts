/** Why bytes are not one deterministic CBOR item (RFC 8949 §4.2.1) within our depth. */
export type CborFault =
  | 'CBOR_TRUNCATED' | 'CBOR_MALFORMED' | 'CBOR_TRAILING' | 'CBOR_NOT_MINIMAL' | 'CBOR_INDEFINITE' | 'CBOR_TAG' | 'CBOR_FLOAT'
  | 'CBOR_SIMPLE' | 'CBOR_TOO_DEEP' | 'CBOR_KEY_DUPLICATE' | 'CBOR_KEY_UNSORTED' | 'CBOR_KEY_NOT_INT' | 'CBOR_UTF8'

/** Why an envelope is refused before its tag is known to be right. */
export type EnvelopeFault =
  | 'FRAME_TOO_LONG' | CborFault
  | 'FRAME_NOT_ARRAY' | 'FRAME_LENGTH' | 'PROTECTED_NOT_BYTES' | 'UNPROTECTED_NOT_EMPTY_MAP' | 'PAYLOAD_NOT_BYTES' | 'TAG_NOT_BYTES' | 'TAG_SIZE'
  | 'PROTECTED_NOT_MAP' | 'PROTECTED_KEY_UNKNOWN' | 'ALG_MISSING' | 'ALG_UNKNOWN' | 'KID_MISSING' | 'KID_MALFORMED' | 'KID_UNKNOWN'
  | 'MAC_WRONG'

/** Why an authentic body can't be read. */
export type BodyFault =
  | 'BODY_NOT_MAP' | 'BODY_TYPE_MISSING' | 'BODY_TYPE_NOT_INT' | 'FIELD_MISSING' | 'FIELD_TYPE' | 'FIELD_RANGE' | 'FIELD_UNKNOWN'
  | 'EXT_TYPE' | 'PRESS_EVENT_UNREADABLE' | 'PRESS_BOOT_UNREADABLE' | 'PRESS_SEQ_UNREADABLE'

export type RefusalCode = EnvelopeFault | BodyFault

/**
 * What was left aside in an authentic press that was read all the same. A CBOR_ code says which first departure from
 * the canonical form the payload had; the others, one for each thing discarded. A bad KIND was read as `alarm`.
 */
export type DiscardCode =
  | CborFault | 'KIND' | 'UPTIME' | 'AGE' | 'MERGED' | 'BATTERY_MV' | 'BATTERY_PCT' | 'RSSI' | 'FLAGS' | 'EXT' | 'KEY_UNKNOWN' | 'EVENT_EXTRA'

export type Refused = {
  readonly ok: false
  readonly code: RefusalCode
  /** The tag was right: acknowledge, count, and raise a fault for the technician. */
  readonly authentic: boolean
  /** Which field a FIELD_ code means. */
  readonly field?: string
}
export type Decoded<Body> = { readonly ok: true, readonly body: Body, readonly discarded: readonly DiscardCode[] } | Refused
