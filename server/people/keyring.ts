/** Opens and closes sealed fields of the picture: one data key per holder, unwrapped when first needed. */
import { derivedKey, HOUSE, keyedHash, openBytes, openText, sealBytes, sealText } from '../store/seal.ts'
import type { DataKey, Seal } from '../store/seal.ts'
import { PeopleBroken } from './words.ts'

/** What a sealed field means: bound into it, so that it opens in its own column only. */
export type Meaning = 'alias' | 'name' | 'venue' | 'label' | 'address' | 'note' | 'quiet-check' | 'place' | 'pins' | 'endpoint' | 'device' | 'root' | 'journal' | 'shortcut-use' | 'left' | 'kept' | 'veil'

export class Keyring {
  readonly #seal: Seal
  readonly #wrapped: (holder: string) => Uint8Array | undefined
  readonly #read = new WeakMap<Uint8Array, { readonly key: DataKey, readonly meaning: Meaning, readonly text: string | null }>()
  readonly #open = new Map<string, { readonly wrapped: Uint8Array, readonly key: DataKey | null }>()

  constructor (seal: Seal, wrapped: (holder: string) => Uint8Array | undefined) {
    this.#seal = seal
    this.#wrapped = wrapped
  }

  /** null: there is no such holder (erased), or the master key is another one. */
  key (holder: string): DataKey | null {
    const wrapped = this.#wrapped(holder)
    if (wrapped === undefined) {
      this.#open.delete(holder)
      return null
    }
    const known = this.#open.get(holder)
    if (known !== undefined && Buffer.compare(known.wrapped, wrapped) === 0) return known.key
    const key = this.#seal.unwrap(holder, wrapped)
    this.#open.set(holder, { wrapped, key })
    return key
  }

  /** null: nothing was sealed, or it can't be opened (erased). */
  text (holder: string, sealed: Uint8Array | null, meaning: Meaning): string | null {
    const key = sealed === null ? null : this.key(holder)
    if (sealed === null || key === null) return null
    // A press reads the same few words again and again. What is remembered goes with the row that held it.
    const known = this.#read.get(sealed)
    if (known?.key === key && known.meaning === meaning) return known.text
    const text = openText(key, sealed, meaning)
    this.#read.set(sealed, { key, meaning, text })
    return text
  }

  bytes (holder: string, sealed: Uint8Array, meaning: string): Uint8Array | null {
    const key = this.key(holder)
    return key === null ? null : openBytes(key, sealed, meaning)
  }

  /** @throws PeopleBroken SEAL_BROKEN: the holder has no key, so nothing may be kept of theirs */
  sealText (holder: string, text: string, meaning: Meaning): Uint8Array {
    return sealText(this.#needed(holder), text, meaning)
  }

  /** @throws PeopleBroken SEAL_BROKEN */
  sealBytes (holder: string, bytes: Uint8Array, meaning: string): Uint8Array {
    return sealBytes(this.#needed(holder), bytes, meaning)
  }

  /** @throws PeopleBroken SEAL_BROKEN: the house has no key of names */
  hash (purpose: string, value: string): Uint8Array { return keyedHash(this.#needed(HOUSE), purpose, value) }

  /** @throws PeopleBroken SEAL_BROKEN */
  derived (purpose: string): Uint8Array { return derivedKey(this.#needed(HOUSE), purpose) }

  makeKey (holder: string): { readonly key: DataKey, readonly wrapped: Uint8Array } { return this.#seal.makeKey(holder) }

  #needed (holder: string): DataKey {
    const key = this.key(holder)
    if (key === null) throw new PeopleBroken('SEAL_BROKEN', 'a holder without a data key')
    return key
  }
}
