import type { Did } from '../firmware-protocol/ids.ts'
import { downTopic, upTopic } from '../firmware-protocol/topics.ts'

/**
 * The whole allow-list. Exact strings: no wildcard, no `$SYS` (Aedes' own guard of it is gone once its hooks are
 * replaced), nobody else's topic.
 */
export function mayPublish (did: Did, topic: string): boolean {
  return topic === upTopic(did)
}

export function maySubscribe (did: Did, topic: string): boolean {
  return topic === downTopic(did)
}

export function mayLeaveWill (did: Did, will: { readonly topic: string, readonly retain?: boolean, readonly qos?: number }): boolean {
  return mayPublish(did, will.topic) && will.retain !== true && will.qos !== 2
}
