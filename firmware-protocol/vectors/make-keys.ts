import { deriveKeys } from '../keys.ts'
import { asDid, type Did } from '../ids.ts'
import { downTopic, upTopic } from '../topics.ts'
import { bytesOf, hex } from './craft.ts'
import type { Case, Draft } from './shape.ts'

/** HKDF: keys and password from a root. */
export function makeKeys (): Draft {
  const derive = (comment: string, root: Uint8Array, did: string, generation: number, flags: readonly string[]): Case => {
    const keys = deriveKeys(root, did as Did, generation)
    return { comment, flags, root: hex(root), did, generation, up: hex(keys.up), down: hex(keys.down), mqttPassword: keys.mqttPassword, result: 'valid' }
  }
  const root = bytesOf('root', 32)
  return {
    header: ['Keys of a button: HKDF-SHA256(ikm = root, salt = did, info = "vbp1/<purpose>/<generation>"), 32 bytes each.'],
    notes: {
      Hkdf: { bugType: 'BASIC', description: 'A salt in hex instead of 8 bytes, or a purpose left out, gives keys that open nothing.' },
      Password: { bugType: 'BASIC', description: 'base64url without padding: with "=" or "+" every CONNECT is refused.' },
      Generation: { bugType: 'FORWARD', description: 'The generation is part of info, in decimal: another generation must share no key with this one.' }
    },
    groups: [{
      type: 'HkdfTest',
      tests: [
        derive('usual', root, '0123456789abcdef', 1, ['Hkdf', 'Password']),
        derive('same root, another button', root, 'fedcba9876543210', 1, ['Hkdf']),
        derive('root and did all zero', new Uint8Array(32), '0000000000000000', 1, ['Hkdf']),
        derive('root and did all ones', new Uint8Array(32).fill(255), 'ffffffffffffffff', 1, ['Hkdf', 'Password']),
        derive('generation 2', root, '0123456789abcdef', 2, ['Generation']),
        derive('generation 255', root, '0123456789abcdef', 255, ['Generation'])
      ]
    }]
  }
}

/** Topics that are a button's, and what is not. */
export function makeTopics (): Draft {
  const did = asDid('0123456789abcdef') as Did
  const good = (topic: string, direction: string): Case => ({ comment: `a button's ${direction}link`, flags: ['Own'], topic, did, direction, result: 'valid' })
  const bad = (comment: string, topic: string, flag: string): Case => ({ comment, flags: [flag], topic, result: 'invalid' })
  return {
    header: ['Topics of a button. Whoever parses them must compare the did with the connection\'s own.'],
    notes: {
      Own: { bugType: 'BASIC', description: 'The two topics of a button.' },
      Wildcard: { bugType: 'CONFIDENTIALITY', description: 'A wildcard would show one button what others say.' },
      Spelling: { bugType: 'AUTH_BYPASS', description: 'Two spellings of one did would be two buttons to the window and one to the keys.' },
      Foreign: { bugType: 'AUTH_BYPASS', description: 'Nothing outside the two topics is spoken.' }
    },
    groups: [{
      type: 'TopicTest',
      tests: [
        good(upTopic(did), 'up'), good(downTopic(did), 'down'),
        bad('single-level wildcard', 'vbp/1/+/up', 'Wildcard'), bad('multi-level wildcard', 'vbp/1/#', 'Wildcard'), bad('everything', '#', 'Wildcard'),
        bad('did in upper case', 'vbp/1/0123456789ABCDEF/up', 'Spelling'), bad('did too short', 'vbp/1/0123456789abcde/up', 'Spelling'),
        bad('did too long', 'vbp/1/0123456789abcdef0/up', 'Spelling'), bad('trailing slash', 'vbp/1/0123456789abcdef/up/', 'Spelling'),
        bad('leading slash', '/vbp/1/0123456789abcdef/up', 'Spelling'), bad('newline at the end', 'vbp/1/0123456789abcdef/up\n', 'Spelling'),
        bad('another version', 'vbp/2/0123456789abcdef/up', 'Foreign'), bad('another direction', 'vbp/1/0123456789abcdef/side', 'Foreign'),
        bad('broker\'s own', '$SYS/broker/version', 'Foreign'), bad('enrolment is another door', 'vbp/1/0123456789abcdef/enrol/up', 'Foreign'), bad('empty', '', 'Foreign')
      ]
    }]
  }
}
