/** By what a caller is counted who has no session yet. */
import { isIPv6 } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Hextets that name a network; whoever has one IPv6 address usually has all of the other 64 bits. */
const NETWORK_HEXTETS = 4

export function addressOf ({ ip }: Pick<FastifyRequest, 'ip'>): string {
  const [address = ''] = ip.split('%')
  if (!isIPv6(address)) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  return mapped ?? `${hextets(address).slice(0, NETWORK_HEXTETS).map((part) => parseInt(part, 16).toString(16)).join(':')}::/64`
}

/** All eight. */
function hextets (address: string): readonly string[] {
  const [head = '', tail] = address.split('::')
  const first = head === '' ? [] : head.split(':')
  if (tail === undefined) return first
  const last = tail === '' ? [] : tail.split(':')
  return [...first, ...Array.from({ length: Math.max(8 - first.length - last.length, 0) }, () => '0'), ...last]
}
