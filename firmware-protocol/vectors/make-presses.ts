import type { DiscardCode, RefusalCode } from '../codes.ts'
import { craft, rawMap } from './craft.ts'
import { groupOf, type Case, type Draft } from './shape.ts'

type Pair = readonly [string, string]
const EVENT_HEX = '830103481122334455667788'
const PRESS: readonly Pair[] = [['00', '01'], ['01', '07'], ['02', '182a'], ['03', '19f03c'], ['04', EVENT_HEX], ['05', '02'], ['06', '188c'], ['0a', '3842']]
const BODY = {
  is: 'press', boot: 7, seq: 42, uptimeMs: 61_500, event: { evboot: 1, evn: 3, evid: '1122334455667788' }, kind: 'silent-alarm', ageMs: 140, health: { rssiDbm: -67 }
}
type Body = Readonly<Partial<Record<keyof typeof BODY | 'merged', unknown>>>

function payloadOf (payload: string | readonly Pair[]): string {
  return craft({ payload: typeof payload === 'string' ? payload : rawMap(payload) })
}

function read (comment: string, flag: string, discarded: readonly DiscardCode[], payload: string | readonly Pair[], body: Body = BODY): Case {
  return { comment, flags: [flag], hex: payloadOf(payload), body, discarded, result: discarded.length === 0 ? 'valid' : 'acceptable' }
}

function refused (comment: string, flag: string, code: RefusalCode, payload: string | readonly Pair[]): Case {
  return { comment, flags: [flag], hex: payloadOf(payload), code, authentic: true, result: 'invalid' }
}

function swap (key: string, value: string): readonly Pair[] {
  return PRESS.map((pair) => pair[0] === key ? [key, value] : pair)
}

function without (...keys: readonly string[]): readonly Pair[] {
  return PRESS.filter(([key]) => !keys.includes(key))
}

/** BODY without one field. */
function lacking (name: keyof typeof BODY): Body {
  return Object.fromEntries(Object.entries(BODY).filter(([key]) => key !== name))
}

const PRESS_HEX = rawMap(PRESS)
const PAIRS_HEX = PRESS_HEX.slice(2)

function forms (): readonly Case[] {
  const form = (comment: string, code: DiscardCode, payload: string | readonly Pair[], more: readonly DiscardCode[] = []) => read(comment, 'Form', [code, ...more], payload)
  return [
    form('keys in reverse order', 'CBOR_KEY_UNSORTED', [...PRESS].reverse()),
    form('map of indefinite length', 'CBOR_INDEFINITE', `bf${PAIRS_HEX}ff`),
    form('indefinite, and the break is missing', 'CBOR_INDEFINITE', `bf${PAIRS_HEX}`),
    form('size of the map in two bytes', 'CBOR_NOT_MINIMAL', `b808${PAIRS_HEX}`),
    form('every integer in nine bytes', 'CBOR_NOT_MINIMAL', swap('02', '1b000000000000002a')),
    form('the type in two bytes', 'CBOR_NOT_MINIMAL', swap('00', '1801')),
    form('a key in nine bytes', 'CBOR_NOT_MINIMAL', [['1b0000000000000000', '01'], ...PRESS.slice(1)]),
    form('evid in chunks', 'CBOR_INDEFINITE', swap('04', '8301035f44112233444455667788ff')),
    form('event of indefinite length', 'CBOR_INDEFINITE', swap('04', '9f0103481122334455667788ff')),
    form('self-described CBOR', 'CBOR_TAG', `d9d9f7${PRESS_HEX}`),
    form('tagged seq', 'CBOR_TAG', swap('02', 'c1182a')),
    form('one byte behind', 'CBOR_TRAILING', `${PRESS_HEX}00`),
    form('bytes behind that are no CBOR', 'CBOR_TRAILING', `${PRESS_HEX}ffff`),
    form('the map announces a pair more than it has', 'CBOR_TRUNCATED', `a9${PAIRS_HEX}`),
    form('the map announces 2^64 - 1 pairs', 'CBOR_TRUNCATED', `bbffffffffffffffff${PAIRS_HEX}`),
    form('the last value is cut', 'CBOR_TRUNCATED', `a9${PAIRS_HEX}0b19`),
    form('the map goes on with a byte that is no CBOR', 'CBOR_MALFORMED', `a9${PAIRS_HEX}0bfc`),
    form('a text key', 'CBOR_KEY_NOT_INT', [...PRESS, ['6161', '00']], ['KEY_UNKNOWN']),
    form('a key twice: the first counts', 'CBOR_KEY_DUPLICATE', [...PRESS.slice(0, 3), ['02', '1863'], ...PRESS.slice(3)]),
    form('kind twice: the first counts', 'CBOR_KEY_DUPLICATE', [...PRESS.slice(0, 6), ['05', '00'], ...PRESS.slice(6)]),
    form('event twice: the first counts', 'CBOR_KEY_DUPLICATE', [...PRESS.slice(0, 5), ['04', '00'], ...PRESS.slice(5)]),
    form('ext nested to depth 5', 'CBOR_TOO_DEEP', [...PRESS, ['1840', '8181818100']], ['EXT'])
  ]
}

