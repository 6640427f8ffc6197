/** Guards against two sources of one number: protocol.cddl is read and compared with every table of the code. */
import t from 'tap'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HEALTH_FLAG, MODE_FLAG } from '../../firmware-protocol/bodies.ts'
import { DEPTH_MAX } from '../../firmware-protocol/cbor-strict.ts'
import { ALG_HMAC_256_256, KID, TAG_BYTES } from '../../firmware-protocol/frame.ts'
import { DID_BYTES } from '../../firmware-protocol/ids.ts'
import { KEY_BYTES, ROOT_BYTES } from '../../firmware-protocol/keys.ts'
import * as limits from '../../firmware-protocol/limits.ts'
import { COUNT_MAX, DOWN_BODIES, EVID_BYTES, EXT_KEY_MAX, EXT_KEY_MIN, FIELDS, HEALTH_FIELDS, TYPE_KEY, U32_MAX, UP_BODIES, type BodySpec, type FieldName } from '../../firmware-protocol/wire.ts'
import { root } from '../runner/root.ts'

const text = readFileSync(join(root, 'firmware-protocol/protocol.cddl'), 'utf8')
const lines = text.split('\n').map((line) => line.replace(/;.*$/, '').trim()).filter((line) => line !== '')
const rules = new Map(lines.map((line): readonly [string, string] => {
  const at = line.indexOf(' = ')
  return [line.slice(0, at).trim(), line.slice(at + 3).trim()]
}))

/** The CDDL's names of fields whose TypeScript name has its unit last. */
const RULE_OF: Readonly<Record<FieldName, string>> = {
  boot: 'boot', seq: 'seq', uptimeMs: 'uptime', dseq: 'dseq', heardMs: 'heard', event: 'event', kind: 'kind', ageMs: 'age', merged: 'merged', batteryMv: 'mv',
  batteryPct: 'pct', rssiDbm: 'rssi', flags: 'flags', fw: 'fw', model: 'model', beatS: 'beat-s', pending: 'pending', shown: 'shown', nonce: 'nonce', fcode: 'fcode',
  why: 'why', known: 'known', feedback: 'feedback', ttlS: 'ttl', mode: 'mode', will: 'will'
}

/** A rule's text with names that stand for another rule followed to the end. */
function follow (name: string): string {
  const rule = rules.get(name)
  if (rule === undefined) throw new TypeError(`no rule ${name}`)
  return rules.has(rule) ? follow(rule) : rule
}

function words (name: string): Record<string, number> {
  const inside = /^&\((.*)\)$/.exec(follow(name))?.[1] ?? ''
  return Object.fromEntries(inside.split(',').map((each): [string, number] => {
    const [word = '', number = ''] = each.split(':')
    return [word.trim(), Number(number)]
  }))
}

/** What a field of the tables should look like by its CDDL rule. */
function specBy (field: FieldName): object {
  const rule = follow(RULE_OF[field])
  const range = /^(-?\d+)\.\.(\d+)$/.exec(rule)
  if (range !== null) return { is: 'int', min: Number(range[1]), max: Number(range[2]) }
  if (rule.startsWith('&')) return { is: 'word', words: words(RULE_OF[field]) }
  const bytes = /^bstr \.size (\d+)$/.exec(rule)
  if (bytes !== null) return { is: 'bytes', size: Number(bytes[1]) }
  const letters = /^tstr \.size \((\d+)\.\.(\d+)\)$/.exec(rule)
  if (letters !== null) return { is: 'text', minBytes: Number(letters[1]), maxBytes: Number(letters[2]) }
  return { is: rule.startsWith('[') ? 'event' : 'unknown rule' }
}

type Member = { readonly key: number, readonly value: string, readonly optional: boolean }

/** Members of a body or group, its groups unfolded; `ext` aside. */
function members (rule: string): readonly Member[] {
  const inside = rule.replace(/^[{(]|[})]$/g, '')
  return inside.split(',').map((each) => each.trim()).flatMap((each): readonly Member[] => {
    const pair = /^(\? )?(\d+) => (.+)$/.exec(each)
    if (pair !== null) return [{ key: Number(pair[2]), value: pair[3] ?? '', optional: pair[1] !== undefined }]
    return each === 'ext' ? [] : members(rules.get(each) ?? '')
  })
}

