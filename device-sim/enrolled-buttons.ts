import { asDid, type Did } from '../firmware-protocol/ids.ts'
import { InvalidInput } from './invalid-input.ts'

/** More than one machine's sockets would carry. */
const BUTTONS_MAX = 10_000
const ROOT = /^[0-9a-f]{64}$/

export type EnrolledKeys = { readonly did: Did, readonly root: Uint8Array }

/** One button a line, as `veilleuse button add --json` prints it: `did` and `root` in hex, the rest is not looked at. */
export function readButtons (lines: string): readonly EnrolledKeys[] {
  const buttons = lines.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '').map(({ line, number }) => readButton(line, number))
  if (buttons.length === 0) throw new InvalidInput('BUTTONS_NONE', 'no button was given; `veilleuse button add --json` prints one')
  if (buttons.length > BUTTONS_MAX) throw new InvalidInput('BUTTONS_TOO_MANY', `at most ${BUTTONS_MAX} buttons`)
  const seen = new Set<Did>()
  const twice = buttons.find(({ did }) => seen.size === seen.add(did).size)
  if (twice !== undefined) throw new InvalidInput('BUTTON_TWICE', `button ${twice.did} is given twice; they would take each other's connection`)
  return buttons
}

function readButton (line: string, number: number): EnrolledKeys {
  const read = parsed(line)
  const { did, root } = typeof read === 'object' && read !== null ? read as { did?: unknown, root?: unknown } : {}
  const id = typeof did === 'string' ? asDid(did) : null
  // Not a word of the line: it holds a key.
  if (id === null) throw new InvalidInput('BUTTON_INVALID', `line ${number}: a JSON object with a did of 16 lower-case hexadecimal digits is needed`)
  if (typeof root !== 'string' || !ROOT.test(root)) throw new InvalidInput('BUTTON_INVALID', `line ${number}: a root of 64 lower-case hexadecimal digits is needed`)
  return { did: id, root: Uint8Array.from(Buffer.from(root, 'hex')) }
}

function parsed (line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
