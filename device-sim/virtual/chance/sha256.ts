/**
 * SHA-256 of a short text, as its first two words: the key of a stream. Node's own digest costs four times as much for
 * so few bytes, and a replication keys thousands of streams. A test holds it against Node's.
 * @see FIPS 180-4
 */
const ROUND = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
].map((word) => word | 0))
const START = new Int32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19].map((word) => word | 0))
const BLOCK_BYTES = 64
const encoder = new TextEncoder()
const schedule = new Int32Array(64)
const state = new Int32Array(8)
let message = new Uint8Array(4 * BLOCK_BYTES)

/** The first 64 bits of SHA-256 of the text in UTF-8, as two signed words. */
export function sha256Key (text: string): readonly [number, number] {
  const most = text.length * 3 + 9 + BLOCK_BYTES
  if (message.length < most) message = new Uint8Array(most * 2)
  const written = encoded(text)
  const end = Math.ceil((written + 9) / BLOCK_BYTES) * BLOCK_BYTES
  message.fill(0, written, end)
  message[written] = 0x80
  const bits = written * 8
  for (let i = 1; i <= 4; i++) message[end - i] = bits >>> (i - 1) * 8
  state.set(START)
  for (let from = 0; from < end; from += BLOCK_BYTES) compress(from)
  return [state[0] as number, state[1] as number]
}

/** In UTF-8, into `message`; names are mostly ASCII. @returns bytes */
function encoded (text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x7f) return encoder.encodeInto(text, message).written
    message[i] = code
  }
  return text.length
}

function compress (from: number): void {
  const w = schedule
  for (let i = 0; i < 16; i++) {
    const at = from + i * 4
    w[i] = ((message[at] as number) << 24) | ((message[at + 1] as number) << 16) | ((message[at + 2] as number) << 8) | (message[at + 3] as number)
  }
  for (let i = 16; i < 64; i++) {
    const older = w[i - 15] as number
    const newer = w[i - 2] as number
    const s0 = ((older >>> 7) | (older << 25)) ^ ((older >>> 18) | (older << 14)) ^ (older >>> 3)
    const s1 = ((newer >>> 17) | (newer << 15)) ^ ((newer >>> 19) | (newer << 13)) ^ (newer >>> 10)
    w[i] = ((w[i - 16] as number) + s0 + (w[i - 7] as number) + s1) | 0
  }
  let a = state[0] as number
  let b = state[1] as number
  let c = state[2] as number
  let d = state[3] as number
  let e = state[4] as number
  let f = state[5] as number
  let g = state[6] as number
  let h = state[7] as number
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (ROUND[i] as number) + (w[i] as number)) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g; g = f; f = e; e = (d + t1) | 0
    d = c; c = b; b = a; a = (t1 + t2) | 0
  }
  add(0, a)
  add(1, b)
  add(2, c)
  add(3, d)
  add(4, e)
  add(5, f)
  add(6, g)
  add(7, h)
}

function add (word: number, sum: number): void { state[word] = ((state[word] as number) + sum) | 0 }