function fields (): readonly Case[] {
  const bad = (comment: string, code: DiscardCode, payload: readonly Pair[], body?: Body) => read(comment, 'Field', [code], payload, body)
  const form = (comment: string, codes: readonly DiscardCode[], payload: readonly Pair[], body?: Body) => read(comment, 'Field', codes, payload, body)
  return [
    read('nothing wrong', 'Good', [], PRESS),
    read('ext that is not known', 'Good', [], [...PRESS, ['1840', '6161']]),
    read('only what must be there', 'Good', [], PRESS.slice(0, 6), { ...lacking('ageMs'), health: {} }),
    bad('no uptime', 'UPTIME', without('03'), lacking('uptimeMs')),
    bad('uptime negative', 'UPTIME', swap('03', '20'), lacking('uptimeMs')),
    bad('uptime 2^53', 'UPTIME', swap('03', '1b0020000000000000'), lacking('uptimeMs')),
    bad('uptime as text', 'UPTIME', swap('03', '6130'), lacking('uptimeMs')),
    form('uptime as a float', ['CBOR_FLOAT', 'UPTIME'], swap('03', 'fb40ee078000000000'), lacking('uptimeMs')),
    bad('age negative', 'AGE', swap('06', '20'), lacking('ageMs')),
    bad('age 2^32', 'AGE', swap('06', '1b0000000100000000'), lacking('ageMs')),
    form('age null', ['CBOR_SIMPLE', 'AGE'], swap('06', 'f6'), lacking('ageMs')),
    bad('merged 0', 'MERGED', [...PRESS.slice(0, 7), ['07', '00'], ...PRESS.slice(7)]),
    bad('merged 65536', 'MERGED', [...PRESS.slice(0, 7), ['07', '1a00010000'], ...PRESS.slice(7)]),
    bad('battery 65536 mV', 'BATTERY_MV', [...PRESS.slice(0, 7), ['08', '1a00010000'], ...PRESS.slice(7)]),
    bad('battery 101 %', 'BATTERY_PCT', [...PRESS.slice(0, 7), ['09', '1865'], ...PRESS.slice(7)]),
    bad('signal 21 dBm', 'RSSI', swap('0a', '15'), { ...BODY, health: {} }),
    bad('flags 16', 'FLAGS', [...PRESS, ['0b', '10']]),
    form('battery as a float: the rest of health stays', ['CBOR_FLOAT', 'BATTERY_PCT'], [...PRESS.slice(0, 7), ['09', 'f95500'], ...PRESS.slice(7)]),
    bad('a key of another body', 'KEY_UNKNOWN', [...PRESS, ['0c', '6130']]),
    bad('an unassigned key', 'KEY_UNKNOWN', [...PRESS, ['183f', '00']]),
    bad('a key beyond ext', 'KEY_UNKNOWN', [...PRESS, ['1a00010000', '00']]),
    bad('a negative key', 'KEY_UNKNOWN', [...PRESS, ['20', '00']]),
    bad('ext with an array', 'EXT', [...PRESS, ['1840', '80']]),
    bad('ext with a map', 'EXT', [...PRESS, ['1840', 'a0']]),
    form('ext with text that is not UTF-8', ['CBOR_UTF8', 'EXT'], [...PRESS, ['1840', '61ff']]),
    bad('an event with a fourth part', 'EVENT_EXTRA', swap('04', '84010348112233445566778800'))
  ]
}

