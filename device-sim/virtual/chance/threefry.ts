/**
 * Threefry-2x32 with 20 rounds: a bijection of a counter under a key. The k-th number of a stream needs no number before
 * it, so that what one policy makes happen never moves the luck of another. Adds, turns and xors only: what 32-bit
 * integers of JavaScript do exactly, on every machine.
 * @see Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"
 */
const PARITY = 0x1bd1_1bda
const HALF_BITS = 2 ** -26

/** The two words of the last call; read at once. Returning an object would cost more than the rounds. */
export const words = new Int32Array(2)

export function threefry (key0: number, key1: number, low: number, high: number): void {
  const k2 = PARITY ^ key0 ^ key1
  let x = (low + key0) | 0
  let y = (high + key1) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  x = (x + key1) | 0; y = (y + k2 + 1) | 0
  x = (x + y) | 0; y = ((y << 17) | (y >>> 15)) ^ x
  x = (x + y) | 0; y = ((y << 29) | (y >>> 3)) ^ x
  x = (x + y) | 0; y = ((y << 16) | (y >>> 16)) ^ x
  x = (x + y) | 0; y = ((y << 24) | (y >>> 8)) ^ x
  x = (x + k2) | 0; y = (y + key0 + 2) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  x = (x + key0) | 0; y = (y + key1 + 3) | 0
  x = (x + y) | 0; y = ((y << 17) | (y >>> 15)) ^ x
  x = (x + y) | 0; y = ((y << 29) | (y >>> 3)) ^ x
  x = (x + y) | 0; y = ((y << 16) | (y >>> 16)) ^ x
  x = (x + y) | 0; y = ((y << 24) | (y >>> 8)) ^ x
  x = (x + key1) | 0; y = (y + k2 + 4) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  words[0] = (x + k2) | 0
  words[1] = (y + key0 + 5) | 0
}

/** A number in (0, 1), never 0 and never 1: the inverse of a distribution without bounds is asked for it. */
export function uniform (key0: number, key1: number, low: number, high: number): number {
  threefry(key0, key1, low, high)
  const a = (words[0] ?? 0) >>> 6
  const b = (words[1] ?? 0) >>> 6
  return (a + (b + 0.5) * HALF_BITS) * HALF_BITS
}
