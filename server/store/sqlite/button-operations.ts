import type { Database } from 'better-sqlite3'
import { statement } from './statements.ts'

/** `memory`, `beat`: JSON. */
export type MemoryArgs = { readonly did: string, readonly memory: string }
export type BeatArgs = { readonly did: string, readonly beat: string }

/** `fault`: the word of the protocol, or a stable code of ours. `at` ms since 1970. */
export type FaultArgs = { readonly did: string, readonly fault: string, readonly at: number }

function saveMemory (db: Database, { did, memory }: MemoryArgs): void {
  statement(db, 'INSERT INTO button_memory (did, memory) VALUES (?, ?) ON CONFLICT (did) DO UPDATE SET memory = excluded.memory').run(did, memory)
}

/** Many at once: beats are saved now and then, never one by one. */
function saveBeats (db: Database, { beats }: { readonly beats: readonly BeatArgs[] }): void {
  for (const { did, beat } of beats) {
    statement(db, 'INSERT INTO button_beat (did, beat) VALUES (?, ?) ON CONFLICT (did) DO UPDATE SET beat = excluded.beat').run(did, beat)
  }
}

function saveFault (db: Database, { did, fault, at }: FaultArgs): void {
  statement(db, 'INSERT INTO button_fault (did, fault, at) VALUES (?, ?, ?) ON CONFLICT (did, fault) DO UPDATE SET at = max(at, excluded.at)').run(did, fault, at)
}

export const buttonOperations = {
  'button.saveMemory': saveMemory,
  'button.saveBeats': saveBeats,
  'button.saveFault': saveFault
}