function kinds (): readonly Case[] {
  const alarm = { ...BODY, kind: 'alarm' }
  const bad = (comment: string, payload: readonly Pair[], form: readonly DiscardCode[] = []) => read(comment, 'Kind', [...form, 'KIND'], payload, alarm)
  return [
    bad('no kind', without('05')),
    bad('kind 4', swap('05', '04')),
    bad('kind -1', swap('05', '20')),
    bad('kind 2^64 - 1', swap('05', '1bffffffffffffffff')),
    bad('kind as text', swap('05', '6474657374')),
    bad('kind null', swap('05', 'f6'), ['CBOR_SIMPLE']),
    bad('kind as the float 0.0 is no test', swap('05', 'f90000'), ['CBOR_FLOAT']),
    bad('kind twice, the first unknown', [...PRESS.slice(0, 5), ['05', '09'], ['05', '00'], ...PRESS.slice(6)], ['CBOR_KEY_DUPLICATE'])
  ]
}

/** Without identity or counter nobody could tell a retry from a new press; a technician is told. */
function unreadable (): readonly Case[] {
  const event = (comment: string, payload: string | readonly Pair[]) => refused(comment, 'Unreadable', 'PRESS_EVENT_UNREADABLE', payload)
  return [
    event('no event', without('04')),
    event('event of two parts', swap('04', '820103')),
    event('evid of 7 bytes', swap('04', '83010347' + '11'.repeat(7))),
    event('evid of 9 bytes', swap('04', '83010349' + '11'.repeat(9))),
    event('evid as text', swap('04', '830103' + '68' + '61'.repeat(8))),
    event('evn 0', swap('04', '830100481122334455667788')),
    event('evboot 2^32 - 1', swap('04', '831affffffff03481122334455667788')),
    event('event as a map', swap('04', 'a0')),
    event('event twice, the first bad', [...PRESS.slice(0, 4), ['04', '00'], ...PRESS.slice(4)]),
    event('the map breaks off before the event', 'a8000101070218'),
    refused('no boot', 'Unreadable', 'PRESS_BOOT_UNREADABLE', without('01')),
    refused('boot 0', 'Unreadable', 'PRESS_BOOT_UNREADABLE', swap('01', '00')),
    refused('boot 2^32 - 1', 'Unreadable', 'PRESS_BOOT_UNREADABLE', swap('01', '1affffffff')),
    refused('no seq', 'Unreadable', 'PRESS_SEQ_UNREADABLE', without('02')),
    refused('seq as text', 'Unreadable', 'PRESS_SEQ_UNREADABLE', swap('02', '623432')),
    refused('seq 2^64 - 1', 'Unreadable', 'PRESS_SEQ_UNREADABLE', swap('02', '1bffffffffffffffff')),
    refused('type as a float is no press', 'NotAPress', 'CBOR_FLOAT', swap('00', 'f93c00')),
    refused('no type', 'NotAPress', 'BODY_TYPE_MISSING', without('00')),
    refused('an array', 'NotAPress', 'BODY_NOT_MAP', '8100')
  ]
}

/** An authentic press is never lost to strictness. */
export function makePresses (): Draft {
  return {
    header: ['Presses whose tag is right. `acceptable`: read as `body`, with `discarded` counted. `invalid`: refused with `code`, acknowledged, and a technician is told.'],
    notes: {
      Good: { bugType: 'BASIC', description: 'Nothing to forgive.' },
      Form: { bugType: 'LEGACY', description: 'A firmware with a poor encoder: whoever holds its key still stands behind the press.' },
      Field: { bugType: 'EDGE_CASE', description: 'A sensor that reads nonsense must not silence the button.' },
      Kind: { bugType: 'FUNCTIONALITY', description: 'An unclear kind is an alarm: taking it for a test would silence it.' },
      Unreadable: { bugType: 'MISSING_STEP', description: 'No identity or no counter: refused, and that is shouted to the technician.' },
      NotAPress: { bugType: 'TYPE_CONFUSION', description: 'Nothing says that this is a press; it is strict like every other body.' }
    },
    groups: [groupOf('PressTest', 'up', [...fields(), ...kinds(), ...forms(), ...unreadable()])]
  }
}
