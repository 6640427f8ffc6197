/** The presses of one replication of one policy, out of the folder of a virtual run: its parts, or the rows of its data package. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { csvCells } from '../data-package/csv.ts'
import { InvalidInput } from '../invalid-input.ts'
import type { Part } from '../study/part.ts'
import type { VirtualPress } from './press-plan.ts'

const DIGITS = 6
const CAUSES: readonly string[] = ['incident', 'accident', 'test'] satisfies readonly VirtualPress['cause'][]

/** `policy` null: the first. Throws `InvalidInput` that says what the run has. */
export async function readVirtualPresses (folder: string, policy: string | null, replication: number): Promise<readonly VirtualPress[]> {
  const part = join(folder, 'parts', `${String(replication).padStart(DIGITS, '0')}.json`)
  const json = await read(part)
  if (json !== null) return ofPart(json, part, policy)
  const table = join(folder, 'data', 'presses.csv')
  const csv = await read(table)
  if (csv === null) throw new InvalidInput('REPLAY_UNREADABLE', `neither ${part} nor ${table} is there: --replay needs the folder of a run, and --replication one that it has`)
  return ofTable(csv, table, policy, replication)
}

/** null: it is not there. */
async function read (file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'failed'
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new InvalidInput('REPLAY_UNREADABLE', `${file} can't be read: ${code}`)
  }
}

function ofPart (json: string, file: string, policy: string | null): readonly VirtualPress[] {
  const part = parsed(json)
  if (part?.version !== 1 || !Array.isArray(part.results)) throw new InvalidInput('REPLAY_UNREADABLE', `${file} is no whole part of a study that this version knows`)
  const found = policy === null ? part.results[0] : part.results.find((each) => each.policy === policy)
  if (found === undefined) throw unknown(policy, part.results.map((each) => each.policy))
  return found.presses
}

function ofTable (csv: string, file: string, asked: string | null, replication: number): readonly VirtualPress[] {
  const [names = [], ...cells] = csvCells(csv, file)
  const rows = cells.map((row) => new Map(row.map((cell, i) => [names[i] ?? '', cell])))
  const policies = [...new Set(rows.map((row) => row.get('policy') ?? ''))]
  const policy = asked ?? policies[0] ?? ''
  if (!policies.includes(policy)) throw unknown(policy, policies)
  return rows.flatMap((row, index) => row.get('policy') === policy && row.get('replication') === String(replication) ? [ofRow(row, `${file}, line ${index + 2}`)] : [])
}

function ofRow (row: ReadonlyMap<string, string>, at: string): VirtualPress {
  const pressedAt = Number(row.get('pressed_at_s') ?? NaN)
  const cause = row.get('cause') ?? ''
  if (!(pressedAt >= 0) || !CAUSES.includes(cause)) throw new InvalidInput('REPLAY_UNREADABLE', `${at} is no press`)
  return { venue: row.get('venue') ?? '', venueNumber: Number(row.get('venue_number')), room: Number(row.get('room')), cause: cause as VirtualPress['cause'], silent: row.get('silent') === 'true', pressedAt }
}

function unknown (policy: string | null, has: readonly string[]): InvalidInput {
  return new InvalidInput('POLICY_UNKNOWN', `this run has no policy ${JSON.stringify(policy)}; it has ${has.join(', ')}`)
}

function parsed (json: string): Part | null {
  try {
    return JSON.parse(json) as Part | null
  } catch {
    return null
  }
}
