/** One replication of one policy out of the package of a virtual run: `parts/000000.json`, or the package's rows of presses. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidInput } from '../invalid-input.ts'
import type { Part } from '../study/part.ts'
import type { Replication } from '../virtual/model/replication.ts'

const DIGITS = 6

/** `policy` null: the first. Throws `InvalidInput` that says what the package has. */
export async function readReplication (folder: string, policy: string | null, replication: number): Promise<Replication> {
  const file = join(folder, 'parts', `${String(replication).padStart(DIGITS, '0')}.json`)
  const part = parsed(await read(file), file)
  if (part.version !== 1 || !Array.isArray(part.results)) throw new InvalidInput('REPLAY_UNREADABLE', `${file} is no part of a study that this version knows`)
  const found = policy === null ? part.results[0] : part.results.find((each) => each.policy === policy)
  if (found === undefined) throw new InvalidInput('POLICY_UNKNOWN', `this run has the policies ${part.results.map((each) => each.policy).join(', ')}`)
  return found
}

async function read (file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new InvalidInput('REPLAY_UNREADABLE', `${file} can't be read (${cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'}): --replay needs the folder of a run, and --replication one that it has`)
  }
}

function parsed (text: string, file: string): Part {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null) return read as Part
  } catch {}
  throw new InvalidInput('REPLAY_UNREADABLE', `${file} is not whole`)
}
