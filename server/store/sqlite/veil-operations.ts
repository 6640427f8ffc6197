import type { VeilWrites } from '../veil-writes.ts'
import { exists, no, OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const veilOperations: SqliteWrites<keyof VeilWrites> = {
  keepVeil (db, { worker, at, sealed }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    run(db, 'INSERT INTO veil (worker, at, sealed) VALUES (?, ?, ?) ON CONFLICT (worker) DO UPDATE SET at = excluded.at, sealed = excluded.sealed', worker, at, sealed)
    return OK
  },

  forgetVeil (db, { worker }) {
    run(db, 'DELETE FROM veil WHERE worker = ?', worker)
    return OK
  }
}
