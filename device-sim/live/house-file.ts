/** Who takes part: buttons, and responders with an open session, one a line. */
import { asDid, type Did } from '../../firmware-protocol/ids.ts'
import { InvalidInput } from '../invalid-input.ts'

/** More than one machine's sockets would carry, and more than the service takes. */
const BUTTONS_MAX = 10_000
const RESPONDERS_MAX = 2_000
const ROOT = /^[0-9a-f]{64}$/
const SESSION = /^[A-Za-z0-9_-]{16,128}$/

/** `room`: how responders read it; null: nobody who takes part would be told of a press there. */
export type HouseButton = { readonly did: Did, readonly root: Uint8Array, readonly room: string | null, /** The session of the phone of whoever works there; null: it takes no part. */ readonly worker: string | null }
export type HouseResponder = { readonly responder: string, readonly session: string }
export type House = { readonly buttons: readonly HouseButton[], readonly responders: readonly HouseResponder[] }

/**
 * `veilleuse button add --json` prints a button (`did` and `root` in hex; `room`, `watched` and `worker` are not there and not needed),
 * `veilleuse laboratory --json` a whole house; what else is in a line is not looked at.
 */
export function readHouse (lines: string): House {
  const read = lines.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '').map(({ line, number }) => readLine(line, number))
  const buttons = read.flatMap((each) => 'did' in each ? [each] : [])
  const responders = read.flatMap((each) => 'session' in each ? [each] : [])
  if (buttons.length === 0) throw new InvalidInput('BUTTONS_NONE', 'no button was given; `veilleuse button add --json` prints one')
  if (buttons.length > BUTTONS_MAX) throw new InvalidInput('BUTTONS_TOO_MANY', `at most ${BUTTONS_MAX} buttons`)
  if (responders.length > RESPONDERS_MAX) throw new InvalidInput('RESPONDERS_TOO_MANY', `at most ${RESPONDERS_MAX} responders`)
  const seen = new Set<Did>()
  const twice = buttons.find(({ did }) => seen.size === seen.add(did).size)
  if (twice !== undefined) throw new InvalidInput('BUTTON_TWICE', `button ${twice.did} is given twice; they would take each other's connection`)
  return { buttons, responders }
}

function readLine (line: string, number: number): HouseButton | HouseResponder {
  const read = parsed(line)
  const fields = typeof read === 'object' && read !== null ? read as Readonly<Record<string, unknown>> : {}
  return 'session' in fields ? readResponder(fields, number) : readButton(fields, number)
}

// Not a word of a line is repeated: it holds a key.

function readButton ({ did, root, room, watched, worker }: Readonly<Record<string, unknown>>, number: number): HouseButton {
  const id = typeof did === 'string' ? asDid(did) : null
  if (id === null) throw new InvalidInput('BUTTON_INVALID', `line ${number}: a JSON object with a did of 16 lower-case hexadecimal digits is needed`)
  if (typeof root !== 'string' || !ROOT.test(root)) throw new InvalidInput('BUTTON_INVALID', `line ${number}: a root of 64 lower-case hexadecimal digits is needed`)
  return { did: id, root: Uint8Array.from(Buffer.from(root, 'hex')), room: watched === true && typeof room === 'string' ? room : null, worker: typeof worker === 'string' && SESSION.test(worker) ? worker : null }
}

function readResponder ({ responder, session }: Readonly<Record<string, unknown>>, number: number): HouseResponder {
  if (typeof session !== 'string' || !SESSION.test(session)) throw new InvalidInput('RESPONDER_INVALID', `line ${number}: a responder needs the session of their phone, 16 to 128 letters and digits`)
  return { responder: typeof responder === 'string' ? responder : `line ${number}`, session }
}

function parsed (line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
