import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asDid, type Did } from '../../firmware-protocol/ids.ts'
import { root } from '../runner/root.ts'

export type VectorCase = { readonly tcId: number, readonly comment: string, readonly flags: readonly string[], readonly result: 'valid' | 'acceptable' | 'invalid' }
export type VectorGroup<Case> = { readonly type: string, readonly did: string, readonly root: string, readonly direction: 'up' | 'down', readonly key: string, readonly tests: ReadonlyArray<VectorCase & Case> }
export type VectorFile<Case> = { readonly numberOfTests: number, readonly notes: Readonly<Record<string, unknown>>, readonly testGroups: ReadonlyArray<VectorGroup<Case>> }

export const VECTOR_NAMES = ['keys', 'topics', 'frames', 'envelopes', 'bodies', 'presses', 'counters', 'service-stories', 'button-stories'] as const
export type VectorName = typeof VECTOR_NAMES[number]

export function vectorText (name: VectorName): string {
  return readFileSync(join(root, `firmware-protocol/vectors/${name}.json`), 'utf8')
}

/** A vector file as it lies on disk: what a firmware engineer gets. */
export function vectorFile<Case> (name: VectorName): VectorFile<Case> {
  return JSON.parse(vectorText(name)) as VectorFile<Case>
}

export function unhex (text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'hex'))
}

export function didOf (text: string): Did {
  const did = asDid(text)
  if (did === null) throw new TypeError(`no did: ${text}`)
  return did
}

/** A body with its bytes as hex, as vector files write it. */
export function plain (value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, each: unknown) => each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each))
}

/** A body from a vector file with its bytes as bytes. */
export function bodyOf<Body> (value: unknown): Body {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    (key === 'evid' || key === 'nonce') && typeof each === 'string' ? unhex(each) : each) as Body
}
