import type { RefusalCode } from '../codes.ts'
import { craft, rawMap } from './craft.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

type Pair = readonly [string, string]
const BEAT: readonly Pair[] = [['00', '02'], ['01', '01'], ['02', '01'], ['03', '00']]
const HELLO: readonly Pair[] = [['00', '03'], ['01', '01'], ['02', '01'], ['03', '00'], ['0c', '6130'], ['0d', '6178'], ['0e', '05']]
const FAULT: readonly Pair[] = [['00', '05'], ['01', '01'], ['02', '01'], ['03', '00'], ['04', '830101480000000000000000'], ['12', '01']]
const STATE: readonly Pair[] = [['00', '1820'], ['01', '01'], ['02', '01'], ['03', '00'], ['04', '830101480000000000000000'], ['1818', '01'], ['1819', '01']]
const SYNC: readonly Pair[] = [['00', '1823'], ['11', '480000000000000000'], ['17', '00']]

/** The pairs with one value replaced. */
function swap (pairs: readonly Pair[], key: string, value: string): readonly Pair[] {
  return pairs.map((pair) => pair[0] === key ? [key, value] : pair)
}

function without (pairs: readonly Pair[], key: string): readonly Pair[] {
  return pairs.filter((pair) => pair[0] !== key)
}

function refused (direction: 'up' | 'down', comment: string, flags: readonly string[], code: RefusalCode, payload: string | readonly Pair[]): Case {
  return { comment, flags, hex: craft({ direction, payload: typeof payload === 'string' ? payload : rawMap(payload) }), code, authentic: true, result: 'invalid' }
}

/** Each form that is not canonical, with a valid tag: all bodies but the press are strict. */
function forms (): readonly Case[] {
  const bad = (comment: string, code: RefusalCode, payload: string | readonly Pair[]) => refused('up', comment, ['Form'], code, payload)
  return [
    bad('a key twice', 'CBOR_KEY_DUPLICATE', [['00', '02'], ['01', '01'], ['01', '01'], ['02', '01'], ['03', '00']]),
    bad('keys unsorted', 'CBOR_KEY_UNSORTED', [['00', '02'], ['02', '01'], ['01', '01'], ['03', '00']]),
    bad('a negative key before the others', 'CBOR_KEY_UNSORTED', [['20', '02'], ...BEAT]),
    bad('a text key', 'CBOR_KEY_NOT_INT', [...BEAT, ['6161', '00']]),
    bad('a key of bytes', 'CBOR_KEY_NOT_INT', [...BEAT, ['4101', '00']]),
    bad('seq in two bytes', 'CBOR_NOT_MINIMAL', swap(BEAT, '02', '1801')),
    bad('seq in three bytes', 'CBOR_NOT_MINIMAL', swap(BEAT, '02', '190001')),
    bad('seq in five bytes', 'CBOR_NOT_MINIMAL', swap(BEAT, '02', '1a00000001')),
    bad('seq in nine bytes', 'CBOR_NOT_MINIMAL', swap(BEAT, '02', '1b0000000000000001')),
    bad('a key in two bytes', 'CBOR_NOT_MINIMAL', [['1800', '02'], ...BEAT.slice(1)]),
    bad('size of the map in two bytes', 'CBOR_NOT_MINIMAL', 'b8040002010102010300'),
    bad('map of indefinite length', 'CBOR_INDEFINITE', 'bf0002010102010300ff'),
    bad('text in chunks', 'CBOR_INDEFINITE', swap(HELLO, '0c', '7f6130ff')),
    bad('bytes in chunks', 'CBOR_INDEFINITE', [...BEAT, ['1840', '5f4101ff']]),
    bad('tagged seq', 'CBOR_TAG', swap(BEAT, '02', 'c101')),
    bad('tagged map', 'CBOR_TAG', 'd9d9f7a40002010102010300'),
    bad('half float', 'CBOR_FLOAT', swap(BEAT, '03', 'f93c00')),
    bad('single float', 'CBOR_FLOAT', swap(BEAT, '03', 'fa3f800000')),
    bad('double float', 'CBOR_FLOAT', swap(BEAT, '03', 'fb3ff0000000000000')),
    bad('null', 'CBOR_SIMPLE', swap(BEAT, '03', 'f6')),
    bad('true', 'CBOR_SIMPLE', swap(BEAT, '03', 'f5')),
    bad('simple value below 32 in two bytes', 'CBOR_MALFORMED', swap(BEAT, '03', 'f818')),
    bad('reserved additional information', 'CBOR_MALFORMED', swap(BEAT, '03', '1c')),
    bad('depth 5 in ext', 'CBOR_TOO_DEEP', [...BEAT, ['1840', '8181818100']]),
    bad('text that is not UTF-8', 'CBOR_UTF8', swap(HELLO, '0c', '61ff')),
    bad('one byte behind the map', 'CBOR_TRAILING', 'a4000201010201030000'),
    bad('the map ends early', 'CBOR_TRUNCATED', 'a50002010102010300'),
    bad('nothing', 'CBOR_TRUNCATED', '')
  ]
}

