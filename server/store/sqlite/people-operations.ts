import type { Database } from 'better-sqlite3'
import type { JournalRow } from '../people-rows.ts'
import type { PeopleWrite, PeopleWrites, PeopleWritten } from '../people-store.ts'
import { circleOperations } from './people-circle-operations.ts'
import { checkInOperations } from './check-in-operations.ts'
import { herPhoneOperations } from './her-phone-operations.ts'
import { journalOperations, keepJournal } from './journal-operations.ts'
import { doorOperations } from './people-door-operations.ts'
import { placeOperations } from './people-place-operations.ts'
import { offerOperations } from './offer-operations.ts'
import { privacyOperations } from './privacy-operations.ts'
import { responderOperations } from './responder-operations.ts'
import { rotaOperations } from './rota-operations.ts'
import { standingOperations } from './standing-operations.ts'
import { shiftOperations } from './people-shift-operations.ts'
import { shortcutUseOperations } from './shortcut-use-operations.ts'
import { readinessOperations } from './readiness-operations.ts'
import type { SqliteWrites } from './people-write.ts'
import { veilOperations } from './veil-operations.ts'
import { statement } from './statements.ts'
import { statisticOperations } from './statistic-operations.ts'

const writes: SqliteWrites<PeopleWrite> = {
  ...placeOperations,
  ...doorOperations,
  ...circleOperations,
  ...shiftOperations,
  ...responderOperations,
  ...offerOperations,
  ...rotaOperations,
  ...standingOperations,
  ...journalOperations,
  ...herPhoneOperations,
  ...veilOperations,
  ...statisticOperations,
  ...checkInOperations,
  ...shortcutUseOperations,
  ...privacyOperations,
  ...readinessOperations
}

/** What crosses to the writer's thread for one write. */
export type PeopleJob<N extends PeopleWrite> = { readonly args: Parameters<PeopleWrites[N]>[0], readonly journal: readonly JournalRow[] }

/** What a write would answer: it is made, and taken back before anybody could see it. */
function trial (db: Database, { name, args }: { readonly name: PeopleWrite, readonly args: unknown }): unknown {
  statement(db, 'SAVEPOINT trial').run()
  try {
    return (writes[name] as (db: Database, args: unknown) => unknown)(db, args)
  } finally {
    // A disk that failed has rolled everything back by itself.
    if (db.inTransaction) {
      statement(db, 'ROLLBACK TO trial').run()
      statement(db, 'RELEASE trial').run()
    }
  }
}

const named = Object.fromEntries(
  Object.entries(writes).map(([name, write]) => [`people.${name}`, (db: Database, { args, journal }: PeopleJob<PeopleWrite>) => {
    const written = (write as (db: Database, args: unknown) => { readonly ok: boolean })(db, args)
    if (written.ok) keepJournal(db, journal)
    return written
  }])
) as unknown as { readonly [N in PeopleWrite as `people.${N}`]: (db: Database, job: PeopleJob<N>) => PeopleWritten<N> }

/** Every write of `people-store.ts`, under the name by which the writer's thread knows it. */
export const peopleOperations = { ...named, 'people.trial': trial }
