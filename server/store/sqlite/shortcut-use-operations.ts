import type { ShortcutUseWrites } from '../shortcut-use-writes.ts'
import { OK, run } from './people-write.ts'
import type { SqliteWrites } from './people-write.ts'

export const shortcutUseOperations: SqliteWrites<keyof ShortcutUseWrites> = {
  saveShortcutUses (db, { uses }) {
    for (const { shortcut, sealed } of uses) {
      run(db, `INSERT INTO shortcut_use (shortcut, sealed) SELECT id, ? FROM shortcut WHERE id = ?
        ON CONFLICT (shortcut) DO UPDATE SET sealed = excluded.sealed`, sealed, shortcut)
    }
    return OK
  }
}