function fields (): readonly Case[] {
  const up = (comment: string, flag: string, code: RefusalCode, payload: string | readonly Pair[]) => refused('up', comment, [flag], code, payload)
  return [
    up('an array', 'Field', 'BODY_NOT_MAP', '8402010100'),
    up('no type', 'Field', 'BODY_TYPE_MISSING', without(BEAT, '00')),
    up('type as text', 'Field', 'BODY_TYPE_NOT_INT', swap(BEAT, '00', '6132')),
    up('no boot', 'Field', 'FIELD_MISSING', without(BEAT, '01')),
    up('no seq', 'Field', 'FIELD_MISSING', without(BEAT, '02')),
    up('no uptime', 'Field', 'FIELD_MISSING', without(BEAT, '03')),
    up('hello without beat-s', 'Field', 'FIELD_MISSING', without(HELLO, '0e')),
    up('a key of another body', 'Field', 'FIELD_UNKNOWN', [...BEAT, ['0e', '05']]),
    up('an unassigned key below ext', 'Field', 'FIELD_UNKNOWN', [...BEAT, ['183f', '00']]),
    up('a key beyond ext', 'Field', 'FIELD_UNKNOWN', [...BEAT, ['1a00010000', '00']]),
    up('a negative key', 'Field', 'FIELD_UNKNOWN', [...BEAT, ['20', '00']]),
    up('ext with an array', 'Field', 'EXT_TYPE', [...BEAT, ['1840', '80']]),
    up('ext with a map', 'Field', 'EXT_TYPE', [...BEAT, ['1840', 'a0']]),
    up('boot 0', 'Range', 'FIELD_RANGE', swap(BEAT, '01', '00')),
    up('boot 4294967295: counters never wrap', 'Range', 'FIELD_RANGE', swap(BEAT, '01', '1affffffff')),
    up('seq 0', 'Range', 'FIELD_RANGE', swap(BEAT, '02', '00')),
    up('seq negative', 'Range', 'FIELD_RANGE', swap(BEAT, '02', '20')),
    up('uptime 2^53', 'Range', 'FIELD_RANGE', swap(BEAT, '03', '1b0020000000000000')),
    up('uptime 2^64 - 1', 'Range', 'FIELD_RANGE', swap(BEAT, '03', '1bffffffffffffffff')),
    up('battery 101 %', 'Range', 'FIELD_RANGE', [...BEAT, ['09', '1865']]),
    up('battery 65536 mV', 'Range', 'FIELD_RANGE', [...BEAT, ['08', '1a00010000']]),
    up('signal 21 dBm', 'Range', 'FIELD_RANGE', [...BEAT, ['0a', '15']]),
    up('signal -129 dBm', 'Range', 'FIELD_RANGE', [...BEAT, ['0a', '3880']]),
    up('flags 16', 'Range', 'FIELD_RANGE', [...BEAT, ['0b', '10']]),
    up('beat-s 4', 'Range', 'FIELD_RANGE', swap(HELLO, '0e', '04')),
    up('beat-s 86401', 'Range', 'FIELD_RANGE', swap(HELLO, '0e', '1a00015181')),
    up('pending 17', 'Range', 'FIELD_RANGE', [...HELLO, ['0f', '11']]),
    up('mode 8', 'Range', 'FIELD_RANGE', [...HELLO, ['181a', '08']]),
    up('will 0', 'Range', 'FIELD_RANGE', [...HELLO, ['181b', '00']]),
    up('nonce of 7 bytes', 'Range', 'FIELD_RANGE', [...HELLO, ['11', '4700000000000000']]),
    up('fw empty', 'Range', 'FIELD_RANGE', swap(HELLO, '0c', '60')),
    up('model of 33 bytes', 'Range', 'FIELD_RANGE', swap(HELLO, '0d', '7821' + '78'.repeat(33))),
    up('fw of 17 two-byte letters', 'Range', 'FIELD_RANGE', swap(HELLO, '0c', '7822' + 'c3a9'.repeat(17))),
    up('fault without event', 'Field', 'FIELD_MISSING', without(FAULT, '04')),
    up('fault of an event with two parts', 'Range', 'FIELD_RANGE', swap(FAULT, '04', '820101')),
    up('fault of an event with evid of 7 bytes', 'Range', 'FIELD_RANGE', swap(FAULT, '04', '83010147' + '00'.repeat(7))),
    up('fault code 6', 'Range', 'FIELD_RANGE', swap(FAULT, '12', '06')),
    up('fw as bytes', 'Type', 'FIELD_TYPE', swap(HELLO, '0c', '4130')),
    up('nonce as text', 'Type', 'FIELD_TYPE', [...HELLO, ['11', '6161']]),
    up('boot as bytes', 'Type', 'FIELD_TYPE', swap(BEAT, '01', '4101')),
    up('event as a map', 'Type', 'FIELD_TYPE', swap(FAULT, '04', 'a0')),
    up('fault code as text', 'Type', 'FIELD_TYPE', swap(FAULT, '12', '6131'))
  ]
}

