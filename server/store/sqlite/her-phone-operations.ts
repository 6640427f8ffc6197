import type { HerPhoneWrites } from '../her-phone-writes.ts'
import { exists, no, OK, one, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const herPhoneOperations: SqliteWrites<keyof HerPhoneWrites> = {
  addHerPhone (db, { id, worker, urlHash, sealed, text, language, provesShown, at, most }) {
    if (!exists(db, 'SELECT 1 FROM worker WHERE id = ?', worker)) return no('WORKER_NOT_FOUND')
    // The browser's subscription changed its keys or its text: the same device, one row.
    run(db, 'DELETE FROM her_phone WHERE worker = ? AND (url_hash = ? OR id = ?)', worker, urlHash, id)
    const { n } = one<{ n: number }>(db, 'SELECT count(*) AS n FROM her_phone WHERE worker = ?', worker) ?? { n: 0 }
    if (n >= most) return no('TOO_MANY_ENDPOINTS')
    run(db, 'INSERT INTO her_phone (id, worker, url_hash, sealed, text, language, proves_shown, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id, worker, urlHash, sealed, text, language, Number(provesShown), at)
    return OK
  },

  removeHerPhone (db, { id }) {
    return run(db, 'DELETE FROM her_phone WHERE id = ?', id) === 0 ? no('ENDPOINT_NOT_FOUND') : OK
  }
}
