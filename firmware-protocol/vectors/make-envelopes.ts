import { encodeDown, encodeUp } from '../codec.ts'
import type { EnvelopeFault } from '../codes.ts'
import { DID, KEYS, OTHER_DID, OTHER_KEYS, PROTECTED_HEX, bytesOf, craft, hex, rawBytes, tagFor } from './craft.ts'
import { EVENT, PRESS } from './make-frames.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

const FRAME = encodeUp(PRESS, DID, KEYS.up)
const FRAME_HEX = hex(FRAME)
/** A beat's body, for envelopes whose body does not matter. */
const BEAT_HEX = 'a40002010102010300'
const TAG_HEX = rawBytes(tagFor({ payload: BEAT_HEX }))

function refused (comment: string, flags: readonly string[], code: EnvelopeFault, frameHex: string): Case {
  return { comment, flags, hex: frameHex, code, authentic: false, result: 'invalid' }
}

/** An envelope from its four items in hex, tag as for a good one. */
function envelope (parts: { readonly head?: string, readonly protectedItem?: string, readonly unprotected?: string, readonly payload?: string, readonly tag?: string, readonly tail?: string }): string {
  return (parts.head ?? '84') + (parts.protectedItem ?? rawBytes(PROTECTED_HEX)) + (parts.unprotected ?? 'a0') +
    (parts.payload ?? rawBytes(BEAT_HEX)) + (parts.tag ?? TAG_HEX) + (parts.tail ?? '')
}

/** A frame whose protected map is what is given, with the tag that is right for it. */
function protectedAs (protectedHex: string): string {
  return craft({ payload: BEAT_HEX, protectedHex })
}

function structure (): readonly Case[] {
  const shape = ['Structure']
  return [
    refused('257 bytes', ['TooLong'], 'FRAME_TOO_LONG', envelope({ payload: '58d3' + BEAT_HEX + '00'.repeat(202), tail: '00' })),
    refused('257 zeroes', ['TooLong'], 'FRAME_TOO_LONG', '00'.repeat(257)),
    refused('4 KB', ['TooLong'], 'FRAME_TOO_LONG', FRAME_HEX.padEnd(8192, '0')),
    refused('nothing at all', ['Truncated'], 'CBOR_TRUNCATED', ''),
    refused('a map', shape, 'FRAME_NOT_ARRAY', 'a0'),
    refused('an integer', shape, 'FRAME_NOT_ARRAY', '00'),
    refused('JSON', shape, 'CBOR_TRUNCATED', hex(Buffer.from('{"press":1}'))),
    refused('three items', shape, 'FRAME_LENGTH', '83' + rawBytes(PROTECTED_HEX) + 'a0' + rawBytes(BEAT_HEX)),
    refused('five items', shape, 'FRAME_LENGTH', envelope({ head: '85', tail: '00' })),
    refused('no item', shape, 'FRAME_LENGTH', '80'),
    refused('protected map not wrapped', shape, 'PROTECTED_NOT_BYTES', envelope({ protectedItem: PROTECTED_HEX })),
    refused('unprotected not a map', shape, 'UNPROTECTED_NOT_EMPTY_MAP', envelope({ unprotected: '80' })),
    refused('something unprotected', shape, 'UNPROTECTED_NOT_EMPTY_MAP', envelope({ unprotected: 'a10105' })),
    refused('payload not wrapped', shape, 'PAYLOAD_NOT_BYTES', envelope({ payload: BEAT_HEX })),
    refused('payload detached', shape, 'CBOR_SIMPLE', envelope({ payload: 'f6' })),
    refused('tag as text', shape, 'TAG_NOT_BYTES', envelope({ tag: '78' + '20' + '61'.repeat(32) })),
    refused('tag of 31 bytes', ['TagSize'], 'TAG_SIZE', envelope({ tag: rawBytes(hex(bytesOf('short', 31))) })),
    refused('tag of 33 bytes', ['TagSize'], 'TAG_SIZE', envelope({ tag: '5821' + TAG_HEX.slice(4) + '00' })),
    refused('right tag cut to 8 bytes', ['TagSize'], 'TAG_SIZE', envelope({ tag: rawBytes(TAG_HEX.slice(4, 20)) })),
    refused('empty tag', ['TagSize'], 'TAG_SIZE', envelope({ tag: '40' }))
  ]
}