function downs (): readonly Case[] {
  const down = (comment: string, flag: string, code: RefusalCode, payload: string | readonly Pair[]) => refused('down', comment, [flag], code, payload)
  return [
    down('feedback 0', 'Range', 'FIELD_RANGE', swap(STATE, '1818', '00')),
    down('feedback 6', 'Range', 'FIELD_RANGE', swap(STATE, '1818', '06')),
    down('ttl 0', 'Range', 'FIELD_RANGE', swap(STATE, '1819', '00')),
    down('ttl 301', 'Range', 'FIELD_RANGE', swap(STATE, '1819', '19012d')),
    down('no ttl', 'Field', 'FIELD_MISSING', without(STATE, '1819')),
    down('no event', 'Field', 'FIELD_MISSING', without(STATE, '04')),
    down('dseq 0', 'Range', 'FIELD_RANGE', swap(STATE, '02', '00')),
    down('known 2^32', 'Range', 'FIELD_RANGE', swap(SYNC, '17', '1b0000000100000000')),
    down('sync without nonce', 'Field', 'FIELD_MISSING', without(SYNC, '11')),
    down('sync with a boot', 'Field', 'FIELD_UNKNOWN', [['00', '1823'], ['01', '01'], ...SYNC.slice(1)]),
    down('ttl in three bytes', 'Form', 'CBOR_NOT_MINIMAL', swap(STATE, '1819', '190001')),
    down('map of indefinite length', 'Form', 'CBOR_INDEFINITE', 'bf001823' + '11480000000000000000' + '1700ff')
  ]
}

/** Authentic bodies other than a press that are refused. */
export function makeBodies (): Draft {
  return {
    header: ['Frames whose tag is right and whose body is refused: acknowledge, count, tell the technician of `code`; change nothing else.'],
    notes: {
      Form: { bugType: 'MALLEABILITY', description: 'A form that is not canonical, under a valid tag. Only a press is forgiven this.' },
      Field: { bugType: 'MISSING_STEP', description: 'A field too many, or one missing.' },
      Range: { bugType: 'EDGE_CASE', description: 'One beyond what protocol.cddl allows: counters must not wrap, flags must not grow unseen.' },
      Type: { bugType: 'TYPE_CONFUSION', description: 'Another CBOR type than the field has.' }
    },
    groups: [groupOf('BodyTest', 'up', [...forms(), ...fields()]), groupOf('BodyTest', 'down', downs())]
  }
}
