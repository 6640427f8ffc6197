import { asDid, type Did } from './ids.ts'

export type Direction = 'up' | 'down'

const TOPIC_PATTERN = /^vbp\/1\/([0-9a-f]{16})\/(up|down)$/

/** Where a button publishes, QoS 1, never retained. */
export function upTopic (did: Did): string {
  return `vbp/1/${did}/up`
}

/** What a button subscribes to, and nothing else. */
export function downTopic (did: Did): string {
  return `vbp/1/${did}/down`
}

/** Whose topic this is, or null for anything else: wildcards, `$SYS`, other versions, other spellings of a did. */
export function parseTopic (topic: string): { readonly did: Did, readonly direction: Direction } | null {
  const match = TOPIC_PATTERN.exec(topic)
  const did = asDid(match?.[1] ?? '')
  if (did === null) return null
  return { did, direction: match?.[2] === 'up' ? 'up' : 'down' }
}
