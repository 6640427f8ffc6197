/** Migration 6: an alias that went behind its PIN on a shared phone stays there, whoever signs out before it (R24). */
import type { Migration } from './migration.ts'

export const putAwayMigrations: readonly Migration[] = [
  { id: 6, name: 'put away', sql: 'ALTER TABLE session ADD COLUMN away INTEGER NOT NULL DEFAULT 0 CHECK (away IN (0, 1));' }
]