t.test('one rule a line, each name once', async (t) => {
  t.equal(rules.size, lines.length)
  for (const line of lines) t.match(line, /^[a-z][a-z0-9-]* += \S/, line)
})

t.test('no rule is left that nothing names', async (t) => {
  const limitRules = new Set(Object.keys(limits).map((name) => ruleOfLimit(name)))
  const roots = new Set(['frame', 'mac-structure', 'root', 'up-key', 'down-key', 'mqtt-secret', 'depth-max', 'flag', 'mode-flag', ...limitRules])
  for (const name of rules.keys()) {
    const named = [...rules].some(([other, rule]) => other !== name && new RegExp(`(^|[^a-z0-9-])${name}($|[^a-z0-9-])`).test(rule))
    t.ok(named || roots.has(name), name)
  }
})

t.test('every field has the range of its rule', async (t) => {
  for (const field of Object.keys(FIELDS) as FieldName[]) {
    const { key, ...spec } = FIELDS[field]
    t.strictSame(spec, specBy(field), field)
  }
  t.equal(follow('event'), `[ evboot: count, evn: count, evid: bstr .size ${EVID_BYTES} ]`)
  t.equal(follow('count'), `1..${COUNT_MAX}`)
  t.equal(follow('u32'), `0..${U32_MAX}`)
  t.equal(follow('extkey'), `${EXT_KEY_MIN}..${EXT_KEY_MAX}`)
  t.equal(follow('extval'), 'int / bstr / tstr')
})

t.test('every body has the fields and keys of its rule', async (t) => {
  const bodies: Readonly<Record<string, BodySpec>> = { ...UP_BODIES, ...DOWN_BODIES }
  t.strictSame(follow('body').split(' / '), Object.keys(bodies))
  for (const [name, spec] of Object.entries(bodies)) {
    const [type, ...found] = members(follow(name))
    t.strictSame(type, { key: TYPE_KEY, value: String(spec.type), optional: false }, name)
    t.match(follow(name), /, ext }$/, `${name} has room to grow`)
    const member = (field: FieldName, optional: boolean): Member => ({ key: FIELDS[field].key, value: RULE_OF[field], optional })
    const expected = [
      ...spec.must.map((field) => member(field, false)), ...spec.may.map((field) => member(field, true)),
      ...(spec.health ? HEALTH_FIELDS.map((field) => member(field, true)) : [])
    ]
    const byKey = (a: Member, b: Member) => a.key - b.key
    t.strictSame([...found].sort(byKey), expected.sort(byKey), name)
  }
})

t.test('the envelope has the numbers of its rules', async (t) => {
  t.match(follow('frame'), new RegExp(`tag: bstr \\.size ${TAG_BYTES} ]$`))
  t.equal(follow('protected-map'), `{ 1 => ${ALG_HMAC_256_256}, 4 => bstr .size 1 }`)
  t.equal(KID, 1)
  t.equal(follow('external-aad'), '[ "vbp1", "up" / "down", did ]')
  t.equal(follow('did'), `bstr .size ${DID_BYTES}`)
  t.equal(follow('root'), `bstr .size ${ROOT_BYTES}`)
  for (const key of ['up-key', 'down-key', 'mqtt-secret']) t.equal(follow(key), `bstr .size ${KEY_BYTES}`)
  t.equal(Number(follow('depth-max')), DEPTH_MAX)
})

t.test('flags and modes have the bits of their rules', async (t) => {
  const hyphened = (record: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(record).map(([name, bit]) => [name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`), bit]))
  t.strictSame(words('flag'), hyphened(HEALTH_FLAG))
  t.strictSame(words('mode-flag'), hyphened(MODE_FLAG))
})

function ruleOfLimit (name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

t.test('every limit has a rule, and every rule of a limit its number', async (t) => {
  for (const [name, value] of Object.entries(limits)) {
    t.strictSame(JSON.parse(follow(ruleOfLimit(name))), value, name)
  }
  const numbers = [...rules].filter(([, rule]) => /^\d+(\.\d+)?$/.test(rule) || /^\[ \d/.test(rule)).map(([name]) => name)
  t.strictSame(numbers.filter((name) => name !== 'depth-max').sort(), Object.keys(limits).map((name) => ruleOfLimit(name)).sort())
})