/** Forms that are CBOR, or nearly, but not the deterministic one; the tag is right wherever the items allow it. */
function forms (): readonly Case[] {
  const form = ['Form']
  return [
    refused('one byte behind', form, 'CBOR_TRAILING', FRAME_HEX + '00'),
    refused('the frame twice', form, 'CBOR_TRAILING', FRAME_HEX + FRAME_HEX),
    refused('COSE_Mac0 tagged 17', form, 'CBOR_TAG', 'd1' + FRAME_HEX),
    refused('self-described CBOR', form, 'CBOR_TAG', 'd9d9f7' + FRAME_HEX),
    refused('array of indefinite length', form, 'CBOR_INDEFINITE', envelope({ head: '9f', tail: 'ff' })),
    refused('payload in chunks', form, 'CBOR_INDEFINITE', envelope({ payload: `5f${rawBytes(BEAT_HEX)}ff` })),
    refused('length of the array in two bytes', form, 'CBOR_NOT_MINIMAL', envelope({ head: '9804' })),
    refused('length of the tag in three bytes', form, 'CBOR_NOT_MINIMAL', envelope({ tag: '590020' + TAG_HEX.slice(4) })),
    refused('float for the unprotected map', form, 'CBOR_FLOAT', envelope({ unprotected: 'f93c00' })),
    refused('true for the unprotected map', form, 'CBOR_SIMPLE', envelope({ unprotected: 'f5' })),
    refused('reserved additional information', form, 'CBOR_MALFORMED', envelope({ unprotected: 'bc' })),
    refused('a break without a beginning', form, 'CBOR_MALFORMED', envelope({ unprotected: 'ff' })),
    refused('nested to depth 4', form, 'UNPROTECTED_NOT_EMPTY_MAP', envelope({ unprotected: '81818100' })),
    refused('nested to depth 5', form, 'CBOR_TOO_DEEP', envelope({ unprotected: '8181818100' })),
    refused('an array that announces 2^64 - 1 items', ['Announced'], 'CBOR_TRUNCATED', '9bffffffffffffffff'),
    refused('bytes that announce 4 GB', ['Announced'], 'CBOR_TRUNCATED', '845affffffff'),
    refused('a map that announces 2^32 pairs', ['Announced'], 'CBOR_TRUNCATED', envelope({ unprotected: 'bb0000000100000000' })),
    refused('text that is not UTF-8', form, 'CBOR_UTF8', envelope({ unprotected: '62c328' })),
    refused('unprotected map with a key twice', form, 'CBOR_KEY_DUPLICATE', envelope({ unprotected: 'a201050105' })),
    refused('unprotected map unsorted', form, 'CBOR_KEY_UNSORTED', envelope({ unprotected: 'a204000105' })),
    refused('unprotected map with a text key', form, 'CBOR_KEY_NOT_INT', envelope({ unprotected: 'a1613100' }))
  ]
}

/** Protected maps that are not ours, each under the tag that is right for it. */
function protectedMaps (): readonly Case[] {
  const flags = ['Protected']
  return [
    refused('alg HMAC 256/64', ['Alg'], 'ALG_UNKNOWN', protectedAs('a20104044101')),
    refused('alg HMAC 384/384', ['Alg'], 'ALG_UNKNOWN', protectedAs('a20106044101')),
    refused('alg as text', ['Alg'], 'ALG_UNKNOWN', protectedAs('a201613504' + '4101')),
    refused('no alg', ['Alg'], 'ALG_MISSING', protectedAs('a1044101')),
    refused('kid 2', ['Kid'], 'KID_UNKNOWN', protectedAs('a20105044102')),
    refused('kid 255', ['Kid'], 'KID_UNKNOWN', protectedAs('a201050441ff')),
    refused('kid 0', ['Kid'], 'KID_MALFORMED', protectedAs('a20105044100')),
    refused('kid of two bytes', ['Kid'], 'KID_MALFORMED', protectedAs('a2010504420001')),
    refused('empty kid', ['Kid'], 'KID_MALFORMED', protectedAs('a201050440')),
    refused('kid as an integer', ['Kid'], 'KID_MALFORMED', protectedAs('a201050401')),
    refused('no kid', ['Kid'], 'KID_MISSING', protectedAs('a10105')),
    refused('another header', flags, 'PROTECTED_KEY_UNKNOWN', protectedAs('a3010504410118' + '6300')),
    refused('critical headers', flags, 'PROTECTED_KEY_UNKNOWN', protectedAs('a30105028104044101')),
    refused('empty protected bytes', flags, 'CBOR_TRUNCATED', protectedAs('')),
    refused('an array', flags, 'PROTECTED_NOT_MAP', protectedAs('820105')),
    refused('kid before alg', ['ProtectedForm'], 'CBOR_KEY_UNSORTED', protectedAs('a20441010105')),
    refused('alg twice', ['ProtectedForm'], 'CBOR_KEY_DUPLICATE', protectedAs('a301050105044101')),
    refused('alg in two bytes', ['ProtectedForm'], 'CBOR_NOT_MINIMAL', protectedAs('a2011805044101')),
    refused('key in two bytes', ['ProtectedForm'], 'CBOR_NOT_MINIMAL', protectedAs('a2180105044101')),
    refused('map of indefinite length', ['ProtectedForm'], 'CBOR_INDEFINITE', protectedAs('bf0105044101ff')),
    refused('tagged alg', ['ProtectedForm'], 'CBOR_TAG', protectedAs('a201c005044101')),
    refused('alg as a float', ['ProtectedForm'], 'CBOR_FLOAT', protectedAs('a201f94500044101')),
    refused('text key', ['ProtectedForm'], 'CBOR_KEY_NOT_INT', protectedAs('a163616c6705')),
    refused('one byte behind the map', ['ProtectedForm'], 'CBOR_TRAILING', protectedAs('a2010504410100'))
  ]
}

