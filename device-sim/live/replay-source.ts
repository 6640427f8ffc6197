/** The presses of one replication of one policy, out of the folder of a virtual run: its parts, or the rows of its data package. */
import { join } from 'node:path'
import { csvCells } from '../data-package/csv.ts'
import { InvalidInput } from '../invalid-input.ts'
import { readTextFile, TABLE_MOST_BYTES } from '../text-file.ts'
import { partNumbers, partText, readPart } from '../study/part-file.ts'
import type { VirtualPress } from './press-plan.ts'

const CAUSES: readonly string[] = ['incident', 'accident', 'test'] satisfies readonly VirtualPress['cause'][]
const SAYS_ALL = ['silent', 'quiet', 'missed', 'pressed_again_at_s', 'forced_at_s', 'said_safe_at_s', 'cancelled_at_s'] as const

/** `policy` null: the first. Throws `InvalidInput` that says what the run has. */
export async function readVirtualPresses (folder: string, policy: string | null, replication: number): Promise<readonly VirtualPress[]> {
  if (partNumbers(folder).includes(replication)) return ofPart(folder, policy, replication)
  const table = join(folder, 'data', 'presses.csv')
  const csv = await read(table)
  if (csv === null) throw new InvalidInput('REPLAY_UNREADABLE', `neither a part ${replication} nor ${table} is there: --replay needs the folder of a run, and --replication one that it has`)
  return ofTable(csv, table, policy, replication)
}

/** null: it is not there. */
async function read (file: string): Promise<string | null> {
  const found = await readTextFile(file, TABLE_MOST_BYTES)
  if (found.ok) return found.text
  if (found.code === 'ENOENT' || found.code === 'ENOTDIR') return null
  throw new InvalidInput('REPLAY_UNREADABLE', `${file} can't be read: ${found.why}`)
}

/** Of whatever scenario it is: what is replayed are hands, not rules. */
function ofPart (folder: string, policy: string | null, replication: number): readonly VirtualPress[] {
  const { results } = readPart(folder, replication, scenarioOf(partText(folder, replication)))
  const found = policy === null ? results[0] : results.find((each) => each.policy === policy)
  if (found === undefined) throw unknown(policy, results.map((each) => each.policy))
  if (found.presses.some((press) => typeof press.missed !== 'boolean')) throw tooOld(folder)
  return found.presses
}

function ofTable (csv: string, file: string, asked: string | null, replication: number): readonly VirtualPress[] {
  const [names = [], ...cells] = csvCells(csv, file)
  if (!SAYS_ALL.every((name) => names.includes(name))) throw tooOld(file)
  const rows = cells.map((row) => new Map(row.map((cell, i) => [names[i] ?? '', cell])))
  const policies = [...new Set(rows.map((row) => row.get('policy') ?? ''))]
  const policy = asked ?? policies[0] ?? ''
  if (!policies.includes(policy)) throw unknown(policy, policies)
  const presses = rows.flatMap((row, index) => row.get('policy') === policy && row.get('replication') === String(replication) ? [ofRow(row, `${file}, line ${index + 2}`)] : [])
  if (presses.length === 0) throw new InvalidInput('REPLAY_EMPTY', `${file} has no press of replication ${replication}`)
  return presses
}

function ofRow (row: ReadonlyMap<string, string>, where: string): VirtualPress {
  const pressedAt = Number(row.get('pressed_at_s') ?? NaN)
  const cause = row.get('cause') ?? ''
  if (!(pressedAt >= 0) || !CAUSES.includes(cause)) throw new InvalidInput('REPLAY_UNREADABLE', `${where} is no press`)
  const at = (name: string): number | null => { const cell = row.get(name) ?? ''; return cell === '' ? null : Number(cell) }
  const is = (name: string): boolean => row.get(name) === 'true'
  return {
    venue: row.get('venue') ?? '', venueNumber: Number(row.get('venue_number')), room: Number(row.get('room')), cause: cause as VirtualPress['cause'], pressedAt,
    silent: is('silent'), quiet: is('quiet'), missed: is('missed'),
    pressedAgainAt: at('pressed_again_at_s'), forcedAt: at('forced_at_s'), saidSafeAt: at('said_safe_at_s'), cancelledAt: at('cancelled_at_s')
  }
}

function unknown (policy: string | null, has: readonly string[]): InvalidInput {
  return new InvalidInput('POLICY_UNKNOWN', `this run has no policy ${JSON.stringify(policy)}; it has ${has.join(', ')}`)
}

/** A run of before these were written down: its quiet checks and missed promises would be pressed as alarms. */
function tooOld (where: string): InvalidInput {
  return new InvalidInput('REPLAY_TOO_OLD', `${where} does not say which presses were quiet or missed: run the study again with this version`)
}

function scenarioOf (part: string): string {
  const [, scenario = ''] = /"scenario":"([0-9a-f]+)"/.exec(part) ?? []
  return scenario
}
