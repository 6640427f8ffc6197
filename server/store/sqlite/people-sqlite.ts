import type { JournalRow } from '../people-rows.ts'
import type { PeopleStore, PeopleWrite, PeopleWrites, PeopleWritten } from '../people-store.ts'
import { peopleReads } from './people-reads.ts'
import { readinessReads } from './readiness-operations.ts'
import type { Reader } from './reader.ts'
import { SqliteButtons } from './sqlite-buttons.ts'
import type { Writer } from './writer.ts'

/** People on SQLite: writes through the one writer's thread, reads on the read-only connection. */
export function sqlitePeople (writer: Writer, reader: Reader): PeopleStore {
  // The operations' names are the port's, prefixed; the compiler can't see through the mapped name.
  const run = writer.run.bind(writer) as (operation: string, args: unknown) => Promise<unknown>
  const buttons = new SqliteButtons(writer, reader)
  return {
    ...peopleReads(reader),
    ...readinessReads(reader),
    saveBeats: (beats) => buttons.saveBeats(beats),
    loadBeats: <Beat>() => buttons.loadBeats<Beat>(),
    trial: <N extends PeopleWrite>(name: N, args: Parameters<PeopleWrites[N]>[0]) => run('people.trial', { name, args }) as Promise<PeopleWritten<N>>,
    write: <N extends PeopleWrite>(name: N, args: Parameters<PeopleWrites[N]>[0], journal: readonly JournalRow[] = []) => run(`people.${name}`, { args, journal }) as Promise<PeopleWritten<N>>
  }
}