function tags (): readonly Case[] {
  const wrong = (comment: string, flag: string, frameHex: string) => refused(comment, [flag], 'MAC_WRONG', frameHex)
  const state = encodeDown({ is: 'state', boot: 7, dseq: 1001, heardMs: 61_500, event: EVENT, feedback: 'received', ttlS: 60 }, DID, KEYS.down)
  return [
    wrong('tag of zeroes', 'Mac', envelope({ tag: rawBytes('00'.repeat(32)) })),
    wrong('tag of another frame', 'Splice', envelope({ tag: rawBytes(FRAME_HEX.slice(-64)) })),
    wrong('tag over the bare payload', 'Mac', envelope({ tag: rawBytes(tagFor({ payload: BEAT_HEX, protectedHex: '' })) })),
    wrong('a downlink sent back up', 'Direction', hex(state)),
    wrong('up key, but the tag says down', 'Direction', craft({ payload: BEAT_HEX, direction: 'down', key: KEYS.up })),
    wrong('down key, tag says up', 'Direction', craft({ payload: BEAT_HEX, direction: 'up', key: KEYS.down })),
    wrong('another button\'s frame', 'Did', craft({ payload: BEAT_HEX, did: OTHER_DID, key: OTHER_KEYS.up })),
    wrong('own key, but the tag names another button', 'Did', craft({ payload: BEAT_HEX, did: OTHER_DID, key: KEYS.up })),
    wrong('another button\'s key', 'Did', craft({ payload: BEAT_HEX, did: DID, key: OTHER_KEYS.up })),
    wrong('a bad payload under a wrong tag: the tag comes first', 'Order', envelope({ payload: rawBytes('ff'), tag: rawBytes('00'.repeat(32)) }))
  ]
}

/** One flip in each byte; property tests flip every bit. What is read before the tag gives its own code. */
function damaged (): { readonly flips: readonly Case[], readonly cuts: readonly Case[] } {
  const flips = [...FRAME.keys()].map((at): Case => {
    const flipped = Uint8Array.from(FRAME)
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8))
    return { comment: `bit ${at % 8} of byte ${at} flipped`, flags: ['BitFlip'], hex: hex(flipped), authentic: false, result: 'invalid' }
  })
  const cuts = [...FRAME.keys()].map((size) => refused(`cut after ${size} bytes`, ['Truncated'], 'CBOR_TRUNCATED', hex(FRAME.subarray(0, size))))
  return { flips, cuts }
}

/** Everything that is refused before anybody may believe it. */
export function makeEnvelopes (): Draft {
  const { flips, cuts } = damaged()
  return {
    header: ['Uplinks that must be refused before their payload is read. `code` is the reason (a bit flip gives whichever code comes first).', 'None is authentic: count it, believe nothing of it.'],
    notes: {
      TooLong: { bugType: 'DENIAL_OF_SERVICE', description: 'Size is looked at before anything else, so that a long frame costs nothing.' },
      Structure: { bugType: 'MISSING_STEP', description: 'Items of another kind or number: a reader that guesses could check the tag over other bytes than it reads.' },
      TagSize: { bugType: 'FORGERY', description: 'A reader that compares as many bytes as it was given accepts an empty tag.' },
      Form: { bugType: 'MALLEABILITY', description: 'Only one form of each frame is spoken, so that two readers can\'t see two frames.' },
      Announced: { bugType: 'DENIAL_OF_SERVICE', description: 'An announced length must not be believed before the bytes are there.' },
      Alg: { bugType: 'FORGERY', description: 'HMAC 256/64 has a tag that can be guessed.' },
      Kid: { bugType: 'FORWARD', description: 'Version 1 knows generation 1 only.' },
      Protected: { bugType: 'MISSING_STEP', description: 'A header that is not understood (critical ones above all) must not be passed over.' },
      ProtectedForm: { bugType: 'MALLEABILITY', description: 'The protected map is strict although its bytes are under the tag.' },
      Mac: { bugType: 'FORGERY', description: 'A tag that somebody without the key could make.' },
      Splice: { bugType: 'FORGERY', description: 'Parts of two good frames are no good frame.' },
      Direction: { bugType: 'REFLECTION', description: 'What the service said must not come back as if the button had said it.' },
      Did: { bugType: 'AUTH_BYPASS', description: 'A frame belongs to one button: a press of another room sends people to the wrong door.' },
      Order: { bugType: 'ORACLE', description: 'Nothing of the payload may show before the tag is right.' },
      BitFlip: { bugType: 'FORGERY', description: 'Any change of any byte.' },
      Truncated: { bugType: 'ENCODING', description: 'Every shorter piece of a good frame.' }
    },
    groups: [
      groupOf('StructureTest', 'up', [...structure(), ...forms()]), groupOf('ProtectedTest', 'up', protectedMaps()),
      groupOf('TagTest', 'up', tags()), groupOf('BitFlipTest', 'up', flips), groupOf('TruncationTest', 'up', cuts)
    ]
  }
}
